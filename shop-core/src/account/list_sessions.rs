//! List sessions: where is the account signed in?

use super::Session;
use crate::Shop;
use crate::error::StoreError;
use crate::ids::UserId;

impl Shop {
    /// The account's sessions that still hold, last used first. One read.
    pub async fn sessions(&self, user: UserId) -> Result<Vec<Session>, StoreError> {
        let now = self.now();
        let mut sessions = self.store().accounts().sessions(user).await?;
        sessions.retain(|session| session.holds(now));
        Ok(sessions)
    }
}
