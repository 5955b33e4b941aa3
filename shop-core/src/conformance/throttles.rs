//! Tries are counted by compare and set, so that none slips through.

use std::net::IpAddr;
use std::sync::Arc;

use super::Broken;
use super::case::cases;
use super::samples::{moment, parsed};
use super::setup::{assert_conflict, at_once, persistently};
use crate::account::EmailAddress;
use crate::error::{Constraint, StoreError};
use crate::ports::{Attempt, Store, Throttle, ThrottleHash, ThrottleKey, TooManyTries, Tries, Who};
use crate::system::{SystemClock, SystemRandom};
use crate::throttle::StoreThrottle;
use crate::time::Timestamp;

fn hash(number: u8) -> ThrottleHash {
    ThrottleHash::from_bytes([number; 32])
}

/// Tries of which the last was at, and is forgotten at, so many seconds after the start of 2026.
fn tries(last: i64, forget: i64) -> Tries {
    Tries { last_at: moment(last), forget_at: moment(forget) }
}

/// Notes these tries where there are none.
async fn note(store: &dyn Store, tries: &[(ThrottleHash, Tries)]) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    for &(key, tries) in tries {
        unit.throttles().replace(key, tries, None).await?;
    }
    unit.commit().await
}

async fn stored(store: &dyn Store, key: ThrottleHash) -> Result<Option<Tries>, Broken> {
    Ok(store.begin().await?.throttles().load(key).await?)
}

/// Replaces the tries under key 1 unless somebody else has; says whether it did.
async fn swap(store: Arc<dyn Store>, new: Tries, expected: Option<Tries>) -> Result<bool, Broken> {
    let outcome = persistently(async || {
        let mut unit = store.begin().await?;
        match unit.throttles().replace(hash(1), new, expected).await {
            Err(StoreError::Conflict(Constraint::Version)) => return Ok(false),
            outcome => outcome?,
        }
        unit.commit().await?;
        Ok::<_, StoreError>(true)
    });
    Ok(outcome.await?)
}

fn throttle(store: &Arc<dyn Store>) -> Arc<StoreThrottle> {
    Arc::new(StoreThrottle::new(Arc::clone(store), Arc::new(SystemClock), Arc::new(SystemRandom)))
}

/// Tries of a password by address, and by client.
fn keys() -> [ThrottleKey; 2] {
    let email: EmailAddress = parsed("ana@example.com");
    let client = Who::Client(IpAddr::from([192, 0, 2, 1]));
    [Who::Email(email.key()), client].map(|who| ThrottleKey { attempt: Attempt::SignIn, who })
}

/// Tries once; says whether it was admitted.
async fn admit(throttle: Arc<StoreThrottle>, keys: Vec<ThrottleKey>) -> Result<bool, StoreError> {
    match throttle.admit(&keys, moment(0)).await {
        Ok(()) => Ok(true),
        Err(TooManyTries::Wait(_)) => Ok(false),
        Err(TooManyTries::Store(error)) => Err(error),
    }
}

