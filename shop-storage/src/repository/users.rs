use async_trait::async_trait;
use shop_core::StoreError;
use shop_core::account::{
    EmailKey, PasswordHash, Purpose, Session, SessionKey, StoredToken, TokenHash, User, UserState,
};
use shop_core::error::Constraint;
use shop_core::ids::UserId;
use shop_core::order::OrderState;
use shop_core::ports::{AccountReader, StoredCart, UserRepository, Visit};

use super::nobody::NOBODY;
use super::{sessions, tokens};
use crate::cell::AsCell;
use crate::dialect::Dialect;
use crate::record::Record;
use crate::sql::{accounts as sql, carts, orders, outbox};
use crate::statement::Statement;
use crate::store::SqlStore;
use crate::unit::SqlUnit;

#[async_trait]
impl<D: Dialect> UserRepository for SqlUnit<D> {
    async fn insert(&mut self, user: &User) -> Result<(), StoreError> {
        let insert = Statement::<D>::new(sql::INSERT_USER).bind(user.id);
        bind_profile(insert, user).bind(user.created_at).bind(user.version).execute(self.link()).await?;
        Ok(())
    }

    async fn find(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        find::<D>(self.link(), D::DIFFERING.find_user, id).await
    }

    async fn find_by_email(&mut self, email: &EmailKey) -> Result<Option<User>, StoreError> {
        find::<D>(self.link(), sql::FIND_USER_BY_EMAIL, email).await
    }

    async fn update(&mut self, user: &User) -> Result<(), StoreError> {
        let update =
            bind_profile(Statement::<D>::new(sql::UPDATE_USER), user).bind(user.id).bind(user.version);
        if update.hits(self.link()).await? { Ok(()) } else { Err(StoreError::Conflict(Constraint::Version)) }
    }

    async fn remove(&mut self, id: UserId) -> Result<bool, StoreError> {
        if !Statement::<D>::new(sql::LOCK_USER).bind(id).hits(self.link()).await? {
            return Ok(false);
        }
        for theirs in THEIR_OWN {
            Statement::<D>::new(theirs).bind(id).execute(self.link()).await?;
        }
        let ended = OrderState::ALL.iter().filter(|state| state.is_final()).map(|state| state.name());
        let forget = Statement::<D>::new(orders::FORGET_ENDED).bind(id).bind_all(ended);
        forget.execute(self.link()).await?;
        Statement::<D>::new(orders::DISOWN).bind(NOBODY).bind(id).execute(self.link()).await?;
        Statement::<D>::new(sql::REMOVE_USER).bind(id).hits(self.link()).await
    }
}

/// What goes with an account.
const THEIR_OWN: [&str; 5] = [
    sql::REMOVE_TOKENS_OF_USER,
    sql::REMOVE_SESSIONS_OF_USER,
    carts::REMOVE,
    orders::REMOVE_KEYS,
    outbox::REMOVE_OF_USER,
];

#[async_trait]
impl<D: Dialect> AccountReader for SqlStore<D> {
    async fn find(&self, id: UserId) -> Result<Option<User>, StoreError> {
        find::<D>(&mut *self.reader().await?, sql::FIND_USER, id).await
    }

    async fn find_by_email(&self, email: &EmailKey) -> Result<Option<User>, StoreError> {
        find::<D>(&mut *self.reader().await?, sql::FIND_USER_BY_EMAIL, email).await
    }

    async fn visit(&self, key: SessionKey) -> Result<Option<Visit>, StoreError> {
        let row = Statement::<D>::new(sql::VISIT).bind(key).row(&mut *self.reader().await?, "users").await?;
        row.map(|row| visit(&row)).transpose()
    }

    async fn sessions(&self, user: UserId) -> Result<Vec<Session>, StoreError> {
        let rows = Statement::<D>::new(sql::SESSIONS).bind(user);
        let rows = rows.rows(&mut *self.reader().await?, "sessions").await?;
        rows.iter().map(|row| sessions::session(row, user)).collect()
    }

    async fn token(&self, hash: TokenHash, purpose: Purpose) -> Result<Option<StoredToken>, StoreError> {
        tokens::find::<D>(&mut *self.reader().await?, hash, purpose).await
    }
}

/// What both inserting and updating write, in their common order.
fn bind_profile<D: Dialect>(statement: Statement<D>, user: &User) -> Statement<D> {
    statement
        .bind(&user.email)
        .bind(user.email.key())
        .bind(&user.last_name)
        .bind(&user.first_name)
        .bind(&user.address)
        .bind(&user.password)
        .bind(user.language)
        .bind(user.state.name())
        .bind(user.secured_at)
}

async fn find<D: Dialect>(
    link: &mut D::Link,
    sql: &'static str,
    key: impl AsCell + Send,
) -> Result<Option<User>, StoreError> {
    let row = Statement::<D>::new(sql).bind(key).row(link, "users").await?;
    row.map(|row| user(&row)).transpose()
}

fn user<D: Dialect>(row: &Record<D>) -> Result<User, StoreError> {
    Ok(User {
        id: UserId::from_bytes(row.bytes("id")?),
        email: row.parsed("email")?,
        last_name: row.parsed("last_name")?,
        first_name: row.parsed("first_name")?,
        address: row.parsed("address")?,
        password: PasswordHash::new(row.text("password_hash")?),
        language: row.parsed("language")?,
        state: row.named("state", UserState::from_name)?,
        created_at: row.timestamp("created_at")?,
        secured_at: row.timestamp("secured_at")?,
        version: row.number("version")?,
    })
}

fn visit<D: Dialect>(row: &Record<D>) -> Result<Visit, StoreError> {
    let user = user(row)?;
    let session = sessions::session(row, user.id)?;
    let cart = StoredCart {
        code: row.optional_text("cart_code")?.unwrap_or_default(),
        version: row.optional_number("cart_version")?.unwrap_or(0),
    };
    Ok(Visit { session, user, cart })
}
