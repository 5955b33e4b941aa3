use async_trait::async_trait;
use shop_core::account::{Purpose, StoredToken, TokenHash};
use shop_core::ids::UserId;
use shop_core::ports::TokenRepository;
use shop_core::{StoreError, Timestamp};

use super::nobody::somebody;
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
            .bind(somebody(token.user)?)
            .bind(&token.email)
            .bind(token.expires_at);
        insert.owned().execute(self.link()).await?;
        Ok(())
    }

    async fn take(&mut self, hash: TokenHash, purpose: Purpose) -> Result<Option<StoredToken>, StoreError> {
        let Some(token) = find::<D>(self.link(), hash, purpose).await? else { return Ok(None) };
        // Whoever removes it has it; another unit may have read it as well.
        let remove = Statement::<D>::new(sql::REMOVE_TOKEN).bind(hash).bind(purpose.name());
        Ok(remove.hits(self.link()).await?.then_some(token))
    }

    async fn remove_all(&mut self, user: UserId, purpose: Purpose) -> Result<(), StoreError> {
        Statement::<D>::new(sql::REMOVE_TOKENS).bind(user).bind(purpose.name()).execute(self.link()).await?;
        Ok(())
    }

    async fn remove_since(
        &mut self,
        user: UserId,
        purpose: Purpose,
        from: Timestamp,
    ) -> Result<(), StoreError> {
        let remove = Statement::<D>::new(sql::REMOVE_TOKENS_SINCE).bind(user).bind(purpose.name());
        remove.bind(from).execute(self.link()).await?;
        Ok(())
    }

    async fn remove_expired(&mut self, now: Timestamp, most: u32) -> Result<u32, StoreError> {
        Statement::<D>::new(D::DIFFERING.remove_expired_tokens).bind(now).bind(most).count(self.link()).await
    }
}

pub(super) async fn find<D: Dialect>(
    link: &mut D::Link,
    hash: TokenHash,
    purpose: Purpose,
) -> Result<Option<StoredToken>, StoreError> {
    let find = Statement::<D>::new(sql::FIND_TOKEN).bind(hash).bind(purpose.name());
    let Some(row) = find.row(link, "tokens").await? else { return Ok(None) };
    Ok(Some(StoredToken {
        hash,
        purpose,
        user: UserId::from_bytes(row.bytes("user_id")?),
        email: row.parsed("email")?,
        expires_at: row.timestamp("expires_at")?,
    }))
}
