use async_trait::async_trait;
use shop_core::account::{Session, SessionKey, UserAgent};
use shop_core::ids::UserId;
use shop_core::ports::SessionRepository;
use shop_core::{StoreError, Timestamp};

use super::nobody::somebody;
use crate::dialect::Dialect;
use crate::record::Record;
use crate::sql::accounts as sql;
use crate::statement::Statement;
use crate::unit::SqlUnit;

#[async_trait]
impl<D: Dialect> SessionRepository for SqlUnit<D> {
    async fn insert(&mut self, session: &Session) -> Result<(), StoreError> {
        let insert = Statement::<D>::new(sql::INSERT_SESSION)
            .bind(session.key)
            .bind(somebody(session.user)?)
            .bind(session.created_at)
            .bind(session.last_seen_at)
            .bind(&session.agent);
        insert.owned().execute(self.link()).await?;
        Ok(())
    }

    async fn touch(&mut self, key: SessionKey, at: Timestamp) -> Result<(), StoreError> {
        Statement::<D>::new(sql::TOUCH_SESSION).bind(at).bind(key).execute(self.link()).await?;
        Ok(())
    }

    async fn remove(&mut self, key: SessionKey) -> Result<bool, StoreError> {
        Statement::<D>::new(sql::REMOVE_SESSION).bind(key).hits(self.link()).await
    }

    async fn remove_of(&mut self, user: UserId, key: SessionKey) -> Result<bool, StoreError> {
        Statement::<D>::new(sql::REMOVE_SESSION_OF_USER).bind(key).bind(user).hits(self.link()).await
    }

    async fn remove_all(&mut self, user: UserId, except: Option<SessionKey>) -> Result<u32, StoreError> {
        let remove = match except {
            Some(key) => Statement::<D>::new(sql::REMOVE_OTHER_SESSIONS).bind(user).bind(key),
            None => Statement::<D>::new(sql::REMOVE_SESSIONS_OF_USER).bind(user),
        };
        remove.count(self.link()).await
    }

    async fn remove_ended(
        &mut self,
        seen: Timestamp,
        begun: Timestamp,
        most: u32,
    ) -> Result<u32, StoreError> {
        let remove =
            Statement::<D>::new(D::DIFFERING.remove_ended_sessions).bind(seen).bind(begun).bind(most);
        remove.count(self.link()).await
    }
}

pub(super) fn session<D: Dialect>(row: &Record<D>, user: UserId) -> Result<Session, StoreError> {
    Ok(Session {
        key: SessionKey::from_bytes(row.bytes("key_hash")?),
        user,
        created_at: row.timestamp("session_created_at")?,
        last_seen_at: row.timestamp("last_seen_at")?,
        agent: UserAgent::of(&row.text("agent")?),
    })
}
