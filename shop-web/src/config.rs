//! What an embedder decides about the front end, and the Rocket configuration that goes with it.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use rocket::config::{Config, Ident, LogLevel};
use rocket::figment::Figment;
use rocket::http::uri::Absolute;
use shop_core::Language;
use shop_core::ports::RandomSource;

use crate::files::Pictures;

/// The settings of a [`stage`](crate::stage()).
#[derive(Clone, Debug)]
pub struct WebConfig {
    /// Where the shop's pages begin inside the embedder's Rocket.
    pub base_path: BasePath,
    /// The shop's name, as every page shows it.
    pub title: Title,
    /// The language for visitors who ask for none of ours.
    pub language: Language,
    /// Where browsers find the shop's first page.
    pub public_url: PublicUrl,
    /// Signs the forms; the same on every replica.
    pub secret_key: SecretKey,
    /// What tells which instance has answered: the footer of every page, and `X-Version` on every answer.
    /// `None` tells nobody.
    pub show_instance: Option<Instance>,
    /// The pictures of products.
    pub pictures: Pictures,
    /// A folder whose templates, static files and messages replace the embedded ones; see
    /// [`Views::with_overlay`](crate::views::Views::with_overlay).
    pub overlay: Option<PathBuf>,
}

impl WebConfig {
    /// A shop named "Vitrina" at `/`, in English, without pictures.
    #[must_use]
    pub fn new(public_url: PublicUrl, secret_key: SecretKey) -> Self {
        Self {
            base_path: BasePath::default(),
            title: Title::default(),
            language: Language::default(),
            public_url,
            secret_key,
            show_instance: None,
            pictures: Pictures::default(),
            overlay: None,
        }
    }
}

/// The Rocket configuration that fits the shop, for embedders who have none of their own.
///
/// It reads no file and no environment variable. Compared with Rocket's defaults: no `Server` header, no
/// belief in `X-Real-IP`, and no logging by Rocket itself, which would write down addresses of pages and with
/// them the secrets in activation links. Rocket asks for a `secret_key` of its own only if its `secrets`
/// feature is on, which the shop does not need.
#[must_use]
pub fn figment() -> Figment {
    Figment::from(Config {
        ident: Ident::none(),
        ip_header: None,
        log_level: LogLevel::Off,
        cli_colors: false,
        ..Config::release_default()
    })
}

/// Which of the shop's instances has answered, for whoever watches an upgrade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// The release, such as `1.4.0`: visible ASCII, since a header carries it.
    pub version: String,
    /// The track of a rollout that it belongs to, such as `stable` or `canary`.
    pub track: String,
    /// The name of its host.
    pub host: String,
}

impl Instance {
    /// Whether a header can carry the version.
    pub(crate) fn fits_header(&self) -> bool {
        !self.version.is_empty() && self.version.bytes().all(|byte| byte.is_ascii_graphic())
    }
}

impl fmt::Display for Instance {
    /// As a footer shows it: `1.4.0 (stable) on web-2`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}) on {}", self.version, self.track, self.host)
    }
}

/// The path under which the shop lies: `/`, or one or more segments such as `/shop`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BasePath(String);

/// A text that is no base path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a path such as / or /shop, of the characters A-Z a-z 0-9 . _ ~ -")]
pub struct InvalidBasePath;

impl BasePath {
    /// The path: `/`, or without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        if self.0.is_empty() { "/" } else { &self.0 }
    }

    /// What stands before the path of every page: nothing for `/`.
    pub(crate) fn prefix(&self) -> &str {
        &self.0
    }

    /// Its segments.
    pub(crate) fn segments(&self) -> impl Iterator<Item = &str> {
        self.0.split('/').skip(1)
    }
}

impl FromStr for BasePath {
    type Err = InvalidBasePath;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~' | b'-');
        let is_segment = |segment: &str| !matches!(segment, "" | "." | "..") && segment.bytes().all(is_plain);
        match text.strip_suffix('/').unwrap_or(text) {
            "" => Ok(Self::default()),
            path => match path.strip_prefix('/') {
                Some(segments) if segments.split('/').all(is_segment) => Ok(Self(path.to_owned())),
                _ => Err(InvalidBasePath),
            },
        }
    }
}

impl fmt::Display for BasePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The name of a shop: 1 to 60 characters on one line, "Vitrina" unless told otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title(String);

/// A text that is no title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a title of 1 to {} characters on one line", Title::MAX_CHARS)]
pub struct InvalidTitle;

impl Title {
    /// The greatest length, in characters.
    pub const MAX_CHARS: usize = 60;

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Title {
    fn default() -> Self {
        Self("Vitrina".to_owned())
    }
}

impl FromStr for Title {
    type Err = InvalidTitle;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let title = text.trim();
        let fits = (1..=Self::MAX_CHARS).contains(&title.chars().count());
        if fits && !title.contains(char::is_control) { Ok(Self(title.to_owned())) } else { Err(InvalidTitle) }
    }
}

