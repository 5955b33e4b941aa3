//! Where the shop is.

use std::str::FromStr;

use hyper::Uri;

/// The address of a shop's first page, `http://HOST[:PORT][/PREFIX]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// Host and port to connect to.
    pub(crate) address: String,
    /// What requests say in `Host`.
    pub(crate) host: String,
    /// The prefix before all paths, without a slash at its end; empty for none.
    base: String,
}

impl Target {
    /// The path of one of the shop's pages, given as the shop without a prefix has it.
    pub(crate) fn path(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The same shop, asked for by another name.
    pub(crate) fn named(&self, host: Option<&str>) -> Self {
        let host = host.map_or_else(|| self.host.clone(), str::to_owned);
        Self { host, ..self.clone() }
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let uri: Uri = text.parse().map_err(|error| format!("{error}"))?;
        if uri.scheme_str() != Some("http") {
            return Err("it must begin with http://, for TLS ends at the proxy".to_owned());
        }
        let authority = uri.authority().ok_or("it names no host")?;
        let (host, port) = (authority.host(), authority.port_u16().unwrap_or(80));
        Ok(Self {
            address: format!("{host}:{port}"),
            host: authority.to_string(),
            base: uri.path().trim_end_matches('/').to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_host_port_and_prefix() {
        let target: Target = "http://shop.example:8000/demo/".parse().expect("an address");
        assert_eq!(
            (target.address.as_str(), target.host.as_str()),
            ("shop.example:8000", "shop.example:8000")
        );
        assert_eq!(target.path("/cart"), "/demo/cart");
        let target: Target = "http://10.0.0.1".parse().expect("an address");
        assert_eq!((target.address.as_str(), target.path("/").as_str()), ("10.0.0.1:80", "/"));
        assert_eq!(target.named(Some("shop.example")).host, "shop.example");
    }

    #[test]
    fn only_plain_http_is_taken() {
        assert!("https://shop.example".parse::<Target>().is_err());
        assert!("shop.example:80".parse::<Target>().is_err());
    }
}
