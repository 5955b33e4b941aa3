use std::fmt;
use std::str::FromStr;

use rocket::http::uri::Origin;

/// A path on the shop's own host, such as `/ro/cart?x=1`: where to go on to after signing in.
///
/// Nothing that a browser could take for another host's address is one: it starts with exactly one slash, has
/// no backslash (which browsers read as a slash), no control character (which they drop), and no segment of dots
/// (which would lead out of the shop's own folder). At most 2,000 bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OwnPath(String);

/// A text that is no own path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotAnOwnPath;

impl OwnPath {
    /// The path, if it lies below this prefix, which is empty or starts with a slash.
    pub(crate) fn below(self, prefix: &str) -> Option<Self> {
        let rest = self.0.strip_prefix(prefix)?;
        (rest.is_empty() || rest.starts_with(['/', '?'])).then_some(self)
    }
}

impl FromStr for OwnPath {
    type Err = NotAnOwnPath;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        let path = text.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase().replace("%2e", ".");
        let leads_up = path.split('/').any(|segment| matches!(segment, "." | ".."));
        let starts_once = text.starts_with('/') && !text.starts_with("//");
        if text.len() <= 2_000 && plain && starts_once && !leads_up && Origin::parse(text).is_ok() {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnOwnPath)
        }
    }
}

impl fmt::Display for OwnPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_paths_are_taken() {
        for path in [
            "/",
            "/cart",
            "/ro/cart?x=1",
            "/products/usb-stick",
            "/?q=a%20b&page=2",
            "/a//b",
            "/%2f%2fevil.example",
        ] {
            assert_eq!(path.parse::<OwnPath>().map(|path| path.to_string()).as_deref(), Ok(path));
        }
    }

    #[test]
    fn nothing_that_may_lead_away_is() {
        let long = format!("/{}", "x".repeat(2_000));
        for text in [
            "",
            "cart",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/a\\b",
            "https://evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            " /cart",
            "/\t/evil.example",
            "/\n/evil.example",
            "/cart\r\nSet-Cookie: a=b",
            "/ă",
            "/a b",
            "/shop/../evil",
            "/..//evil.example",
            "/shop/%2e%2E/evil",
            "/./cart",
            "/#top",
            "\u{2044}evil",
            &long,
        ] {
            assert_eq!(text.parse::<OwnPath>(), Err(NotAnOwnPath), "{text:?}");
        }
    }

    #[test]
    fn a_prefix_counts_by_segments() {
        let below = |path: &str, prefix| path.parse::<OwnPath>().expect("a path").below(prefix).is_some();
        assert!(
            below("/cart", "")
                && below("/shop", "/shop")
                && below("/shop/cart", "/shop")
                && below("/shop?q=a", "/shop")
        );
        assert!(!below("/shopping", "/shop") && !below("/cart", "/shop"));
    }
}
