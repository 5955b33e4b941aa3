use shop_core::account::activate::Activate;
use shop_core::account::register::Register;
use shop_core::account::send_activation::SendActivation;
use shop_core::account::sign_in::SignIn;
use shop_core::account::sign_out::SignOut;
use shop_core::account::{Purpose, Session, StoredToken, Token, User, UserState};
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

#[tokio::test]
async fn sending_the_activation_again_writes_a_mail() {
    let prepare = |script: &mut Script, _: &mut MockStore| {
        let mut unit = MockUnit::default();
        step!(script, unit.users, expect_find_by_email(_) => Some(ana(UserState::Pending)));
        step!(script, unit.outbox, expect_enqueue(_) => ());
        step!(script, unit.ending, expect_commit() => ());
        unit
    };
    let run = |shop: Shop| async move {
        shop.send_activation(SendActivation { email: parsed("ana@example.com") }).await.is_ok()
    };
    assert_eq!(at_every_step(prepare, run).await, 3);
    again_at_every_step(3, prepare, run).await;
}

#[tokio::test]
async fn nobody_else_gets_an_activation() {
    for user in [None, Some(ana(UserState::Active)), Some(ana(UserState::Disabled))] {
        let mut unit = MockUnit::default();
        unit.users.expect_find_by_email().return_once(|_| Ok(user));
        unit.ending.expect_commit().times(1).return_once(|| Ok(()));
        let store = MockStore::default();
        store.hand_out(unit);
        shop(store)
            .send_activation(SendActivation { email: parsed("ana@example.com") })
            .await
            .expect("the same");
    }
}

#[tokio::test]
async fn activating_takes_the_token_first() {
    let token = Token::fresh(&SystemRandom);
    let user = ana(UserState::Pending);
    let expires_at = Timestamp::from_micros(i64::MAX);
    let stored = StoredToken { hash: token.hash(), purpose: Purpose::Activation, user: user.id, expires_at };
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
        shop.sign_in(SignIn { email, password, previous: Some(previous) }).await.is_ok()
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
        let user = ana(UserState::Active);
        let session = Session { key, user: user.id, created_at: seen, last_seen_at: seen };
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
