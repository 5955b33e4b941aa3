//! Links in mails, through the use cases: each works once, whoever follows it at the same moment.

use std::slice::from_ref;
use std::time::Duration;

use super::Broken;
use super::case::cases;
use super::samples::{parsed, session, token, user, user_id};
use super::setup::{add_sessions, add_tokens, add_users, at_once};
use super::shopping::shop;
use crate::Shop;
use crate::account::activate::{Activate, ActivateError};
use crate::account::confirm_email::{ConfirmEmail, ConfirmEmailError};
use crate::account::reset::{Reset, ResetError};
use crate::account::sign_in::{Browser, SignIn, SignInError};
use crate::account::{PasswordHash, Purpose, StoredToken, Token, User, UserState};
use crate::outbox::Mail;
use crate::ports::{Clock, Store};
use crate::system::{SystemClock, SystemRandom};

/// Account 1 or 2, whose password is known.
fn owner(number: u32) -> User {
    User { password: PasswordHash::new("plain$the old password".to_owned()), ..user(number) }
}

/// A link of this account that holds for an hour, sent to its address.
async fn send(store: &dyn Store, user: &User, purpose: Purpose) -> Result<Token, Broken> {
    send_to(store, user, purpose, user.email.as_str()).await
}

async fn send_to(store: &dyn Store, user: &User, purpose: Purpose, email: &str) -> Result<Token, Broken> {
    let secret = Token::fresh(&SystemRandom);
    let expires_at = SystemClock.now().plus(Duration::from_hours(1));
    let stored =
        StoredToken { hash: secret.hash(), purpose, email: parsed(email), expires_at, ..token(user.id) };
    add_tokens(store, from_ref(&stored)).await?;
    Ok(secret)
}

