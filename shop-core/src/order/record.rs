use serde::{Deserialize, Serialize};

use super::{LineState, OrderNumber, OrderState};
use crate::account::PostalAddress;
use crate::cart::Quantity;
use crate::catalog::Sku;
use crate::ids::{OrderId, UserId};
use crate::language::Language;
use crate::money::Money;
use crate::time::Timestamp;

/// An order: lines, prices and address as they were when it was placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Its id; later orders have greater ones.
    pub id: OrderId,
    /// Its number for people; unique.
    pub number: OrderNumber,
    /// Who placed it; nobody once their account is deleted.
    pub owner: Option<UserId>,
    /// How far it has come.
    pub state: OrderState,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// Where the parcel goes; nothing once that may be forgotten.
    pub delivery: Option<Delivery>,
    /// The language in which its lines are named, and in which its mails are written.
    pub language: Language,
    /// What was bought; one line at least.
    pub lines: Vec<OrderLine>,
    /// The sum of the lines.
    pub total: Money,
    /// What has happened since it was placed, oldest first.
    pub steps: Vec<OrderStep>,
    /// How often it was changed: the store compares it on every change.
    pub version: u64,
}

/// Whom a parcel goes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Delivery {
    /// Who receives it.
    pub recipient: String,
    /// Where it goes.
    pub address: PostalAddress,
}

/// One step of an order's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct OrderStep {
    /// The state that it came to.
    pub state: OrderState,
    /// When.
    pub at: Timestamp,
}

/// One line of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// What.
    pub sku: Sku,
    /// Its name as the shopper saw it.
    pub name: String,
    /// What one piece cost.
    pub unit_price: Money,
    /// How many pieces.
    pub quantity: Quantity,
    /// What they cost together.
    pub total: Money,
    /// How far it has come.
    pub state: LineState,
}

/// An order as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderSummary {
    /// Its id: the place in the list.
    pub id: OrderId,
    /// Its number for people.
    pub number: OrderNumber,
    /// How far it has come.
    pub state: OrderState,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// The sum of its lines.
    pub total: Money,
}

impl From<&Order> for OrderSummary {
    fn from(order: &Order) -> Self {
        Self {
            id: order.id,
            number: order.number,
            state: order.state,
            placed_at: order.placed_at,
            total: order.total,
        }
    }
}
