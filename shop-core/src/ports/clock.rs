use std::time::Duration;

use async_trait::async_trait;

use crate::time::Timestamp;

/// The time, and waiting for it.
///
/// A port, so that tests need not wait and the core needs no runtime.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Clock: Send + Sync {
    /// The present moment. Two calls MAY give the same moment or, when the system's clock is set back, an earlier one.
    fn now(&self) -> Timestamp;

    /// Comes back when `duration` has passed.
    async fn sleep(&self, duration: Duration);
}
