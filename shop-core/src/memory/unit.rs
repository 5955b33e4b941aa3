use async_lock::MutexGuardArc;
use async_trait::async_trait;

use super::Shown;
use super::data::Data;
use crate::error::StoreError;
use crate::ports::Transaction;

/// A unit of work: the only holder of the draft, until it ends.
pub(super) struct MemoryUnit {
    pub(super) draft: MutexGuardArc<Data>,
    shown: Shown,
}

impl MemoryUnit {
    pub(super) const fn new(draft: MutexGuardArc<Data>, shown: Shown) -> Self {
        Self { draft, shown }
    }
}

impl Drop for MemoryUnit {
    /// Undoes what was not committed. Fields are dropped after this, so that the next unit finds the draft clean.
    fn drop(&mut self) {
        self.draft.revert(&self.shown.read());
    }
}

#[async_trait]
impl Transaction for MemoryUnit {
    async fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        self.shown.publish(&mut self.draft);
        Ok(())
    }

    async fn rollback(self: Box<Self>) -> Result<(), StoreError> {
        Ok(())
    }
}
