use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::task::Poll;
use std::time::Duration;

use async_trait::async_trait;

use crate::ports::Clock;
use crate::time::Timestamp;

/// A clock that stands still until it is moved. A clone is another handle to the same clock.
///
/// [`sleep`](Clock::sleep) moves it by as long as was asked for, lets other tasks run once, and comes back.
///
/// ```
/// use shop_core::Timestamp;
/// use shop_core::memory::ManualClock;
/// use shop_core::ports::Clock;
/// use std::time::Duration;
///
/// let clock = ManualClock::at(Timestamp::from_micros(0));
/// clock.advance(Duration::from_secs(2));
/// assert_eq!(clock.now(), Timestamp::from_micros(2_000_000));
/// ```
#[derive(Clone, Debug)]
pub struct ManualClock {
    micros: Arc<AtomicI64>,
}

impl ManualClock {
    /// A clock that shows this moment.
    #[must_use]
    pub fn at(moment: Timestamp) -> Self {
        Self { micros: Arc::new(AtomicI64::new(moment.as_micros())) }
    }

    /// Sets it to this moment, which may be an earlier one.
    pub fn set(&self, moment: Timestamp) {
        self.micros.store(moment.as_micros(), Ordering::SeqCst);
    }

    /// Moves it forward.
    pub fn advance(&self, duration: Duration) {
        let later = |micros| Timestamp::from_micros(micros).plus(duration).as_micros();
        self.micros.update(Ordering::SeqCst, Ordering::SeqCst, later);
    }
}

impl Default for ManualClock {
    /// A clock that shows 2026-01-01 00:00 UTC.
    fn default() -> Self {
        Self::at(Timestamp::from_micros(1_767_225_600_000_000))
    }
}

#[async_trait]
impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.micros.load(Ordering::SeqCst))
    }

    async fn sleep(&self, duration: Duration) {
        self.advance(duration);
        let mut has_yielded = false;
        poll_fn(|context| {
            if has_yielded {
                return Poll::Ready(());
            }
            has_yielded = true;
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn sleep_moves_the_clock_and_lets_others_run() {
        let clock = ManualClock::default();
        let begin = clock.now();
        let other = tokio::spawn(std::future::ready(()));
        clock.sleep(Duration::from_hours(1)).await;
        assert_eq!(clock.now(), begin.plus(Duration::from_hours(1)));
        assert!(other.is_finished(), "the other task had its turn");
        clock.set(begin);
        assert_eq!(clock.clone().now(), begin, "a clone shows the same time");
    }
}
