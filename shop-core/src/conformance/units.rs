//! A unit of work happens whole or not at all.

use super::case::cases;
use super::samples::{fresh_hash, user};
use super::scene::{Ending, Scene, WRITES, polled};
use super::setup::{add_users, assert_conflict};
use crate::account::User;
use crate::error::Constraint;

cases! {
    ($) units __conformance_units

    /// A store that works says so.
    async fn a_store_that_works_says_so(store) {
        store.check().await?;
    }

    /// Every kind of change is seen by everybody once its unit is committed, and by nobody but its unit
    /// before.
    async fn changes_are_seen_after_commit_alone(store) {
        let scene = Scene::set(&*store).await?;
        for write in WRITES {
            let (shown, seen) = (scene.shown(&*store).await?, scene.seen(&*store).await?);
            let mut unit = store.begin().await?;
            (write.apply)(&mut *unit, &scene).await?;
            scene
                .shown(&*store)
                .await?
                .assert_same(&shown, &format!("readers before commit of {}", write.name));
            unit.commit().await?;
            let is_seen = scene.shown(&*store).await? != shown || scene.seen(&*store).await? != seen;
            assert!(is_seen, "{}: nobody sees it after commit", write.name);
        }
    }

    /// A unit reads back what it has written.
    async fn a_unit_reads_its_own_writes(store) {
        let scene = Scene::set(&*store).await?;
        for write in WRITES {
            let mut unit = store.begin().await?;
            (write.apply)(&mut *unit, &scene).await?;
            let seen = scene.seen_in(&mut *unit).await?;
            unit.rollback().await?;
            let mut unit = store.begin().await?;
            (write.apply)(&mut *unit, &scene).await?;
            unit.commit().await?;
            seen.assert_same(&scene.seen(&*store).await?, write.name);
        }
    }

    /// A unit that is dropped or rolled back leaves no trace, whatever it has changed.
    async fn a_unit_without_commit_leaves_no_trace(store) {
        let scene = Scene::set(&*store).await?;
        let (shown, seen) = (scene.shown(&*store).await?, scene.seen(&*store).await?);
        for write in WRITES {
            for ending in [Ending::Dropped, Ending::RolledBack] {
                let mut unit = store.begin().await?;
                (write.apply)(&mut *unit, &scene).await?;
                ending.end(unit).await?;
                let step = format!("{}, {ending:?}", write.name);
                scene.shown(&*store).await?.assert_same(&shown, &step);
                scene.seen(&*store).await?.assert_same(&seen, &step);
            }
        }
    }

    /// A unit that has changed everything leaves no trace either.
    async fn a_large_unit_leaves_no_trace(store) {
        let scene = Scene::set(&*store).await?;
        let (shown, seen) = (scene.shown(&*store).await?, scene.seen(&*store).await?);
        for ending in [Ending::Dropped, Ending::RolledBack] {
            let mut unit = store.begin().await?;
            for write in WRITES {
                (write.apply)(&mut *unit, &scene).await?;
            }
            ending.end(unit).await?;
            let step = format!("everything, {ending:?}");
            scene.shown(&*store).await?.assert_same(&shown, &step);
            scene.seen(&*store).await?.assert_same(&seen, &step);
        }
    }

    /// A unit that is dropped in the middle of a step leaves no trace: its caller may be canceled at any
    /// moment.
    async fn a_unit_dropped_in_mid_step_leaves_no_trace(store) {
        let scene = Scene::set(&*store).await?;
        let shown = scene.shown(&*store).await?;
        for write in WRITES {
            for polls in 0..4 {
                let mut unit = store.begin().await?;
                let outcome = polled((write.apply)(&mut *unit, &scene), polls).await;
                drop(unit);
                outcome.transpose()?;
                scene
                    .shown(&*store)
                    .await?
                    .assert_same(&shown, &format!("{} after {polls} polls", write.name));
            }
        }
    }

    /// Whoever is canceled while waiting for a unit stands in nobody's way.
    async fn a_canceled_begin_blocks_nobody(store) {
        add_users(&*store, &[user(1)]).await?;
        for polls in 0..4 {
            let held = store.begin().await?;
            // Only once: it may be woken no more before the held one ends.
            drop(polled(store.begin(), polls.min(1)).await);
            drop(held);
            drop(polled(store.begin(), polls).await);
            store.begin().await?.commit().await?;
        }
    }

    /// An error undoes what its unit did before it, and leaves the next unit alone.
    async fn a_failed_unit_leaves_no_trace(store) {
        add_users(&*store, &[user(1)]).await?;
        let mut unit = store.begin().await?;
        unit.users().insert(&user(2)).await?;
        let second = User { email: user(1).email, ..user(3) };
        assert_conflict(unit.users().insert(&second).await, Constraint::Email);
        drop(unit);
        assert_eq!(store.accounts().find_by_email(&user(2).email.key()).await?, None);
        add_users(&*store, &[user(2)]).await?;
        assert_eq!(store.accounts().find_by_email(&user(2).email.key()).await?, Some(user(2)));
    }

    /// A unit that changes nothing can be committed, and one that only looks in vain can be rolled back.
    async fn an_empty_unit_ends_well(store) {
        store.begin().await?.commit().await?;
        store.begin().await?.rollback().await?;
        let mut unit = store.begin().await?;
        assert!(!unit.sessions().remove(fresh_hash()).await?);
        unit.commit().await?;
    }
}
