//! `shop-web healthcheck`: asks whether a shop is ready, for containers and pods without a shell.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;
use std::time::Duration;

use clap::{Arg, ArgMatches, Command, value_parser};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::Failure;
use crate::settings::Listen;

/// The name of the subcommand.
pub(crate) const NAME: &str = "healthcheck";
const URL: &str = "url";

/// Longest time for the answer: more than the 3 s that the shop gives its store.
const PATIENCE: Duration = Duration::from_secs(4);
/// How much of the answer is read.
const ENOUGH: u64 = 1024;

pub(crate) fn command() -> Command {
    let url = Arg::new(URL)
        .value_name("URL")
        .value_parser(value_parser!(Url))
        .help("Ask this, http://HOST:PORT/PATH, and not the health port of these settings");
    Command::new(NAME).about("Asks a running shop whether it is ready: exit code 0 if so, 1 if not").arg(url)
}

/// Fails with the reason unless the answer is 200.
pub(crate) async fn ask(matches: &ArgMatches, health: Listen) -> Result<(), Failure> {
    let url = matches.get_one::<Url>(URL).cloned().unwrap_or_else(|| Url::readiness(health));
    let answer = tokio::time::timeout(PATIENCE, url.get()).await;
    let answer = answer.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
    let text =
        answer.map_err(|error| Failure::Incomplete(format!("no answer from {}: {error}", url.authority)))?;
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    match head.split(' ').nth(1) {
        Some("200") => Ok(()),
        Some(status) => {
            let reason = body.lines().next().unwrap_or_default();
            Err(Failure::Incomplete(format!("not ready: {status} {reason}")))
        }
        None => Err(Failure::Incomplete(format!("{} does not speak HTTP", url.authority))),
    }
}

/// An address to ask, `http` alone.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Url {
    /// `HOST:PORT`.
    authority: String,
    path: String,
}

impl FromStr for Url {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let rest = text.strip_prefix("http://").ok_or("it must begin with http://")?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        if host.is_empty() || rest.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err("it must be http://HOST:PORT/PATH");
        }
        let has_port = host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
        let authority = if has_port { host.to_owned() } else { format!("{host}:80") };
        Ok(Self { authority, path: format!("/{path}") })
    }
}

impl Url {
    /// Readiness of the shop that runs on this machine with these settings.
    fn readiness(health: Listen) -> Self {
        let authority = SocketAddr::new(reachable(health.address), health.port).to_string();
        Self { authority, path: "/readiness".to_owned() }
    }

    async fn get(&self) -> io::Result<String> {
        let Self { authority, path } = self;
        let question = format!("GET {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n");
        let mut stream = TcpStream::connect(authority).await?;
        stream.write_all(question.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.take(ENOUGH).read_to_end(&mut answer).await?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }
}

/// The address under which a listener is met from its own machine.
fn reachable(listening: IpAddr) -> IpAddr {
    match listening {
        IpAddr::V4(address) if address.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(address) if address.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listener_on_all_interfaces_is_met_on_loopback() {
        for (listening, met) in
            [("0.0.0.0", "127.0.0.1"), ("::", "::1"), ("10.0.0.7", "10.0.0.7"), ("::1", "::1")]
        {
            let listening = listening.parse().expect("an address");
            assert_eq!(reachable(listening), met.parse::<IpAddr>().expect("an address"));
        }
    }

    #[test]
    fn an_address_needs_no_port_and_no_path() {
        for (text, authority, path) in [
            ("http://shop:8001/readiness", "shop:8001", "/readiness"),
            ("http://shop", "shop:80", "/"),
            ("http://shop/a/b", "shop:80", "/a/b"),
            ("http://[::1]:8001", "[::1]:8001", "/"),
            ("http://[::1]/", "[::1]:80", "/"),
        ] {
            assert_eq!(text.parse(), Ok(Url { authority: authority.to_owned(), path: path.to_owned() }));
        }
        for refused in ["https://shop/", "shop:80", "http://", "http:///x", "http://a/ HTTP/1.1\r\nX: y"] {
            assert!(refused.parse::<Url>().is_err(), "{refused}");
        }
    }
}
