use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

use crate::error::StoreError;
use crate::ports::{Throttle, ThrottleKey, TooManyTries};
use crate::time::Timestamp;

/// A throttle that counts in the memory of this process.
///
/// Ten tries are free; from then on each one has to wait, twice as long as the one before: 1 s, 2 s, 4 s, at most 15 minutes. A key is
/// forgotten after a right try, or an hour after its last one. Replicas do not know each other's tries.
#[derive(Debug, Default)]
pub struct ProcessThrottle {
    tries: Mutex<HashMap<ThrottleKey, Tries>>,
}

#[derive(Clone, Copy, Debug)]
struct Tries {
    count: u32,
    last: Timestamp,
}

impl ProcessThrottle {
    /// Tries that need not wait.
    pub const FREE: u32 = 10;
    const LONGEST_WAIT: Duration = Duration::from_mins(15);
    const MEMORY: Duration = Duration::from_hours(1);
    /// Keys kept at most (some 20 MB): beyond them the forgotten ones are cleared out, and if none is, new keys go uncounted.
    const MAX_KEYS: usize = 100_000;

    fn with<T>(&self, act: impl FnOnce(&mut HashMap<ThrottleKey, Tries>) -> T) -> T {
        act(&mut self.tries.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// How long after so many tries the next one has to wait.
fn pause(count: u32) -> Duration {
    match count.checked_sub(ProcessThrottle::FREE) {
        None => Duration::ZERO,
        Some(beyond) => {
            let seconds = 1_u32.checked_shl(beyond).unwrap_or(u32::MAX);
            Duration::from_secs(u64::from(seconds)).min(ProcessThrottle::LONGEST_WAIT)
        }
    }
}

#[async_trait]
impl Throttle for ProcessThrottle {
    async fn admit(&self, key: &ThrottleKey, now: Timestamp) -> Result<(), TooManyTries> {
        self.with(|tries| {
            if tries.len() >= Self::MAX_KEYS {
                tries.retain(|_, tries| now.since(tries.last) < Self::MEMORY);
            }
            let known = tries.get(key).copied().filter(|tries| now.since(tries.last) < Self::MEMORY);
            let count = known.map_or(0, |tries| tries.count);
            let allowed_at = known.map_or(now, |tries| tries.last.plus(pause(count)));
            if now < allowed_at {
                return Err(TooManyTries::Wait(allowed_at.since(now)));
            }
            if tries.len() < Self::MAX_KEYS || tries.contains_key(key) {
                tries.insert(key.clone(), Tries { count: count.saturating_add(1), last: now });
            }
            Ok(())
        })
    }

    async fn forgive(&self, key: &ThrottleKey) -> Result<(), StoreError> {
        self.with(|tries| tries.remove(key));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::EmailAddress;

    #[tokio::test]
    async fn waits_grow_and_end() {
        let throttle = ProcessThrottle::default();
        let key = ThrottleKey::SignIn("ana@example.com".parse::<EmailAddress>().expect("an address").key());
        let mut now = Timestamp::from_micros(0);
        let mut waits = Vec::new();
        for _ in 0..25 {
            if let Err(TooManyTries::Wait(wait)) = throttle.admit(&key, now).await {
                waits.push(wait.as_secs());
                now = now.plus(wait);
                throttle.admit(&key, now).await.expect("waited long enough");
            }
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900, 900]);
        throttle.admit(&key, now).await.expect_err("must wait again");
        throttle.forgive(&key).await.expect("forgotten");
        throttle.admit(&key, now).await.expect("starts anew");
    }

    #[tokio::test]
    async fn an_hour_later_all_is_forgotten() {
        let throttle = ProcessThrottle::default();
        let key = ThrottleKey::SignIn("ana@example.com".parse::<EmailAddress>().expect("an address").key());
        for _ in 0..ProcessThrottle::FREE {
            throttle.admit(&key, Timestamp::from_micros(0)).await.expect("free");
        }
        let later = Timestamp::from_micros(0).plus(ProcessThrottle::MEMORY);
        for _ in 0..ProcessThrottle::FREE {
            throttle.admit(&key, later).await.expect("free again");
        }
    }
}
