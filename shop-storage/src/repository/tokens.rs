use async_trait::async_trait;
use shop_core::StoreError;
use shop_core::account::{Purpose, StoredToken, TokenHash};
use shop_core::ids::UserId;
use shop_core::ports::TokenRepository;

use crate::dialect::Dialect;
use crate::sql::accounts as sql;
use crate::statement::Statement;
use crate::unit::SqlUnit;

#[async_trait]
impl<D: Dialect> TokenRepository for SqlUnit<D> {
    async fn insert(&mut self, token: &StoredToken) -> Result<(), StoreError> {
        let insert = Statement::<D>::new(sql::INSERT_TOKEN)
            .bind(token.hash)
            .bind(token.purpose.name())
            .bind(token.user)
            .bind(token.expires_at);
        insert.execute(self.link()).await?;
        Ok(())
    }

    async fn take(&mut self, hash: TokenHash, purpose: Purpose) -> Result<Option<StoredToken>, StoreError> {
        let find = Statement::<D>::new(sql::FIND_TOKEN).bind(hash).bind(purpose.name());
        let Some(row) = find.row(self.link(), "tokens").await? else { return Ok(None) };
        // Whoever removes it has it; another unit may have read it as well.
        let remove = Statement::<D>::new(sql::REMOVE_TOKEN).bind(hash).bind(purpose.name());
        if !remove.hits(self.link()).await? {
            return Ok(None);
        }
        let user = UserId::from_bytes(row.bytes("user_id")?);
        Ok(Some(StoredToken { hash, purpose, user, expires_at: row.timestamp("expires_at")? }))
    }

    async fn remove_all(&mut self, user: UserId, purpose: Purpose) -> Result<(), StoreError> {
        Statement::<D>::new(sql::REMOVE_TOKENS).bind(user).bind(purpose.name()).execute(self.link()).await?;
        Ok(())
    }
}
