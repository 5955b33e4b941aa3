use shop_core::account::activate::Activate;
use shop_core::account::ask_reset::AskReset;
use shop_core::account::confirm_email::ConfirmEmail;
use shop_core::account::delete::DeleteAccount;
use shop_core::account::edit::EditAccount;
use shop_core::account::register::Register;
use shop_core::account::reset::Reset;
use shop_core::account::send_activation::SendActivation;
use shop_core::account::sign_in::{Browser, SignIn};
use shop_core::account::sign_out::SignOut;
use shop_core::account::undo_email::UndoEmail;
use shop_core::account::{Purpose, Session, SessionKey, StoredToken, Token, User, UserAgent, UserState};
use shop_core::error::Constraint;
use shop_core::mocks::{MockStore, MockUnit};
use shop_core::outbox::Mail;
use shop_core::ports::{StoredCart, Visit};
use shop_core::system::SystemRandom;
use shop_core::{Language, Shop, StoreError, Timestamp};

use crate::script::{Script, again_at_every_step, at_every_step, shop, step};
use crate::values::{ana, parsed};

async fn register(shop: Shop) -> bool {
    let command = Register {
        email: parsed("ana@example.com"),
        last_name: parsed("Pop"),
        first_name: parsed("Ana"),
        address: parsed("Str. Florilor 1"),
        password: parsed("a-password-of-her-own"),
        language: Language::Romanian,
        client: None,
    };
    shop.register(command).await.is_ok()
}

fn registering(script: &mut Script, _: &mut MockStore) -> MockUnit {
    let mut unit = MockUnit::default();
    step!(script, unit.users, expect_insert(_) => ());
    step!(script, unit.outbox, expect_enqueue(_) => ());
    step!(script, unit.ending, expect_commit() => ());
    unit
}

#[tokio::test]
async fn registering_writes_account_and_mail_together() {
    assert_eq!(at_every_step(registering, register).await, 3);
    again_at_every_step(3, registering, register).await;
}

#[tokio::test]
async fn registering_a_taken_address_tells_its_owner_and_nobody_else() {
    let mut taken = MockUnit::default();
    taken.users.expect_insert().return_once(|_| Err(StoreError::Conflict(Constraint::Email)));
    let mut telling = MockUnit::default();
    telling.users.expect_find_by_email().return_once(|_| Ok(Some(ana(UserState::Active))));
    let says_so = |message: &shop_core::outbox::Message| message.mail == Mail::AlreadyRegistered;
    telling.outbox.expect_enqueue().withf(says_so).times(1).return_once(|_| Ok(()));
    telling.ending.expect_commit().times(1).return_once(|| Ok(()));
    let store = MockStore::default();
    store.hand_out(taken);
    store.hand_out(telling);
    assert!(register(shop(store)).await, "it looks the same as a fresh registration");
}

fn writing_a_mail(script: &mut Script, _: &mut MockStore) -> MockUnit {
    let mut unit = MockUnit::default();
    step!(script, unit.outbox, expect_enqueue(_) if |message| message.user.is_none() => ());
    step!(script, unit.ending, expect_commit() => ());
    unit
}

#[tokio::test]
async fn asking_for_a_link_writes_a_mail_and_looks_at_no_account() {
    let activation = |shop: Shop| async move {
        let (email, language) = (parsed("ana@example.com"), Language::Romanian);
        shop.send_activation(SendActivation { email, language, client: None }).await.is_ok()
    };
    assert_eq!(at_every_step(writing_a_mail, activation).await, 2);
    again_at_every_step(2, writing_a_mail, activation).await;
    let reset = |shop: Shop| async move {
        let (email, language) = (parsed("ana@example.com"), Language::Romanian);
        shop.ask_reset(AskReset { email, language, client: None }).await.is_ok()
    };
    assert_eq!(at_every_step(writing_a_mail, reset).await, 2);
}

