use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::EmailAddress;
use crate::hex;
use crate::ids::UserId;
use crate::ports::RandomSource;
use crate::time::Timestamp;

/// A secret of 256 random bits that goes into a link; the store keeps its [`TokenHash`] alone.
///
/// Its text is 64 hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

/// The SHA-256 of a token.
///
/// A plain hash is enough: nobody can guess 256 random bits, so there is nothing to slow down.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TokenHash([u8; 32]);

/// A text that is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not 64 hexadecimal digits")]
pub struct InvalidToken;

/// What a token allows, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// To activate the account.
    Activation,
    /// To choose a new password.
    Reset,
    /// To make the address that the link was sent to the account's.
    EmailChange,
    /// To make the address that the link was sent to the account's again.
    EmailUndo,
}

impl Purpose {
    const ALL: [Self; 4] = [Self::Activation, Self::Reset, Self::EmailChange, Self::EmailUndo];

    /// The name that the store keeps.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Activation => "activation",
            Self::Reset => "reset",
            Self::EmailChange => "email_change",
            Self::EmailUndo => "email_undo",
        }
    }

    /// The purpose with this name, as the store keeps it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.name() == name)
    }

    /// How long a token for this purpose holds.
    #[must_use]
    pub const fn lifetime(self) -> Duration {
        match self {
            Self::Activation | Self::EmailChange => Duration::from_hours(48),
            Self::Reset => Duration::from_hours(1),
            Self::EmailUndo => Duration::from_hours(7 * 24),
        }
    }
}

/// A token as the store keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredToken {
    /// The hash, by which it is found.
    pub hash: TokenHash,
    /// What it allows.
    pub purpose: Purpose,
    /// Whose it is.
    pub user: UserId,
    /// The address that it was sent to: what its holder has proved to be theirs.
    pub email: EmailAddress,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl Token {
    /// A fresh token.
    #[must_use]
    pub fn fresh(random: &dyn RandomSource) -> Self {
        let mut bytes = [0; 32];
        random.fill(&mut bytes);
        Self(bytes)
    }

    /// What the store keeps of it.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        TokenHash(hmac_sha256::Hash::hash(&self.0))
    }

    /// The 64 hexadecimal digits that go into a link or a cookie: the secret itself.
    #[must_use]
    pub fn reveal(&self) -> String {
        hex::encode(&self.0)
    }
}

impl FromStr for Token {
    type Err = InvalidToken;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        hex::decode(text).map(Self).ok_or(InvalidToken)
    }
}

impl TokenHash {
    /// The hash with these bytes, as the store keeps it.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes that the store keeps.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hash_is_sha_256_of_the_bytes() {
        let token: Token = "00".repeat(32).parse().expect("a token");
        assert_eq!(
            hex::encode(token.hash().as_bytes()),
            "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"
        );
    }

    proptest! {
        #[test]
        fn text_round_trips(bytes in any::<[u8; 32]>()) {
            let token = Token(bytes);
            prop_assert_eq!(token.reveal().parse::<Token>(), Ok(token));
        }

        #[test]
        fn never_panics(text in "\\PC{0,80}") {
            let _ = text.parse::<Token>();
        }
    }

    #[test]
    fn refuses_other_lengths_and_letters() {
        for text in ["", "abc", &"g".repeat(64), &"0".repeat(63), &"0".repeat(65), &"é".repeat(32)] {
            assert_eq!(text.parse::<Token>(), Err(InvalidToken), "{text:?}");
        }
    }
}
