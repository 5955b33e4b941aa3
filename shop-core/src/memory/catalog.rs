use async_trait::async_trait;

use super::data::{Data, forbid};
use super::unit::MemoryUnit;
use crate::cart::Quantity;
use crate::catalog::{Category, Offer, Product, Sku, Slug, Variant};
use crate::error::{Constraint, StoreError};
use crate::money::Money;
use crate::ports::{CategoryRepository, ProductRepository, StockRepository};
use crate::stock::Stock;

impl Data {
    pub(super) fn category(&self, slug: &Slug) -> Option<&Category> {
        self.categories.get(self.category_slugs.get(slug)?)
    }

    fn product_of(&self, sku: Sku) -> Option<&Product> {
        self.products.get(self.skus.get(&sku)?)
    }

    fn variant_mut(&mut self, sku: Sku) -> Option<&mut Variant> {
        let product = self.products.get_mut(self.skus.get(&sku)?)?;
        product.variants.iter_mut().find(|variant| variant.sku == sku)
    }

    pub(super) fn offers(&self, skus: &[Sku]) -> Vec<Offer> {
        skus.iter().filter_map(|&sku| offer(self.product_of(sku)?, sku)).collect()
    }

    fn has_sku_of(&self, product: &Product) -> bool {
        let mut skus: Vec<_> = product.variants.iter().map(|variant| variant.sku).collect();
        skus.sort_unstable();
        skus.windows(2).any(|pair| pair.first() == pair.last())
            || skus.iter().any(|sku| self.skus.contains(sku))
    }
}

fn offer(product: &Product, sku: Sku) -> Option<Offer> {
    Some(Offer {
        variant: product.variants.iter().find(|variant| variant.sku == sku)?.clone(),
        slug: product.slug.clone(),
        text: product.text.clone(),
        picture: product.picture.clone(),
        active: product.active,
    })
}

#[async_trait]
impl CategoryRepository for MemoryUnit {
    async fn insert(&mut self, category: &Category) -> Result<(), StoreError> {
        forbid(self.draft.categories.contains(&category.id), Constraint::Id)?;
        forbid(self.draft.category_slugs.contains(&category.slug), Constraint::Slug)?;
        self.draft.category_slugs.put(category.slug.clone(), category.id);
        self.draft.categories.put(category.id, category.clone());
        Ok(())
    }

    async fn find(&mut self, slug: &Slug) -> Result<Option<Category>, StoreError> {
        Ok(self.draft.category(slug).cloned())
    }
}

#[async_trait]
impl ProductRepository for MemoryUnit {
    async fn insert(&mut self, product: &Product) -> Result<(), StoreError> {
        forbid(self.draft.products.contains(&product.id), Constraint::Id)?;
        forbid(self.draft.product_slugs.contains(&product.slug), Constraint::Slug)?;
        forbid(self.draft.has_sku_of(product), Constraint::Sku)?;
        self.draft.product_slugs.put(product.slug.clone(), product.id);
        for variant in &product.variants {
            self.draft.skus.put(variant.sku, product.id);
        }
        self.draft.products.put(product.id, product.clone());
        Ok(())
    }

    async fn find_by_sku(&mut self, sku: Sku) -> Result<Option<Product>, StoreError> {
        Ok(self.draft.product_of(sku).cloned())
    }

    async fn set_active(&mut self, product: &Product, active: bool) -> Result<(), StoreError> {
        let stored =
            self.draft.products.get_mut(&product.id).filter(|stored| stored.version == product.version);
        let stored = stored.ok_or(StoreError::Conflict(Constraint::Version))?;
        stored.active = active;
        stored.version += 1;
        Ok(())
    }

    async fn set_price(&mut self, sku: Sku, price: Money) -> Result<bool, StoreError> {
        Ok(self.draft.variant_mut(sku).map(|variant| variant.price = price).is_some())
    }

    async fn offers(&mut self, skus: &[Sku]) -> Result<Vec<Offer>, StoreError> {
        Ok(self.draft.offers(skus))
    }
}

#[async_trait]
impl StockRepository for MemoryUnit {
    async fn take(&mut self, sku: Sku, quantity: Quantity) -> Result<bool, StoreError> {
        let Some(variant) = self.draft.variant_mut(sku) else { return Ok(false) };
        let Some(pieces) = variant.stock.counted() else { return Ok(true) };
        let left = pieces.checked_sub(u32::from(quantity.get()));
        variant.stock = left.map_or(variant.stock, Stock::Counted);
        Ok(left.is_some())
    }

    async fn put_back(&mut self, sku: Sku, quantity: Quantity) -> Result<bool, StoreError> {
        let Some(variant) = self.draft.variant_mut(sku) else { return Ok(false) };
        if let Some(pieces) = variant.stock.counted() {
            variant.stock = Stock::Counted(pieces.saturating_add(u32::from(quantity.get())));
        }
        Ok(true)
    }

    async fn adjust(&mut self, sku: Sku, by: i32) -> Result<bool, StoreError> {
        let Some(variant) = self.draft.variant_mut(sku) else { return Ok(false) };
        let left = variant.stock.counted().and_then(|pieces| pieces.checked_add_signed(by));
        variant.stock = left.map_or(variant.stock, Stock::Counted);
        Ok(left.is_some())
    }

    async fn set(&mut self, sku: Sku, stock: Stock) -> Result<bool, StoreError> {
        Ok(self.draft.variant_mut(sku).map(|variant| variant.stock = stock).is_some())
    }
}