/// Resets the password to this one; says whether the link held.
async fn reset(shop: Shop, token: Token, password: String) -> Result<bool, Broken> {
    match shop.reset(Reset { token, password: parsed(&password) }).await {
        Ok(_) => Ok(true),
        Err(ResetError::NoSuchToken) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

async fn activate(shop: Shop, token: Token) -> Result<bool, Broken> {
    match shop.activate(Activate { token }).await {
        Ok(()) => Ok(true),
        Err(ActivateError::NoSuchToken) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Confirms a new address; says whether the link held and the address was free.
async fn confirm(shop: Shop, token: Token) -> Result<bool, Broken> {
    match shop.confirm_email(ConfirmEmail { token }).await {
        Ok(()) => Ok(true),
        Err(ConfirmEmailError::NoSuchToken | ConfirmEmailError::EmailTaken) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Signs in to account 1 with the old password; says whether it was right.
async fn sign_in(shop: Shop) -> Result<bool, Broken> {
    let command = SignIn {
        email: owner(1).email,
        password: parsed("the old password"),
        previous: None,
        browser: Browser::default(),
    };
    match shop.sign_in(command).await {
        Ok(_) => Ok(true),
        Err(SignInError::Refused) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Resets the password, or signs in with the old one.
async fn reset_or_sign_in(shop: Shop, token: Option<Token>) -> Result<bool, Broken> {
    match token {
        Some(token) => reset(shop, token, "the new password".to_owned()).await,
        None => sign_in(shop).await,
    }
}

async fn stored(store: &dyn Store, number: u32) -> Result<User, Broken> {
    Ok(store.accounts().find(user_id(number)).await?.ok_or("an account is gone")?)
}

/// The mails to this account.
async fn mails(store: &dyn Store, number: u32) -> Result<Vec<Mail>, Broken> {
    let messages = store.outbox().of_user(user_id(number)).await?;
    Ok(messages.into_iter().map(|(message, _)| message.mail).collect())
}

fn winners(outcomes: &[bool]) -> usize {
    outcomes.iter().filter(|&&has_won| has_won).count()
}

cases! {
    ($) links __conformance_links

    /// A reset ends every session of its account and voids its links, at once; other accounts stay signed in.
    async fn a_reset_ends_every_session(store) {
        add_users(&*store, &[owner(1), owner(2)]).await?;
        let theirs = [session(user_id(1)), session(user_id(1)), session(user_id(1))];
        let other = session(user_id(2));
        add_sessions(&*store, &theirs).await?;
        add_sessions(&*store, from_ref(&other)).await?;
        let token = send(&*store, &owner(1), Purpose::Reset).await?;
        let mut void = Vec::new();
        for purpose in [Purpose::Reset, Purpose::EmailChange] {
            void.push((send(&*store, &owner(1), purpose).await?.hash(), purpose));
        }
        assert!(reset(shop(&store), token, "the new password".to_owned()).await?);
        for session in &theirs {
            assert_eq!(store.accounts().visit(session.key).await?, None);
        }
        assert_eq!(store.accounts().sessions(user_id(1)).await?, []);
        assert_eq!(store.accounts().sessions(user_id(2)).await?, [other]);
        for (hash, purpose) in void {
            assert_eq!(store.accounts().token(hash, purpose).await?, None);
        }
        let after = stored(&*store, 1).await?;
        assert_eq!(after.password.as_str(), "plain$the new password");
        assert!(after.secured_at > owner(1).secured_at);
        assert_eq!(mails(&*store, 1).await?, [Mail::PasswordChanged]);
        assert_eq!(stored(&*store, 2).await?, owner(2));
    }

    /// A link's page may be opened any number of times; the link works once.
    async fn a_link_is_opened_often_and_works_once(store) {
        add_users(&*store, &[owner(1)]).await?;
        let (shop, token) = (shop(&store), send(&*store, &owner(1), Purpose::Reset).await?);
        for _ in 0..3 {
            assert!(shop.link_holds(&token, Purpose::Reset).await?);
        }
        assert!(reset(shop.clone(), token.clone(), "the new password".to_owned()).await?);
        assert!(!shop.link_holds(&token, Purpose::Reset).await?);
        assert!(!reset(shop, token, "a third password".to_owned()).await?);
        assert_eq!(stored(&*store, 1).await?.password.as_str(), "plain$the new password");
    }

    /// Of 16 who reset with one link at once, one does, and the password is theirs.
    async fn one_reset_wins(store) {
        add_users(&*store, &[owner(1)]).await?;
        let (shop, token) = (shop(&store), send(&*store, &owner(1), Purpose::Reset).await?);
        let password = |number| format!("new password {number}");
        let resets = (0..16).map(|number| reset(shop.clone(), token.clone(), password(number)));
        let outcomes = at_once(resets).await?;
        assert_eq!(winners(&outcomes), 1);
        let winner = outcomes.iter().position(|&has_won| has_won).map(password);
        let winner = winner.map(|password| format!("plain${password}"));
        assert_eq!(Some(stored(&*store, 1).await?.password.as_str()), winner.as_deref());
        assert_eq!(mails(&*store, 1).await?, [Mail::PasswordChanged]);
    }

    /// Nobody who signs in with the old password at the moment of a reset stays signed in.
    async fn no_sign_in_outlives_a_reset(store) {
        add_users(&*store, &[owner(1)]).await?;
        let (shop, token) = (shop(&store), send(&*store, &owner(1), Purpose::Reset).await?);
        // Fewer than the throttle lets try at once, with the reset among them.
        let turns = (0..9).map(|turn| (turn == 4).then(|| token.clone()));
        let outcomes = at_once(turns.map(|token| reset_or_sign_in(shop.clone(), token))).await?;
        assert!(outcomes[4], "the reset");
        assert_eq!(store.accounts().sessions(user_id(1)).await?, []);
        assert!(!sign_in(shop).await?);
    }

    /// Of eight who activate with one link at once, one does; the account is active.
    async fn one_activation_wins(store) {
        let pending = User { state: UserState::Pending, ..owner(1) };
        add_users(&*store, from_ref(&pending)).await?;
        let (shop, token) = (shop(&store), send(&*store, &pending, Purpose::Activation).await?);
        let outcomes = at_once((0..8).map(|_| activate(shop.clone(), token.clone()))).await?;
        assert_eq!(winners(&outcomes), 1);
        assert_eq!(stored(&*store, 1).await?, User { state: UserState::Active, version: 1, ..pending });
        assert!(!activate(shop, token).await?, "a late one");
    }

    /// Of two accounts that confirm one new address at once, with four tries each, one gets it; the other
    /// keeps its own.
    async fn one_account_gets_a_new_address(store) {
        add_users(&*store, &[owner(1), owner(2)]).await?;
        let shop = shop(&store);
        let email = "New.Address@Example.com";
        let mut tokens = Vec::new();
        for number in [1, 2] {
            tokens.push(send_to(&*store, &owner(number), Purpose::EmailChange, email).await?);
        }
        let tries = tokens.into_iter().cycle().take(8);
        let outcomes = at_once(tries.map(|token| confirm(shop.clone(), token))).await?;
        assert_eq!(winners(&outcomes), 1);
        let winner = outcomes.iter().position(|&has_won| has_won).map_or(0, |place| place % 2);
        let (winner, loser) = if winner == 0 { (1, 2) } else { (2, 1) };
        assert_eq!(stored(&*store, winner).await?.email.as_str(), email);
        assert_eq!(stored(&*store, loser).await?, owner(loser));
        assert!(matches!(&mails(&*store, winner).await?[..], [Mail::EmailChanged { .. }]));
        assert_eq!(mails(&*store, loser).await?, []);
    }
}
