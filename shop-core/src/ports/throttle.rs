use std::net::IpAddr;
use std::time::Duration;

use async_trait::async_trait;

use crate::account::{BrowserKey, EmailKey};
use crate::error::StoreError;
use crate::ids::UserId;
use crate::time::Timestamp;

/// Slows down who tries too often.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Throttle: Send + Sync {
    /// Notes a try under each of these keys, or under none of them and says when the next one is allowed. It MUST note the try
    /// before it answers, so that tries at the same moment cannot slip through together.
    async fn admit(&self, keys: &[ThrottleKey], now: Timestamp) -> Result<(), TooManyTries>;

    /// Forgets the tries under these keys: the last one was right.
    async fn forgive(&self, keys: &[ThrottleKey]) -> Result<(), StoreError>;
}

/// Whose tries are counted, at what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ThrottleKey {
    /// What is tried.
    pub attempt: Attempt,
    /// Who tries.
    pub who: Who,
}

/// What can be tried too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Attempt {
    /// To prove a password.
    SignIn,
    /// To register.
    Register,
    /// To have a link sent to another address.
    EmailChange,
    /// To have the activation sent again.
    Activation,
    /// To have a link sent that resets the password.
    Reset,
    /// To place an order.
    Checkout,
}

/// Whose tries are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// Everybody who names this address, whether it has an account or not.
    Email(EmailKey),
    /// One browser that has signed in to the account with this address before.
    Browser(EmailKey, BrowserKey),
    /// One account.
    User(UserId),
    /// One client on the network.
    Client(IpAddr),
}

impl ThrottleKey {
    /// The key of a client, if there is one that can be told from others.
    ///
    /// A loopback address is a proxy on this machine, or whoever works on it: it stands for nobody.
    #[must_use]
    pub fn of_client(attempt: Attempt, client: Option<IpAddr>) -> Option<Self> {
        let address = client?.to_canonical();
        (!address.is_loopback()).then_some(Self { attempt, who: Who::Client(network(address)) })
    }

    /// What a store keeps the tries under: a hash, so that it holds neither addresses of mail nor of the network.
    #[must_use]
    pub fn hash(&self) -> ThrottleHash {
        let mut hash = hmac_sha256::Hash::new();
        hash.update(self.attempt.name());
        hash.update([0]);
        match &self.who {
            Who::Email(email) => hash.update(format!("email {}", email.as_str())),
            Who::Browser(email, browser) => {
                hash.update(format!("browser {} ", email.as_str()));
                hash.update(browser.0);
            }
            Who::User(user) => hash.update(format!("user {user}")),
            Who::Client(address) => hash.update(format!("client {address}")),
        }
        ThrottleHash(hash.finalize())
    }
}

/// The part of an address that one household has to itself: all of an IPv4 address, the first 64 bits of an IPv6 address.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6((u128::from(address) & (u128::MAX << 64)).into()),
    }
}

impl Attempt {
    const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Register => "register",
            Self::EmailChange => "email_change",
            Self::Activation => "activation",
            Self::Reset => "reset",
            Self::Checkout => "checkout",
        }
    }
}

/// The SHA-256 of a [`ThrottleKey`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ThrottleHash([u8; 32]);

impl ThrottleHash {
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

/// Why a try is not admitted.
#[derive(Debug, thiserror::Error)]
pub enum TooManyTries {
    /// There were too many before it.
    #[error("too many tries; the next is allowed in {} s", .0.as_secs())]
    Wait(Duration),
    /// The throttle's store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(address: &str) -> Option<ThrottleKey> {
        ThrottleKey::of_client(Attempt::SignIn, Some(address.parse().expect("an address")))
    }

    #[test]
    fn a_household_is_one_client() {
        assert_eq!(client("2001:db8:1:2::3"), client("2001:db8:1:2:ffff::9"));
        assert_ne!(client("2001:db8:1:2::3"), client("2001:db8:1:3::3"));
        assert_eq!(client("::ffff:192.0.2.1"), client("192.0.2.1"));
        assert_ne!(client("192.0.2.1"), client("192.0.2.2"));
    }

    #[test]
    fn loopback_stands_for_nobody() {
        for address in ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(client(address), None, "{address}");
        }
    }

    #[test]
    fn every_key_has_a_hash_of_its_own() {
        let email = |text: &str| text.parse::<crate::account::EmailAddress>().expect("an address").key();
        let who = [
            Who::Email(email("ana@example.com")),
            Who::Email(email("ion@example.com")),
            Who::Browser(email("ana@example.com"), BrowserKey([1; 16])),
            Who::Browser(email("ana@example.com"), BrowserKey([2; 16])),
            Who::User(UserId::from_bytes([1; 16])),
            Who::Client(IpAddr::from([192, 0, 2, 1])),
        ];
        let attempts = [
            Attempt::SignIn,
            Attempt::Register,
            Attempt::EmailChange,
            Attempt::Activation,
            Attempt::Reset,
            Attempt::Checkout,
        ];
        let keys = attempts
            .iter()
            .flat_map(|&attempt| who.iter().map(move |who| ThrottleKey { attempt, who: who.clone() }.hash()));
        let hashes: std::collections::BTreeSet<_> = keys.collect();
        assert_eq!(hashes.len(), attempts.len() * who.len());
    }
}
