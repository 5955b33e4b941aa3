use std::time::Duration;

use super::token::{Token, TokenHash};
use crate::ids::UserId;
use crate::time::Timestamp;

/// The secret that a signed-in visitor's cookie carries.
pub type SessionToken = Token;

/// What the store keeps of a [`SessionToken`], and finds the session by.
pub type SessionKey = TokenHash;

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
