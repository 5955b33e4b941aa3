//! What becomes of an order after it was placed, and what becomes of records that have had their time.

use std::time::Duration;

use shop_core::Language;
use shop_core::account::delete::DeleteAccount;
use shop_core::account::{Session, User};
use shop_core::order::advance::{AdvanceError, AdvanceOrder};
use shop_core::order::cancel::CancelOrder;
use shop_core::order::{LineState, Order, OrderAction, OrderState};
use shop_core::outbox::{Mail, MessageState};
use shop_core::ports::Store;
use shop_core::stock::Stock;
use shop_core::tidy::{Retention, TidyReport};

use super::{PASSWORD, World, lei, order_of, parsed};

const ANA: &str = "ana@example.com";

async fn placed(world: &World) -> (User, Order) {
    world.sell("SH03", lei(20), Stock::Counted(10)).await;
    let (ana, _) = world.signed_in(ANA).await;
    world.store_cart(&ana, "SH03=3").await;
    let order = world.shop.place_order(order_of(&ana)).await.expect("placed").order;
    world.last_letter().await;
    (ana, order)
}

async fn advance(world: &World, order: &Order, action: OrderAction) -> Result<Order, AdvanceError> {
    world.clock.advance(Duration::from_hours(1));
    world.shop.advance_order(AdvanceOrder { number: order.number, action }).await
}

async fn stored(world: &World, order: &Order) -> Order {
    world.store.orders().find(order.number).await.expect("read").expect("there")
}

#[tokio::test]
async fn an_order_goes_its_way() {
    let world = World::new();
    let (_, order) = placed(&world).await;
    let way = [
        (OrderAction::Confirm, OrderState::Confirmed, LineState::Fulfilling),
        (OrderAction::Ship, OrderState::InProgress, LineState::Shipped),
        (OrderAction::Deliver, OrderState::Completed, LineState::Delivered),
    ];
    let letters = world.mailbox.letters().len();
    for (action, state, line) in way {
        let order = advance(&world, &order, action).await.expect("a legal step");
        assert_eq!((order.state, order.lines[0].state), (state, line));
        assert_eq!(stored(&world, &order).await, order, "what is returned is what is kept");
    }
    let order = stored(&world, &order).await;
    let states: Vec<_> = order.steps.iter().map(|step| step.state).collect();
    assert_eq!(states, [OrderState::Confirmed, OrderState::InProgress, OrderState::Completed]);
    assert!(order.steps.is_sorted_by(|one, next| one.at < next.at));
    assert!(matches!(world.last_letter().await.message.mail, Mail::OrderShipped { .. }));
    assert_eq!(world.mailbox.letters().len(), letters + 1, "the others need no mail");
    assert_eq!(world.stock("SH03").await, Stock::Counted(7));
}

#[tokio::test]
async fn every_other_step_is_refused_by_name() {
    let ways: [&[OrderAction]; 5] = [
        &[],
        &[OrderAction::Confirm],
        &[OrderAction::Confirm, OrderAction::Ship],
        &[OrderAction::Confirm, OrderAction::Ship, OrderAction::Deliver],
        &[OrderAction::Cancel],
    ];
    for (way, state) in ways.into_iter().zip(OrderState::ALL) {
        for action in OrderAction::ALL {
            let world = World::new();
            let (_, order) = placed(&world).await;
            for &step in way {
                advance(&world, &order, step).await.expect("a legal step");
            }
            let before = stored(&world, &order).await;
            assert_eq!(before.state, state);
            let outcome = advance(&world, &order, action).await;
            if state.may_become(action.target()) {
                assert_eq!(outcome.expect("a legal step").state, action.target());
                continue;
            }
            let refusal = outcome.expect_err("an illegal step").to_string();
            assert_eq!(refusal, format!("cannot {} an order that is {}", action.name(), state.name()));
            assert_eq!(stored(&world, &order).await, before);
        }
    }
}

#[tokio::test]
async fn a_shopper_cancels_while_nothing_has_left() {
    for confirmed in [false, true] {
        let world = World::new();
        let (ana, order) = placed(&world).await;
        if confirmed {
            advance(&world, &order, OrderAction::Confirm).await.expect("confirmed");
        }
        let command = CancelOrder { owner: ana.id, number: order.number };
        let canceled = world.shop.cancel_order(command).await.expect("canceled");
        assert_eq!((canceled.state, world.stock("SH03").await), (OrderState::Canceled, Stock::Counted(10)));
        let Mail::OrderCanceled { by_shop, .. } = world.last_letter().await.message.mail else {
            panic!("another mail");
        };
        assert!(!by_shop);
        assert!(matches!(world.shop.cancel_order(command).await, Err(AdvanceError::Refused { .. })));
        assert_eq!(world.stock("SH03").await, Stock::Counted(10), "put back once");
    }
}

