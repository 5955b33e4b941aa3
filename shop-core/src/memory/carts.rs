use async_trait::async_trait;

use super::Shown;
use super::data::{Data, forbid};
use super::unit::MemoryUnit;
use crate::error::{Constraint, StoreError};
use crate::ids::UserId;
use crate::ports::{CartReader, CartRepository, StoredCart};

impl Data {
    pub(super) fn cart(&self, owner: UserId) -> StoredCart {
        self.carts.get(&owner).cloned().unwrap_or_default()
    }
}

#[async_trait]
impl CartRepository for MemoryUnit {
    async fn load(&mut self, owner: UserId) -> Result<StoredCart, StoreError> {
        Ok(self.draft.cart(owner))
    }

    async fn replace(&mut self, owner: UserId, code: &str, expected: u64) -> Result<(), StoreError> {
        forbid(self.draft.cart(owner).version != expected, Constraint::Version)?;
        self.draft.require_user(owner)?;
        self.draft.carts.put(owner, StoredCart { code: code.to_owned(), version: expected + 1 });
        Ok(())
    }
}

#[async_trait]
impl CartReader for Shown {
    async fn load(&self, owner: UserId) -> Result<StoredCart, StoreError> {
        Ok(self.read().cart(owner))
    }
}
