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
use shop_core::outbox::{Claimed, LeaseKey, Message, MessageState};
use shop_core::ports::{
    CartRepository, CategoryRepository, IdempotencyRepository, OrderRepository, OutboxRepository,
    ProductRepository, SessionRepository, StockRepository, StoredCart, ThrottleHash, ThrottleRepository,
    TokenRepository, Transaction, Tries, UnitOfWork, UserRepository,
};
use shop_core::stock::Stock;
use shop_core::{Money, StoreError, Timestamp};
use unicode_normalization::UnicodeNormalization;

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

    async fn adjust(&mut self, sku: Sku, by: i32) -> Result<bool, StoreError> {
        let Some(&Stock::Counted(read)) = self.stock.get(&sku).filter(|_| self.has(Fault::StaleRestock))
        else {
            return self.honest().stock().adjust(sku, by).await;
        };
        match read.checked_add_signed(by) {
            Some(left) => self.honest().stock().set(sku, Stock::Counted(left)).await,
            None => Ok(false),
        }
    }

    async fn set(&mut self, sku: Sku, stock: Stock) -> Result<bool, StoreError> {
        self.honest().stock().set(sku, stock).await
    }
}

impl SabotagedUnit {
    fn key(&self, key: &IdempotencyKey) -> IdempotencyKey {
        let text = key.as_str();
        let text = if self.has(Fault::CaselessKey) { text.to_ascii_lowercase() } else { text.to_owned() };
        text.parse().expect("a key in small letters is a key")
    }

    /// A text as it will be written down.
    fn text(&self, text: &str) -> String {
        match self.fault {
            Some(Fault::TrimmedText) => text.trim_end().to_owned(),
            Some(Fault::ComposedText) => text.nfc().collect(),
            Some(Fault::CutText) => text.split('\0').take(1).collect(),
            Some(Fault::ThreeByteText) => text.replace(|letter| letter > '\u{ffff}', "?"),
            _ => text.to_owned(),
        }
    }

    /// A moment as it will be written down.
    fn moment(&self, at: Timestamp) -> Timestamp {
        let micros = at.as_micros();
        if self.has(Fault::RoundedMoment) {
            Timestamp::from_micros(micros - micros.rem_euclid(1_000_000))
        } else {
            at
        }
    }

    /// The error of a delivery that will be written down.
    fn error(&self, id: MessageId, error: &str) -> String {
        let errors = &mut self.secrets.lock().expect("no panic before").errors;
        let before = errors.get(&id).filter(|before| before.trim_end() == error.trim_end());
        let written = before.filter(|_| self.has(Fault::PaddedText)).map_or(error, String::as_str).to_owned();
        errors.insert(id, written.clone());
        written
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
        let (name, created_at) = (self.text(&message.name), self.moment(message.created_at));
        let message = Message { name, created_at, ..message.clone() };
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
        let until = match self.fault {
            Some(Fault::DoubleClaim) => now,
            Some(Fault::EndlessLease) => Timestamp::from_micros(i64::MAX),
            _ => until,
        };
        self.honest().outbox().claim(lease, now, until, most).await
    }

    async fn assign(&mut self, id: MessageId, lease: LeaseKey, user: UserId) -> Result<bool, StoreError> {
        let lease = self.lease(lease);
        self.honest().outbox().assign(id, lease, user).await
    }

    async fn withdraw_changes(&mut self, user: UserId, since: Timestamp) -> Result<(), StoreError> {
        self.honest().outbox().withdraw_changes(user, since).await
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
        let (due, error) = (self.moment(due), self.error(id, error));
        self.honest().outbox().postpone(id, lease, due, &error).await
    }

    async fn give_up(&mut self, id: MessageId, lease: LeaseKey, error: &str) -> Result<bool, StoreError> {
        let lease = self.lease(lease);
        self.honest().outbox().give_up(id, lease, error).await
    }

    async fn discard(&mut self, id: MessageId, lease: LeaseKey) -> Result<bool, StoreError> {
        let lease = self.lease(lease);
        self.honest().outbox().discard(id, lease).await
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
