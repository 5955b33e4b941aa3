//! A unit of work that is honest but for one fault.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::FutureExt;
use shop_core::cart::Quantity;
use shop_core::catalog::{Offer, Product, Sku};
use shop_core::checkout::IdempotencyKey;
use shop_core::ids::{MessageId, OrderId, UserId};
use shop_core::order::{LineState, Order, OrderNumber, OrderStep};
use shop_core::outbox::{Claimed, LeaseKey, Message, MessageState};
use shop_core::ports::{
    CartRepository, CategoryRepository, IdempotencyRepository, OrderRepository, OutboxRepository,
    ProductRepository, SessionRepository, StockRepository, StoredCart, ThrottleHash, ThrottleRepository,
    TokenRepository, Transaction, Tries, UnitOfWork, UserRepository,
};
use shop_core::stock::Stock;
use shop_core::{Money, StoreError, Timestamp};

use crate::Fault;
use crate::store::Secrets;

/// An honest unit with one fault, or with none.
pub(crate) struct SabotagedUnit {
    /// Present until the unit ends.
    pub(crate) honest: Option<Box<dyn Transaction>>,
    pub(crate) fault: Option<Fault>,
    pub(crate) secrets: Arc<Mutex<Secrets>>,
    /// Stock as it was when the unit was asked for.
    pub(crate) stock: HashMap<Sku, Stock>,
}

impl SabotagedUnit {
    pub(crate) fn honest(&mut self) -> &mut dyn Transaction {
        &mut **self.honest.as_mut().expect("the unit has not ended")
    }

    pub(crate) fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }

    /// How far the bound of what is removed is off.
    pub(crate) fn gap(&self) -> Duration {
        Duration::from_micros(u64::from(self.has(Fault::OpenBounds)))
    }

    /// The greatest number that the honest store is told to remove.
    pub(crate) fn most(&self, most: u32) -> u32 {
        if self.has(Fault::BoundlessBatch) { u32::MAX } else { most }
    }
}

#[async_trait]
impl Transaction for SabotagedUnit {
    async fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        self.honest.take().expect("the unit has not ended").commit().await
    }

    async fn rollback(self: Box<Self>) -> Result<(), StoreError> {
        Ok(())
    }
}

impl Drop for SabotagedUnit {
    fn drop(&mut self) {
        if let Some(honest) = self.honest.take()
            && self.has(Fault::LostRollback)
        {
            honest.commit().now_or_never().expect("memory commits at once").expect("memory does not fail");
        }
    }
}

impl UnitOfWork for SabotagedUnit {
    fn users(&mut self) -> &mut dyn UserRepository {
        self
    }

    fn tokens(&mut self) -> &mut dyn TokenRepository {
        self
    }

    fn sessions(&mut self) -> &mut dyn SessionRepository {
        self
    }

    fn carts(&mut self) -> &mut dyn CartRepository {
        self
    }

    fn categories(&mut self) -> &mut dyn CategoryRepository {
        self.honest().categories()
    }

    fn products(&mut self) -> &mut dyn ProductRepository {
        self
    }

    fn stock(&mut self) -> &mut dyn StockRepository {
        self
    }

    fn orders(&mut self) -> &mut dyn OrderRepository {
        self
    }

    fn keys(&mut self) -> &mut dyn IdempotencyRepository {
        self
    }

    fn outbox(&mut self) -> &mut dyn OutboxRepository {
        self
    }

    fn throttles(&mut self) -> &mut dyn ThrottleRepository {
        self
    }
}

#[async_trait]
impl CartRepository for SabotagedUnit {
    async fn load(&mut self, owner: UserId) -> Result<StoredCart, StoreError> {
        self.honest().carts().load(owner).await
    }

    async fn replace(&mut self, owner: UserId, code: &str, expected: u64) -> Result<(), StoreError> {
        let version = self.honest().carts().load(owner).await?.version;
        let expected = if self.has(Fault::BlindCart) { version } else { expected };
        let cart = StoredCart { code: code.to_owned(), version: expected + 1 };
        self.secrets.lock().expect("no panic before").carts.insert(owner, cart);
        self.honest().carts().replace(owner, code, expected).await
    }
}

#[async_trait]
impl ProductRepository for SabotagedUnit {
    async fn insert(&mut self, product: &Product) -> Result<(), StoreError> {
        self.honest().products().insert(product).await
    }

    async fn find_by_sku(&mut self, sku: Sku) -> Result<Option<Product>, StoreError> {
        self.honest().products().find_by_sku(sku).await
    }

    async fn set_active(&mut self, product: &Product, active: bool) -> Result<(), StoreError> {
        self.honest().products().set_active(product, active).await
    }

    async fn set_price(&mut self, sku: Sku, price: Money) -> Result<bool, StoreError> {
        self.honest().products().set_price(sku, price).await
    }

    async fn offers(&mut self, skus: &[Sku]) -> Result<Vec<Offer>, StoreError> {
        let mut offers = self.honest().products().offers(skus).await?;
        if self.has(Fault::Oversell) {
            for Offer { variant, .. } in &mut offers {
                variant.stock = self.stock.get(&variant.sku).copied().unwrap_or(variant.stock);
            }
        }
        Ok(offers)
    }
}

#[async_trait]
impl StockRepository for SabotagedUnit {
    async fn take(&mut self, sku: Sku, quantity: Quantity) -> Result<bool, StoreError> {
        let Some(&Stock::Counted(read)) = self.stock.get(&sku).filter(|_| self.has(Fault::Oversell)) else {
            return self.honest().stock().take(sku, quantity).await;
        };
        match read.checked_sub(u32::from(quantity.get())) {
            Some(left) => self.honest().stock().set(sku, Stock::Counted(left)).await,
            None => Ok(false),
        }
    }

