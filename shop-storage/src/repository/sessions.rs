use async_trait::async_trait;
use shop_core::account::{Session, SessionKey};
use shop_core::ports::SessionRepository;
use shop_core::{StoreError, Timestamp};

use crate::dialect::Dialect;
use crate::sql::accounts as sql;
use crate::statement::Statement;
use crate::unit::SqlUnit;

#[async_trait]
impl<D: Dialect> SessionRepository for SqlUnit<D> {
    async fn insert(&mut self, session: &Session) -> Result<(), StoreError> {
        let insert = Statement::<D>::new(sql::INSERT_SESSION)
            .bind(session.key)
            .bind(session.user)
            .bind(session.created_at)
            .bind(session.last_seen_at);
        insert.execute(self.link()).await?;
        Ok(())
    }

    async fn touch(&mut self, key: SessionKey, at: Timestamp) -> Result<(), StoreError> {
        Statement::<D>::new(sql::TOUCH_SESSION).bind(at).bind(key).execute(self.link()).await?;
        Ok(())
    }

    async fn remove(&mut self, key: SessionKey) -> Result<bool, StoreError> {
        Statement::<D>::new(sql::REMOVE_SESSION).bind(key).hits(self.link()).await
    }
}
