use async_trait::async_trait;
use shop_core::StoreError;
use shop_core::account::{EmailKey, PasswordHash, Session, SessionKey, User, UserState};
use shop_core::error::Constraint;
use shop_core::ids::UserId;
use shop_core::ports::{AccountReader, StoredCart, UserRepository, Visit};

use crate::cell::AsCell;
use crate::dialect::Dialect;
use crate::record::Record;
use crate::sql::accounts as sql;
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
        find::<D>(self.link(), sql::FIND_USER, id).await
    }

    async fn find_by_email(&mut self, email: &EmailKey) -> Result<Option<User>, StoreError> {
        find::<D>(self.link(), sql::FIND_USER_BY_EMAIL, email).await
    }

    async fn update(&mut self, user: &User) -> Result<(), StoreError> {
        let update =
            bind_profile(Statement::<D>::new(sql::UPDATE_USER), user).bind(user.id).bind(user.version);
        if update.hits(self.link()).await? { Ok(()) } else { Err(StoreError::Conflict(Constraint::Version)) }
    }
}

#[async_trait]
impl<D: Dialect> AccountReader for SqlStore<D> {
    async fn find_by_email(&self, email: &EmailKey) -> Result<Option<User>, StoreError> {
        find::<D>(&mut *self.reader().await?, sql::FIND_USER_BY_EMAIL, email).await
    }

    async fn visit(&self, key: SessionKey) -> Result<Option<Visit>, StoreError> {
        let row = Statement::<D>::new(sql::VISIT).bind(key).row(&mut *self.reader().await?, "users").await?;
        row.map(|row| visit(&row, key)).transpose()
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
        version: row.number("version")?,
    })
}

fn visit<D: Dialect>(row: &Record<D>, key: SessionKey) -> Result<Visit, StoreError> {
    let user = user(row)?;
    let session = Session {
        key,
        user: user.id,
        created_at: row.timestamp("session_created_at")?,
        last_seen_at: row.timestamp("last_seen_at")?,
    };
    let cart = StoredCart {
        code: row.optional_text("cart_code")?.unwrap_or_default(),
        version: row.optional_number("cart_version")?.unwrap_or(0),
    };
    Ok(Visit { session, user, cart })
}
