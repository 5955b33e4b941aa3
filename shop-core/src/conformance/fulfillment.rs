//! Orders that are confirmed, shipped and called off, through the use cases, often at the same moment.

use std::slice::from_ref;

use futures_util::future::join;

use super::Broken;
use super::case::cases;
use super::samples::{order, sku, stocked, user, user_id};
use super::setup::{add_orders, add_products, add_users, at_once, fill_carts, order_numbered, stock_of};
use super::shopping::{order_of, place, shop};
use crate::Shop;
use crate::ids::UserId;
use crate::order::advance::{AdvanceError, AdvanceOrder};
use crate::order::cancel::CancelOrder;
use crate::order::{LineState, Order, OrderAction, OrderNumber, OrderState};
use crate::outbox::{Mail, Message};
use crate::ports::Store;
use crate::stock::Stock;
use crate::system::SystemRandom;

/// Every step that there is, and what it leads to.
const LEGAL: [(OrderState, OrderAction, OrderState); 6] = [
    (OrderState::Placed, OrderAction::Confirm, OrderState::Confirmed),
    (OrderState::Placed, OrderAction::Cancel, OrderState::Canceled),
    (OrderState::Confirmed, OrderAction::Ship, OrderState::InProgress),
    (OrderState::Confirmed, OrderAction::Cancel, OrderState::Canceled),
    (OrderState::InProgress, OrderAction::Deliver, OrderState::Completed),
    (OrderState::InProgress, OrderAction::Cancel, OrderState::Canceled),
];

/// The state that the action leads to, if there is such a step.
fn target(state: OrderState, action: OrderAction) -> Option<OrderState> {
    let legal = LEGAL.into_iter().find(|&(from, by, _)| (from, by) == (state, action));
    legal.map(|(_, _, to)| to)
}

/// Why an order stayed as it was: what was asked for, and its state then.
type Refusal = (OrderAction, OrderState);

fn judged(outcome: Result<Order, AdvanceError>) -> Result<Result<Order, Refusal>, Broken> {
    match outcome {
        Ok(order) => Ok(Ok(order)),
        Err(AdvanceError::Refused { action, state }) => Ok(Err((action, state))),
        Err(error) => Err(error.into()),
    }
}

/// What an operator does.
async fn operate(
    shop: Shop,
    number: OrderNumber,
    action: OrderAction,
) -> Result<Result<Order, Refusal>, Broken> {
    judged(shop.advance_order(AdvanceOrder { number, action }).await)
}

/// What a shopper may do.
async fn call_off(shop: Shop, number: OrderNumber) -> Result<Result<Order, Refusal>, Broken> {
    judged(shop.cancel_order(CancelOrder { owner: user_id(1), number }).await)
}

/// The operator ships the order, or the shopper calls it off.
async fn compete(shop: Shop, number: OrderNumber, ships: bool) -> Result<Result<Order, Refusal>, Broken> {
    if ships { operate(shop, number, OrderAction::Ship).await } else { call_off(shop, number).await }
}

/// Orders 1 to `count` of account 1 in this state, of three pieces each of product 1, of which so many are
/// left.
async fn set(store: &dyn Store, state: OrderState, count: u32, left: u32) -> Result<Vec<Order>, Broken> {
    add_users(store, &[user(1)]).await?;
    add_products(store, &[stocked(1, left)]).await?;
    let orders: Vec<_> = (1..=count).map(|number| Order { state, ..order(number, user_id(1)) }).collect();
    add_orders(store, &orders).await?;
    Ok(orders)
}

/// The mails to account 1, newest first.
async fn mails(store: &dyn Store) -> Result<Vec<Mail>, Broken> {
    let messages = store.outbox().of_user(user_id(1)).await?;
    Ok(messages.into_iter().map(|(Message { mail, .. }, _)| mail).collect())
}

/// Accounts 11 to 30, with one piece of product 1 in each cart.
async fn twenty_shoppers(store: &dyn Store) -> Result<Vec<UserId>, Broken> {
    let users: Vec<_> = (11..=30).map(user).collect();
    add_users(store, &users).await?;
    let owners: Vec<_> = users.iter().map(|user| user.id).collect();
    fill_carts(store, &owners, "SKU-1=1").await?;
    Ok(owners)
}

