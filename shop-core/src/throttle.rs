//! The throttle that keeps its counts in the shop's store.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use crate::error::StoreError;
use crate::ports::{
    Attempt, Clock, RandomSource, Store, Throttle, ThrottleKey, TooManyTries, Transaction, Tries, Who,
};
use crate::retry::{Transient, retry};
use crate::time::Timestamp;

/// A throttle that counts in the shop's store, so that all replicas agree.
///
/// Each kind of try has a number that is free. Beyond it one has to wait, twice as long each time, from 1 s up to a limit. Tries are
/// forgotten one by one as time passes, so that whoever comes at a decent pace is never stopped.
///
/// | tries | by | free | one is forgotten each | longest wait |
/// |---|---|---|---|---|
/// | passwords | account; a browser that has signed in before has a count of its own | 10 | 6 min | 15 min |
/// | passwords | client | 100 | 10 s | 5 min |
/// | registrations, changes of address, resets, activations | mail address | 5 | 30 min | 1 h |
/// | registrations, changes of address, resets, activations | client | 30 | 2 min | 15 min |
/// | orders | account | 1,000 | 4 s | 1 min |
/// | orders | client | 3,000 | 1 s | 1 min |
///
/// Nobody can lock an owner out: strangers' tries do not count for browsers that the owner has signed in with before, and a reset of
/// the password by mail forgets them.
pub struct StoreThrottle {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn RandomSource>,
}

impl StoreThrottle {
    /// A throttle on this store; clock and random source serve pauses when a unit has to be tried again.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>, random: Arc<dyn RandomSource>) -> Self {
        Self { store, clock, random }
    }

    async fn attempt_admit(&self, keys: &[ThrottleKey], now: Timestamp) -> Result<(), TooManyTries> {
        let mut unit = self.store.begin().await?;
        // Always in the same order, so that two units never wait for each other in a circle.
        let mut hashes: Vec<_> = keys.iter().map(|key| (key.hash(), Pace::of(key))).collect();
        hashes.sort_by_key(|(hash, _)| *hash);
        let mut longest = Duration::ZERO;
        for (hash, pace) in hashes {
            let stored = unit.throttles().load(hash).await?;
            longest = longest.max(pace.wait(stored, now));
            if longest.is_zero() {
                unit.throttles().replace(hash, pace.after(stored, now), stored).await?;
            }
        }
        if longest.is_zero() { Ok(unit.commit().await?) } else { Err(TooManyTries::Wait(longest)) }
    }

    async fn attempt_forgive(&self, keys: &[ThrottleKey]) -> Result<(), StoreError> {
        let mut unit = self.store.begin().await?;
        for key in keys {
            unit.throttles().remove(key.hash()).await?;
        }
        Transaction::commit(unit).await
    }
}

impl Transient for TooManyTries {
    fn is_transient(&self) -> bool {
        match self {
            Self::Wait(_) => false,
            Self::Store(error) => error.is_transient(),
        }
    }
}

#[async_trait]
impl Throttle for StoreThrottle {
    async fn admit(&self, keys: &[ThrottleKey], now: Timestamp) -> Result<(), TooManyTries> {
        retry(&*self.clock, &*self.random, || self.attempt_admit(keys, now)).await
    }

    async fn forgive(&self, keys: &[ThrottleKey]) -> Result<(), StoreError> {
        retry(&*self.clock, &*self.random, || self.attempt_forgive(keys)).await
    }
}

impl std::fmt::Debug for StoreThrottle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoreThrottle").finish_non_exhaustive()
    }
}

/// How many tries are free, how fast they are forgotten, how long one waits at most.
///
/// The tries are a leaky bucket (the "generic cell rate algorithm" of ITU-T I.371): all that is kept is when it runs empty.
#[derive(Clone, Copy)]
struct Pace {
    free: u32,
    each: Duration,
    longest: Duration,
}

impl Pace {
    const fn of(key: &ThrottleKey) -> Self {
        let (free, each, longest) = match (key.attempt, &key.who) {
            (Attempt::SignIn, Who::Client(_)) => (100, Duration::from_secs(10), Duration::from_mins(5)),
            (Attempt::SignIn, Who::Email(_) | Who::Browser(..) | Who::User(_)) => {
                (10, Duration::from_mins(6), Duration::from_mins(15))
            }
            (
                Attempt::Register | Attempt::EmailChange | Attempt::Activation | Attempt::Reset,
                Who::Client(_),
            ) => (30, Duration::from_mins(2), Duration::from_mins(15)),
            (
                Attempt::Register | Attempt::EmailChange | Attempt::Activation | Attempt::Reset,
                Who::Email(_) | Who::Browser(..) | Who::User(_),
            ) => (5, Duration::from_mins(30), Duration::from_hours(1)),
            (Attempt::Checkout, Who::Client(_)) => (3_000, Duration::from_secs(1), Duration::from_mins(1)),
            (Attempt::Checkout, Who::Email(_) | Who::Browser(..) | Who::User(_)) => {
                (1_000, Duration::from_secs(4), Duration::from_mins(1))
            }
        };
        Self { free, each, longest }
    }

    /// How long the next try has to wait.
    fn wait(self, stored: Option<Tries>, now: Timestamp) -> Duration {
        let Some(tries) = stored else { return Duration::ZERO };
        let kept = tries.forget_at.since(now).as_micros().div_ceil(self.each.as_micros().max(1));
        match kept.checked_sub(u128::from(self.free)) {
            None => Duration::ZERO,
            Some(beyond) => {
                let seconds =
                    1_u64.checked_shl(u32::try_from(beyond).unwrap_or(u32::MAX)).unwrap_or(u64::MAX);
                let pause = Duration::from_secs(seconds).min(self.longest);
                tries.last_at.plus(pause).since(now)
            }
        }
    }

