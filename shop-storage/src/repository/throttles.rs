use async_trait::async_trait;
use shop_core::error::Constraint;
use shop_core::ports::{ThrottleHash, ThrottleRepository, Tries};
use shop_core::{StoreError, Timestamp};

use crate::dialect::Dialect;
use crate::sql::throttles as sql;
use crate::statement::Statement;
use crate::unit::SqlUnit;

#[async_trait]
impl<D: Dialect> ThrottleRepository for SqlUnit<D> {
    async fn load(&mut self, key: ThrottleHash) -> Result<Option<Tries>, StoreError> {
        let row = Statement::<D>::new(sql::LOAD).bind(key).row(self.link(), "throttles").await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Tries { last_at: row.timestamp("last_at")?, forget_at: row.timestamp("forget_at")? }))
    }

    async fn replace(
        &mut self,
        key: ThrottleHash,
        tries: Tries,
        expected: Option<Tries>,
    ) -> Result<(), StoreError> {
        let write = Statement::<D>::new(if expected.is_some() { sql::REPLACE } else { sql::INSERT });
        let write = write.bind(tries.last_at).bind(tries.forget_at).bind(key);
        let write = match expected {
            Some(Tries { last_at, forget_at }) => write.bind(last_at).bind(forget_at),
            // Tries that are there already were noted by somebody else in the meantime.
            None => write.primary_key_is(Constraint::Version),
        };
        if write.hits(self.link()).await? { Ok(()) } else { Err(StoreError::Conflict(Constraint::Version)) }
    }

    async fn remove(&mut self, key: ThrottleHash) -> Result<(), StoreError> {
        Statement::<D>::new(sql::REMOVE).bind(key).execute(self.link()).await?;
        Ok(())
    }

    async fn remove_forgotten(&mut self, now: Timestamp, most: u32) -> Result<u32, StoreError> {
        Statement::<D>::new(D::DIFFERING.remove_forgotten_tries).bind(now).bind(most).count(self.link()).await
    }
}
