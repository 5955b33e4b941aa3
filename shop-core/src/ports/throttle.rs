use std::time::Duration;

use async_trait::async_trait;

use crate::account::EmailKey;
use crate::error::StoreError;
use crate::time::Timestamp;

/// Slows down who tries too often.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Throttle: Send + Sync {
    /// Notes a try under this key, or says when the next one is allowed. It MUST note the try before it answers, so that tries at the
    /// same moment cannot slip through together.
    async fn admit(&self, key: &ThrottleKey, now: Timestamp) -> Result<(), TooManyTries>;

    /// Forgets the tries under this key: the last one was right.
    async fn forgive(&self, key: &ThrottleKey) -> Result<(), StoreError>;
}

/// Whose tries are counted, at what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ThrottleKey {
    /// Passwords tried on one account.
    SignIn(EmailKey),
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