cases! {
    ($) fulfillment __conformance_fulfillment

    /// An order takes every legal step, and the store has it as the shop says; every other step is refused by
    /// name and changes nothing.
    async fn only_legal_steps_are_taken(store) {
        set(&*store, OrderState::Placed, 0, 100).await?;
        let shop = shop(&store);
        let pairs = OrderState::ALL.map(|state| OrderAction::ALL.map(|action| (state, action)));
        for (number, (state, action)) in (1..).zip(pairs.into_iter().flatten()) {
            let before = Order { state, ..order(number, user_id(1)) };
            add_orders(&*store, from_ref(&before)).await?;
            let (stock, mail_count) = (stock_of(&*store, sku(1)).await?, mails(&*store).await?.len());
            let outcome = operate(shop.clone(), before.number, action).await?;
            let stored = order_numbered(&*store, before.number).await?;
            let step = format!("{action:?} when {state:?}");
            if let Some(target) = target(state, action) {
                assert_eq!((stored.state, stored.version, stored.steps.len()), (target, 1, 1), "{step}");
                assert_eq!(outcome, Ok(stored), "{step}");
            } else {
                assert_eq!(outcome, Err((action, state)));
                assert_eq!(stored, before, "{step}");
                assert_eq!(stock_of(&*store, sku(1)).await?, stock, "{step}");
                assert_eq!(mails(&*store).await?.len(), mail_count, "{step}");
            }
        }
        assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Counted(100 + 3 * 3), "three were canceled");
    }

    /// An order goes its whole way, and its lines with it; each step is there with its time, and the owner is
    /// told of the parcel.
    async fn an_order_goes_its_way(store) {
        let placed = set(&*store, OrderState::Placed, 1, 10).await?.remove(0);
        let shop = shop(&store);
        let way = [
            (OrderAction::Confirm, OrderState::Confirmed, LineState::Fulfilling),
            (OrderAction::Ship, OrderState::InProgress, LineState::Shipped),
            (OrderAction::Deliver, OrderState::Completed, LineState::Delivered),
        ];
        for (version, (action, state, lines)) in (1..).zip(way) {
            let order = operate(shop.clone(), placed.number, action).await?;
            let stored = order_numbered(&*store, placed.number).await?;
            assert_eq!((stored.state, stored.version), (state, version));
            assert!(stored.lines.iter().all(|line| line.state == lines), "{action:?}");
            assert_eq!(order, Ok(stored));
        }
        let stored = order_numbered(&*store, placed.number).await?;
        let states: Vec<_> = stored.steps.iter().map(|step| step.state).collect();
        assert_eq!(states, way.map(|(_, state, _)| state));
        assert_eq!(stored.delivery, placed.delivery);
        assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Counted(10));
        let mails = mails(&*store).await?;
        assert!(matches!(&mails[..], [Mail::OrderShipped { number, .. }] if *number == placed.number));
    }

    /// Of a shopper who calls an order off and an operator who ships it at the same moment, one wins; stock
    /// goes back if it is the shopper.
    async fn canceling_meets_shipping(store) {
        let orders = set(&*store, OrderState::Confirmed, 30, 0).await?;
        let shop = shop(&store);
        let turns = orders.iter().flat_map(|order| [false, true].map(|ships| (order.number, ships)));
        let outcomes = at_once(turns.map(|(number, ships)| compete(shop.clone(), number, ships))).await?;
        let mut canceled = 0;
        for (order, pair) in orders.iter().zip(outcomes.chunks(2)) {
            let stored = order_numbered(&*store, order.number).await?;
            match stored.state {
                OrderState::Canceled => {
                    canceled += 1;
                    assert_eq!(pair, [Ok(stored), Err((OrderAction::Ship, OrderState::Canceled))]);
                }
                OrderState::InProgress => {
                    assert_eq!(pair, [Err((OrderAction::Cancel, OrderState::InProgress)), Ok(stored)]);
                }
                other => return Err(format!("nobody has won: {other:?}").into()),
            }
        }
        assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Counted(3 * canceled));
        assert_eq!(mails(&*store).await?.len(), 30, "one an order");
    }

    /// Of 16 who call one order off at once, one does, and its stock goes back once.
    async fn stock_goes_back_once(store) {
        let number = set(&*store, OrderState::Placed, 1, 5).await?.remove(0).number;
        let shop = shop(&store);
        let outcomes = at_once((0..16).map(|_| call_off(shop.clone(), number))).await?;
        let (done, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        assert_eq!(done, [Ok(order_numbered(&*store, number).await?)]);
        assert!(refused.iter().all(|outcome| *outcome == Err((OrderAction::Cancel, OrderState::Canceled))));
        assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Counted(5 + 3));
        assert!(matches!(&mails(&*store).await?[..], [Mail::OrderCanceled { by_shop: false, .. }]));
    }

    /// Stock that comes back while others order it is sold once: what is sold and what is left make what
    /// there was.
    async fn canceled_stock_is_sold_once(store) {
        let orders = set(&*store, OrderState::Placed, 5, 2).await?;
        let owners = twenty_shoppers(&*store).await?;
        let shop = shop(&store);
        let canceling = at_once(orders.iter().map(|order| call_off(shop.clone(), order.number)));
        let placing = at_once(owners.iter().map(|&owner| place(shop.clone(), order_of(owner))));
        let (canceled, placed) = join(canceling, placing).await;
        assert!(canceled?.iter().all(Result::is_ok));
        let sold = u32::try_from(placed?.iter().filter(|outcome| outcome.is_ok()).count())?;
        assert!((2..=17).contains(&sold), "{sold} sold");
        assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Counted(2 + 5 * 3 - sold));
    }

    /// Nobody calls off somebody else's order, nor one that does not exist.
    async fn a_stranger_cancels_nothing(store) {
        let placed = set(&*store, OrderState::Placed, 1, 5).await?.remove(0);
        add_users(&*store, &[user(2)]).await?;
        let shop = shop(&store);
        let unknown = OrderNumber::fresh(&SystemRandom);
        for (owner, number) in [(2, placed.number), (2, unknown), (1, unknown)] {
            let outcome = shop.cancel_order(CancelOrder { owner: user_id(owner), number }).await;
            assert!(matches!(outcome, Err(AdvanceError::NoSuchOrder)), "{outcome:?}");
        }
        assert_eq!(order_numbered(&*store, placed.number).await?, placed);
        assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Counted(5));
    }
}
