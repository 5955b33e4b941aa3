//! Accounts, tokens and sessions of a unit of work that is honest but for one fault.

use async_trait::async_trait;
use shop_core::account::{EmailKey, Purpose, Session, SessionKey, StoredToken, TokenHash, User, UserState};
use shop_core::ids::UserId;
use shop_core::ports::{SessionRepository, TokenRepository, UserRepository};
use shop_core::{StoreError, Timestamp};

use crate::Fault;
use crate::unit::SabotagedUnit;

#[async_trait]
impl UserRepository for SabotagedUnit {
    async fn insert(&mut self, user: &User) -> Result<(), StoreError> {
        self.honest().users().insert(user).await
    }

    async fn find(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        self.honest().users().find(id).await
    }

    async fn find_by_email(&mut self, email: &EmailKey) -> Result<Option<User>, StoreError> {
        self.honest().users().find_by_email(email).await
    }

    async fn update(&mut self, user: &User) -> Result<(), StoreError> {
        self.honest().users().update(user).await
    }

    async fn remove(&mut self, id: UserId) -> Result<bool, StoreError> {
        if !self.has(Fault::SoftRemoval) {
            return self.honest().users().remove(id).await;
        }
        let Some(user) = self.honest().users().find(id).await? else { return Ok(false) };
        self.honest().users().update(&User { state: UserState::Disabled, ..user }).await?;
        Ok(true)
    }
}

#[async_trait]
impl TokenRepository for SabotagedUnit {
    async fn insert(&mut self, token: &StoredToken) -> Result<(), StoreError> {
        self.honest().tokens().insert(token).await
    }

    async fn take(&mut self, hash: TokenHash, purpose: Purpose) -> Result<Option<StoredToken>, StoreError> {
        let mut token = self.honest().tokens().take(hash, purpose).await?;
        if token.is_none() && self.has(Fault::PurposelessToken) {
            token = self.honest().tokens().take(hash, Purpose::Activation).await?;
        }
        if let Some(token) = token.as_ref().filter(|_| self.has(Fault::ReusableToken)) {
            self.honest().tokens().insert(token).await?;
        }
        Ok(token)
    }

    async fn remove_all(&mut self, user: UserId, purpose: Purpose) -> Result<(), StoreError> {
        self.honest().tokens().remove_all(user, purpose).await
    }

    async fn remove_since(
        &mut self,
        user: UserId,
        purpose: Purpose,
        from: Timestamp,
    ) -> Result<(), StoreError> {
        let from = from.plus(self.gap());
        self.honest().tokens().remove_since(user, purpose, from).await
    }

    async fn remove_expired(&mut self, now: Timestamp, most: u32) -> Result<u32, StoreError> {
        let (now, most) = (now.minus(self.gap()), self.most(most));
        self.honest().tokens().remove_expired(now, most).await
    }
}

#[async_trait]
impl SessionRepository for SabotagedUnit {
    async fn insert(&mut self, session: &Session) -> Result<(), StoreError> {
        self.secrets.lock().expect("no panic before").session.get_or_insert(session.key);
        self.honest().sessions().insert(session).await
    }

    async fn touch(&mut self, key: SessionKey, at: Timestamp) -> Result<(), StoreError> {
        self.honest().sessions().touch(key, at).await
    }

    async fn remove(&mut self, key: SessionKey) -> Result<bool, StoreError> {
        self.honest().sessions().remove(key).await
    }

    async fn remove_of(&mut self, user: UserId, key: SessionKey) -> Result<bool, StoreError> {
        if self.has(Fault::AnybodysSession) {
            return self.honest().sessions().remove(key).await;
        }
        self.honest().sessions().remove_of(user, key).await
    }

    async fn remove_all(&mut self, user: UserId, except: Option<SessionKey>) -> Result<u32, StoreError> {
        let first = self.secrets.lock().expect("no panic before").session;
        let except = except.or(first.filter(|_| self.has(Fault::SparedSession)));
        self.honest().sessions().remove_all(user, except).await
    }

    async fn remove_ended(
        &mut self,
        seen: Timestamp,
        begun: Timestamp,
        most: u32,
    ) -> Result<u32, StoreError> {
        let (seen, begun) = (seen.minus(self.gap()), begun.minus(self.gap()));
        let most = self.most(most);
        self.honest().sessions().remove_ended(seen, begun, most).await
    }
}
