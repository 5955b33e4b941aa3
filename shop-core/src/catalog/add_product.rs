//! Add a product.

use super::{Localized, PictureName, Product, ProductText, Slug, Variant};
use crate::Shop;
use crate::error::{Constraint, StoreError};
use crate::retry::{Transient, retry};

/// A product to add.
#[derive(Clone, Debug)]
pub struct AddProduct {
    /// Its name in addresses.
    pub slug: Slug,
    /// The category it stands in, if any.
    pub category: Option<Slug>,
    /// Its name and description.
    pub text: Localized<ProductText>,
    /// The picture that its card shows.
    pub picture: Option<PictureName>,
    /// The sellable units.
    pub variants: Vec<Variant>,
}

/// Why no product was added.
#[derive(Debug, thiserror::Error)]
pub enum AddProductError {
    /// There is no variant to sell, or more than [`Product::MAX_VARIANTS`].
    #[error("a product has 1 to {} variants", Product::MAX_VARIANTS)]
    VariantCount,
    /// A price is negative or too high.
    #[error("a price must lie between 0 and 10^12 minor units")]
    Price,
    /// Another product has the slug.
    #[error("another product has this slug")]
    SlugTaken,
    /// Another product has one of the SKUs, or two variants share one.
    #[error("another variant has this SKU")]
    SkuTaken,
    /// There is no such category.
    #[error("there is no such category")]
    NoSuchCategory,
    /// The store failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for AddProductError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict(Constraint::Slug) => Self::SlugTaken,
            StoreError::Conflict(Constraint::Sku) => Self::SkuTaken,
            other => Self::Store(other),
        }
    }
}

impl Transient for AddProductError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

impl Shop {
    /// Adds a product that shoppers see from now on.
    pub async fn add_product(&self, command: AddProduct) -> Result<Product, AddProductError> {
        if command.variants.is_empty() || command.variants.len() > Product::MAX_VARIANTS {
            return Err(AddProductError::VariantCount);
        }
        if command.variants.iter().any(|variant| variant.price.as_price().is_err()) {
            return Err(AddProductError::Price);
        }
        retry(self.clock(), self.random(), || self.attempt_add_product(&command)).await
    }

    async fn attempt_add_product(&self, command: &AddProduct) -> Result<Product, AddProductError> {
        let mut unit = self.store().begin().await?;
        let category = match &command.category {
            Some(slug) => {
                let category = unit.categories().find(slug).await?;
                Some(category.ok_or(AddProductError::NoSuchCategory)?.id)
            }
            None => None,
        };
        let product = Product {
            id: self.new_product_id(),
            slug: command.slug.clone(),
            category,
            text: command.text.clone(),
            picture: command.picture.clone(),
            active: true,
            variants: command.variants.clone(),
            created_at: self.now(),
            version: 0,
        };
        unit.products().insert(&product).await?;
        unit.commit().await?;
        Ok(product)
    }
}
