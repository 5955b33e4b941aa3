use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::{
    MockAccountReader, MockCartReader, MockCatalogReader, MockOrderReader, MockOutboxReader, MockUnit,
};
use crate::error::StoreError;
use crate::ports::{AccountReader, CartReader, CatalogReader, OrderReader, OutboxReader, Store, Transaction};

mockall::mock! {
    /// Whether a store answers.
    #[derive(Debug)]
    pub Health {
        /// Stands for [`Store::check`].
        pub fn check(&self) -> Result<(), StoreError>;
    }
}

/// A store that hands out prepared units, with a mock for each reader.
///
/// Dropping it panics if a prepared unit was never asked for.
#[derive(Debug, Default)]
pub struct MockStore {
    /// Reads of accounts and sessions.
    pub accounts: MockAccountReader,
    /// Reads of carts.
    pub carts: MockCartReader,
    /// Reads of the catalog.
    pub catalog: MockCatalogReader,
    /// Reads of orders.
    pub orders: MockOrderReader,
    /// Reads of the outbox.
    pub outbox: MockOutboxReader,
    /// Whether the store answers.
    pub health: MockHealth,
    units: Mutex<VecDeque<Result<MockUnit, StoreError>>>,
}

impl MockStore {
    /// Prepares the unit that the next `begin` gets, behind those that were prepared before.
    pub fn hand_out(&self, unit: MockUnit) {
        self.units().push_back(Ok(unit));
    }

    /// Prepares a `begin` that fails.
    pub fn fail(&self, error: StoreError) {
        self.units().push_back(Err(error));
    }

    fn units(&self) -> MutexGuard<'_, VecDeque<Result<MockUnit, StoreError>>> {
        self.units.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for MockStore {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let left = self.units().len();
            assert!(left == 0, "{left} prepared units were never begun");
        }
    }
}

#[async_trait]
impl Store for MockStore {
    /// # Panics
    /// If no unit is prepared any more.
    async fn begin(&self) -> Result<Box<dyn Transaction>, StoreError> {
        let prepared = self.units().pop_front();
        #[expect(
            clippy::expect_used,
            reason = "a mock reports a call that nobody expected by a panic, as mockall does"
        )]
        let unit = prepared.expect("a unit was begun that nobody has prepared")?;
        Ok(Box::new(unit))
    }

    fn accounts(&self) -> &dyn AccountReader {
        &self.accounts
    }

    fn carts(&self) -> &dyn CartReader {
        &self.carts
    }

    fn catalog(&self) -> &dyn CatalogReader {
        &self.catalog
    }

    fn orders(&self) -> &dyn OrderReader {
        &self.orders
    }

    fn outbox(&self) -> &dyn OutboxReader {
        &self.outbox
    }

    async fn check(&self) -> Result<(), StoreError> {
        self.health.check()
    }
}
