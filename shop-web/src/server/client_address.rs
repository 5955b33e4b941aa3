//! Whose request it is: the peer's, or the one a trusted proxy names.

use std::net::{IpAddr, SocketAddr};

use hyper::HeaderMap;
use ipnet::IpNet;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The proxies whose word on the client's address is taken.
#[derive(Clone, Debug)]
pub(super) struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    pub(super) fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    pub(super) fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Finds the client of a request that `peer` sent.
    ///
    /// A client may write anything into `X-Forwarded-For`, and each proxy appends the address it saw. So the
    /// list is read from its end, as far as the proxies are trusted: the first address that is none of them is
    /// the client's. An entry that is no address ends the search at the last one known. A forwarded address has
    /// port 0.
    pub(super) fn client(&self, peer: SocketAddr, headers: &HeaderMap) -> SocketAddr {
        let mut client = SocketAddr::new(peer.ip().to_canonical(), peer.port());
        if !self.contains(client.ip()) {
            return client;
        }
        for line in headers.get_all(FORWARDED_FOR).iter().rev() {
            let Ok(line) = line.to_str() else { return client };
            for entry in line.rsplit(',').map(str::trim).filter(|entry| !entry.is_empty()) {
                let Some(address) = parse(entry) else { return client };
                client = SocketAddr::new(address, 0);
                if !self.contains(address) {
                    return client;
                }
            }
        }
        client
    }
}

/// Tells whether a header says where a request comes from, so that only a trusted proxy may set it.
pub(super) fn is_forwarding(header: &str) -> bool {
    header.starts_with("x-forwarded-") || header == "forwarded"
}

/// Reads an address as proxies write it: bare, in brackets, or with a port.
fn parse(entry: &str) -> Option<IpAddr> {
    let bare = entry.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(entry);
    let address = bare.parse().or_else(|_| entry.parse().map(|socket: SocketAddr| socket.ip())).ok()?;
    Some(IpAddr::to_canonical(&address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(networks: &[&str]) -> TrustedProxies {
        TrustedProxies::new(networks.iter().map(|network| network.parse().unwrap()).collect())
    }

    fn client(networks: &[&str], peer: &str, lines: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        proxies(networks).client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn the_client_is_the_right_most_address_that_is_no_trusted_proxy() {
        let inner: &[&str] = &["10.0.0.0/8", "fd00::/8"];
        let cases: &[(&[&str], &str, &[&str], &str)] = &[
            (&[], "10.0.0.1:4000", &["1.1.1.1"], "10.0.0.1:4000"),
            (inner, "192.0.2.1:4000", &["1.1.1.1"], "192.0.2.1:4000"),
            (inner, "10.0.0.1:4000", &[], "10.0.0.1:4000"),
            (inner, "10.0.0.1:4000", &["1.1.1.1"], "1.1.1.1:0"),
            (inner, "10.0.0.1:4000", &["6.6.6.6, 1.1.1.1"], "1.1.1.1:0"),
            (inner, "10.0.0.1:4000", &["6.6.6.6, 1.1.1.1, 10.9.9.9,10.0.0.2"], "1.1.1.1:0"),
            (inner, "10.0.0.1:4000", &["6.6.6.6", "1.1.1.1, 10.0.0.3", "10.0.0.2"], "1.1.1.1:0"),
            (inner, "10.0.0.1:4000", &["10.0.0.3, 10.0.0.2"], "10.0.0.3:0"),
            (inner, "10.0.0.1:4000", &["1.1.1.1, unknown, 10.0.0.2"], "10.0.0.2:0"),
            (inner, "10.0.0.1:4000", &["1.1.1.1, unknown"], "10.0.0.1:4000"),
            (inner, "10.0.0.1:4000", &["1.1.1.1,, ,"], "1.1.1.1:0"),
            (inner, "10.0.0.1:4000", &["1.1.1.1:5000"], "1.1.1.1:0"),
            (inner, "10.0.0.1:4000", &["[2001:db8::1]"], "[2001:db8::1]:0"),
            (inner, "10.0.0.1:4000", &["[2001:db8::1]:5000"], "[2001:db8::1]:0"),
            (inner, "10.0.0.1:4000", &["2001:db8::1, fd00::2"], "[2001:db8::1]:0"),
            (inner, "10.0.0.1:4000", &["1.1.1.1, ::ffff:10.0.0.2"], "1.1.1.1:0"),
            (inner, "10.0.0.1:4000", &["::ffff:1.1.1.1"], "1.1.1.1:0"),
            (inner, "[::ffff:10.0.0.1]:4000", &["1.1.1.1"], "1.1.1.1:0"),
            (inner, "[::ffff:192.0.2.1]:4000", &["1.1.1.1"], "192.0.2.1:4000"),
            (inner, "[fd00::1]:4000", &["1.1.1.1"], "1.1.1.1:0"),
            (inner, "10.0.0.1:4000", &["1.1.1.1\u{e9}"], "10.0.0.1:4000"),
        ];
        for (networks, peer, lines, expected) in cases {
            assert_eq!(client(networks, peer, lines), *expected, "{peer} {lines:?}");
        }
    }
}
