//! Orders of a store that is honest but for one fault.

use async_trait::async_trait;
use shop_core::ids::{OrderId, UserId};
use shop_core::order::{LineState, Order, OrderNumber, OrderStep, OrderSummary};
use shop_core::ports::{OrderReader, OrderRepository, Store};
use shop_core::{Money, StoreError};

use crate::Fault;
use crate::store::Saboteur;
use crate::unit::SabotagedUnit;

/// The order as it was placed, or with the total that its lines come to.
fn added_up(order: Order, fault: Option<Fault>) -> Order {
    if fault != Some(Fault::RecomputedTotal) {
        return order;
    }
    let minor = order.lines.iter().map(|line| line.total.minor()).sum();
    Order { total: Money::from_minor(minor, order.total.currency()), ..order }
}

#[async_trait]
impl OrderRepository for SabotagedUnit {
    async fn insert(&mut self, order: &Order) -> Result<(), StoreError> {
        let mut order = order.clone();
        if self.has(Fault::MergedLines) {
            order.lines.dedup_by_key(|line| line.sku);
        }
        self.honest().orders().insert(&order).await
    }

    async fn find(&mut self, id: OrderId) -> Result<Option<Order>, StoreError> {
        let found = self.honest().orders().find(id).await?;
        Ok(found.map(|order| added_up(order, self.fault)))
    }

    async fn find_by_number(&mut self, number: OrderNumber) -> Result<Option<Order>, StoreError> {
        self.honest().orders().find_by_number(number).await
    }

    async fn advance(
        &mut self,
        order: &Order,
        step: OrderStep,
        lines: Option<LineState>,
    ) -> Result<(), StoreError> {
        let stored = self.honest().orders().find(order.id).await?;
        let current = stored.as_ref().filter(|_| self.has(Fault::BlindStep)).unwrap_or(order);
        self.honest().orders().advance(current, step, lines).await
    }

    async fn forget_delivery(&mut self, id: OrderId) -> Result<(), StoreError> {
        self.honest().orders().forget_delivery(id).await
    }
}

impl Saboteur {
    /// How many orders the honest store is asked to pass over: none, as it has them marked by `before`.
    fn passed_over(&self, owner: Option<UserId>, before: Option<OrderId>) -> Option<usize> {
        let secrets = self.secrets.lock().expect("no panic before");
        let shown = secrets.shown.get(&owner).copied().unwrap_or(0);
        before.filter(|_| self.has(Fault::CountedPages)).map(|_| shown)
    }

    fn note_shown(&self, owner: Option<UserId>, before: Option<OrderId>, count: usize) {
        let shown = &mut self.secrets.lock().expect("no panic before").shown;
        let so_far = before.and_then(|_| shown.get(&owner).copied()).unwrap_or(0);
        shown.insert(owner, so_far + count);
    }
}

#[async_trait]
impl OrderReader for Saboteur {
    async fn list(
        &self,
        owner: Option<UserId>,
        before: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<OrderSummary>, StoreError> {
        let honest = self.honest.orders();
        let rows = match (self.passed_over(owner, before), before) {
            (Some(count), _) => {
                let all = honest.list(owner, None, u32::MAX).await?;
                all.into_iter().skip(count).take(limit as usize).collect()
            }
            (None, Some(last)) if self.has(Fault::RepeatingPage) => {
                let all = honest.list(owner, None, u32::MAX).await?;
                all.into_iter().filter(|order| order.id <= last).take(limit as usize).collect()
            }
            (None, _) => honest.list(owner, before, limit).await?,
        };
        self.note_shown(owner, before, rows.len());
        Ok(rows)
    }

    async fn find(&self, number: OrderNumber) -> Result<Option<Order>, StoreError> {
        let found = self.honest.orders().find(number).await?;
        Ok(found.map(|order| added_up(order, self.fault)))
    }

    async fn whole(
        &self,
        owner: UserId,
        before: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<Order>, StoreError> {
        let Some(last) = before.filter(|_| self.has(Fault::RepeatingPage)) else {
            return self.honest.orders().whole(owner, before, limit).await;
        };
        let all = self.honest.orders().whole(owner, None, u32::MAX).await?;
        Ok(all.into_iter().filter(|order| order.id <= last).take(limit as usize).collect())
    }
}
