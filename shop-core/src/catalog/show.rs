//! Show a product.

use super::{Product, Slug};
use crate::Shop;
use crate::error::StoreError;

impl Shop {
    /// The product with this slug, if shoppers see it.
    pub async fn product(&self, slug: &Slug) -> Result<Option<Product>, StoreError> {
        let product = self.store().catalog().product(slug).await?;
        Ok(product.filter(|product| product.active))
    }
}
