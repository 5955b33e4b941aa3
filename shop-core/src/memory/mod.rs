//! A store in memory: the reference that every other store is measured by, for tests, examples and shops that need to remember nothing.
//!
//! ```
//! # async fn example() -> Result<(), shop_core::StoreError> {
//! use shop_core::memory::MemoryStore;
//! use shop_core::ports::Store;
//!
//! let store = MemoryStore::default();
//! let unit = store.begin().await?;
//! unit.commit().await?;
//! # Ok(())
//! # }
//! ```
//!
//! # How it keeps the promises
//! There are two copies of all tables. One unit at a time holds the *draft*, behind a lock that queues whoever waits instead of letting them
//! spin; readers look at the *shown* copy, which an open unit never touches. Each table of the draft notes the keys that the unit changes.
//! Commit copies the rows of those keys to the shown tables, all under one write lock; a unit that is dropped copies them back from there. So
//! both cost as much as the unit has changed, not as much as there is; readers never wait for a unit that is open, and never see half of one.
//!
//! Nothing is durable: the data end with the last clone of the store. Nothing needs an async runtime.
//!
//! Beside the store: [`Mailbox`], a mailer that keeps every letter, and [`ManualClock`], a clock that tests move.

mod accounts;
mod carts;
mod catalog;
mod clock;
mod data;
mod mailbox;
mod orders;
mod outbox;
mod storefront;
mod table;
mod throttles;
mod unit;

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use async_lock::Mutex;
use async_trait::async_trait;

pub use self::clock::ManualClock;
use self::data::Data;
pub use self::mailbox::Mailbox;
use self::unit::MemoryUnit;
use crate::error::StoreError;
use crate::ports::{AccountReader, CartReader, CatalogReader, OrderReader, OutboxReader, Store, Transaction};

/// A store in memory. A clone is another handle to the same data.
///
/// A second unit waits until the first one has ended; a task that begins one while it holds another waits forever.
#[derive(Clone, Default)]
pub struct MemoryStore {
    draft: Arc<Mutex<Data>>,
    shown: Shown,
}

/// The tables that readers see.
#[derive(Clone, Default)]
struct Shown(Arc<RwLock<Data>>);

impl Shown {
    fn read(&self) -> RwLockReadGuard<'_, Data> {
        // A row is copied whole or not at all, so that even a panic in between leaves tables that can be read.
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a unit's changes visible, all at once.
    fn publish(&self, draft: &mut Data) {
        draft.publish(&mut self.0.write().unwrap_or_else(PoisonError::into_inner));
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn begin(&self) -> Result<Box<dyn Transaction>, StoreError> {
        Ok(Box::new(MemoryUnit::new(self.draft.lock_arc().await, self.shown.clone())))
    }

    fn accounts(&self) -> &dyn AccountReader {
        &self.shown
    }

    fn carts(&self) -> &dyn CartReader {
        &self.shown
    }

    fn catalog(&self) -> &dyn CatalogReader {
        &self.shown
    }

    fn orders(&self) -> &dyn OrderReader {
        &self.shown
    }

    fn outbox(&self) -> &dyn OutboxReader {
        &self.shown
    }

    async fn check(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::UserId;

    #[tokio::test]
    async fn a_task_that_panics_with_a_unit_leaves_no_trace() {
        let store = MemoryStore::default();
        let owner = UserId::from_bytes([1; 16]);
        let task = tokio::spawn({
            let store = store.clone();
            async move {
                let mut unit = store.begin().await.expect("begun");
                unit.carts().replace(owner, "A=1", 0).await.expect("replaced");
                panic!("in the middle of a unit");
            }
        });
        assert!(task.await.expect_err("the task panics").is_panic());
        let mut unit = store.begin().await.expect("the store goes on");
        assert_eq!(unit.carts().load(owner).await.expect("loaded").version, 0);
    }
}
