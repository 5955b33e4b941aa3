use async_trait::async_trait;

use super::Shown;
use super::data::forbid;
use super::unit::MemoryUnit;
use crate::checkout::IdempotencyKey;
use crate::error::{Constraint, StoreError};
use crate::ids::{OrderId, UserId};
use crate::order::{Order, OrderNumber, OrderSummary};
use crate::ports::{IdempotencyRepository, OrderReader, OrderRepository};

#[async_trait]
impl OrderRepository for MemoryUnit {
    async fn insert(&mut self, order: &Order) -> Result<(), StoreError> {
        forbid(self.draft.orders.contains(&order.id), Constraint::Id)?;
        forbid(self.draft.order_numbers.contains(&order.number), Constraint::OrderNumber)?;
        self.draft.order_numbers.put(order.number, order.id);
        self.draft.orders.put(order.id, order.clone());
        Ok(())
    }

    async fn find(&mut self, id: OrderId) -> Result<Option<Order>, StoreError> {
        Ok(self.draft.orders.get(&id).cloned())
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
        let data = self.read();
        let newest_first = data.orders.iter().rev().map(|(_, order)| order);
        let wanted = newest_first
            .filter(|order| owner.is_none_or(|owner| order.owner == owner))
            .filter(|order| before.is_none_or(|before| order.id < before));
        Ok(wanted.take(usize::try_from(limit).unwrap_or(usize::MAX)).map(OrderSummary::from).collect())
    }

    async fn find(&self, number: OrderNumber) -> Result<Option<Order>, StoreError> {
        let data = self.read();
        let order = data.order_numbers.get(&number).and_then(|id| data.orders.get(id));
        Ok(order.cloned())
    }
}
