use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An e-mail address that mail can be sent to: at most 254 characters (RFC 5321, section 4.5.3.1, with its erratum 1690).
///
/// The local part is a dot-atom of RFC 5322 in ASCII. The domain is a name of at least two labels in ASCII, as browsers
/// hand over international ones too, or `localhost`. Quoted local parts and address literals are not taken: no shopper has one,
/// and they have been the way into mail headers before.
///
/// ```
/// use shop_core::account::EmailAddress;
///
/// let address: EmailAddress = " Ana.Pop@Example.com ".parse()?;
/// assert_eq!(address.as_str(), "Ana.Pop@Example.com");
/// assert_eq!(address.key().as_str(), "ana.pop@example.com");
/// # Ok::<(), shop_core::account::EmailError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// What is wrong with an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    /// Nothing but blanks.
    #[error("must not be empty")]
    Empty,
    /// More than 254 characters.
    #[error("must have at most {} characters", EmailAddress::MAX_CHARS)]
    TooLong,
    /// Not of the form `name@example.com`.
    #[error("not an address such as name@example.com")]
    Malformed,
}

impl EmailAddress {
    /// The greatest length, in characters.
    pub const MAX_CHARS: usize = 254;

    /// The address as its owner wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which two spellings of one address are equal.
    #[must_use]
    pub fn key(&self) -> EmailKey {
        EmailKey(self.0.to_ascii_lowercase())
    }
}

impl FromStr for EmailAddress {
    type Err = EmailError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let address = raw.trim();
        if address.is_empty() {
            return Err(EmailError::Empty);
        }
        if address.len() > Self::MAX_CHARS {
            return Err(EmailError::TooLong);
        }
        let (local, domain) = address.rsplit_once('@').ok_or(EmailError::Malformed)?;
        if is_local_part(local) && is_domain(domain) {
            Ok(Self(address.to_owned()))
        } else {
            Err(EmailError::Malformed)
        }
    }
}

/// A dot-atom (RFC 5322, section 3.2.3) of at most 64 characters.
fn is_local_part(local: &str) -> bool {
    let is_atom = |atom: &str| !atom.is_empty() && atom.bytes().all(is_atext);
    local.len() <= 64 && local.split('.').all(is_atom)
}

const fn is_atext(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'/' | b'=' | b'?' | b'^'..=b'`' | b'{'..=b'~')
}

/// A host name of two labels or more (RFC 1035, section 2.3.1, with digits allowed first), or `localhost`.
fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    domain.eq_ignore_ascii_case("localhost") || (domain.contains('.') && domain.split('.').all(is_label))
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = EmailError;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        raw.parse()
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

/// An address in lower case: the key by which accounts are unique.
///
/// Capital letters in the local part could in theory tell two mailboxes apart (RFC 5321); no provider does so, and
/// shoppers type them at random.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EmailKey(String);

impl EmailKey {
    /// The key's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn takes_real_addresses() {
        for address in
            ["a@b.ro", "ana.pop+shop@mail.example.com", "o'brien@x-y.co", "shop@localhost", "1@2.3"]
        {
            assert_eq!(address.parse::<EmailAddress>().map(String::from).as_deref(), Ok(address));
        }
    }

    #[test]
    fn refuses_the_rest() {
        let long = format!("{}@{}.com", "a".repeat(64), "b".repeat(200));
        let refused = [
            ("", EmailError::Empty),
            ("  ", EmailError::Empty),
            ("not-an-email", EmailError::Malformed),
            ("a@b", EmailError::Malformed),
            ("@b.ro", EmailError::Malformed),
            ("a@", EmailError::Malformed),
            ("a..b@c.ro", EmailError::Malformed),
            (".a@c.ro", EmailError::Malformed),
            ("a@-b.ro", EmailError::Malformed),
            ("a@b..ro", EmailError::Malformed),
            ("a b@c.ro", EmailError::Malformed),
            ("a@b.ro\r\nBcc: x@y.ro", EmailError::Malformed),
            ("\"a b\"@c.ro", EmailError::Malformed),
            ("a@[127.0.0.1]", EmailError::Malformed),
            ("ă@c.ro", EmailError::Malformed),
            ("a\u{202e}@c.ro", EmailError::Malformed),
            (long.as_str(), EmailError::TooLong),
        ];
        for (address, error) in refused {
            assert_eq!(address.parse::<EmailAddress>(), Err(error), "{address:?}");
        }
    }

    proptest! {
        #[test]
        fn key_ignores_case_alone(local in "[a-zA-Z0-9.+_-]{1,20}", domain in "[a-zA-Z0-9]{1,10}\\.[a-z]{2,5}") {
            let address = format!("{local}@{domain}");
            if let (Ok(typed), Ok(upper)) = (address.parse::<EmailAddress>(), address.to_uppercase().parse::<EmailAddress>()) {
                prop_assert_eq!(typed.key(), upper.key());
            }
        }

        #[test]
        fn never_panics(text in ".{0,300}") {
            let _ = text.parse::<EmailAddress>();
        }
    }
}