    /// What is kept after one more try.
    fn after(self, stored: Option<Tries>, now: Timestamp) -> Tries {
        let from = stored.map_or(now, |tries| tries.forget_at.max(now));
        Tries { last_at: now, forget_at: from.plus(self.each) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::EmailAddress;
    use crate::memory::{ManualClock, MemoryStore};
    use crate::system::SystemRandom;

    fn key(attempt: Attempt, email: &str) -> ThrottleKey {
        let email = email.parse::<EmailAddress>().expect("an address").key();
        ThrottleKey { attempt, who: Who::Email(email) }
    }

    fn throttle() -> StoreThrottle {
        let clock = Arc::new(ManualClock::default());
        StoreThrottle::new(Arc::new(MemoryStore::default()), clock, Arc::new(SystemRandom))
    }

    async fn wait(throttle: &StoreThrottle, keys: &[ThrottleKey], now: Timestamp) -> Option<Duration> {
        match throttle.admit(keys, now).await {
            Ok(()) => None,
            Err(TooManyTries::Wait(wait)) => Some(wait),
            Err(TooManyTries::Store(error)) => panic!("{error}"),
        }
    }

    #[tokio::test]
    async fn waits_grow_to_a_limit() {
        let (throttle, keys) = (throttle(), [key(Attempt::SignIn, "ana@example.com")]);
        let mut now = Timestamp::from_micros(0);
        for _ in 0..10 {
            assert_eq!(wait(&throttle, &keys, now).await, None, "free");
        }
        let mut waits = Vec::new();
        for _ in 0..9 {
            let pause = wait(&throttle, &keys, now).await.expect("too many");
            waits.push(pause.as_secs());
            now = now.plus(pause);
            assert_eq!(wait(&throttle, &keys, now).await, None, "waited long enough");
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256]);
    }

    #[tokio::test]
    async fn no_wait_is_longer_than_the_limit() {
        let pace = Pace::of(&key(Attempt::SignIn, "ana@example.com"));
        let now = Timestamp::from_micros(0);
        let endless = Tries { last_at: now, forget_at: Timestamp::from_micros(i64::MAX) };
        assert_eq!(pace.wait(Some(endless), now), Duration::from_mins(15));
    }

    #[tokio::test]
    async fn tries_are_forgotten_one_by_one() {
        let (throttle, keys) = (throttle(), [key(Attempt::SignIn, "ana@example.com")]);
        let start = Timestamp::from_micros(0);
        for _ in 0..10 {
            assert_eq!(wait(&throttle, &keys, start).await, None);
        }
        let later = start.plus(Duration::from_mins(6));
        assert_eq!(wait(&throttle, &keys, later).await, None, "one is forgotten");
        assert_eq!(wait(&throttle, &keys, later).await, Some(Duration::from_secs(1)), "one alone");
        let much_later = later.plus(Duration::from_hours(1));
        for _ in 0..10 {
            assert_eq!(wait(&throttle, &keys, much_later).await, None, "all are forgotten");
        }
    }

    #[tokio::test]
    async fn a_decent_pace_is_never_stopped() {
        let throttle = throttle();
        let client = ThrottleKey::of_client(Attempt::SignIn, Some([192, 0, 2, 1].into())).expect("a client");
        let mut now = Timestamp::from_micros(0);
        for _ in 0..2_000 {
            assert_eq!(wait(&throttle, std::slice::from_ref(&client), now).await, None);
            now = now.plus(Duration::from_secs(10));
        }
    }

    #[tokio::test]
    async fn a_refused_try_counts_nowhere() {
        let throttle = throttle();
        let (tried, other) = (key(Attempt::Reset, "ana@example.com"), key(Attempt::Reset, "ion@example.com"));
        let now = Timestamp::from_micros(0);
        for _ in 0..5 {
            assert_eq!(wait(&throttle, std::slice::from_ref(&tried), now).await, None);
        }
        for _ in 0..20 {
            let both = [other.clone(), tried.clone()];
            assert_eq!(
                wait(&throttle, &both, now).await,
                Some(Duration::from_secs(1)),
                "no longer than that"
            );
        }
        for _ in 0..5 {
            assert_eq!(wait(&throttle, std::slice::from_ref(&other), now).await, None, "not counted before");
        }
    }

    #[tokio::test]
    async fn a_right_try_forgets_the_others() {
        let (throttle, keys) = (throttle(), [key(Attempt::SignIn, "ana@example.com")]);
        let now = Timestamp::from_micros(0);
        for _ in 0..2 {
            for _ in 0..10 {
                assert_eq!(wait(&throttle, &keys, now).await, None);
            }
            throttle.forgive(&keys).await.expect("forgotten");
        }
    }

    #[tokio::test]
    async fn tries_at_one_moment_do_not_slip_through() {
        let throttle = Arc::new(throttle());
        let tries = (0..50).map(|_| {
            let throttle = Arc::clone(&throttle);
            tokio::spawn(async move {
                let keys = [key(Attempt::SignIn, "ana@example.com")];
                wait(&throttle, &keys, Timestamp::from_micros(0)).await
            })
        });
        let mut admitted = 0;
        for task in tries.collect::<Vec<_>>() {
            admitted += u32::from(task.await.expect("no panic").is_none());
        }
        assert_eq!(admitted, 10);
    }
}