cases! {
    ($) throttles __conformance_throttles

    /// Tries come back as they were noted, to the microsecond, each under its own key, and are forgotten when
    /// removed.
    async fn tries_are_noted(store) {
        let exact = Tries { last_at: moment(1), forget_at: Timestamp::from_micros(1_999_999_999_999_999) };
        assert_eq!(stored(&*store, hash(1)).await?, None);
        note(&*store, &[(hash(1), exact), (hash(2), tries(3, 4))]).await?;
        assert_eq!(stored(&*store, hash(1)).await?, Some(exact));
        assert_eq!(stored(&*store, hash(2)).await?, Some(tries(3, 4)));
        let mut unit = store.begin().await?;
        unit.throttles().replace(hash(1), tries(5, 6), Some(exact)).await?;
        assert_eq!(unit.throttles().load(hash(1)).await?, Some(tries(5, 6)));
        unit.commit().await?;
        assert_eq!(stored(&*store, hash(1)).await?, Some(tries(5, 6)));
        let mut unit = store.begin().await?;
        unit.throttles().remove(hash(1)).await?;
        unit.throttles().remove(hash(3)).await?;
        unit.commit().await?;
        assert_eq!(stored(&*store, hash(1)).await?, None);
        assert_eq!(stored(&*store, hash(2)).await?, Some(tries(3, 4)), "under another key");
    }

    /// Tries that somebody else has replaced since are a conflict, and change nothing; so are tries expected
    /// that are not there.
    async fn outdated_tries_are_refused(store) {
        note(&*store, &[(hash(1), tries(10, 20))]).await?;
        let wrong = [
            (hash(1), None),
            (hash(1), Some(tries(10, 21))),
            (hash(1), Some(tries(11, 20))),
            (hash(1), Some(tries(20, 10))),
            (hash(2), Some(tries(10, 20))),
        ];
        for (key, expected) in wrong {
            let mut unit = store.begin().await?;
            let outcome = unit.throttles().replace(key, tries(30, 40), expected).await;
            assert_conflict(outcome, Constraint::Version);
        }
        assert_eq!(stored(&*store, hash(1)).await?, Some(tries(10, 20)));
        assert_eq!(stored(&*store, hash(2)).await?, None);
    }

    /// Tries that are replaced by the same ones again are no conflict.
    async fn the_same_tries_are_no_conflict(store) {
        note(&*store, &[(hash(1), tries(10, 20))]).await?;
        let mut unit = store.begin().await?;
        unit.throttles().replace(hash(1), tries(10, 20), Some(tries(10, 20))).await?;
        unit.commit().await?;
        assert_eq!(stored(&*store, hash(1)).await?, Some(tries(10, 20)));
    }

    /// Of 16 units that replace the same tries, or note the first, one does.
    async fn one_unit_notes_a_try(store) {
        let mut expected = None;
        for round in 1..=5 {
            let news: Vec<_> = (0..16).map(|number| tries(round, 100 * round + number)).collect();
            let units = news.iter().map(|&new| swap(Arc::clone(&store), new, expected));
            let outcomes = at_once(units).await?;
            let winners = news.iter().zip(outcomes).filter(|&(_, has_won)| has_won).map(|(new, _)| *new);
            let winners: Vec<_> = winners.collect();
            assert_eq!(winners.len(), 1, "round {round}");
            expected = stored(&*store, hash(1)).await?;
            assert_eq!(expected, Some(winners[0]), "the winner's tries are noted");
        }
    }

    /// Tries whose time has come are forgotten, as many as were asked for and no others; it says how many.
    async fn old_tries_are_forgotten(store) {
        let old = [(hash(1), tries(1, 98)), (hash(2), tries(99, 99)), (hash(3), tries(2, 100))];
        let fresh = (hash(4), tries(1, 101));
        note(&*store, &old).await?;
        note(&*store, &[fresh]).await?;
        for (most, forgotten, left) in [(0, 0, 3), (2, 2, 1), (2, 1, 0), (2, 0, 0)] {
            let mut unit = store.begin().await?;
            assert_eq!(unit.throttles().remove_forgotten(moment(100), most).await?, forgotten);
            unit.commit().await?;
            let mut unit = store.begin().await?;
            let mut found = 0;
            for (key, _) in old {
                found += usize::from(unit.throttles().load(key).await?.is_some());
            }
            assert_eq!(found, left);
            assert_eq!(unit.throttles().load(fresh.0).await?, Some(fresh.1));
        }
    }

    /// Of 40 tries at one moment, by keys named in either order, the ten that are free are admitted.
    async fn no_try_slips_through(store) {
        let (throttle, [email, client]) = (throttle(&store), keys());
        let orders = [vec![email.clone(), client.clone()], vec![client, email]];
        let tries = orders.into_iter().cycle().take(40).map(|keys| admit(Arc::clone(&throttle), keys));
        let admitted = at_once(tries).await?;
        assert_eq!(admitted.into_iter().filter(|&is_admitted| is_admitted).count(), 10);
        assert!(!admit(throttle, keys().to_vec()).await?, "a late one");
    }

    /// A try that one key refuses is noted under none; a right one makes all its keys free again.
    async fn a_refused_try_is_noted_nowhere(store) {
        let (throttle, [email, client]) = (throttle(&store), keys());
        for _ in 0..10 {
            assert!(admit(Arc::clone(&throttle), vec![email.clone()]).await?);
        }
        for _ in 0..3 {
            assert!(!admit(Arc::clone(&throttle), keys().to_vec()).await?);
        }
        assert_eq!(stored(&*store, client.hash()).await?, None);
        throttle.forgive(&keys()).await?;
        assert_eq!(stored(&*store, email.hash()).await?, None);
        assert!(admit(throttle, vec![email]).await?);
    }
}
