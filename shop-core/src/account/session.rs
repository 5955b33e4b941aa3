use std::time::Duration;

use serde::Serialize;

use super::token::{Token, TokenHash};
use crate::ids::UserId;
use crate::time::Timestamp;

/// The secret that a signed-in visitor's cookie carries.
pub type SessionToken = Token;

/// What the store keeps of a [`SessionToken`], and finds the session by.
pub type SessionKey = TokenHash;

/// What a browser calls itself: the first 200 characters of its `User-Agent`, or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct UserAgent(String);

impl UserAgent {
    /// The greatest length, in characters.
    pub const MAX_CHARS: usize = 200;

    /// What can be kept of such a text: no control characters, cut to its greatest length.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(text.chars().filter(|character| !character.is_control()).take(Self::MAX_CHARS).collect())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The random name of a browser that has signed in to an account before. Who hands it to the core has checked that it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BrowserKey(pub [u8; 16]);

/// A stay of one account in one browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The hash of the cookie's secret.
    pub key: SessionKey,
    /// Who is signed in.
    pub user: UserId,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, exact to [`Session::TOUCH_INTERVAL`].
    pub last_seen_at: Timestamp,
    /// What the browser calls itself.
    pub agent: UserAgent,
}

impl Session {
    /// A session ends when it has not been used for 14 days …
    pub const IDLE: Duration = Duration::from_hours(14 * 24);
    /// … and 60 days after it began in any case (ASVS 5.0, section 7.3 asks for both limits).
    pub const ABSOLUTE: Duration = Duration::from_hours(60 * 24);
    /// How often its last use is written down: reading a page should not cost a write.
    pub const TOUCH_INTERVAL: Duration = Duration::from_hours(1);

    /// When it ends if it is not used again.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        self.last_seen_at.plus(Self::IDLE).min(self.created_at.plus(Self::ABSOLUTE))
    }

    /// Whether it still holds.
    #[must_use]
    pub fn holds(&self, now: Timestamp) -> bool {
        now < self.expires_at()
    }
}
