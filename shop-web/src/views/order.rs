//! Orders that were placed.

use std::time::Duration;

use serde::Serialize;
use shop_core::order::history::OrderPage;
use shop_core::order::{LineState, Order, OrderLine, OrderState, OrderSummary};
use shop_core::{Currency, Money, Timestamp};

use super::{Phrase, View};

/// The shopper's own orders: GET `/orders`.
#[derive(Clone, Debug, Serialize)]
pub struct OrdersView {
    /// The orders, newest first.
    pub orders: Vec<OrderSummaryRow>,
    /// Whether these are the newest ones.
    pub newest: bool,
    /// `before` of the page with older ones, if there are any.
    pub older: Option<String>,
}

/// An order in a list.
#[derive(Clone, Debug, Serialize)]
pub struct OrderSummaryRow {
    /// Its number.
    pub number: String,
    /// How far it has come.
    pub state: OrderState,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// What it costs.
    pub total: Money,
}

/// An order: GET `/orders/{number}`.
#[derive(Clone, Debug, Serialize)]
pub struct OrderView {
    /// Its number.
    pub number: String,
    /// How far it has come.
    pub state: OrderState,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// What has happened to it, then what is still to come.
    pub timeline: Vec<TimelineRow>,
    /// Whether the shopper may call it off.
    pub cancelable: bool,
    /// Why it could not be called off.
    pub problem: Option<Phrase>,
    /// Whom the parcel goes to, and where, line by line; nothing once that is forgotten.
    pub delivery: Option<String>,
    /// What was bought.
    pub rows: Vec<OrderRow>,
    /// What it costs.
    pub total: Money,
}

/// An order for the printer: GET `/orders/{number}/print`.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct OrderPrintView(pub OrderView);

/// A state that an order has come to, or will.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TimelineRow {
    /// Which.
    pub state: OrderState,
    /// When it came; nothing while it is still to come.
    pub at: Option<Timestamp>,
}

/// A line of an order.
#[derive(Clone, Debug, Serialize)]
pub struct OrderRow {
    /// The variant's code.
    pub sku: String,
    /// Its name as the shopper saw it.
    pub name: String,
    /// How many pieces.
    pub pieces: u16,
    /// What one piece cost.
    pub unit_price: Money,
    /// What they cost together.
    pub total: Money,
    /// How far it has come.
    pub state: LineState,
}

impl OrdersView {
    /// A page of orders; `newest` says whether it was asked for without `before`.
    #[must_use]
    pub fn new(page: &OrderPage, newest: bool) -> Self {
        let orders = page.orders.iter().map(OrderSummaryRow::from).collect();
        Self { orders, newest, older: page.next.map(|id| id.to_string()) }
    }
}

impl From<&OrderSummary> for OrderSummaryRow {
    fn from(order: &OrderSummary) -> Self {
        let OrderSummary { number, state, placed_at, total, .. } = order;
        Self { number: number.to_string(), state: *state, placed_at: *placed_at, total: *total }
    }
}

impl From<&Order> for OrderView {
    fn from(order: &Order) -> Self {
        Self {
            number: order.number.to_string(),
            state: order.state,
            placed_at: order.placed_at,
            timeline: timeline(order),
            cancelable: order.state.is_cancelable(),
            problem: None,
            delivery: order.delivery.as_ref().map(|to| format!("{}\n{}", to.recipient, to.address)),
            rows: order.lines.iter().map(OrderRow::from).collect(),
            total: order.total,
        }
    }
}

/// What has happened, oldest first, and the way from there on if nothing comes between.
fn timeline(order: &Order) -> Vec<TimelineRow> {
    let placed = TimelineRow { state: OrderState::Placed, at: Some(order.placed_at) };
    let happened = order.steps.iter().map(|step| TimelineRow { state: step.state, at: Some(step.at) });
    let to_come = states_to_come(order.state).map(|state| TimelineRow { state, at: None });
    std::iter::once(placed).chain(happened).chain(to_come).collect()
}

