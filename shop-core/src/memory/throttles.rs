use async_trait::async_trait;

use super::data::forbid;
use super::unit::MemoryUnit;
use crate::error::{Constraint, StoreError};
use crate::ports::{ThrottleHash, ThrottleRepository, Tries};
use crate::time::Timestamp;

#[async_trait]
impl ThrottleRepository for MemoryUnit {
    async fn load(&mut self, key: ThrottleHash) -> Result<Option<Tries>, StoreError> {
        Ok(self.draft.throttles.get(&key).copied())
    }

    async fn replace(
        &mut self,
        key: ThrottleHash,
        tries: Tries,
        expected: Option<Tries>,
    ) -> Result<(), StoreError> {
        forbid(self.draft.throttles.get(&key).copied() != expected, Constraint::Version)?;
        self.draft.throttles.put(key, tries);
        Ok(())
    }

    async fn remove(&mut self, key: ThrottleHash) -> Result<(), StoreError> {
        self.draft.throttles.remove(&key);
        Ok(())
    }

    async fn remove_forgotten(&mut self, now: Timestamp, most: u32) -> Result<u32, StoreError> {
        Ok(self.draft.throttles.remove_where(most, |tries| tries.forget_at <= now))
    }
}
