use std::fmt;
use std::str::FromStr;

use shop_core::Language;
use shop_core::account::Token;
use shop_core::order::OrderNumber;

/// Where the shop's pages are, as its shoppers reach them: `http` or `https`, a host, perhaps a port and a path.
///
/// ```
/// use shop_mailer::PublicUrl;
///
/// let url: PublicUrl = "https://example.com/shop/".parse()?;
/// assert_eq!(url.as_str(), "https://example.com/shop");
/// # Ok::<(), shop_mailer::InvalidPublicUrl>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

/// A text that cannot be the base of links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an address such as https://example.com or https://example.com/shop")]
pub struct InvalidPublicUrl;

impl PublicUrl {
    /// The URL, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn activation(&self, language: Language, token: &Token) -> String {
        format!("{self}/{language}/activate/{}", token.reveal())
    }

    pub(crate) fn reset(&self, language: Language, token: &Token) -> String {
        format!("{self}/{language}/reset/{}", token.reveal())
    }

    pub(crate) fn email_change(&self, language: Language, token: &Token) -> String {
        format!("{self}/{language}/email/{}", token.reveal())
    }

    pub(crate) fn email_undo(&self, language: Language, token: &Token) -> String {
        format!("{self}/{language}/email/undo/{}", token.reveal())
    }

    pub(crate) fn forgot(&self, language: Language) -> String {
        format!("{self}/{language}/forgot")
    }

    pub(crate) fn login(&self, language: Language) -> String {
        format!("{self}/{language}/login")
    }

    pub(crate) fn order(&self, language: Language, number: OrderNumber) -> String {
        format!("{self}/{language}/orders/{number}")
    }
}

impl FromStr for PublicUrl {
    type Err = InvalidPublicUrl;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = text.trim().trim_end_matches('/');
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        // No user, no query, no fragment: a path is put behind it.
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/[]%".contains(&byte);
        match rest {
            Some(rest)
                if rest.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[')
                    && rest.bytes().all(allowed) =>
            {
                Ok(Self(url.to_owned()))
            }
            Some(_) | None => Err(InvalidPublicUrl),
        }
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_bases_of_links() {
        for (text, url) in [
            ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
            ("https://[::1]:8443", "https://[::1]:8443"),
            (" https://shop.example.com/a/b// ", "https://shop.example.com/a/b"),
        ] {
            assert_eq!(text.parse::<PublicUrl>().as_ref().map(PublicUrl::as_str), Ok(url), "{text}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        for text in [
            "",
            "example.com",
            "ftp://example.com",
            "https://",
            "https:///path",
            "https://:80",
            "https://user@example.com",
            "https://example.com/?x",
            "https://example.com/#x",
            "https://exa mple.com",
            "https://example.com\r\nx",
            "https://example.com/\"><script>",
            "https://пример.example",
            "javascript:alert(1)",
        ] {
            assert_eq!(text.parse::<PublicUrl>(), Err(InvalidPublicUrl), "{text:?}");
        }
    }
}
