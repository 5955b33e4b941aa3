use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use shop_core::Language;
use shop_core::account::activate::{Activate, ActivateError};
use shop_core::account::register::Register;
use shop_core::account::send_activation::SendActivation;
use shop_core::account::sign_in::{Browser, SignIn, SignInError};
use shop_core::account::sign_out::SignOut;
use shop_core::account::{
    EmailAddress, NewPassword, PasswordAttempt, PasswordHash, Purpose, Session, User, UserState,
};
use shop_core::conformance::PlainHasher;
use shop_core::memory::MemoryStore;
use shop_core::outbox::Mail;
use shop_core::outbox::relay::RelayReport;
use shop_core::ports::{HasherError, PasswordHasher, Store, TooManyTries, Verdict};

use super::{PASSWORD, World, parsed};

const ANA: &str = "ana@example.com";

async fn send_activation(world: &World, email: &str) -> Result<(), TooManyTries> {
    let command = SendActivation { email: parsed(email), language: Language::French, client: None };
    world.shop.send_activation(command).await
}

async fn activate(world: &World, token: shop_core::account::Token) -> Result<(), ActivateError> {
    world.shop.activate(Activate { token }).await
}

#[tokio::test]
async fn an_activation_link_works_once() {
    let world = World::new();
    world.register(ANA).await;
    let token = world.last_token().await;
    activate(&world, token.clone()).await.expect("activated");
    let again = activate(&world, token).await;
    assert!(matches!(again, Err(ActivateError::NoSuchToken)), "{again:?}");
    assert_eq!(world.stored_user(ANA).await.map(|user| user.state), Some(UserState::Active));
}

#[tokio::test]
async fn an_activation_link_expires() {
    let world = World::new();
    world.register(ANA).await;
    let token = world.last_token().await;
    world.clock.advance(Purpose::Activation.lifetime());
    let late = activate(&world, token).await;
    assert!(matches!(late, Err(ActivateError::NoSuchToken)), "{late:?}");
    assert_eq!(world.stored_user(ANA).await.map(|user| user.state), Some(UserState::Pending));

    send_activation(&world, ANA).await.expect("sent");
    let token = world.last_token().await;
    world.clock.advance(Purpose::Activation.lifetime().saturating_sub(Duration::from_secs(1)));
    activate(&world, token).await.expect("the new link, at the last moment");
}

#[tokio::test]
async fn every_link_sent_is_good_until_one_is_used() {
    let world = World::new();
    world.register(ANA).await;
    let first = world.last_token().await;
    send_activation(&world, "ANA@example.com").await.expect("sent");
    let second = world.last_token().await;
    assert_ne!(first, second);
    activate(&world, first).await.expect("the first link is still good");
    let other = activate(&world, second).await;
    assert!(matches!(other, Err(ActivateError::NoSuchToken)), "{other:?}");
}

#[tokio::test]
async fn the_activation_is_sent_to_whom_it_can_help_alone() {
    let world = World::new();
    world.signed_in(ANA).await;
    let before = world.mailbox.letters().len();
    for email in [ANA, "nobody@example.com"] {
        send_activation(&world, email).await.expect("looks the same");
    }
    let report = world.shop.relay_outbox(&world.mailbox).await.expect("relayed");
    assert_eq!(report, RelayReport { moot: 2, ..RelayReport::default() });
    let kept = world.store.outbox().list(None, 10).await.expect("listed");
    assert_eq!(kept.len(), 1, "nothing is kept of mails that went to nobody");
    assert_eq!(world.mailbox.letters().len(), before);
}

#[tokio::test]
async fn an_address_with_an_account_gets_a_mail_that_says_so() {
    let world = World::new();
    let (user, _) = world.signed_in(ANA).await;
    world.register("Ana@Example.COM").await;
    let letter = world.last_letter().await;
    assert_eq!((letter.message.mail, letter.token), (Mail::AlreadyRegistered, None));
    assert_eq!(letter.message.to, user.email, "as the account has it, not as the stranger typed it");
    assert_eq!(world.stored_user(ANA).await, Some(user), "nothing has changed");
}

#[tokio::test]
async fn only_the_right_password_of_an_active_account_signs_in() {
    let world = World::new();
    let refused = |outcome| matches!(outcome, Err(SignInError::Refused));
    world.register(ANA).await;
    assert!(refused(world.sign_in(ANA, "another password").await));
    assert!(refused(world.sign_in("nobody@example.com", PASSWORD).await));
    let pending = world.sign_in(ANA, PASSWORD).await;
    assert!(matches!(pending, Err(SignInError::NotActivated)), "{pending:?}");

    activate(&world, world.last_token().await).await.expect("activated");
    assert!(refused(world.sign_in(ANA, "another password").await));
    assert_eq!(world.sign_in("ANA@example.com", PASSWORD).await.expect("signed in").user.email.as_str(), ANA);

    let user = world.stored_user(ANA).await.expect("there");
    let mut unit = world.store.begin().await.expect("begun");
    unit.users().update(&User { state: UserState::Disabled, ..user }).await.expect("updated");
    unit.commit().await.expect("committed");
    assert!(refused(world.sign_in(ANA, PASSWORD).await), "a disabled account looks like none");
}

#[tokio::test]
async fn who_tries_too_often_has_to_wait() {
    let world = World::new();
    world.signed_in(ANA).await;
    for _ in 0..10 {
        assert!(matches!(world.sign_in(ANA, "another password").await, Err(SignInError::Refused)));
    }
    let Err(SignInError::TooManyTries(wait)) = world.sign_in(ANA, PASSWORD).await else {
        panic!("the right password is not even looked at");
    };
    world.clock.advance(wait);
    world.sign_in(ANA, PASSWORD).await.expect("signed in");
}

