use std::time::Duration;

use async_trait::async_trait;
use futures_util::FutureExt;
use shop_core::mocks::MockMailer;
use shop_core::outbox::relay::RelayReport;
use shop_core::outbox::{Letter, Mail, MessageState, MessageSummary, delay_after};
use shop_core::ports::{Clock, DeliveryError, Mailer, Store};

use super::World;

/// As long as a relay holds what it has claimed.
const LEASE: Duration = Duration::from_mins(5);

/// A mailer whose every delivery fails with this.
fn failing(error: fn(&str) -> DeliveryError) -> MockMailer {
    let mut mailer = MockMailer::new();
    mailer.expect_deliver().returning(move |letter| Err(error(letter.message.to.as_str())));
    mailer
}

fn busy(to: &str) -> DeliveryError {
    DeliveryError::Temporary(format!("451 {to}: try again later").into())
}

fn unknown(to: &str) -> DeliveryError {
    DeliveryError::Permanent(format!("550 {to}: no such user").into())
}

/// A mailer that never comes back, as if the process died in the middle of a delivery.
struct Stuck;

#[async_trait]
impl Mailer for Stuck {
    async fn deliver(&self, _letter: &Letter) -> Result<(), DeliveryError> {
        std::future::pending().await
    }
}

/// A mailer whose server hangs until it is given up, a minute a mail.
struct Hanging<'a>(&'a World);

#[async_trait]
impl Mailer for Hanging<'_> {
    async fn deliver(&self, letter: &Letter) -> Result<(), DeliveryError> {
        self.0.clock.advance(Duration::from_mins(1));
        Err(busy(letter.message.to.as_str()))
    }
}

async fn relay(world: &World, mailer: &dyn Mailer) -> RelayReport {
    world.shop.relay_outbox(mailer).await.expect("relayed")
}

async fn only_message(world: &World) -> MessageSummary {
    let mut messages = world.store.outbox().list(None, 2).await.expect("listed");
    assert_eq!(messages.len(), 1);
    messages.remove(0)
}

#[tokio::test]
async fn a_mail_goes_out_once() {
    let world = World::new();
    assert!(relay(&world, &world.mailbox).await.is_idle());
    world.register("ana@example.com").await;
    let sent = RelayReport { sent: 1, ..RelayReport::default() };
    assert_eq!(relay(&world, &world.mailbox).await, sent);
    assert!(relay(&world, &world.mailbox).await.is_idle());
    world.clock.advance(LEASE);
    assert!(relay(&world, &world.mailbox).await.is_idle());
    assert_eq!(world.mailbox.letters().len(), 1);
    assert_eq!(only_message(&world).await.state, MessageState::Sent);
}

#[tokio::test]
async fn a_mail_that_fails_for_now_waits_longer_each_time() {
    let world = World::new();
    world.register("ana@example.com").await;
    let mailer = failing(busy);
    for failures in 1..=4 {
        let postponed = RelayReport { postponed: 1, ..RelayReport::default() };
        assert_eq!(relay(&world, &mailer).await, postponed);
        let message = only_message(&world).await;
        assert_eq!((message.state, message.attempts), (MessageState::Waiting, failures));
        assert_eq!(message.last_error.as_deref(), Some("451 ana@example.com: try again later"));
        assert_eq!(message.due_at, world.clock.now().plus(delay_after(failures)));

        world.clock.advance(delay_after(failures).saturating_sub(Duration::from_secs(1)));
        assert!(relay(&world, &mailer).await.is_idle(), "not yet due");
        world.clock.advance(Duration::from_secs(1));
    }
    let letter = world.last_letter().await;
    assert!(matches!(letter.message.mail, Mail::Activation));
    assert_eq!(only_message(&world).await.state, MessageState::Sent);
}

#[tokio::test]
async fn a_mail_is_given_up_after_16_tries() {
    let world = World::new();
    world.register("ana@example.com").await;
    let mailer = failing(busy);
    let mut tries = 0;
    while only_message(&world).await.state == MessageState::Waiting {
        relay(&world, &mailer).await;
        world.clock.advance(delay_after(u32::MAX));
        tries += 1;
    }
    assert_eq!((tries, only_message(&world).await.attempts), (16, 16));
    assert_eq!(only_message(&world).await.state, MessageState::Dead);
}

#[tokio::test]
async fn a_mail_that_is_refused_is_given_up_at_once() {
    let world = World::new();
    world.register("ana@example.com").await;
    let dead = RelayReport { dead: 1, ..RelayReport::default() };
    assert_eq!(relay(&world, &failing(unknown)).await, dead);
    let message = only_message(&world).await;
    assert_eq!(message.state, MessageState::Dead);
    assert_eq!(message.last_error.as_deref(), Some("550 ana@example.com: no such user"));
    world.clock.advance(Duration::from_hours(24));
    assert!(relay(&world, &world.mailbox).await.is_idle());
}

#[tokio::test]
async fn the_mails_of_a_relay_that_died_are_delivered_by_another() {
    let world = World::new();
    world.register("ana@example.com").await;
    assert!(world.shop.relay_outbox(&Stuck).now_or_never().is_none(), "stuck, and dropped");
    assert!(relay(&world, &world.mailbox).await.is_idle(), "the lease still holds");
    world.clock.advance(LEASE);
    assert_eq!(relay(&world, &world.mailbox).await.sent, 1);
    assert_eq!(only_message(&world).await.attempts, 2);
}

/// A world in which so many mails wait.
async fn waiting(count: u32) -> World {
    let world = World::new();
    for number in 0..count {
        world.register(&format!("shopper{number}@example.com")).await;
        world.clock.advance(Duration::from_secs(1));
    }
    world
}

#[tokio::test]
async fn a_relay_that_dies_strands_one_mail_alone() {
    let world = waiting(16).await;
    assert!(world.shop.relay_outbox(&Stuck).now_or_never().is_none(), "stuck, and dropped");
    let messages = world.store.outbox().list(None, 16).await.expect("listed");
    assert_eq!(messages.iter().map(|message| message.attempts).sum::<u32>(), 1);
    assert_eq!(relay(&world, &world.mailbox).await.sent, 15, "the others wait for no lease");
    world.clock.advance(LEASE);
    assert_eq!(relay(&world, &world.mailbox).await.sent, 1);
}

#[tokio::test]
async fn a_server_that_hangs_costs_each_mail_one_try() {
    let world = waiting(16).await;
    let postponed = RelayReport { postponed: 16, ..RelayReport::default() };
    assert_eq!(
        relay(&world, &Hanging(&world)).await,
        postponed,
        "what came due meanwhile waits for the next"
    );
    for message in world.store.outbox().list(None, 16).await.expect("listed") {
        assert_eq!((message.attempts, message.last_error.is_some()), (1, true), "{}", message.to);
    }
}

#[tokio::test]
async fn one_bad_address_stops_no_other_mail() {
    let world = World::new();
    for name in ["ana", "bad", "dan"] {
        world.register(&format!("{name}@example.com")).await;
        world.clock.advance(Duration::from_secs(1));
    }
    let mut mailer = MockMailer::new();
    mailer.expect_deliver().times(3).returning(|letter| match letter.message.to.as_str() {
        "bad@example.com" => Err(unknown("bad@example.com")),
        _ => Ok(()),
    });
    assert_eq!(relay(&world, &mailer).await, RelayReport { sent: 2, dead: 1, ..RelayReport::default() });
}
