//! History: the shopper's own orders, newest first.

use super::OrderSummary;
use crate::Shop;
use crate::error::StoreError;
use crate::ids::{OrderId, UserId};

/// Which orders to list.
#[derive(Clone, Copy, Debug)]
pub struct ListOrders {
    /// Whose.
    pub owner: UserId,
    /// Only those older than this one: the last of the page before.
    pub before: Option<OrderId>,
}

/// One page of orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderPage {
    /// The orders, newest first.
    pub orders: Vec<OrderSummary>,
    /// The order to ask for what lies `before`, if there are more.
    pub next: Option<OrderId>,
}

/// Orders on a page.
pub const PAGE: u32 = 20;

impl Shop {
    /// One page of the owner's orders: one read, however many there are.
    pub async fn orders(&self, command: ListOrders) -> Result<OrderPage, StoreError> {
        let ListOrders { owner, before } = command;
        let mut orders = self.store().orders().list(Some(owner), before, PAGE + 1).await?;
        let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = orders.len() > most;
        orders.truncate(most);
        let next = orders.last().filter(|_| more).map(|order| order.id);
        Ok(OrderPage { orders, next })
    }
}
