//! Entity tags (RFC 9110, section 8.8.3): a page or file that a browser has already is not sent again.

use std::fmt;

use rocket::Request;

use crate::hex::hex;

/// A strong tag: a text that changes with the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Etag(String);

impl Etag {
    /// The tag of this content: the first half of its SHA-256.
    pub(crate) fn of(content: &[u8]) -> Self {
        let hash = hmac_sha256::Hash::hash(content);
        Self(hex(hash.first_chunk::<16>().unwrap_or(&[0; 16])))
    }

    /// The tag of content that has a version already.
    pub(crate) fn from_version(version: &str) -> Self {
        Self(version.to_owned())
    }

    /// Whether the browser says that it has this content.
    ///
    /// The comparison is the weak one, as `If-None-Match` asks for: a proxy that compresses an answer may
    /// have weakened its tag.
    pub(crate) fn is_known_to(&self, request: &Request<'_>) -> bool {
        let tag = self.to_string();
        let known = |given: &str| given == "*" || given.strip_prefix("W/").unwrap_or(given) == tag;
        request
            .headers()
            .get("If-None-Match")
            .flat_map(|list| list.split(','))
            .any(|given| known(given.trim()))
    }
}

impl fmt::Display for Etag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0)
    }
}
