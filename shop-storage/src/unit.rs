use async_trait::async_trait;
use shop_core::StoreError;
use shop_core::ports::Transaction;

use crate::dialect::{Connections, Dialect, Lease};

/// A unit of work: the right to use a link until the unit ends. The repositories are implemented on it, a file each in `repository`.
pub(crate) struct SqlUnit<D: Dialect> {
    lease: <D::Connections as Connections<D>>::Lease,
}

impl<D: Dialect> SqlUnit<D> {
    pub(crate) const fn new(lease: <D::Connections as Connections<D>>::Lease) -> Self {
        Self { lease }
    }

    pub(crate) fn link(&mut self) -> &mut D::Link {
        self.lease.link()
    }
}

#[async_trait]
impl<D: Dialect> Transaction for SqlUnit<D> {
    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.lease.commit().await
    }

    async fn rollback(self: Box<Self>) -> Result<(), StoreError> {
        self.lease.rollback().await
    }
}
