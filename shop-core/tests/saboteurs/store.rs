//! A store that is honest but for one fault.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use shop_core::account::SessionKey;
use shop_core::catalog::Sku;
use shop_core::ids::{MessageId, UserId};
use shop_core::memory::MemoryStore;
use shop_core::outbox::LeaseKey;
use shop_core::ports::{
    AccountReader, CartReader, CatalogQuery, CatalogReader, OrderReader, OutboxReader, Sort, Store,
    StoredCart, Transaction,
};
use shop_core::stock::Stock;
use shop_core::{Language, StoreError, Timestamp};

use crate::Fault;
use crate::unit::SabotagedUnit;

/// An honest store with one fault, or with none: to show that nothing else about it is broken. A clone is
/// another handle to it.
#[derive(Clone)]
pub(crate) struct Saboteur {
    pub(crate) honest: MemoryStore,
    pub(crate) fault: Option<Fault>,
    pub(crate) secrets: Arc<Mutex<Secrets>>,
}

impl Saboteur {
    pub(crate) fn with(fault: Option<Fault>) -> Self {
        Self { honest: MemoryStore::default(), fault, secrets: Arc::default() }
    }

    pub(crate) fn fixture(&self) -> Arc<dyn Store> {
        Arc::new(self.clone())
    }

    pub(crate) fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }

    /// The store as the next process would find it.
    pub(crate) async fn reopened(self) -> Self {
        if self.has(Fault::VolatileCommit) {
            return Self::with(self.fault);
        }
        let ever = Timestamp::from_micros(i64::MAX);
        let mut unit = self.honest.begin().await.expect("memory does not fail");
        if self.has(Fault::VolatileSessions) {
            unit.sessions().remove_ended(ever, ever, u32::MAX).await.expect("memory does not fail");
        }
        if self.has(Fault::VolatileTries) {
            unit.throttles().remove_forgotten(ever, u32::MAX).await.expect("memory does not fail");
        }
        unit.commit().await.expect("memory does not fail");
        Self { secrets: Arc::default(), ..self }
    }
}

/// What a saboteur remembers beside its store.
#[derive(Default)]
pub(crate) struct Secrets {
    pub(crate) lease: Option<LeaseKey>,
    /// The first session that was begun.
    pub(crate) session: Option<SessionKey>,
    pub(crate) carts: HashMap<UserId, StoredCart>,
    /// How many orders of whom were shown since their first page.
    pub(crate) shown: HashMap<Option<UserId>, usize>,
    /// The addresses that were taken, folded.
    pub(crate) emails: HashSet<String>,
    /// The last errors of deliveries.
    pub(crate) errors: HashMap<MessageId, String>,
}

async fn stock_now(store: &MemoryStore) -> Result<HashMap<Sku, Stock>, StoreError> {
    let everything = CatalogQuery {
        category: None,
        search: None,
        sort: Sort::Catalog,
        language: Language::English,
        hidden: true,
        offset: 0,
        limit: 1_000,
    };
    let page = store.catalog().page(&everything).await?;
    let variants = page.products.into_iter().flat_map(|product| product.variants);
    Ok(variants.map(|variant| (variant.sku, variant.stock)).collect())
}

#[async_trait]
impl Store for Saboteur {
    async fn begin(&self) -> Result<Box<dyn Transaction>, StoreError> {
        let stock = stock_now(&self.honest).await?;
        // Lets every other task come as far as this, so that their units overlap as those of a real database
        // do.
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        let honest = Some(self.honest.begin().await?);
        Ok(Box::new(SabotagedUnit { honest, fault: self.fault, secrets: Arc::clone(&self.secrets), stock }))
    }

    fn accounts(&self) -> &dyn AccountReader {
        if self.has(Fault::EmailAsTyped) { self } else { self.honest.accounts() }
    }

    fn carts(&self) -> &dyn CartReader {
        if self.has(Fault::DirtyRead) { self } else { self.honest.carts() }
    }

    fn catalog(&self) -> &dyn CatalogReader {
        self.honest.catalog()
    }

    fn orders(&self) -> &dyn OrderReader {
        self
    }

    fn outbox(&self) -> &dyn OutboxReader {
        self.honest.outbox()
    }

    async fn check(&self) -> Result<(), StoreError> {
        self.honest.check().await
    }
}

#[async_trait]
impl CartReader for Saboteur {
    async fn load(&self, owner: UserId) -> Result<StoredCart, StoreError> {
        let dirty = self.secrets.lock().expect("no panic before").carts.get(&owner).cloned();
        match dirty {
            Some(cart) => Ok(cart),
            None => self.honest.carts().load(owner).await,
        }
    }
}