#[tokio::test]
async fn activating_takes_the_token_first() {
    let token = Token::fresh(&SystemRandom);
    let user = ana(UserState::Pending);
    let expires_at = Timestamp::from_micros(i64::MAX);
    let (hash, email) = (token.hash(), user.email.clone());
    let stored = StoredToken { hash, purpose: Purpose::Activation, user: user.id, email, expires_at };
    let prepare = move |script: &mut Script, _: &mut MockStore| {
        let (stored, user) = (stored.clone(), user.clone());
        let mut unit = MockUnit::default();
        step!(script, unit.tokens, expect_take(_, _) => Some(stored));
        step!(script, unit.users, expect_find(_) => Some(user));
        step!(script, unit.users, expect_update(_) if |user: &User| user.state == UserState::Active => ());
        step!(script, unit.tokens, expect_remove_all(_, _) => ());
        step!(script, unit.ending, expect_commit() => ());
        unit
    };
    let run = |shop: Shop| {
        let token = token.clone();
        async move { shop.activate(Activate { token }).await.is_ok() }
    };
    assert_eq!(at_every_step(&prepare, run).await, 5);
    again_at_every_step(5, &prepare, run).await;
}

#[tokio::test]
async fn signing_in_ends_the_session_before() {
    let previous = Token::fresh(&SystemRandom).hash();
    let prepare = move |script: &mut Script, store: &mut MockStore| {
        // Read outside of the unit, once however often the unit is tried.
        store.accounts.checkpoint();
        store.accounts.expect_find_by_email().times(1).returning(|_| Ok(Some(ana(UserState::Active))));
        let mut unit = MockUnit::default();
        step!(script, unit.users, expect_find(_) => Some(ana(UserState::Active)));
        step!(script, unit.sessions, expect_remove(_) => true);
        step!(script, unit.sessions, expect_insert(_) => ());
        step!(script, unit.ending, expect_commit() => ());
        unit
    };
    let run = |shop: Shop| async move {
        let (email, password) = (parsed("ana@example.com"), parsed("whatever it is"));
        let browser = Browser::default();
        shop.sign_in(SignIn { email, password, previous: Some(previous), browser }).await.is_ok()
    };
    assert_eq!(at_every_step(prepare, run).await, 4);
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let session = Token::fresh(&SystemRandom).hash();
    let prepare = |script: &mut Script, _: &mut MockStore| {
        let mut unit = MockUnit::default();
        step!(script, unit.sessions, expect_remove(_) => true);
        step!(script, unit.ending, expect_commit() => ());
        unit
    };
    let run = |shop: Shop| async move { shop.sign_out(SignOut { session }).await.is_ok() };
    assert_eq!(at_every_step(prepare, run).await, 2);
    again_at_every_step(2, prepare, run).await;
}

#[tokio::test]
async fn a_visit_is_one_read_and_writes_once_an_hour() {
    let token = Token::fresh(&SystemRandom);
    let key = token.hash();
    let last_seen = |ago: std::time::Duration| {
        let start = shop_core::memory::ManualClock::default();
        let now = shop_core::ports::Clock::now(&start);
        Timestamp::from_micros(now.as_micros() - i64::try_from(ago.as_micros()).expect("short"))
    };
    for (ago, writes) in [(Session::TOUCH_INTERVAL / 2, false), (Session::TOUCH_INTERVAL, true)] {
        let seen = last_seen(ago);
        let (user, agent) = (ana(UserState::Active), UserAgent::default());
        let session = Session { key, user: user.id, created_at: seen, last_seen_at: seen, agent };
        let mut store = MockStore::default();
        let visit = Visit { session, user, cart: StoredCart::default() };
        store.accounts.expect_visit().times(1).return_once(|_| Ok(Some(visit)));
        if writes {
            let mut unit = MockUnit::default();
            unit.sessions.expect_touch().times(1).return_once(|_, _| Ok(()));
            unit.ending.expect_commit().times(1).return_once(|| Ok(()));
            store.hand_out(unit);
        }
        assert!(shop(store).visit(&token).await.expect("a visit").is_some());
    }
}

/// A token for this purpose, sent to this address, as the store has it.
fn stored(token: &Token, purpose: Purpose, email: &str) -> StoredToken {
    let (user, expires_at) = (ana(UserState::Active).id, Timestamp::from_micros(i64::MAX));
    StoredToken { hash: token.hash(), purpose, user, email: parsed(email), expires_at }
}

