use async_trait::async_trait;

use super::Shown;
use super::data::Data;
use crate::catalog::browse::SearchText;
use crate::catalog::{Category, Offer, Product, Sku, Slug};
use crate::error::StoreError;
use crate::ids::ProductId;
use crate::language::Language;
use crate::money::Money;
use crate::ports::{CatalogPage, CatalogQuery, CatalogReader, Sort};
use crate::text::folded;

impl Data {
    fn page(&self, query: &CatalogQuery) -> CatalogPage {
        let mut found: Vec<_> = self.found(query).collect();
        found.sort_unstable_by_key(|product| place(product, query.sort));
        let size = |count| usize::try_from(count).unwrap_or(usize::MAX);
        let mut rest = found.into_iter().skip(size(query.offset));
        let products = rest.by_ref().take(size(query.limit)).cloned().collect();
        CatalogPage { products, more: rest.next().is_some() }
    }

    fn found(&self, query: &CatalogQuery) -> impl Iterator<Item = &Product> {
        let category = query.category.as_ref().map(|slug| self.category(slug).map(|category| category.id));
        let words = query.search.as_ref().map(SearchText::words).unwrap_or_default();
        let products = self.products.iter().map(|(_, product)| product);
        products
            .filter(move |product| category.is_none_or(|id| id.is_some() && product.category == id))
            .filter(|product| product.active || query.hidden)
            .filter(move |product| has_words(product, &words, query.language))
    }
}

/// Where a product stands in a page's order: a number by the sort, then its id.
fn place(product: &Product, sort: Sort) -> (i128, ProductId) {
    let age = i128::from(product.created_at.as_micros());
    let price = || i128::from(product.lowest_price().map_or(0, Money::minor));
    let number = match sort {
        Sort::Catalog => age,
        Sort::Newest => -age,
        Sort::PriceUp => price(),
        Sort::PriceDown => -price(),
    };
    (number, product.id)
}

/// Whether the name or the description, as a page in this language shows them, has every word.
fn has_words(product: &Product, words: &[String], language: Language) -> bool {
    let text = product.text.get(language);
    let description = text.description.as_ref().map_or("", |description| description.as_str());
    let shown = folded(&format!("{}\n{description}", text.name));
    words.iter().all(|word| shown.contains(word))
}

#[async_trait]
impl CatalogReader for Shown {
    async fn page(&self, query: &CatalogQuery) -> Result<CatalogPage, StoreError> {
        Ok(self.read().page(query))
    }

    async fn product(&self, slug: &Slug) -> Result<Option<Product>, StoreError> {
        let data = self.read();
        let product = data.product_slugs.get(slug).and_then(|id| data.products.get(id));
        Ok(product.cloned())
    }

    async fn categories(&self) -> Result<Vec<Category>, StoreError> {
        let mut categories: Vec<_> =
            self.read().categories.iter().map(|(_, category)| category.clone()).collect();
        categories.sort_by_key(|category| (category.position, category.id));
        Ok(categories)
    }

    async fn offers(&self, skus: &[Sku]) -> Result<Vec<Offer>, StoreError> {
        Ok(self.read().offers(skus))
    }
}
