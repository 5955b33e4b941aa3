use async_trait::async_trait;
use shop_core::StoreError;
use shop_core::error::Constraint;
use shop_core::ids::UserId;
use shop_core::ports::{CartReader, CartRepository, StoredCart};

use super::nobody::somebody;
use crate::dialect::Dialect;
use crate::sql::carts as sql;
use crate::statement::Statement;
use crate::store::SqlStore;
use crate::unit::SqlUnit;

#[async_trait]
impl<D: Dialect> CartRepository for SqlUnit<D> {
    async fn load(&mut self, owner: UserId) -> Result<StoredCart, StoreError> {
        load::<D>(self.link(), owner).await
    }

    async fn replace(&mut self, owner: UserId, code: &str, expected: u64) -> Result<(), StoreError> {
        let write = if expected == 0 {
            // A cart that is there already was stored by somebody else in the meantime.
            let insert = Statement::<D>::new(sql::INSERT).bind(somebody(owner)?).bind(code);
            insert.owned().primary_key_is(Constraint::Version)
        } else {
            Statement::<D>::new(sql::REPLACE).bind(code).bind(owner).bind(expected)
        };
        if write.hits(self.link()).await? { Ok(()) } else { Err(StoreError::Conflict(Constraint::Version)) }
    }
}

#[async_trait]
impl<D: Dialect> CartReader for SqlStore<D> {
    async fn load(&self, owner: UserId) -> Result<StoredCart, StoreError> {
        load::<D>(&mut *self.reader().await?, owner).await
    }
}

async fn load<D: Dialect>(link: &mut D::Link, owner: UserId) -> Result<StoredCart, StoreError> {
    match Statement::<D>::new(sql::LOAD).bind(owner).row(link, "carts").await? {
        Some(row) => Ok(StoredCart { code: row.text("code")?, version: row.number("version")? }),
        None => Ok(StoredCart::default()),
    }
}