#[tokio::test]
async fn a_reset_ends_every_session_and_link() {
    let token = Token::fresh(&SystemRandom);
    let kept = stored(&token, Purpose::Reset, "ANA@example.com");
    let prepare = move |script: &mut Script, store: &mut MockStore| {
        let seen = kept.clone();
        store.accounts.expect_token().returning(move |_, _| Ok(Some(seen.clone())));
        let mut unit = MockUnit::default();
        step!(script, unit.tokens, expect_take(_, _) => Some(kept.clone()));
        step!(script, unit.users, expect_find(_) => Some(ana(UserState::Pending)));
        let is_new = |user: &User| user.state == UserState::Active && user.secured_at > user.created_at;
        step!(script, unit.users, expect_update(_) if is_new => ());
        for purpose in [Purpose::Activation, Purpose::Reset, Purpose::EmailChange] {
            step!(script, unit.tokens, expect_remove_all(_, _) if move |_, &removed| removed == purpose => ());
        }
        step!(script, unit.sessions, expect_remove_all(_, _) if |_, except| except.is_none() => 3);
        step!(script, unit.outbox, expect_enqueue(_) if |message| message.mail == Mail::PasswordChanged => ());
        step!(script, unit.ending, expect_commit() => ());
        unit
    };
    let run = |shop: Shop| {
        let command = Reset { token: token.clone(), password: parsed("another of her own") };
        async move { shop.reset(command).await.is_ok() }
    };
    assert_eq!(at_every_step(&prepare, run).await, 9);
    again_at_every_step(9, &prepare, run).await;
}

/// A session of the account, under this key.
fn visit(key: SessionKey) -> Visit {
    let (user, now) = (ana(UserState::Active), Timestamp::from_micros(0));
    let session =
        Session { key, user: user.id, created_at: now, last_seen_at: now, agent: UserAgent::default() };
    Visit { session, user, cart: StoredCart::default() }
}

fn edit(email: &str, password: Option<&str>) -> EditAccount {
    EditAccount {
        user: ana(UserState::Active).id,
        session: Token::fresh(&SystemRandom).hash(),
        seen_version: Some(0),
        email: parsed(email),
        last_name: parsed("Pop"),
        first_name: parsed("Ana-Maria"),
        address: parsed("Str. Florilor 2"),
        language: None,
        current_password: Some(parsed("the old one")),
        password: password.map(parsed),
        client: None,
    }
}

#[tokio::test]
async fn a_new_password_ends_all_sessions_and_begins_one() {
    let command = edit("ana@example.com", Some("another of her own"));
    let own = command.session;
    let prepare = move |script: &mut Script, store: &mut MockStore| {
        store.accounts.expect_find().returning(|_| Ok(Some(ana(UserState::Active))));
        store.accounts.expect_visit().returning(move |key| Ok(Some(visit(key))));
        let mut unit = MockUnit::default();
        step!(script, unit.users, expect_find(_) => Some(ana(UserState::Active)));
        step!(script, unit.users, expect_update(_) if |user| user.secured_at > user.created_at => ());
        step!(script, unit.tokens, expect_remove_all(_, _) => ());
        step!(script, unit.tokens, expect_remove_all(_, _) => ());
        step!(script, unit.sessions, expect_remove_of(_, _) if move |_, key| *key == own => true);
        step!(script, unit.sessions, expect_remove_all(_, _) if |_, except| except.is_none() => 1);
        step!(script, unit.sessions, expect_insert(_) if move |session| session.key != own => ());
        step!(script, unit.outbox, expect_enqueue(_) if |message| message.mail == Mail::PasswordChanged => ());
        step!(script, unit.ending, expect_commit() => ());
        unit
    };
    let run = |shop: Shop| {
        let command = command.clone();
        async move { shop.edit_account(command).await.is_ok() }
    };
    assert_eq!(at_every_step(&prepare, run).await, 9);
    again_at_every_step(9, &prepare, run).await;
}

#[tokio::test]
async fn a_new_address_gets_a_mail_and_changes_nothing_yet() {
    let prepare = |script: &mut Script, store: &mut MockStore| {
        store.accounts.expect_find().returning(|_| Ok(Some(ana(UserState::Active))));
        let mut unit = MockUnit::default();
        step!(script, unit.users, expect_find(_) => Some(ana(UserState::Active)));
        step!(script, unit.users, expect_update(_) if |user| user.email.as_str() == "ana@example.com" => ());
        step!(script, unit.users, expect_find_by_email(_) => None);
        let asks = |message: &shop_core::outbox::Message| {
            message.to.as_str() == "new@example.com" && message.mail == Mail::EmailChange
        };
        step!(script, unit.outbox, expect_enqueue(_) if asks => ());
        step!(script, unit.ending, expect_commit() => ());
        unit
    };
    let run = |shop: Shop| async move { shop.edit_account(edit("new@example.com", None)).await.is_ok() };
    assert_eq!(at_every_step(prepare, run).await, 5);
    again_at_every_step(5, prepare, run).await;
}

