use std::fmt;
use std::str::FromStr;

use crate::hex;
use crate::ports::RandomSource;

/// A key that makes placing an order safe to repeat: one owner's orders under one key are one order.
///
/// 8 to 64 of the characters `A-Z a-z 0-9 - _`, made by [`IdempotencyKey::fresh`] when the form is shown, or by the client.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IdempotencyKey(String);

/// A text that is no idempotency key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an idempotency key: 8 to 64 of the characters A-Z a-z 0-9 - _")]
pub struct InvalidIdempotencyKey;

impl IdempotencyKey {
    /// A fresh key of 128 random bits.
    #[must_use]
    pub fn fresh(random: &dyn RandomSource) -> Self {
        let mut bytes = [0; 16];
        random.fill(&mut bytes);
        Self(hex::encode(&bytes))
    }

    /// The key's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for IdempotencyKey {
    type Err = InvalidIdempotencyKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if (8..=64).contains(&text.len()) && text.bytes().all(is_plain) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidIdempotencyKey)
        }
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
