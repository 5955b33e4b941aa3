//! Accounts, tokens and sessions of a unit of work that is honest but for one fault.

use async_trait::async_trait;
use shop_core::account::{
    EmailAddress, EmailKey, Purpose, Session, SessionKey, StoredToken, TokenHash, User, UserState,
};
use shop_core::error::Constraint;
use shop_core::ids::UserId;
use shop_core::ports::{AccountReader, SessionRepository, Store, TokenRepository, UserRepository, Visit};
use shop_core::{StoreError, Timestamp};

use crate::Fault;
use crate::store::Saboteur;
use crate::unit::SabotagedUnit;

/// Whether a store with this fault finds the account under the key of its address.
fn is_found(user: &User, email: &EmailKey, fault: Option<Fault>) -> bool {
    fault != Some(Fault::EmailAsTyped) || user.email.as_str() == email.as_str()
}

impl SabotagedUnit {
    /// Whether the address is free, to a store that folds more than it should.
    fn may_take(&self, email: &EmailAddress) -> bool {
        if !self.has(Fault::FoldedEmail) {
            return true;
        }
        let key = email.key();
        let (local, domain) = key.as_str().split_once('@').expect("an address");
        let local = local.split('+').next().expect("the first part").replace('.', "");
        self.secrets.lock().expect("no panic before").emails.insert(format!("{local}@{domain}"))
    }
}

#[async_trait]
impl AccountReader for Saboteur {
    async fn find(&self, id: UserId) -> Result<Option<User>, StoreError> {
        self.honest.accounts().find(id).await
    }

    async fn find_by_email(&self, email: &EmailKey) -> Result<Option<User>, StoreError> {
        let found = self.honest.accounts().find_by_email(email).await?;
        Ok(found.filter(|user| is_found(user, email, self.fault)))
    }

    async fn visit(&self, key: SessionKey) -> Result<Option<Visit>, StoreError> {
        self.honest.accounts().visit(key).await
    }

    async fn sessions(&self, user: UserId) -> Result<Vec<Session>, StoreError> {
        self.honest.accounts().sessions(user).await
    }

    async fn token(&self, hash: TokenHash, purpose: Purpose) -> Result<Option<StoredToken>, StoreError> {
        self.honest.accounts().token(hash, purpose).await
    }
}

#[async_trait]
impl UserRepository for SabotagedUnit {
    async fn insert(&mut self, user: &User) -> Result<(), StoreError> {
        if !self.may_take(&user.email) {
            return Err(StoreError::Conflict(Constraint::Email));
        }
        self.honest().users().insert(user).await
    }

    async fn find(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        self.honest().users().find(id).await
    }

    async fn find_by_email(&mut self, email: &EmailKey) -> Result<Option<User>, StoreError> {
        let found = self.honest().users().find_by_email(email).await?;
        Ok(found.filter(|user| is_found(user, email, self.fault)))
    }

    async fn update(&mut self, user: &User) -> Result<(), StoreError> {
        let mut user = user.clone();
        if let Some(stored) = self.honest().users().find(user.id).await? {
            let (before, now) = (stored.password.as_str(), user.password.as_str());
            if self.has(Fault::CaselessText) && before.to_lowercase() == now.to_lowercase() {
                user.password = stored.password;
            }
            if self.has(Fault::BlindAccount) {
                user.version = stored.version;
            }
        }
        self.honest().users().update(&user).await
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
        if self.has(Fault::OutlivedSession) {
            return Ok(true);
        }
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
