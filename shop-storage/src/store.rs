use std::fmt;

use async_trait::async_trait;
use shop_core::StoreError;
use shop_core::ports::{
    AccountReader, CartReader, CatalogReader, OrderReader, OutboxReader, Store, Transaction,
};

use crate::dialect::{Connections, Dialect};
use crate::migrate;
use crate::unit::SqlUnit;

/// A shop's store in an SQL database. Clones share its connections.
///
/// It implements every reader of the core; units of work come from [`Store::begin`].
pub struct SqlStore<D: Dialect> {
    pub(crate) connections: D::Connections,
}

impl<D: Dialect> SqlStore<D> {
    pub(crate) async fn reader(&self) -> Result<<D::Connections as Connections<D>>::Reader, StoreError> {
        self.connections.reader().await
    }
}

impl<D: Dialect> Clone for SqlStore<D> {
    fn clone(&self) -> Self {
        Self { connections: self.connections.clone() }
    }
}

impl<D: Dialect> fmt::Debug for SqlStore<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SqlStore<{}>", D::NAME)
    }
}

#[async_trait]
impl<D: Dialect> Store for SqlStore<D> {
    async fn begin(&self) -> Result<Box<dyn Transaction>, StoreError> {
        let lease = self.connections.begin().await?;
        Ok(Box::new(SqlUnit::<D>::new(lease)))
    }

    fn accounts(&self) -> &dyn AccountReader {
        self
    }

    fn carts(&self) -> &dyn CartReader {
        self
    }

    fn catalog(&self) -> &dyn CatalogReader {
        self
    }

    fn orders(&self) -> &dyn OrderReader {
        self
    }

    fn outbox(&self) -> &dyn OutboxReader {
        self
    }

    async fn check(&self) -> Result<(), StoreError> {
        migrate::check::<D>(&mut *self.reader().await?).await
    }
}