#[tokio::test]
async fn a_confirmed_address_is_told_to_the_old_one() {
    let token = Token::fresh(&SystemRandom);
    let kept = stored(&token, Purpose::EmailChange, "new@example.com");
    let prepare = move |script: &mut Script, _: &mut MockStore| {
        let mut unit = MockUnit::default();
        step!(script, unit.tokens, expect_take(_, _) => Some(kept.clone()));
        step!(script, unit.users, expect_find(_) => Some(ana(UserState::Active)));
        step!(script, unit.users, expect_find_by_email(_) => None);
        step!(script, unit.users, expect_update(_) if |user| user.email.as_str() == "new@example.com" => ());
        step!(script, unit.tokens, expect_remove_all(_, _) => ());
        step!(script, unit.tokens, expect_remove_all(_, _) => ());
        step!(script, unit.outbox, expect_enqueue(_) if |message| message.to.as_str() == "ana@example.com" => ());
        step!(script, unit.ending, expect_commit() => ());
        unit
    };
    let run = |shop: Shop| {
        let token = token.clone();
        async move { shop.confirm_email(ConfirmEmail { token }).await.is_ok() }
    };
    assert_eq!(at_every_step(&prepare, run).await, 8);
}

#[tokio::test]
async fn an_address_taken_back_ends_every_session_and_later_link() {
    let token = Token::fresh(&SystemRandom);
    let kept = stored(&token, Purpose::EmailUndo, "old@example.com");
    let prepare = move |script: &mut Script, _: &mut MockStore| {
        let mut unit = MockUnit::default();
        step!(script, unit.tokens, expect_take(_, _) => Some(kept.clone()));
        step!(script, unit.users, expect_find(_) => Some(ana(UserState::Active)));
        step!(script, unit.users, expect_find_by_email(_) => None);
        let is_back = |user: &User| user.email.as_str() == "old@example.com" && user.password.is_void();
        step!(script, unit.users, expect_update(_) if is_back => ());
        step!(script, unit.tokens, expect_remove_all(_, _) => ());
        step!(script, unit.tokens, expect_remove_all(_, _) => ());
        step!(script, unit.tokens, expect_remove_since(_, _, _) => ());
        step!(script, unit.outbox, expect_withdraw_changes(_, _) => ());
        step!(script, unit.sessions, expect_remove_all(_, _) if |_, except| except.is_none() => 2);
        let to_old = |message: &shop_core::outbox::Message| {
            message.to.as_str() == "old@example.com" && message.mail == Mail::Reset
        };
        step!(script, unit.outbox, expect_enqueue(_) if to_old => ());
        step!(script, unit.ending, expect_commit() => ());
        unit
    };
    let run = |shop: Shop| {
        let token = token.clone();
        async move { shop.undo_email(UndoEmail { token }).await.is_ok() }
    };
    assert_eq!(at_every_step(&prepare, run).await, 11);
}

#[tokio::test]
async fn a_deleted_account_gets_a_last_mail() {
    let prepare = |script: &mut Script, store: &mut MockStore| {
        store.accounts.expect_find().returning(|_| Ok(Some(ana(UserState::Active))));
        let mut unit = MockUnit::default();
        step!(script, unit.users, expect_find(_) => Some(ana(UserState::Active)));
        step!(script, unit.users, expect_remove(_) => true);
        step!(script, unit.outbox, expect_enqueue(_) if |message| message.user.is_none() => ());
        step!(script, unit.ending, expect_commit() => ());
        unit
    };
    let run = |shop: Shop| async move {
        let (user, password) = (ana(UserState::Active).id, parsed("whatever it is"));
        shop.delete_account(DeleteAccount { user, password }).await.is_ok()
    };
    assert_eq!(at_every_step(prepare, run).await, 4);
    again_at_every_step(4, prepare, run).await;
}
