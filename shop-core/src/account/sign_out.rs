//! Sign out: the session ends.

use super::SessionKey;
use crate::Shop;
use crate::error::StoreError;
use crate::retry::retry;

/// Which session ends.
#[derive(Clone, Copy, Debug)]
pub struct SignOut {
    /// The session.
    pub session: SessionKey,
}

impl Shop {
    /// Ends the session; one that has ended before is fine.
    pub async fn sign_out(&self, command: SignOut) -> Result<(), StoreError> {
        retry(self.clock(), self.random(), || async move {
            let mut unit = self.store().begin().await?;
            unit.sessions().remove(command.session).await?;
            unit.commit().await
        })
        .await
    }
}
