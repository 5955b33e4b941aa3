//! Orders advance step by step, and each step is kept.

use std::slice::from_ref;

use super::Broken;
use super::case::cases;
use super::samples::{line, moment, order, order_id, user, user_id};
use super::setup::{add_orders, add_users, assert_conflict, order_numbered};
use crate::error::{Constraint, StoreError};
use crate::ids::OrderId;
use crate::order::{LineState, Order, OrderLine, OrderNumber, OrderState, OrderStep};
use crate::ports::Store;
use crate::system::SystemRandom;

/// The step to this state, so many seconds after the start of 2026.
fn step(state: OrderState, seconds: i64) -> OrderStep {
    OrderStep { state, at: moment(seconds) }
}

async fn advance(
    store: &dyn Store,
    order: &Order,
    step: OrderStep,
    lines: Option<LineState>,
) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    unit.orders().advance(order, step, lines).await?;
    unit.commit().await
}

/// The order with so many lines, each in the next state of a line.
fn order_of_lines(number: u32, owner: u32, count: u32) -> Order {
    let states = LineState::ALL.into_iter().cycle();
    let lines = (1..=count).zip(states).map(|(number, state)| OrderLine { state, ..line(number) });
    Order { lines: lines.collect(), ..order(number, user_id(owner)) }
}

async fn ids_of_whole(
    store: &dyn Store,
    owner: u32,
    before: Option<u32>,
    limit: u32,
) -> Result<Vec<OrderId>, Broken> {
    let orders = store.orders().whole(user_id(owner), before.map(order_id), limit).await?;
    Ok(orders.into_iter().map(|order| order.id).collect())
}