fn states_to_come(state: OrderState) -> impl Iterator<Item = OrderState> {
    let next = |state: &OrderState| state.next().iter().copied().find(|&next| next != OrderState::Canceled);
    std::iter::successors(next(&state), next)
}

impl From<&OrderLine> for OrderRow {
    fn from(line: &OrderLine) -> Self {
        Self {
            sku: line.sku.to_string(),
            name: line.name.clone(),
            pieces: line.quantity.get(),
            unit_price: line.unit_price,
            total: line.total,
            state: line.state,
        }
    }
}

impl View for OrdersView {
    const TEMPLATE: &'static str = "orders.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let order = |state| OrderSummaryRow {
            number: "7QX4-M2KD-9".to_owned(),
            state,
            placed_at: SAMPLE_MOMENT,
            total: Money::from_minor(199_500, Currency::RON),
        };
        let orders = OrderState::ALL.into_iter().map(order).collect();
        let newest = Self { orders, newest: true, older: Some("0198c2".to_owned()) };
        let last = Self { orders: vec![order(OrderState::Completed)], newest: false, older: None };
        let none = Self { orders: Vec::new(), newest: true, older: None };
        vec![("newest", newest), ("last", last), ("none", none)]
    }
}

impl View for OrderView {
    const TEMPLATE: &'static str = "order.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let placed = Self::sample(&[OrderState::Placed], LineState::Processing);
        let happened = [OrderState::Placed, OrderState::Confirmed, OrderState::InProgress];
        let in_progress = Self::sample(&happened, LineState::Shipped);
        let refused = Self { problem: Some(Phrase::new("order-has-left")), ..in_progress.clone() };
        let canceled = Self::sample(&[OrderState::Placed, OrderState::Canceled], LineState::Processing);
        let completed = [&happened[..], &[OrderState::Completed]].concat();
        let forgotten = Self { delivery: None, ..Self::sample(&completed, LineState::Delivered) };
        vec![
            ("placed", placed),
            ("in progress", in_progress),
            ("refused", refused),
            ("canceled", canceled),
            ("without delivery", forgotten),
        ]
    }
}

impl View for OrderPrintView {
    const TEMPLATE: &'static str = "order_print.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let orders = OrderView::samples().into_iter().filter(|(_, order)| order.problem.is_none());
        orders.map(|(name, order)| (name, Self(order))).collect()
    }
}

impl OrderView {
    /// An order that has come through these states, a day for each.
    fn sample(happened: &[OrderState], line: LineState) -> Self {
        let price = |minor| Money::from_minor(minor, Currency::RON);
        let row = |sku: &str, name: &str, pieces: u16| OrderRow {
            sku: sku.to_owned(),
            name: name.to_owned(),
            pieces,
            unit_price: price(34_900),
            total: price(34_900 * i64::from(pieces)),
            state: line,
        };
        let state = happened.last().copied().unwrap_or(OrderState::Placed);
        let days = (0..).map(|day| SAMPLE_MOMENT.plus(Duration::from_hours(24 * day)));
        let dated = happened.iter().zip(days).map(|(&state, at)| TimelineRow { state, at: Some(at) });
        let to_come = states_to_come(state).map(|state| TimelineRow { state, at: None });
        Self {
            number: "7QX4-M2KD-9".to_owned(),
            state,
            placed_at: SAMPLE_MOMENT,
            timeline: dated.chain(to_come).collect(),
            cancelable: state.is_cancelable(),
            problem: None,
            delivery: Some("Ana Pop\nStrada Lungă 4\n500058 Brașov".to_owned()),
            rows: vec![row("SH03", "Smart home hub", 3), row("SH03-W", "Smart home hub (white)", 1)],
            total: price(139_600),
        }
    }
}

/// November 21, 2026 at 20:05 UTC.
const SAMPLE_MOMENT: Timestamp = Timestamp::from_micros(1_795_291_500_000_000);
