//! End sessions: the owner signs out somewhere else.

use super::SessionKey;
use crate::Shop;
use crate::error::StoreError;
use crate::ids::UserId;
use crate::retry::retry;

/// Which sessions end.
#[derive(Clone, Copy, Debug)]
pub struct EndSessions {
    /// Whose.
    pub user: UserId,
    /// Which of them.
    pub which: Which,
}

/// Which sessions of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// This one.
    One(SessionKey),
    /// All but this one.
    Others(SessionKey),
}

impl Shop {
    /// Ends sessions of the account, at once and on every replica; one that has ended before is fine.
    pub async fn end_sessions(&self, command: EndSessions) -> Result<(), StoreError> {
        let EndSessions { user, which } = command;
        retry(self.clock(), self.random(), || async move {
            let mut unit = self.store().begin().await?;
            match which {
                Which::One(key) => _ = unit.sessions().remove_of(user, key).await?,
                Which::Others(key) => _ = unit.sessions().remove_all(user, Some(key)).await?,
            }
            unit.commit().await
        })
        .await
    }
}