#[tokio::test]
async fn all_mails_of_an_order_are_in_its_language() {
    for action in [OrderAction::Cancel, OrderAction::Ship] {
        let world = World::new();
        let (ana, order) = placed(&world).await;
        assert_eq!((ana.language, order.language), (Language::Romanian, Language::English));
        advance(&world, &order, OrderAction::Confirm).await.expect("confirmed");
        advance(&world, &order, action).await.expect("a legal step");
        world.last_letter().await;
        let about_the_order = world.mailbox.letters().into_iter().skip(1).map(|letter| letter.message);
        let languages: Vec<_> = about_the_order.map(|message| message.language).collect();
        assert_eq!(languages, [Language::English; 2], "{action:?}");
    }
}

#[tokio::test]
async fn a_shopper_cannot_cancel_what_has_left_or_is_not_theirs() {
    let world = World::new();
    let (ana, order) = placed(&world).await;
    let (dan, _) = world.signed_in("dan@example.com").await;
    let theirs = world.shop.cancel_order(CancelOrder { owner: dan.id, number: order.number }).await;
    assert!(matches!(theirs, Err(AdvanceError::NoSuchOrder)), "{theirs:?}");
    advance(&world, &order, OrderAction::Confirm).await.expect("confirmed");
    advance(&world, &order, OrderAction::Ship).await.expect("shipped");
    let late = world.shop.cancel_order(CancelOrder { owner: ana.id, number: order.number }).await;
    assert!(matches!(late, Err(AdvanceError::Refused { state: OrderState::InProgress, .. })), "{late:?}");
    assert_eq!(world.stock("SH03").await, Stock::Counted(7));
    advance(&world, &order, OrderAction::Cancel).await.expect("the shop may, when the parcel came back");
    assert_eq!(world.stock("SH03").await, Stock::Counted(10));
}

#[tokio::test]
async fn an_order_without_owner_is_forgotten_when_it_ends() {
    let world = World::new();
    let (ana, order) = placed(&world).await;
    let command = DeleteAccount { user: ana.id, password: parsed(PASSWORD) };
    world.shop.delete_account(command).await.expect("deleted");
    world.last_letter().await;
    let letters = world.mailbox.letters().len();
    for action in [OrderAction::Confirm, OrderAction::Ship] {
        let order = advance(&world, &order, action).await.expect("a legal step");
        assert!(order.delivery.is_some(), "the parcel must know where to go");
    }
    let order = advance(&world, &order, OrderAction::Deliver).await.expect("delivered");
    assert_eq!((order.delivery.clone(), stored(&world, &order).await.delivery), (None, None));
    world.shop.relay_outbox(&world.mailbox).await.expect("relayed");
    assert_eq!(world.mailbox.letters().len(), letters, "nobody is left to tell");
}

#[tokio::test]
async fn what_has_had_its_time_goes() {
    let world = World::new();
    let (_, session) = world.signed_in(ANA).await;
    world.register("dan@example.com").await;
    world.last_token().await;
    assert!(world.sign_in(ANA, "a guess").await.is_err());
    let nothing = TidyReport::default();
    assert_eq!(world.shop.tidy(Retention::default()).await.expect("tidied"), nothing);
    assert!(world.shop.visit(&session).await.expect("read").is_some());

    world.clock.advance(Session::ABSOLUTE);
    let report = world.shop.tidy(Retention::default()).await.expect("tidied");
    // Two registrations and the guess were counted as tries; the sign-in that was right is forgotten already.
    let expected = TidyReport { tokens: 1, sessions: 1, throttles: 3, messages: 2 };
    assert_eq!(report, expected);
    assert_eq!(world.store.outbox().list(None, 10).await.expect("listed"), []);
    assert_eq!(world.shop.tidy(Retention::default()).await.expect("tidied"), nothing);
}

#[tokio::test]
async fn a_waiting_message_is_never_tidied_and_a_dead_one_may_try_again() {
    let world = World::new();
    world.register(ANA).await;
    world.clock.advance(Duration::from_hours(24 * 365));
    world.shop.tidy(Retention::default()).await.expect("tidied");
    let messages = world.store.outbox().list(Some(MessageState::Waiting), 10).await.expect("listed");
    assert!(world.shop.retry_message(messages[0].id).await.expect("asked"));
    world.last_token().await;
    assert!(!world.shop.retry_message(messages[0].id).await.expect("asked"), "it is sent");
    assert!(world.shop.remove_message(messages[0].id).await.expect("asked"));
    assert!(!world.shop.remove_message(messages[0].id).await.expect("asked"));
}

#[tokio::test]
async fn more_than_a_batch_is_tidied_in_one_go() {
    let world = World::new();
    let (ana, _) = world.signed_in(ANA).await;
    let mut unit = world.store.begin().await.expect("begun");
    for _ in 0..1_234 {
        let key = shop_core::account::Token::fresh(&shop_core::system::SystemRandom).hash();
        let now = shop_core::ports::Clock::now(&world.clock);
        let agent = shop_core::account::UserAgent::default();
        let session = Session { key, user: ana.id, created_at: now, last_seen_at: now, agent };
        unit.sessions().insert(&session).await.expect("inserted");
    }
    unit.commit().await.expect("committed");
    world.clock.advance(Session::IDLE);
    assert_eq!(world.shop.tidy(Retention::default()).await.expect("tidied").sessions, 1_235);
}
