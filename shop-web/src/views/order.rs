//! Orders that were placed.

use serde::Serialize;
use shop_core::order::history::OrderPage;
use shop_core::order::{LineState, Order, OrderLine, OrderState, OrderSummary};
use shop_core::{Currency, Money, Timestamp};

use super::View;

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
    /// Who receives the parcel.
    pub recipient: String,
    /// Where the parcel goes.
    pub address: String,
    /// What was bought.
    pub rows: Vec<OrderRow>,
    /// What it costs.
    pub total: Money,
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
            recipient: order.recipient.clone(),
            address: order.address.to_string(),
            rows: order.lines.iter().map(OrderRow::from).collect(),
            total: order.total,
        }
    }
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
        let price = |minor| Money::from_minor(minor, Currency::RON);
        let row = |state| OrderRow {
            sku: "SH03".to_owned(),
            name: "Smart home hub".to_owned(),
            pieces: 3,
            unit_price: price(34_900),
            total: price(104_700),
            state,
        };
        let placed = Self {
            number: "7QX4-M2KD-9".to_owned(),
            state: OrderState::Placed,
            placed_at: SAMPLE_MOMENT,
            recipient: "Ana Pop".to_owned(),
            address: "Strada Lungă 4\n500058 Brașov".to_owned(),
            rows: vec![row(LineState::Processing)],
            total: price(104_700),
        };
        let in_progress = Self {
            state: OrderState::InProgress,
            rows: LineState::ALL.into_iter().map(row).collect(),
            total: price(418_800),
            ..placed.clone()
        };
        vec![("placed", placed), ("in progress", in_progress)]
    }
}

/// November 21, 2026 at 20:05 UTC.
const SAMPLE_MOMENT: Timestamp = Timestamp::from_micros(1_795_291_500_000_000);