/// Where browsers find the shop: `https://shop.example.com`, or `https://example.com/shop` for one with the
/// base path `/shop`.
///
/// Links that leave the page (canonical links, links in mails) start with it, never with what a request calls
/// its host. An `https` address marks cookies as `Secure`. Without a path it stands for the whole host; a
/// path must be the base path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    path: String,
}

/// A text that is no public URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an address such as https://shop.example.com or http://127.0.0.1:8000/shop")]
pub struct InvalidPublicUrl;

impl PublicUrl {
    /// Scheme, host and port as browsers write them in `Origin` (RFC 6454, section 6.2): small letters, no
    /// default port.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether browsers reach the shop over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.origin.starts_with("https:")
    }

    /// Whether pages below this base path lie where it says. Without a path of its own it leaves that open.
    pub(crate) fn fits(&self, base: &BasePath) -> bool {
        self.path.is_empty() || self.path == base.prefix()
    }
}

impl FromStr for PublicUrl {
    type Err = InvalidPublicUrl;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = Absolute::parse(text).map_err(|_| InvalidPublicUrl)?;
        let scheme = url.scheme().to_ascii_lowercase();
        let default_port = match scheme.as_str() {
            "http" => 80,
            "https" => 443,
            _ => return Err(InvalidPublicUrl),
        };
        let authority = url.authority().filter(|authority| authority.user_info().is_none());
        let authority = authority.filter(|authority| !authority.host().is_empty()).ok_or(InvalidPublicUrl)?;
        if url.query().is_some() {
            return Err(InvalidPublicUrl);
        }
        let host = authority.host().to_ascii_lowercase();
        let port = authority.port().filter(|&port| port != default_port);
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        let path = url.path().as_str().trim_end_matches('/').to_owned();
        Ok(Self { origin: format!("{scheme}://{host}{port}"), path })
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.path)
    }
}

/// 256 secret bits that the front end signs with.
///
/// Another key makes open forms invalid, and voids the marks of known browsers: until somebody has signed in
/// there again, strangers' tries on the account count there too. Nobody is signed out: sessions lie in the
/// store.
#[derive(Clone)]
pub struct SecretKey([u8; 32]);

impl SecretKey {
    /// The key with these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A fresh key.
    #[must_use]
    pub fn fresh(random: &dyn RandomSource) -> Self {
        let mut bytes = [0; 32];
        random.fill(&mut bytes);
        Self(bytes)
    }

    /// The bytes.
    pub(crate) const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_paths_have_one_form() {
        for (text, path, prefix) in
            [("/", "/", ""), ("", "/", ""), ("/shop", "/shop", "/shop"), ("/a/b/", "/a/b", "/a/b")]
        {
            let base: BasePath = text.parse().expect(text);
            assert_eq!((base.as_str(), base.prefix()), (path, prefix));
        }
        for text in ["shop", "//", "/a//b", "/a b", "/../x", "/a?b", "/ă", "/%41"] {
            assert_eq!(text.parse::<BasePath>(), Err(InvalidBasePath), "{text}");
        }
    }

    #[test]
    fn public_urls_tell_their_origin_as_browsers_do() {
        for (text, origin, whole) in [
            ("https://Shop.Example.com/", "https://shop.example.com", "https://shop.example.com"),
            ("https://example.com:443/shop/", "https://example.com", "https://example.com/shop"),
            ("http://127.0.0.1:8000", "http://127.0.0.1:8000", "http://127.0.0.1:8000"),
            ("http://[::1]:80", "http://[::1]", "http://[::1]"),
        ] {
            let url: PublicUrl = text.parse().expect(text);
            assert_eq!((url.origin(), url.to_string().as_str()), (origin, whole));
        }
        for text in [
            "",
            "example.com",
            "ftp://example.com",
            "https://",
            "https://a@example.com",
            "https://example.com/?a",
            "/shop",
        ] {
            assert_eq!(text.parse::<PublicUrl>(), Err(InvalidPublicUrl), "{text}");
        }
    }

    #[test]
    fn titles_fit_on_one_line() {
        assert_eq!("  Magazin  ".parse::<Title>().expect("a title").as_str(), "Magazin");
        for text in ["", "  ", "a\nb", &"x".repeat(61)] {
            assert_eq!(text.parse::<Title>(), Err(InvalidTitle), "{text:?}");
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        let config =
            WebConfig::new("http://localhost".parse().expect("a URL"), SecretKey::from_bytes([123; 32]));
        assert!(!format!("{config:?}").contains("123"));
    }
}
