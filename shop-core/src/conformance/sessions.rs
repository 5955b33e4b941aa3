//! Tokens work once, sessions until they end.

use super::case::cases;
use super::samples::{fresh_hash, moment, session, token, user, user_id};
use super::setup::{add_users, assert_conflict, fill_carts};
use crate::account::{Purpose, Session, StoredToken};
use crate::error::Constraint;
use crate::ports::{StoredCart, Visit};

cases! {
    ($) sessions __conformance_sessions

    /// A token comes back with every field when it is taken, and is gone then.
    async fn a_token_is_taken_once(store) {
        add_users(&*store, &[user(1)]).await?;
        let token = StoredToken { expires_at: moment(-5), ..token(user_id(1)) };
        let mut unit = store.begin().await?;
        unit.tokens().insert(&token).await?;
        unit.commit().await?;
        let mut unit = store.begin().await?;
        assert_eq!(
            unit.tokens().take(token.hash, Purpose::Activation).await?,
            Some(token.clone()),
            "though expired"
        );
        assert_eq!(unit.tokens().take(token.hash, Purpose::Activation).await?, None, "in the same unit");
        unit.commit().await?;
        let mut unit = store.begin().await?;
        assert_eq!(unit.tokens().take(token.hash, Purpose::Activation).await?, None, "in a later unit");
    }

    /// A token that was never there is `None`.
    async fn a_missing_token_is_none(store) {
        let mut unit = store.begin().await?;
        assert_eq!(unit.tokens().take(fresh_hash(), Purpose::Activation).await?, None);
    }

    /// Two tokens cannot have one hash.
    async fn a_token_hash_is_unique(store) {
        add_users(&*store, &[user(1), user(2)]).await?;
        let first = token(user_id(1));
        let mut unit = store.begin().await?;
        unit.tokens().insert(&first).await?;
        unit.commit().await?;
        let mut unit = store.begin().await?;
        let second = StoredToken { user: user_id(2), ..first };
        assert_conflict(unit.tokens().insert(&second).await, Constraint::Id);
    }

    /// Removing an account's tokens removes all of them and nobody else's.
    async fn tokens_of_one_account_are_removed(store) {
        add_users(&*store, &[user(1), user(2)]).await?;
        let tokens = [token(user_id(1)), token(user_id(1)), token(user_id(2))];
        let mut unit = store.begin().await?;
        for token in &tokens {
            unit.tokens().insert(token).await?;
        }
        unit.tokens().remove_all(user_id(1), Purpose::Activation).await?;
        unit.commit().await?;
        let mut unit = store.begin().await?;
        let mut left = Vec::new();
        for token in &tokens {
            left.extend(unit.tokens().take(token.hash, Purpose::Activation).await?);
        }
        assert_eq!(left, tokens[2..]);
    }

    /// A visit is the session with its account and cart; the cart is the empty one if there is none.
    async fn a_visit_is_session_account_and_cart(store) {
        add_users(&*store, &[user(1), user(2)]).await?;
        let (with_cart, without) = (session(user_id(1)), session(user_id(2)));
        let mut unit = store.begin().await?;
        unit.sessions().insert(&with_cart).await?;
        unit.sessions().insert(&without).await?;
        unit.commit().await?;
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
        let mut unit = store.begin().await?;
        unit.sessions().insert(&first).await?;
        unit.commit().await?;
        let mut unit = store.begin().await?;
        let second = Session { user: user_id(2), ..first };
        assert_conflict(unit.sessions().insert(&second).await, Constraint::Id);
    }

    /// The last use of a session is written down, and of no other; one that is gone is no error.
    async fn a_session_is_touched(store) {
        add_users(&*store, &[user(1)]).await?;
        let (used, other) = (session(user_id(1)), session(user_id(1)));
        let mut unit = store.begin().await?;
        unit.sessions().insert(&used).await?;
        unit.sessions().insert(&other).await?;
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
        let mut unit = store.begin().await?;
        unit.sessions().insert(&ended).await?;
        unit.sessions().insert(&other).await?;
        unit.commit().await?;
        let mut unit = store.begin().await?;
        assert!(unit.sessions().remove(ended.key).await?);
        assert!(!unit.sessions().remove(ended.key).await?);
        unit.commit().await?;
        assert_eq!(store.accounts().visit(ended.key).await?, None);
        assert!(store.accounts().visit(other.key).await?.is_some());
    }
}
