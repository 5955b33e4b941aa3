use async_trait::async_trait;

use super::Shown;
use super::data::{Data, forbid};
use super::unit::MemoryUnit;
use crate::checkout::IdempotencyKey;
use crate::error::{Constraint, StoreError};
use crate::ids::{OrderId, UserId};
use crate::order::{LineState, Order, OrderNumber, OrderStep, OrderSummary};
use crate::ports::{IdempotencyRepository, OrderReader, OrderRepository};

impl Data {
    fn order_numbered(&self, number: OrderNumber) -> Option<&Order> {
        self.orders.get(self.order_numbers.get(&number)?)
    }

    /// Orders of one owner (of all, without one), newest first, at most `limit` that are older than `before`.
    fn newest_orders(
        &self,
        owner: Option<UserId>,
        before: Option<OrderId>,
        limit: u32,
    ) -> impl Iterator<Item = &Order> {
        let newest_first = self.orders.iter().rev().map(|(_, order)| order);
        newest_first
            .filter(move |order| owner.is_none() || order.owner == owner)
            .filter(move |order| before.is_none_or(|before| order.id < before))
            .take(usize::try_from(limit).unwrap_or(usize::MAX))
    }

    /// The owner's orders stay, without them.
    pub(super) fn disown_orders(&mut self, owner: UserId) {
        let orders = self.orders.iter().map(|(_, order)| order);
        let theirs: Vec<_> =
            orders.filter(|order| order.owner == Some(owner)).map(|order| order.id).collect();
        for order in theirs {
            let Some(order) = self.orders.get_mut(&order) else { continue };
            order.owner = None;
            order.version += 1;
            order.delivery = order.delivery.take().filter(|_| !order.state.is_final());
        }
    }

    pub(super) fn remove_keys(&mut self, owner: UserId) {
        let keys = self.order_keys.iter().map(|(key, _)| key);
        for key in keys.filter(|(of, _)| *of == owner).cloned().collect::<Vec<_>>() {
            self.order_keys.remove(&key);
        }
    }
}

#[async_trait]
impl OrderRepository for MemoryUnit {
    async fn insert(&mut self, order: &Order) -> Result<(), StoreError> {
        forbid(self.draft.orders.contains(&order.id), Constraint::Id)?;
        forbid(self.draft.order_numbers.contains(&order.number), Constraint::OrderNumber)?;
        if let Some(owner) = order.owner {
            self.draft.require_user(owner)?;
        }
        self.draft.order_numbers.put(order.number, order.id);
        self.draft.orders.put(order.id, order.clone());
        Ok(())
    }

    async fn find(&mut self, id: OrderId) -> Result<Option<Order>, StoreError> {
        Ok(self.draft.orders.get(&id).cloned())
    }

    async fn find_by_number(&mut self, number: OrderNumber) -> Result<Option<Order>, StoreError> {
        Ok(self.draft.order_numbered(number).cloned())
    }

    async fn advance(
        &mut self,
        order: &Order,
        step: OrderStep,
        lines: Option<LineState>,
    ) -> Result<(), StoreError> {
        let stored = self.draft.orders.get(&order.id);
        forbid(stored.is_none_or(|stored| stored.version != order.version), Constraint::Version)?;
        let Some(stored) = self.draft.orders.get_mut(&order.id) else { return Ok(()) };
        stored.state = step.state;
        stored.steps.push(step);
        stored.version += 1;
        if let Some(state) = lines {
            stored.lines.iter_mut().for_each(|line| line.state = state);
        }
        Ok(())
    }

    async fn forget_delivery(&mut self, id: OrderId) -> Result<(), StoreError> {
        if let Some(order) = self.draft.orders.get_mut(&id) {
            order.delivery = None;
        }
        Ok(())
    }
}

#[async_trait]
impl IdempotencyRepository for MemoryUnit {
    async fn insert(
        &mut self,
        owner: UserId,
        key: &IdempotencyKey,
        order: OrderId,
    ) -> Result<(), StoreError> {
        let key = (owner, key.clone());
        forbid(self.draft.order_keys.contains(&key), Constraint::IdempotencyKey)?;
        self.draft.require_user(owner)?;
        self.draft.order_keys.put(key, order);
        Ok(())
    }

    async fn find(&mut self, owner: UserId, key: &IdempotencyKey) -> Result<Option<OrderId>, StoreError> {
        Ok(self.draft.order_keys.get(&(owner, key.clone())).copied())
    }
}

#[async_trait]
impl OrderReader for Shown {
    async fn list(
        &self,
        owner: Option<UserId>,
        before: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<OrderSummary>, StoreError> {
        Ok(self.read().newest_orders(owner, before, limit).map(OrderSummary::from).collect())
    }

    async fn find(&self, number: OrderNumber) -> Result<Option<Order>, StoreError> {
        Ok(self.read().order_numbered(number).cloned())
    }

    async fn whole(
        &self,
        owner: UserId,
        before: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<Order>, StoreError> {
        Ok(self.read().newest_orders(Some(owner), before, limit).cloned().collect())
    }
}
