//! Tokens work once, for their purpose, until they expire.

use std::slice::from_ref;
use std::time::Duration;

use super::Broken;
use super::case::cases;
use super::samples::{fresh_hash, moment, parsed, token, user, user_id};
use super::setup::{add_tokens, add_users, assert_conflict};
use crate::account::{Purpose, StoredToken};
use crate::error::Constraint;
use crate::ports::Store;

const PURPOSES: [Purpose; 4] =
    [Purpose::Activation, Purpose::Reset, Purpose::EmailChange, Purpose::EmailUndo];

/// A token of account 1 that expires so many seconds after the start of 2026.
fn expiring(seconds: i64) -> StoredToken {
    StoredToken { expires_at: moment(seconds), ..token(user_id(1)) }
}

/// Those of the tokens that are there still.
async fn left_of(store: &dyn Store, tokens: &[StoredToken]) -> Result<Vec<StoredToken>, Broken> {
    let mut left = Vec::new();
    for token in tokens {
        left.extend(store.accounts().token(token.hash, token.purpose).await?);
    }
    Ok(left)
}

cases! {
    ($) tokens __conformance_tokens

    /// A token comes back with every field when it is taken, and is gone then.
    async fn a_token_is_taken_once(store) {
        add_users(&*store, &[user(1)]).await?;
        let token = expiring(-5);
        add_tokens(&*store, from_ref(&token)).await?;
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
        assert_eq!(store.accounts().token(fresh_hash(), Purpose::Activation).await?, None);
        let mut unit = store.begin().await?;
        assert_eq!(unit.tokens().take(fresh_hash(), Purpose::Activation).await?, None);
    }

    /// The address that a token was sent to comes back as it was written, though the account has another one.
    async fn a_token_keeps_its_address(store) {
        add_users(&*store, &[user(1)]).await?;
        let longest = format!("{}@{}.{}.example.com", "a".repeat(64), "b".repeat(63), "c".repeat(63));
        for email in ["Ana.POP+new@Example.COM", "o'brien_%@x.ro", &longest] {
            let token = StoredToken { email: parsed(email), ..token(user_id(1)) };
            add_tokens(&*store, from_ref(&token)).await?;
            assert_eq!(left_of(&*store, from_ref(&token)).await?, from_ref(&token));
            let mut unit = store.begin().await?;
            let found = unit.tokens().take(token.hash, token.purpose).await?;
            assert_eq!(found.map(|token| token.email.to_string()).as_deref(), Some(email));
        }
    }

    /// A token for one purpose is none for another, to whoever takes and to whoever looks.
    async fn purposes_are_apart(store) {
        add_users(&*store, &[user(1)]).await?;
        let tokens = PURPOSES.map(|purpose| StoredToken { purpose, ..token(user_id(1)) });
        add_tokens(&*store, &tokens).await?;
        for token in tokens {
            let mut unit = store.begin().await?;
            for other in PURPOSES.into_iter().filter(|&other| other != token.purpose) {
                assert_eq!(store.accounts().token(token.hash, other).await?, None, "{other:?}");
                assert_eq!(unit.tokens().take(token.hash, other).await?, None, "{other:?}");
            }
            assert_eq!(unit.tokens().take(token.hash, token.purpose).await?, Some(token));
            unit.commit().await?;
        }
    }

    /// A reader sees a token until it is taken, and takes it not; expired ones as well.
    async fn a_look_takes_no_token(store) {
        add_users(&*store, &[user(1)]).await?;
        let token = expiring(-5);
        let mut unit = store.begin().await?;
        unit.tokens().insert(&token).await?;
        assert_eq!(left_of(&*store, from_ref(&token)).await?, [], "not committed");
        unit.commit().await?;
        for _ in 0..3 {
            assert_eq!(left_of(&*store, from_ref(&token)).await?, from_ref(&token));
        }
        let mut unit = store.begin().await?;
        assert_eq!(unit.tokens().take(token.hash, token.purpose).await?.as_ref(), Some(&token));
        assert_eq!(left_of(&*store, from_ref(&token)).await?, from_ref(&token), "not taken for good");
        unit.commit().await?;
        assert_eq!(left_of(&*store, from_ref(&token)).await?, []);
    }

    /// Two tokens cannot have one hash, whatever they are for.
    async fn a_token_hash_is_unique(store) {
        add_users(&*store, &[user(1), user(2)]).await?;
        let first = token(user_id(1));
        add_tokens(&*store, from_ref(&first)).await?;
        for purpose in [Purpose::Activation, Purpose::Reset] {
            let mut unit = store.begin().await?;
            let second = StoredToken { user: user_id(2), purpose, ..first.clone() };
            assert_conflict(unit.tokens().insert(&second).await, Constraint::Id);
        }
    }

    /// A token for nobody is a conflict.
    async fn a_token_needs_an_account(store) {
        add_users(&*store, &[user(1)]).await?;
        let mut unit = store.begin().await?;
        assert_conflict(unit.tokens().insert(&token(user_id(2))).await, Constraint::Owner);
    }

    /// Removing an account's tokens removes all of them and nobody else's.
    async fn tokens_of_one_account_are_removed(store) {
        add_users(&*store, &[user(1), user(2)]).await?;
        let tokens = [token(user_id(1)), token(user_id(1)), token(user_id(2))];
        add_tokens(&*store, &tokens).await?;
        let mut unit = store.begin().await?;
        unit.tokens().remove_all(user_id(1), Purpose::Activation).await?;
        unit.commit().await?;
        assert_eq!(left_of(&*store, &tokens).await?, tokens[2..]);
    }

    /// Removing an account's tokens for one purpose leaves those for the others.
    async fn tokens_for_one_purpose_are_removed(store) {
        add_users(&*store, &[user(1)]).await?;
        let tokens = PURPOSES.map(|purpose| StoredToken { purpose, ..token(user_id(1)) });
        add_tokens(&*store, &tokens).await?;
        for (removed, purpose) in (1..).zip(PURPOSES) {
            let mut unit = store.begin().await?;
            unit.tokens().remove_all(user_id(1), purpose).await?;
            unit.commit().await?;
            assert_eq!(left_of(&*store, &tokens).await?, tokens[removed..]);
        }
    }

    /// Removing tokens from a moment on removes those that expire then or later, of this account for this
    /// purpose alone.
    async fn later_tokens_are_removed(store) {
        add_users(&*store, &[user(1), user(2)]).await?;
        let kept = [
            StoredToken { expires_at: moment(100).minus(Duration::from_micros(1)), ..expiring(0) },
            StoredToken { purpose: Purpose::EmailUndo, ..expiring(200) },
            StoredToken { user: user_id(2), ..expiring(200) },
        ];
        let removed = [expiring(100), expiring(101), expiring(1_000_000)];
        add_tokens(&*store, &kept).await?;
        add_tokens(&*store, &removed).await?;
        let mut unit = store.begin().await?;
        unit.tokens().remove_since(user_id(1), Purpose::Activation, moment(100)).await?;
        unit.commit().await?;
        assert_eq!(left_of(&*store, &removed).await?, []);
        assert_eq!(left_of(&*store, &kept).await?, kept);
    }

    /// Expired tokens are removed, as many as were asked for and none that still holds; it says how many.
    async fn expired_tokens_are_removed(store) {
        add_users(&*store, &[user(1), user(2)]).await?;
        let expired = [
            expiring(1),
            StoredToken { user: user_id(2), ..expiring(2) },
            StoredToken { purpose: Purpose::Reset, ..expiring(99) },
            StoredToken { purpose: Purpose::EmailUndo, ..expiring(100) },
        ];
        let holding = [expiring(101), StoredToken { user: user_id(2), ..expiring(1_000) }];
        add_tokens(&*store, &expired).await?;
        add_tokens(&*store, &holding).await?;
        for (most, removed, left) in [(0, 0, 4), (3, 3, 1), (3, 1, 0), (3, 0, 0)] {
            let mut unit = store.begin().await?;
            assert_eq!(unit.tokens().remove_expired(moment(100), most).await?, removed);
            unit.commit().await?;
            assert_eq!(left_of(&*store, &expired).await?.len(), left);
            assert_eq!(left_of(&*store, &holding).await?, holding);
        }
    }
}
