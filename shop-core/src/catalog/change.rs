//! Change a product: what an operator sets on a running shop.

use super::Sku;
use crate::Shop;
use crate::error::StoreError;
use crate::money::Money;
use crate::retry::{Transient, retry};
use crate::stock::Stock;

/// What to change; what is `None` stays as it is.
#[derive(Clone, Copy, Debug)]
pub struct ChangeProduct {
    /// The variant, and through it the product.
    pub sku: Sku,
    /// How many pieces of the variant there are.
    pub stock: Option<Stock>,
    /// What a piece of the variant costs.
    pub price: Option<Money>,
    /// Whether shoppers see the product with all its variants.
    pub active: Option<bool>,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeProductError {
    /// No variant has this SKU.
    #[error("no product has this SKU")]
    NoSuchSku,
    /// The price is negative or too high.
    #[error("a price must lie between 0 and 10^12 minor units")]
    Price,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Transient for ChangeProductError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

impl Shop {
    /// Changes stock, price and visibility, all or none of it.
    pub async fn change_product(&self, command: ChangeProduct) -> Result<(), ChangeProductError> {
        if command.price.is_some_and(|price| price.as_price().is_err()) {
            return Err(ChangeProductError::Price);
        }
        retry(self.clock(), self.random(), || self.attempt_change_product(command)).await
    }

    async fn attempt_change_product(&self, command: ChangeProduct) -> Result<(), ChangeProductError> {
        let mut unit = self.store().begin().await?;
        let product = unit.products().find_by_sku(command.sku).await?.ok_or(ChangeProductError::NoSuchSku)?;
        if let Some(stock) = command.stock {
            unit.stock().set(command.sku, stock).await?;
        }
        if let Some(price) = command.price {
            unit.products().set_price(command.sku, price).await?;
        }
        if let Some(active) = command.active.filter(|&active| active != product.active) {
            unit.products().set_active(&product, active).await?;
        }
        Ok(unit.commit().await?)
    }
}
