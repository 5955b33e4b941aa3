use std::convert::Infallible;
use std::net::IpAddr;

use rocket::request::{FromRequest, Outcome, Request};

/// The address of the client, for limits on what one client may do; `None` if it has none, as in tests.
///
/// Under [`Server`](crate::server::Server) it is the address which that has resolved: the peer's, or behind
/// its [trusted proxies](crate::server::ServerConfig::trusted_proxies) the one that they name. A Rocket that
/// was launched natively gives the peer's address, which behind a proxy is the proxy's. No header is believed
/// here, not even the one of Rocket's own `ip_header`, for anybody may send it. An IPv4 address never comes in
/// its IPv6 form.
///
/// ```
/// # use rocket::get;
/// use shop_web::ClientAddress;
///
/// #[get("/whoami")]
/// fn who_am_i(client: ClientAddress) -> String {
///     client.0.map_or_else(|| "nobody".to_owned(), |address| address.to_string())
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub Option<IpAddr>);

impl ClientAddress {
    /// The address of the client that has sent this request.
    #[must_use]
    pub fn of(request: &Request<'_>) -> Self {
        Self(request.remote().map(|peer| peer.ip().to_canonical()))
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for ClientAddress {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(Self::of(request))
    }
}

#[cfg(test)]
mod tests {
    use rocket::http::Header;
    use rocket::local::blocking::Client;
    use rocket::{Config, get, routes};

    use super::*;

    #[get("/")]
    fn who_am_i(client: ClientAddress) -> String {
        format!("{:?}", client.0)
    }

    /// What a Rocket that believes `X-Real-IP`, launched natively, says to a client whose connection comes
    /// from here.
    fn seen(peer: Option<&str>) -> String {
        let rocket =
            rocket::custom(Config::figment().merge(("ip_header", "X-Real-IP")).merge(("log_level", "off")));
        let client = Client::untracked(rocket.mount("/", routes![who_am_i])).unwrap();
        let request = client.get("/").header(Header::new("X-Real-IP", "198.51.100.7"));
        let request = match peer {
            Some(peer) => request.remote(peer.parse().unwrap()),
            None => request,
        };
        request.dispatch().into_string().unwrap()
    }

    #[test]
    fn it_is_the_connections_whatever_a_header_says() {
        assert_eq!(seen(Some("192.0.2.1:4000")), "Some(192.0.2.1)");
        assert_eq!(seen(Some("[::ffff:192.0.2.1]:4000")), "Some(192.0.2.1)");
        assert_eq!(seen(Some("[2001:db8::1]:4000")), "Some(2001:db8::1)");
        assert_eq!(seen(None), "None");
    }
}
