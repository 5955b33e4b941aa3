//! Trying a unit of work again when a neighbor was in the way.

use std::time::Duration;

use crate::error::{Constraint, StoreError};
use crate::ports::{Clock, RandomSource};

/// How often a unit is tried at most.
const MAX_ATTEMPTS: u32 = 12;
/// How long after the first try another one may begin. It matters where each takes long itself: behind a lock
/// whose holder hangs.
const LAST_CALL: Duration = Duration::from_secs(2);

/// An error that a fresh attempt may not meet again.
pub(crate) trait Transient {
    /// Whether it is one.
    fn is_transient(&self) -> bool;
}

impl Transient for StoreError {
    /// A version conflict is transient as well: the fresh attempt reads the new version.
    fn is_transient(&self) -> bool {
        self.is_retryable() || matches!(self, Self::Conflict(Constraint::Version))
    }
}

/// Runs `attempt` until it succeeds, fails for good, has been tried 12 times, or fails more than 2 s after the
/// first try began.
///
/// Each attempt MUST begin its own unit. Between attempts it waits a random part of a pause that doubles from 2 ms to 500 ms
/// ("full jitter", <https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/>).
pub(crate) async fn retry<T, E, F>(
    clock: &dyn Clock,
    random: &dyn RandomSource,
    mut attempt: impl FnMut() -> F + Send,
) -> Result<T, E>
where
    T: Send,
    E: Transient + Send,
    F: Future<Output = Result<T, E>> + Send,
{
    let last_call = clock.now().plus(LAST_CALL);
    let mut failures = 0;
    loop {
        let outcome = attempt().await;
        failures += 1;
        match outcome {
            Err(error) if error.is_transient() && failures < MAX_ATTEMPTS && clock.now() < last_call => {
                clock.sleep(jitter(failures, random)).await;
            }
            outcome => return outcome,
        }
    }
}

fn jitter(failures: u32, random: &dyn RandomSource) -> Duration {
    let longest = Duration::from_millis(1 << failures.min(9)).min(Duration::from_millis(500));
    let mut byte = [0];
    random.fill(&mut byte);
    longest * u32::from(byte[0]) / 256
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockClock, MockRandomSource};
    use crate::time::Timestamp;
    use std::sync::atomic::{AtomicU32, Ordering};

    fn busy() -> StoreError {
        StoreError::Retryable("busy".into())
    }

    async fn attempts(outcome: impl Fn(u32) -> Result<(), StoreError> + Send + Sync) -> (u32, bool) {
        attempts_that_take(Duration::ZERO, outcome).await
    }

    async fn attempts_that_take(
        time: Duration,
        outcome: impl Fn(u32) -> Result<(), StoreError> + Send + Sync,
    ) -> (u32, bool) {
        let mut clock = MockClock::new();
        // It is asked before the first attempt, and after each that fails.
        let mut asked = 0;
        clock.expect_now().returning(move || {
            asked += 1;
            Timestamp::from_micros(0).plus(time * (asked - 1))
        });
        clock.expect_sleep().returning(|pause| assert!(pause < Duration::from_millis(500)));
        let mut random = MockRandomSource::new();
        random.expect_fill().returning(|bytes| bytes.fill(255));
        let count = AtomicU32::new(0);
        let result = retry(&clock, &random, || {
            let number = count.fetch_add(1, Ordering::Relaxed) + 1;
            std::future::ready(outcome(number))
        })
        .await;
        (count.into_inner(), result.is_ok())
    }

    #[tokio::test]
    async fn tries_again_only_what_may_pass() {
        assert_eq!(attempts(|_| Ok(())).await, (1, true));
        assert_eq!(attempts(|number| if number < 4 { Err(busy()) } else { Ok(()) }).await, (4, true));
        assert_eq!(attempts(|_| Err(busy())).await, (MAX_ATTEMPTS, false));
        assert_eq!(attempts(|_| Err(StoreError::Conflict(Constraint::Email))).await, (1, false));
        assert_eq!(attempts(|_| Err(StoreError::Unavailable("gone".into()))).await, (1, false));
    }

    #[tokio::test]
    async fn whoever_waits_behind_a_lock_is_not_kept_waiting() {
        for (seconds, expected) in [(1, 2), (2, 1), (5, 1)] {
            let tried = attempts_that_take(Duration::from_secs(seconds), |_| Err(busy())).await;
            assert_eq!(tried, (expected, false), "{seconds} s each");
        }
    }
}
