//! Accounts come back as they went in, and no two have one address.

use std::slice::from_ref;

use super::case::cases;
use super::samples::{moment, parsed, user, user_id};
use super::setup::{add_users, assert_conflict};
use crate::account::{EmailAddress, PasswordHash, User, UserState};
use crate::error::Constraint;
use crate::language::Language;
use crate::time::Timestamp;

/// Accounts that between them have every state, every language, and the ends of time.
fn all_kinds() -> Vec<User> {
    let states =
        [UserState::Pending, UserState::Active, UserState::Disabled, UserState::Active, UserState::Pending];
    let micros = [0, 1, -1, 253_402_300_799_999_999, 1_767_225_600_123_456];
    let kinds = (1..).zip(Language::ALL).zip(states).zip(micros);
    let of = |(((number, language), state), micros)| User {
        language,
        state,
        created_at: Timestamp::from_micros(micros),
        secured_at: Timestamp::from_micros(micros.saturating_sub(7)),
        ..user(number)
    };
    kinds.map(of).collect()
}

cases! {
    ($) accounts __conformance_accounts

    /// An account comes back with every field, by id and by address, inside a unit and outside.
    async fn accounts_come_back_whole(store) {
        let users = all_kinds();
        add_users(&*store, &users).await?;
        let mut unit = store.begin().await?;
        for user in &users {
            assert_eq!(unit.users().find(user.id).await?.as_ref(), Some(user));
            assert_eq!(unit.users().find_by_email(&user.email.key()).await?.as_ref(), Some(user));
            assert_eq!(store.accounts().find_by_email(&user.email.key()).await?.as_ref(), Some(user));
            assert_eq!(store.accounts().find(user.id).await?.as_ref(), Some(user));
        }
    }

    /// An account that does not exist is `None`, not an error.
    async fn a_missing_account_is_none(store) {
        add_users(&*store, &[user(1)]).await?;
        let stranger = user(2);
        assert_eq!(store.accounts().find_by_email(&stranger.email.key()).await?, None);
        assert_eq!(store.accounts().find(stranger.id).await?, None);
        let mut unit = store.begin().await?;
        assert_eq!(unit.users().find(stranger.id).await?, None);
        assert_eq!(unit.users().find_by_email(&stranger.email.key()).await?, None);
    }

    /// The address is found in any case, and comes back as its owner wrote it.
    async fn an_address_is_found_in_any_case(store) {
        let owner = User { email: parsed("Ana.Pop@Example.COM"), ..user(1) };
        add_users(&*store, from_ref(&owner)).await?;
        let typed: EmailAddress = parsed("ANA.pop@example.com");
        assert_eq!(store.accounts().find_by_email(&typed.key()).await?, Some(owner));
    }

    /// A second account with the same address is a conflict, whatever its case.
    async fn an_address_is_unique_in_any_case(store) {
        add_users(&*store, &[User { email: parsed("ana@example.com"), ..user(1) }]).await?;
        for email in ["ana@example.com", "ANA@Example.Com"] {
            let mut unit = store.begin().await?;
            let second = User { email: parsed(email), ..user(2) };
            assert_conflict(unit.users().insert(&second).await, Constraint::Email);
        }
    }

    /// Addresses that only look alike to a pattern or a collation are different accounts.
    async fn similar_addresses_are_different(store) {
        let emails = [
            "a_b@x.ro", "acb@x.ro", "a.b@x.ro", "ab@x.ro", "a+b@x.ro", "a-b@x.ro", "a%b@x.ro", "a%@x.ro",
            "a'b@x.ro",
        ];
        let users: Vec<_> =
            (1..).zip(emails).map(|(number, email)| User { email: parsed(email), ..user(number) }).collect();
        add_users(&*store, &users).await?;
        for user in users {
            assert_eq!(store.accounts().find_by_email(&user.email.key()).await?, Some(user));
        }
    }

    /// Two accounts cannot have one id.
    async fn an_account_id_is_unique(store) {
        add_users(&*store, &[user(1)]).await?;
        let mut unit = store.begin().await?;
        let second = User { id: user_id(1), ..user(2) };
        assert_conflict(unit.users().insert(&second).await, Constraint::Id);
    }

    /// An update replaces every field but id and creation time, and counts the version up.
    async fn an_account_is_replaced(store) {
        let before = user(1);
        add_users(&*store, from_ref(&before)).await?;
        let after = User {
            email: parsed("new@example.com"),
            last_name: parsed("Ionescu"),
            first_name: parsed("Maria"),
            address: parsed("Str. Scurtă 2"),
            password: PasswordHash::new("another".to_owned()),
            language: Language::French,
            state: UserState::Disabled,
            created_at: moment(99),
            secured_at: moment(98),
            ..before.clone()
        };
        let mut unit = store.begin().await?;
        unit.users().update(&after).await?;
        unit.commit().await?;
        let expected = User { created_at: before.created_at, version: 1, ..after };
        assert_eq!(store.accounts().find_by_email(&expected.email.key()).await?, Some(expected.clone()));
        assert_eq!(store.accounts().find(before.id).await?, Some(expected.clone()));
        assert_eq!(
            store.accounts().find_by_email(&before.email.key()).await?,
            None,
            "the old address is free"
        );
        let mut unit = store.begin().await?;
        unit.users().update(&User { email: before.email.clone(), ..expected }).await?;
        unit.users().insert(&User { email: parsed("new@example.com"), ..user(2) }).await?;
        unit.commit().await?;
        let again = store.accounts().find_by_email(&before.email.key()).await?;
        assert_eq!(again.map(|user| user.version), Some(2));
    }

    /// An update that changes nothing but the case of the address is none that collides.
    async fn an_address_may_change_its_case(store) {
        add_users(&*store, &[User { email: parsed("ana@example.com"), ..user(1) }]).await?;
        let mut unit = store.begin().await?;
        unit.users().update(&User { email: parsed("Ana@Example.com"), ..user(1) }).await?;
        unit.commit().await?;
        let email: EmailAddress = parsed("ana@example.com");
        let found = store.accounts().find_by_email(&email.key()).await?.ok_or("the account is gone")?;
        assert_eq!(found.email.as_str(), "Ana@Example.com");
    }

    /// An update that was read before another one is a version conflict, and so is one of no account.
    async fn an_outdated_account_is_refused(store) {
        add_users(&*store, &[user(1)]).await?;
        let mut unit = store.begin().await?;
        unit.users().update(&User { first_name: parsed("Maria"), ..user(1) }).await?;
        unit.commit().await?;
        for outdated in [user(1), User { version: 2, ..user(1) }, user(2)] {
            let mut unit = store.begin().await?;
            assert_conflict(unit.users().update(&outdated).await, Constraint::Version);
        }
        let stored =
            store.accounts().find_by_email(&user(1).email.key()).await?.ok_or("the account is gone")?;
        assert_eq!(stored.first_name.as_str(), "Maria");
    }

    /// An account cannot take over another one's address.
    async fn an_address_cannot_be_taken_over(store) {
        add_users(&*store, &[user(1), user(2)]).await?;
        let mut unit = store.begin().await?;
        let thief = User { email: user(2).email, ..user(1) };
        assert_conflict(unit.users().update(&thief).await, Constraint::Email);
    }
}
