//! A store that is honest but for one fault.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use shop_core::account::SessionKey;
use shop_core::catalog::Sku;
use shop_core::ids::UserId;
use shop_core::memory::MemoryStore;
use shop_core::outbox::LeaseKey;
use shop_core::ports::{
    AccountReader, CartReader, CatalogQuery, CatalogReader, OrderReader, OutboxReader, Sort, Store,
    StoredCart, Transaction,
};
use shop_core::stock::Stock;
use shop_core::{Language, StoreError};

use crate::Fault;
use crate::unit::SabotagedUnit;

/// An honest store with one fault, or with none: to show that nothing else about it is broken.
pub(crate) struct Saboteur {
    honest: MemoryStore,
    fault: Option<Fault>,
    secrets: Arc<Mutex<Secrets>>,
}

impl Saboteur {
    pub(crate) fn with(fault: Option<Fault>) -> Self {
        Self { honest: MemoryStore::default(), fault, secrets: Arc::default() }
    }
}

/// What a saboteur remembers beside its store.
#[derive(Default)]
pub(crate) struct Secrets {
    pub(crate) lease: Option<LeaseKey>,
    /// The first session that was begun.
    pub(crate) session: Option<SessionKey>,
    pub(crate) carts: HashMap<UserId, StoredCart>,
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
        self.honest.accounts()
    }

    fn carts(&self) -> &dyn CartReader {
        if self.fault == Some(Fault::DirtyRead) { self } else { self.honest.carts() }
    }

    fn catalog(&self) -> &dyn CatalogReader {
        self.honest.catalog()
    }

    fn orders(&self) -> &dyn OrderReader {
        self.honest.orders()
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
