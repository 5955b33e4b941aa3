//! Change a product: what an operator sets on a running shop.

use super::{Product, Sku, Variant};
use crate::Shop;
use crate::error::StoreError;
use crate::money::Money;
use crate::ports::Transaction;
use crate::retry::{Transient, retry};
use crate::stock::{Stock, StockChange};

/// What to change; what is `None` stays as it is.
#[derive(Clone, Copy, Debug)]
pub struct ChangeProduct {
    /// The variant, and through it the product.
    pub sku: Sku,
    /// How many pieces of the variant there are, or how many more or fewer.
    pub stock: Option<StockChange>,
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
    /// Pieces were to be added or taken, and they are not counted.
    #[error("its stock is not counted; set it to a number first")]
    NotCounted,
    /// More pieces were to be taken than there are.
    #[error("there are not so many pieces")]
    TooFew,
    /// There would be more than `u32::MAX` pieces.
    #[error("there would be more than can be counted")]
    TooMany,
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
            change_stock(&mut *unit, &product, command.sku, stock).await?;
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

async fn change_stock(
    unit: &mut dyn Transaction,
    product: &Product,
    sku: Sku,
    change: StockChange,
) -> Result<(), ChangeProductError> {
    match change {
        StockChange::Set(stock) => unit.stock().set(sku, stock).await?,
        StockChange::By(pieces) if unit.stock().adjust(sku, pieces).await? => true,
        StockChange::By(pieces) => return Err(refusal(product, sku, pieces)),
    };
    Ok(())
}

/// Why the store has not added so many pieces to a variant of this product.
fn refusal(product: &Product, sku: Sku, pieces: i32) -> ChangeProductError {
    let is_uncounted = |variant: &Variant| variant.sku == sku && variant.stock == Stock::Uncounted;
    if product.variants.iter().any(is_uncounted) {
        ChangeProductError::NotCounted
    } else if pieces < 0 {
        ChangeProductError::TooFew
    } else {
        ChangeProductError::TooMany
    }
}