#[tokio::test]
async fn signing_in_ends_the_session_of_before() {
    let world = World::new();
    let (_, old) = world.signed_in(ANA).await;
    let command = SignIn {
        email: parsed(ANA),
        password: parsed(PASSWORD),
        previous: Some(old.hash()),
        browser: Browser::default(),
    };
    let new = world.shop.sign_in(command).await.expect("signed in").token;
    assert_eq!(world.shop.visit(&old).await.expect("read"), None);
    assert!(world.shop.visit(&new).await.expect("read").is_some());
    world.shop.sign_out(SignOut { session: new.hash() }).await.expect("signed out");
    world.shop.sign_out(SignOut { session: new.hash() }).await.expect("signed out twice");
    assert_eq!(world.shop.visit(&new).await.expect("read"), None);
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used() {
    let world = World::new();
    let (user, token) = world.signed_in(ANA).await;
    world.clock.advance(Session::IDLE.saturating_sub(Duration::from_secs(1)));
    assert_eq!(world.shop.visit(&token).await.expect("read").map(|visitor| visitor.user), Some(user));
    world.clock.advance(Session::IDLE.saturating_sub(Duration::from_secs(1)));
    assert!(world.shop.visit(&token).await.expect("read").is_some(), "the last visit counts");
    world.clock.advance(Session::IDLE);
    assert_eq!(world.shop.visit(&token).await.expect("read"), None);
}

#[tokio::test]
async fn a_session_ends_though_it_is_used() {
    let world = World::new();
    let (_, token) = world.signed_in(ANA).await;
    let mut days = 0;
    while world.shop.visit(&token).await.expect("read").is_some() {
        world.clock.advance(Duration::from_hours(24));
        days += 1;
    }
    assert_eq!(Duration::from_hours(24 * days), Session::ABSOLUTE);
}

#[tokio::test]
async fn a_visit_is_written_down_once_an_hour() {
    let world = World::new();
    let (_, token) = world.signed_in(ANA).await;
    let last_seen = async || {
        let visit = world.store.accounts().visit(token.hash()).await.expect("read");
        visit.expect("signed in").session.last_seen_at
    };
    let began = last_seen().await;
    world.clock.advance(Session::TOUCH_INTERVAL.saturating_sub(Duration::from_secs(1)));
    world.shop.visit(&token).await.expect("read");
    assert_eq!(last_seen().await, began);
    world.clock.advance(Duration::from_secs(1));
    world.shop.visit(&token).await.expect("read");
    assert_eq!(last_seen().await, began.plus(Session::TOUCH_INTERVAL));
}

#[tokio::test]
async fn who_registers_last_has_an_account_that_nobody_has_proved() {
    let world = World::new();
    world.register(ANA).await;
    let strangers = world.last_token().await;
    let command = Register {
        email: parsed(ANA),
        last_name: parsed("Ionescu"),
        first_name: parsed("Ana"),
        address: parsed("Str. Scurtă 2"),
        password: parsed("nine blue saucepans"),
        language: Language::French,
        client: None,
    };
    world.shop.register(command).await.expect("registered");
    let letter = world.last_letter().await;
    assert_eq!((letter.message.mail, letter.message.language), (Mail::Activation, Language::French));
    let late = activate(&world, strangers).await;
    assert!(matches!(late, Err(ActivateError::NoSuchToken)), "{late:?}");
    activate(&world, letter.token.expect("a link")).await.expect("activated");
    assert!(
        matches!(world.sign_in(ANA, PASSWORD).await, Err(SignInError::Refused)),
        "the stranger's password"
    );
    let user = world.sign_in(ANA, "nine blue saucepans").await.expect("signed in").user;
    assert_eq!(user.last_name.as_str(), "Ionescu");
}

/// A hasher under whose hands the owner chooses another password, once.
#[derive(Default)]
struct Overtaken(Mutex<Option<MemoryStore>>);

#[async_trait]
impl PasswordHasher for Overtaken {
    async fn hash(&self, password: &NewPassword) -> Result<PasswordHash, HasherError> {
        PlainHasher.hash(password).await
    }

    async fn verify(
        &self,
        attempt: &PasswordAttempt,
        hash: Option<PasswordHash>,
    ) -> Result<Verdict, HasherError> {
        let verdict = PlainHasher.verify(attempt, hash).await?;
        let store = self.0.lock().expect("no panic").take();
        if let Some(store) = store {
            let email: EmailAddress = parsed(ANA);
            let user = store.accounts().find_by_email(&email.key()).await.expect("read").expect("there");
            let password = PlainHasher.hash(&parsed("nine blue saucepans")).await?;
            let mut unit = store.begin().await.expect("begun");
            unit.users().update(&User { password, ..user }).await.expect("updated");
            unit.commit().await.expect("committed");
        }
        Ok(verdict)
    }
}

#[tokio::test]
async fn a_password_that_is_replaced_while_it_is_compared_opens_nothing() {
    let hasher = Arc::new(Overtaken::default());
    let world = World::with_hasher(hasher.clone());
    let (user, _) = world.signed_in(ANA).await;
    *hasher.0.lock().expect("no panic") = Some(world.store.clone());
    let outcome = world.sign_in(ANA, PASSWORD).await;
    assert!(matches!(outcome, Err(SignInError::Refused)), "{outcome:?}");
    assert_eq!(world.store.accounts().sessions(user.id).await.expect("read").len(), 1, "the one from before");
    world.sign_in(ANA, "nine blue saucepans").await.expect("signed in by the new one");
}