cases! {
    ($) steps __conformance_steps

    /// A step changes state and version of its order and is noted with its time; all lines go along, or none.
    async fn an_order_advances(store) {
        add_users(&*store, &[user(1)]).await?;
        let other = order_of_lines(1, 1, 3);
        let mut expected = order_of_lines(2, 1, 40);
        add_orders(&*store, &[other.clone(), expected.clone()]).await?;
        let steps = [
            (step(OrderState::Confirmed, 10), Some(LineState::Fulfilling)),
            (step(OrderState::InProgress, 20), Some(LineState::Shipped)),
            (step(OrderState::Canceled, 30), None),
        ];
        for (step, lines) in steps {
            advance(&*store, &expected, step, lines).await?;
            expected.state = step.state;
            expected.steps.push(step);
            expected.version += 1;
            if let Some(state) = lines {
                expected.lines.iter_mut().for_each(|line| line.state = state);
            }
            assert_eq!(order_numbered(&*store, expected.number).await?, expected);
            let mut unit = store.begin().await?;
            assert_eq!(unit.orders().find(expected.id).await?.as_ref(), Some(&expected));
        }
        assert_eq!(order_numbered(&*store, other.number).await?, other);
    }

    /// Lines that are not named stay as they are, each in its own state.
    async fn lines_may_stay_as_they_are(store) {
        add_users(&*store, &[user(1)]).await?;
        let placed = order_of_lines(1, 1, 5);
        add_orders(&*store, from_ref(&placed)).await?;
        advance(&*store, &placed, step(OrderState::Canceled, 10), None).await?;
        assert_eq!(order_numbered(&*store, placed.number).await?.lines, placed.lines);
    }

    /// A step is the last one of its order, whatever the time: two may have the same, and a clock may go
    /// back.
    async fn steps_stand_as_they_were_noted(store) {
        add_users(&*store, &[user(1)]).await?;
        let mut order = order(1, user_id(1));
        add_orders(&*store, from_ref(&order)).await?;
        let steps = [
            step(OrderState::Confirmed, 20),
            step(OrderState::InProgress, 20),
            step(OrderState::Completed, 10),
        ];
        for step in steps {
            advance(&*store, &order, step, step.state.lines()).await?;
            order.version += 1;
        }
        assert_eq!(order_numbered(&*store, order.number).await?.steps, steps);
    }

    /// A step of an order that was read before another step is a version conflict, and so is one of no order.
    async fn an_outdated_step_is_refused(store) {
        add_users(&*store, &[user(1)]).await?;
        let placed = order(1, user_id(1));
        add_orders(&*store, from_ref(&placed)).await?;
        advance(&*store, &placed, step(OrderState::Confirmed, 10), Some(LineState::Fulfilling)).await?;
        let confirmed = order_numbered(&*store, placed.number).await?;
        let ahead = Order { version: 2, ..confirmed.clone() };
        for outdated in [placed, ahead, order(2, user_id(1))] {
            let outcome = advance(&*store, &outdated, step(OrderState::Canceled, 20), None).await;
            assert_conflict(outcome, Constraint::Version);
        }
        assert_eq!(order_numbered(&*store, confirmed.number).await?, confirmed);
        assert_eq!(store.orders().list(None, None, 10).await?.len(), 1);
    }

    /// A unit finds an order by its number as by its id, with lines and steps; a number that was never given
    /// is `None`.
    async fn an_order_is_found_by_number(store) {
        add_users(&*store, &[user(1)]).await?;
        let orders = [order_of_lines(1, 1, 3), order_of_lines(2, 1, 9)];
        add_orders(&*store, &orders).await?;
        advance(&*store, &orders[1], step(OrderState::Confirmed, 10), None).await?;
        let mut unit = store.begin().await?;
        for Order { id, number, .. } in orders {
            let found = unit.orders().find_by_number(number).await?;
            assert_eq!(found.as_ref().map(|order| order.id), Some(id));
            assert_eq!(found, unit.orders().find(id).await?);
            assert_eq!(found, store.orders().find(number).await?);
        }
        assert_eq!(unit.orders().find_by_number(OrderNumber::fresh(&SystemRandom)).await?, None);
    }

    /// The delivery of an order is forgotten, and nothing else; twice, and of no order, is no error.
    async fn a_delivery_is_forgotten(store) {
        add_users(&*store, &[user(1)]).await?;
        let orders = [order_of_lines(1, 1, 3), order(2, user_id(1))];
        add_orders(&*store, &orders).await?;
        for _ in 0..2 {
            let mut unit = store.begin().await?;
            unit.orders().forget_delivery(order_id(1)).await?;
            unit.orders().forget_delivery(order_id(3)).await?;
            unit.commit().await?;
            let forgotten = Order { delivery: None, ..orders[0].clone() };
            assert_eq!(order_numbered(&*store, orders[0].number).await?, forgotten);
            assert_eq!(order_numbered(&*store, orders[1].number).await?, orders[1]);
        }
        advance(&*store, &orders[0], step(OrderState::Canceled, 10), None).await?;
    }

    /// Whole orders are what each of them is alone, with all lines and steps.
    async fn whole_orders_are_whole(store) {
        add_users(&*store, &[user(1), user(2)]).await?;
        let counts = (1..=6).zip([1, 40, 8, 100, 2, 33]);
        let mut orders: Vec<_> =
            counts.map(|(number, count)| order_of_lines(number, 1, count)).collect();
        add_orders(&*store, &orders).await?;
        add_orders(&*store, &[order_of_lines(7, 2, 3)]).await?;
        for order in orders.iter_mut().skip(1).step_by(2) {
            for state in [OrderState::Confirmed, OrderState::InProgress] {
                advance(&*store, order, step(state, 10), None).await?;
                *order = order_numbered(&*store, order.number).await?;
            }
        }
        let mut unit = store.begin().await?;
        unit.orders().forget_delivery(order_id(3)).await?;
        unit.commit().await?;
        orders[2].delivery = None;
        orders.reverse();
        assert_eq!(orders[0].steps.len(), 2);
        assert_eq!(store.orders().whole(user_id(1), None, 10).await?, orders);
        assert_eq!(store.orders().whole(user_id(1), Some(order_id(5)), 2).await?, orders[2..4]);
    }

    /// Whole orders come page by page, newest first, of one owner alone; no page repeats or loses one.
    async fn whole_orders_come_page_by_page(store) {
        add_users(&*store, &[user(1), user(2), user(3)]).await?;
        // Inserted in no order: 7 and 11 have no common factor.
        let numbers = (1..=10).map(|number| number * 7 % 11);
        let orders: Vec<_> = numbers.map(|number| order_of_lines(number, 1 + number % 2, number)).collect();
        add_orders(&*store, &orders).await?;
        let ids = |numbers: &[u32]| numbers.iter().map(|&number| order_id(number)).collect::<Vec<_>>();
        assert_eq!(ids_of_whole(&*store, 1, None, 20).await?, ids(&[10, 8, 6, 4, 2]));
        assert_eq!(ids_of_whole(&*store, 1, None, 2).await?, ids(&[10, 8]));
        assert_eq!(ids_of_whole(&*store, 1, Some(8), 2).await?, ids(&[6, 4]));
        assert_eq!(ids_of_whole(&*store, 1, Some(4), 2).await?, ids(&[2]));
        assert_eq!(ids_of_whole(&*store, 1, Some(2), 2).await?, []);
        assert_eq!(ids_of_whole(&*store, 1, Some(9), 1).await?, ids(&[8]), "before somebody else's");
        assert_eq!(ids_of_whole(&*store, 1, None, 0).await?, []);
        assert_eq!(ids_of_whole(&*store, 3, None, 20).await?, []);
    }
}
