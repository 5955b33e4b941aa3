//! Follow a link: does it still hold?

use super::{Purpose, Token};
use crate::Shop;
use crate::error::StoreError;

impl Shop {
    /// Whether a link for this purpose still holds. It is for the link's page, which changes nothing: whoever uses the link may still
    /// be too late.
    pub async fn link_holds(&self, token: &Token, purpose: Purpose) -> Result<bool, StoreError> {
        let stored = self.store().accounts().token(token.hash(), purpose).await?;
        Ok(stored.is_some_and(|stored| self.now() < stored.expires_at))
    }
}
