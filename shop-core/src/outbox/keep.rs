//! Keep the outbox: an operator lets a message try again, or removes what nobody needs.

use std::time::Duration;

use super::MessageState;
use crate::Shop;
use crate::error::StoreError;
use crate::ids::MessageId;
use crate::retry::retry;
use crate::tidy::BATCH;

impl Shop {
    /// Makes a message that is not sent due at once, with all its tries before it; says whether there was one.
    pub async fn retry_message(&self, id: MessageId) -> Result<bool, StoreError> {
        retry(self.clock(), self.random(), || async move {
            let mut unit = self.store().begin().await?;
            let found = unit.outbox().requeue(id, self.now()).await?;
            unit.commit().await?;
            Ok(found)
        })
        .await
    }

    /// Removes a message, whatever its state; says whether it was there.
    pub async fn remove_message(&self, id: MessageId) -> Result<bool, StoreError> {
        retry(self.clock(), self.random(), || async move {
            let mut unit = self.store().begin().await?;
            let found = unit.outbox().remove(id).await?;
            unit.commit().await?;
            Ok(found)
        })
        .await
    }

    /// Removes all messages in this state that are older than `age`; says how many.
    pub async fn purge_messages(&self, state: MessageState, age: Duration) -> Result<u64, StoreError> {
        let before = self.now().minus(age);
        self.in_batches(|| async move {
            let mut unit = self.store().begin().await?;
            let removed = unit.outbox().purge(state, before, BATCH).await?;
            unit.commit().await?;
            Ok(removed)
        })
        .await
    }
}