    async fn put_back(&mut self, sku: Sku, quantity: Quantity) -> Result<bool, StoreError> {
        if self.has(Fault::DoublePutBack) {
            self.honest().stock().put_back(sku, quantity).await?;
        }
        self.honest().stock().put_back(sku, quantity).await
    }

    async fn set(&mut self, sku: Sku, stock: Stock) -> Result<bool, StoreError> {
        self.honest().stock().set(sku, stock).await
    }
}

#[async_trait]
impl OrderRepository for SabotagedUnit {
    async fn insert(&mut self, order: &Order) -> Result<(), StoreError> {
        self.honest().orders().insert(order).await
    }

    async fn find(&mut self, id: OrderId) -> Result<Option<Order>, StoreError> {
        self.honest().orders().find(id).await
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

impl SabotagedUnit {
    fn key(&self, key: &IdempotencyKey) -> IdempotencyKey {
        let text = key.as_str();
        let text = if self.has(Fault::CaselessKey) { text.to_ascii_lowercase() } else { text.to_owned() };
        text.parse().expect("a key in small letters is a key")
    }

    /// The lease that the honest store will be asked about.
    fn lease(&self, lease: LeaseKey) -> LeaseKey {
        let last = self.secrets.lock().expect("no panic before").lease;
        last.filter(|_| self.has(Fault::StaleLease)).unwrap_or(lease)
    }
}

#[async_trait]
impl IdempotencyRepository for SabotagedUnit {
    async fn insert(
        &mut self,
        owner: UserId,
        key: &IdempotencyKey,
        order: OrderId,
    ) -> Result<(), StoreError> {
        let key = self.key(key);
        if self.has(Fault::ForgetfulKey) {
            Ok(())
        } else {
            self.honest().keys().insert(owner, &key, order).await
        }
    }

    async fn find(&mut self, owner: UserId, key: &IdempotencyKey) -> Result<Option<OrderId>, StoreError> {
        let key = self.key(key);
        self.honest().keys().find(owner, &key).await
    }
}

#[async_trait]
impl OutboxRepository for SabotagedUnit {
    async fn enqueue(&mut self, message: &Message) -> Result<(), StoreError> {
        let mut message = message.clone();
        if self.has(Fault::TrimmedText) {
            message.name.truncate(message.name.trim_end().len());
        }
        self.honest().outbox().enqueue(&message).await
    }

    async fn claim(
        &mut self,
        lease: LeaseKey,
        now: Timestamp,
        until: Timestamp,
        most: u32,
    ) -> Result<Vec<Claimed>, StoreError> {
        self.secrets.lock().expect("no panic before").lease = Some(lease);
        let until = if self.has(Fault::DoubleClaim) { now } else { until };
        self.honest().outbox().claim(lease, now, until, most).await
    }

    async fn settle(&mut self, id: MessageId, lease: LeaseKey, at: Timestamp) -> Result<bool, StoreError> {
        let lease = self.lease(lease);
        self.honest().outbox().settle(id, lease, at).await
    }

    async fn postpone(
        &mut self,
        id: MessageId,
        lease: LeaseKey,
        due: Timestamp,
        error: &str,
    ) -> Result<bool, StoreError> {
        let lease = self.lease(lease);
        self.honest().outbox().postpone(id, lease, due, error).await
    }

    async fn give_up(&mut self, id: MessageId, lease: LeaseKey, error: &str) -> Result<bool, StoreError> {
        let lease = self.lease(lease);
        self.honest().outbox().give_up(id, lease, error).await
    }
    async fn requeue(&mut self, id: MessageId, now: Timestamp) -> Result<bool, StoreError> {
        let last = self.secrets.lock().expect("no panic before").lease;
        match last.filter(|_| self.has(Fault::KeptAttempts)) {
            Some(lease) => self.honest().outbox().postpone(id, lease, now, "").await,
            None => self.honest().outbox().requeue(id, now).await,
        }
    }

    async fn remove(&mut self, id: MessageId) -> Result<bool, StoreError> {
        self.honest().outbox().remove(id).await
    }

    async fn purge(&mut self, state: MessageState, before: Timestamp, most: u32) -> Result<u32, StoreError> {
        let (before, most) = (before.minus(self.gap()), self.most(most));
        let mut removed = 0;
        for other in MessageState::ALL {
            if other == state || self.has(Fault::GreedyPurge) {
                removed += self.honest().outbox().purge(other, before, most).await?;
            }
        }
        Ok(removed)
    }
}

#[async_trait]
impl ThrottleRepository for SabotagedUnit {
    async fn load(&mut self, key: ThrottleHash) -> Result<Option<Tries>, StoreError> {
        self.honest().throttles().load(key).await
    }

    async fn replace(
        &mut self,
        key: ThrottleHash,
        tries: Tries,
        expected: Option<Tries>,
    ) -> Result<(), StoreError> {
        let stored = self.honest().throttles().load(key).await?;
        let expected = if self.has(Fault::BlindTries) { stored } else { expected };
        self.honest().throttles().replace(key, tries, expected).await
    }

    async fn remove(&mut self, key: ThrottleHash) -> Result<(), StoreError> {
        self.honest().throttles().remove(key).await
    }

    async fn remove_forgotten(&mut self, now: Timestamp, most: u32) -> Result<u32, StoreError> {
        let (now, most) = (now.minus(self.gap()), self.most(most));
        self.honest().throttles().remove_forgotten(now, most).await
    }
}
