use std::cmp::Reverse;

use async_trait::async_trait;

use super::Shown;
use super::data::{Data, forbid};
use super::unit::MemoryUnit;
use crate::account::{EmailKey, Purpose, Session, SessionKey, StoredToken, TokenHash, User};
use crate::error::{Constraint, StoreError};
use crate::ids::UserId;
use crate::ports::{AccountReader, SessionRepository, TokenRepository, UserRepository, Visit};
use crate::time::Timestamp;

impl Data {
    fn user_by_email(&self, email: &EmailKey) -> Option<&User> {
        self.users.get(self.emails.get(&email.as_str().to_owned())?)
    }

    fn visit(&self, key: SessionKey) -> Option<Visit> {
        let session = self.sessions.get(&key)?.clone();
        let user = self.users.get(&session.user)?.clone();
        let cart = self.cart(user.id);
        Some(Visit { session, user, cart })
    }
}

fn email_of(user: &User) -> String {
    user.email.key().as_str().to_owned()
}

#[async_trait]
impl UserRepository for MemoryUnit {
    async fn insert(&mut self, user: &User) -> Result<(), StoreError> {
        let email = email_of(user);
        forbid(self.draft.users.contains(&user.id), Constraint::Id)?;
        forbid(self.draft.emails.contains(&email), Constraint::Email)?;
        self.draft.emails.put(email, user.id);
        self.draft.users.put(user.id, user.clone());
        Ok(())
    }

    async fn find(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        Ok(self.draft.users.get(&id).cloned())
    }

    async fn find_by_email(&mut self, email: &EmailKey) -> Result<Option<User>, StoreError> {
        Ok(self.draft.user_by_email(email).cloned())
    }

    async fn update(&mut self, user: &User) -> Result<(), StoreError> {
        let stored = self.draft.users.get(&user.id).filter(|stored| stored.version == user.version);
        let stored = stored.ok_or(StoreError::Conflict(Constraint::Version))?;
        let (old, new, created_at) = (email_of(stored), email_of(user), stored.created_at);
        let owner = self.draft.emails.get(&new);
        forbid(owner.is_some_and(|&owner| owner != user.id), Constraint::Email)?;
        self.draft.emails.remove(&old);
        self.draft.emails.put(new, user.id);
        self.draft.users.put(user.id, User { created_at, version: user.version + 1, ..user.clone() });
        Ok(())
    }

    async fn remove(&mut self, id: UserId) -> Result<bool, StoreError> {
        let Some(user) = self.draft.users.remove(&id) else { return Ok(false) };
        self.draft.emails.remove(&email_of(&user));
        self.draft.tokens.remove_where(u32::MAX, |token| token.user == id);
        self.draft.sessions.remove_where(u32::MAX, |session| session.user == id);
        self.draft.carts.remove(&id);
        self.draft.remove_keys(id);
        self.draft.messages.remove_where(u32::MAX, |entry| entry.message.user == Some(id));
        self.draft.disown_orders(id);
        Ok(true)
    }
}

#[async_trait]
impl TokenRepository for MemoryUnit {
    async fn insert(&mut self, token: &StoredToken) -> Result<(), StoreError> {
        forbid(self.draft.tokens.contains(&token.hash), Constraint::Id)?;
        self.draft.require_user(token.user)?;
        self.draft.tokens.put(token.hash, token.clone());
        Ok(())
    }

    async fn take(&mut self, hash: TokenHash, purpose: Purpose) -> Result<Option<StoredToken>, StoreError> {
        match self.draft.tokens.get(&hash) {
            Some(token) if token.purpose == purpose => Ok(self.draft.tokens.remove(&hash)),
            _ => Ok(None),
        }
    }

    async fn remove_all(&mut self, user: UserId, purpose: Purpose) -> Result<(), StoreError> {
        self.draft.tokens.remove_where(u32::MAX, |token| token.user == user && token.purpose == purpose);
        Ok(())
    }

    async fn remove_since(
        &mut self,
        user: UserId,
        purpose: Purpose,
        from: Timestamp,
    ) -> Result<(), StoreError> {
        self.draft.tokens.remove_where(u32::MAX, |token| {
            token.user == user && token.purpose == purpose && token.expires_at >= from
        });
        Ok(())
    }

    async fn remove_expired(&mut self, now: Timestamp, most: u32) -> Result<u32, StoreError> {
        Ok(self.draft.tokens.remove_where(most, |token| token.expires_at <= now))
    }
}

#[async_trait]
impl SessionRepository for MemoryUnit {
    async fn insert(&mut self, session: &Session) -> Result<(), StoreError> {
        forbid(self.draft.sessions.contains(&session.key), Constraint::Id)?;
        self.draft.require_user(session.user)?;
        self.draft.sessions.put(session.key, session.clone());
        Ok(())
    }

    async fn touch(&mut self, key: SessionKey, at: Timestamp) -> Result<(), StoreError> {
        if let Some(session) = self.draft.sessions.get_mut(&key) {
            session.last_seen_at = at;
        }
        Ok(())
    }

    async fn remove(&mut self, key: SessionKey) -> Result<bool, StoreError> {
        Ok(self.draft.sessions.remove(&key).is_some())
    }

    async fn remove_of(&mut self, user: UserId, key: SessionKey) -> Result<bool, StoreError> {
        let is_theirs = self.draft.sessions.get(&key).is_some_and(|session| session.user == user);
        Ok(is_theirs && self.draft.sessions.remove(&key).is_some())
    }

    async fn remove_all(&mut self, user: UserId, except: Option<SessionKey>) -> Result<u32, StoreError> {
        let ends = |session: &Session| session.user == user && Some(session.key) != except;
        Ok(self.draft.sessions.remove_where(u32::MAX, ends))
    }

    async fn remove_ended(
        &mut self,
        seen: Timestamp,
        begun: Timestamp,
        most: u32,
    ) -> Result<u32, StoreError> {
        let has_ended = |session: &Session| session.last_seen_at <= seen || session.created_at <= begun;
        Ok(self.draft.sessions.remove_where(most, has_ended))
    }
}

#[async_trait]
impl AccountReader for Shown {
    async fn find(&self, id: UserId) -> Result<Option<User>, StoreError> {
        Ok(self.read().users.get(&id).cloned())
    }

    async fn find_by_email(&self, email: &EmailKey) -> Result<Option<User>, StoreError> {
        Ok(self.read().user_by_email(email).cloned())
    }

    async fn visit(&self, key: SessionKey) -> Result<Option<Visit>, StoreError> {
        Ok(self.read().visit(key))
    }

    async fn sessions(&self, user: UserId) -> Result<Vec<Session>, StoreError> {
        let data = self.read();
        let sessions = data.sessions.iter().map(|(_, session)| session);
        let mut theirs: Vec<_> = sessions.filter(|session| session.user == user).cloned().collect();
        theirs.sort_by_key(|session| Reverse((session.last_seen_at, session.key)));
        Ok(theirs)
    }

    async fn token(&self, hash: TokenHash, purpose: Purpose) -> Result<Option<StoredToken>, StoreError> {
        Ok(self.read().tokens.get(&hash).filter(|token| token.purpose == purpose).cloned())
    }
}
