//! Sessions hold until they end, one by one or all of an account together.

use std::slice::from_ref;
use std::time::Duration;

use super::Broken;
use super::case::cases;
use super::samples::{fresh_hash, moment, session, user, user_id};
use super::setup::{add_sessions, add_users, assert_conflict, fill_carts};
use crate::account::Session;
use crate::error::Constraint;
use crate::ports::{Store, StoredCart, Visit};

/// A session of this account, begun and last used so many seconds after the start of 2026.
fn used(account: u32, created: i64, seen: i64) -> Session {
    Session { created_at: moment(created), last_seen_at: moment(seen), ..session(user_id(account)) }
}

/// Those of the sessions that have not ended.
async fn left_of(store: &dyn Store, sessions: &[Session]) -> Result<Vec<Session>, Broken> {
    let mut left = Vec::new();
    for session in sessions {
        left.extend(store.accounts().visit(session.key).await?.map(|visit| visit.session));
    }
    Ok(left)
}

cases! {
    ($) sessions __conformance_sessions

    /// A visit is the session with its account and cart; the cart is the empty one if there is none.
    async fn a_visit_is_session_account_and_cart(store) {
        add_users(&*store, &[user(1), user(2)]).await?;
        let (with_cart, without) = (session(user_id(1)), session(user_id(2)));
        add_sessions(&*store, &[with_cart.clone(), without.clone()]).await?;
        fill_carts(&*store, &[user_id(1)], "SKU-1=2").await?;
        let cart = StoredCart { code: "SKU-1=2".to_owned(), version: 1 };
        let visit = store.accounts().visit(with_cart.key).await?;
        assert_eq!(visit, Some(Visit { session: with_cart, user: user(1), cart }));
        let visit = store.accounts().visit(without.key).await?;
        assert_eq!(visit, Some(Visit { session: without, user: user(2), cart: StoredCart::default() }));
        assert_eq!(store.accounts().visit(fresh_hash()).await?, None);
    }

    /// Two sessions cannot have one key.
    async fn a_session_key_is_unique(store) {
        add_users(&*store, &[user(1), user(2)]).await?;
        let first = session(user_id(1));
        add_sessions(&*store, from_ref(&first)).await?;
        let mut unit = store.begin().await?;
        let second = Session { user: user_id(2), ..first };
        assert_conflict(unit.sessions().insert(&second).await, Constraint::Id);
    }

    /// A session of nobody is a conflict.
    async fn a_session_needs_an_account(store) {
        add_users(&*store, &[user(1)]).await?;
        let mut unit = store.begin().await?;
        assert_conflict(unit.sessions().insert(&session(user_id(2))).await, Constraint::Owner);
    }

    /// The last use of a session is written down, and of no other; one that is gone is no error.
    async fn a_session_is_touched(store) {
        add_users(&*store, &[user(1)]).await?;
        let (used, other) = (session(user_id(1)), session(user_id(1)));
        add_sessions(&*store, &[used.clone(), other.clone()]).await?;
        let mut unit = store.begin().await?;
        unit.sessions().touch(used.key, moment(50)).await?;
        unit.sessions().touch(fresh_hash(), moment(50)).await?;
        unit.commit().await?;
        let seen = store.accounts().visit(used.key).await?.map(|visit| visit.session);
        assert_eq!(seen, Some(Session { last_seen_at: moment(50), ..used }));
        assert_eq!(store.accounts().visit(other.key).await?.map(|visit| visit.session), Some(other));
    }

    /// A session ends once, and others of the account stay.
    async fn a_session_ends(store) {
        add_users(&*store, &[user(1)]).await?;
        let (ended, other) = (session(user_id(1)), session(user_id(1)));
        add_sessions(&*store, &[ended.clone(), other.clone()]).await?;
        let mut unit = store.begin().await?;
        assert!(unit.sessions().remove(ended.key).await?);
        assert!(!unit.sessions().remove(ended.key).await?);
        unit.commit().await?;
        assert_eq!(store.accounts().visit(ended.key).await?, None);
        assert!(store.accounts().visit(other.key).await?.is_some());
    }

    /// An account's sessions are listed, last used first, and nobody else's.
    async fn sessions_are_listed(store) {
        add_users(&*store, &[user(1), user(2), user(3)]).await?;
        // Neither in the order in which they were begun nor in that of their last use.
        let theirs = [used(1, 3, 20), used(1, 4, 40), used(1, 1, 30), used(1, 2, 10)];
        let other = used(2, 9, 25);
        add_sessions(&*store, &theirs).await?;
        add_sessions(&*store, from_ref(&other)).await?;
        let [third, first, second, fourth] = theirs;
        let listed = store.accounts().sessions(user_id(1)).await?;
        assert_eq!(listed, [first.clone(), second.clone(), third.clone(), fourth.clone()]);
        let mut unit = store.begin().await?;
        unit.sessions().touch(fourth.key, moment(50)).await?;
        unit.sessions().remove(second.key).await?;
        unit.commit().await?;
        let touched = Session { last_seen_at: moment(50), ..fourth };
        assert_eq!(store.accounts().sessions(user_id(1)).await?, [touched, first, third]);
        assert_eq!(store.accounts().sessions(user_id(2)).await?, [other]);
        assert_eq!(store.accounts().sessions(user_id(3)).await?, []);
    }

    /// Nobody ends a session of somebody else.
    async fn a_session_ends_for_its_owner_alone(store) {
        add_users(&*store, &[user(1), user(2)]).await?;
        let sessions = [session(user_id(1)), session(user_id(1))];
        add_sessions(&*store, &sessions).await?;
        let mut unit = store.begin().await?;
        assert!(!unit.sessions().remove_of(user_id(2), sessions[0].key).await?, "somebody else's");
        assert!(!unit.sessions().remove_of(user_id(1), fresh_hash()).await?, "never there");
        unit.commit().await?;
        assert_eq!(left_of(&*store, &sessions).await?, sessions);
        let mut unit = store.begin().await?;
        assert!(unit.sessions().remove_of(user_id(1), sessions[0].key).await?);
        assert!(!unit.sessions().remove_of(user_id(1), sessions[0].key).await?, "a second time");
        unit.commit().await?;
        assert_eq!(left_of(&*store, &sessions).await?, sessions[1..]);
    }

    /// All sessions of an account end together, and nobody else's; it says how many.
    async fn all_sessions_end(store) {
        add_users(&*store, &[user(1), user(2)]).await?;
        let theirs = [used(1, 1, 10), used(1, 2, 20), used(1, 3, 30)];
        let other = session(user_id(2));
        add_sessions(&*store, &theirs).await?;
        add_sessions(&*store, from_ref(&other)).await?;
        for ended in [3, 0] {
            let mut unit = store.begin().await?;
            assert_eq!(unit.sessions().remove_all(user_id(1), None).await?, ended);
            unit.commit().await?;
            assert_eq!(left_of(&*store, &theirs).await?, []);
            assert_eq!(store.accounts().sessions(user_id(1)).await?, []);
        }
        assert_eq!(left_of(&*store, from_ref(&other)).await?, [other]);
    }

    /// All sessions of an account end but one; a stranger's key spares none.
    async fn all_sessions_end_but_one(store) {
        add_users(&*store, &[user(1), user(2)]).await?;
        let theirs = [used(1, 1, 10), used(1, 2, 20), used(1, 3, 30)];
        let other = session(user_id(2));
        add_sessions(&*store, &theirs).await?;
        add_sessions(&*store, from_ref(&other)).await?;
        let mut unit = store.begin().await?;
        assert_eq!(unit.sessions().remove_all(user_id(1), Some(theirs[1].key)).await?, 2);
        unit.commit().await?;
        assert_eq!(left_of(&*store, &theirs).await?, theirs[1..2]);
        let mut unit = store.begin().await?;
        assert_eq!(unit.sessions().remove_all(user_id(1), Some(other.key)).await?, 1);
        unit.commit().await?;
        assert_eq!(left_of(&*store, &theirs).await?, []);
        assert_eq!(left_of(&*store, from_ref(&other)).await?, [other]);
    }

    /// Sessions that were not used, or have lasted, for too long are removed, and none that is a moment
    /// younger.
    async fn ended_sessions_are_removed(store) {
        add_users(&*store, &[user(1), user(2)]).await?;
        let later = |seconds| moment(seconds).plus(Duration::from_micros(1));
        // Last used at 200 or before, or begun at 100 or before.
        let ended =
            [used(1, 150, 200), used(2, 150, 199), used(1, 100, 999), used(2, 99, 999), used(1, 1, 2)];
        let young = Session { created_at: later(100), last_seen_at: later(200), ..session(user_id(1)) };
        add_sessions(&*store, &ended).await?;
        add_sessions(&*store, from_ref(&young)).await?;
        for (most, removed, left) in [(0, 0, 5), (3, 3, 2), (3, 2, 0), (3, 0, 0)] {
            let mut unit = store.begin().await?;
            let outcome = unit.sessions().remove_ended(moment(200), moment(100), most).await?;
            assert_eq!(outcome, removed);
            unit.commit().await?;
            assert_eq!(left_of(&*store, &ended).await?.len(), left);
            assert_eq!(left_of(&*store, from_ref(&young)).await?, from_ref(&young));
        }
    }
}
