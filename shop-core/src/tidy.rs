//! Tidy: what has had its time goes.
//!
//! Expired links, ended sessions, forgotten tries and settled messages are no use to anybody, and a shop that keeps them keeps personal data
//! for nothing. They go in batches of [`BATCH`], a unit each, so that shoppers never wait for long. Any number of replicas may tidy at once.

use std::time::Duration;

use crate::Shop;
use crate::account::Session;
use crate::error::StoreError;
use crate::outbox::MessageState;
use crate::retry::retry;
use crate::time::Timestamp;

/// Records removed in one unit.
pub const BATCH: u32 = 500;

/// How long settled messages are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Messages that were sent.
    pub sent: Duration,
    /// Messages that were given up.
    pub dead: Duration,
}

impl Default for Retention {
    /// 30 days for what was sent, 90 for what was given up.
    fn default() -> Self {
        let days = |days: u64| Duration::from_hours(24 * days);
        Self { sent: days(30), dead: days(90) }
    }
}

/// How much was removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct TidyReport {
    /// Links that had expired.
    pub tokens: u64,
    /// Sessions that had ended by age.
    pub sessions: u64,
    /// Counts of tries that had run empty.
    pub throttles: u64,
    /// Messages that were settled long ago.
    pub messages: u64,
}

impl Shop {
    /// Removes what has had its time, all of it.
    pub async fn tidy(&self, retention: Retention) -> Result<TidyReport, StoreError> {
        let now = self.now();
        let sent = self.purge_messages(MessageState::Sent, retention.sent).await?;
        let dead = self.purge_messages(MessageState::Dead, retention.dead).await?;
        Ok(TidyReport {
            tokens: self.in_batches(|| self.tidy_tokens(now)).await?,
            sessions: self.in_batches(|| self.tidy_sessions(now)).await?,
            throttles: self.in_batches(|| self.tidy_throttles(now)).await?,
            messages: sent + dead,
        })
    }

    async fn tidy_tokens(&self, now: Timestamp) -> Result<u32, StoreError> {
        let mut unit = self.store().begin().await?;
        let removed = unit.tokens().remove_expired(now, BATCH).await?;
        unit.commit().await?;
        Ok(removed)
    }

    async fn tidy_sessions(&self, now: Timestamp) -> Result<u32, StoreError> {
        let (seen, begun) = (now.minus(Session::IDLE), now.minus(Session::ABSOLUTE));
        let mut unit = self.store().begin().await?;
        let removed = unit.sessions().remove_ended(seen, begun, BATCH).await?;
        unit.commit().await?;
        Ok(removed)
    }

    async fn tidy_throttles(&self, now: Timestamp) -> Result<u32, StoreError> {
        let mut unit = self.store().begin().await?;
        let removed = unit.throttles().remove_forgotten(now, BATCH).await?;
        unit.commit().await?;
        Ok(removed)
    }

    /// Runs the step until it finds less than a batch, and adds up how much it has removed.
    pub(crate) async fn in_batches<F>(&self, mut step: impl FnMut() -> F + Send) -> Result<u64, StoreError>
    where
        F: Future<Output = Result<u32, StoreError>> + Send,
    {
        let mut total = 0;
        loop {
            let removed = retry(self.clock(), self.random(), &mut step).await?;
            total += u64::from(removed);
            if removed < BATCH {
                return Ok(total);
            }
        }
    }
}
