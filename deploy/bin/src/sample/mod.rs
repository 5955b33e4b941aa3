//! The sample catalog: what a shop without goods of its own shows.
//!
//! It lies in `sample/`, as one JSON file and a picture for each product, and comes embedded in the program.

mod document;
mod pictures;

use std::collections::{BTreeMap, HashSet};

use shop_core::catalog::add_category::AddCategoryError;
use shop_core::catalog::add_product::AddProductError;
use shop_core::catalog::{PictureName, Sku, Slug};
use shop_core::ports::{CatalogQuery, Sort};
use shop_core::{Language, Shop, StoreError};

use self::document::{Document, SampleProduct};
pub use self::pictures::PICTURES;

/// What seeding has added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seeded {
    /// Categories.
    pub categories: u32,
    /// Products.
    pub products: u32,
}

/// Why the sample is not there.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The embedded file is not what this program reads: a bug, which a test would show.
    #[error("the embedded sample catalog cannot be read")]
    Document(#[from] serde_json::Error),
    /// A category of the sample cannot be added.
    #[error("the sample's category cannot be added")]
    Category(#[source] AddCategoryError),
    /// A product of the sample cannot be added.
    #[error("the sample's product {0} cannot be added")]
    Product(Slug, #[source] AddProductError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds what is missing of the sample, unless the catalog has a product that is not of the sample.
///
/// So an empty catalog is filled, a seeding that was cut short goes on, and goods of the shop's own are left alone. Several processes may seed at
/// once: what another one has added meanwhile is passed over.
pub async fn seed_if_bare(shop: &Shop) -> Result<Seeded, SeedError> {
    let sample = Document::embedded()?;
    let slugs: HashSet<_> = sample.products.iter().map(|product| &product.slug).collect();
    let page = shop.store().catalog().page(&up_to(slugs.len() + 1)).await?;
    let is_whole = page.products.len() == slugs.len();
    let is_ours = page.products.iter().all(|product| slugs.contains(&product.slug));
    if is_ours && !is_whole { add(shop, sample).await } else { Ok(Seeded::default()) }
}

/// Adds what is missing of the sample, whatever else the catalog has.
pub async fn seed(shop: &Shop) -> Result<Seeded, SeedError> {
    add(shop, Document::embedded()?).await
}

/// The picture of every SKU of the sample.
pub(crate) fn pictures() -> Result<BTreeMap<Sku, PictureName>, SeedError> {
    let products = Document::embedded()?.products;
    Ok(products.into_iter().flat_map(SampleProduct::into_pictures).collect())
}

/// So many products of the catalog, hidden ones too.
fn up_to(products: usize) -> CatalogQuery {
    CatalogQuery {
        category: None,
        search: None,
        sort: Sort::Catalog,
        language: Language::English,
        hidden: true,
        offset: 0,
        limit: u32::try_from(products).unwrap_or(u32::MAX),
    }
}

async fn add(shop: &Shop, sample: Document) -> Result<Seeded, SeedError> {
    let mut seeded = Seeded::default();
    for (position, category) in (1..).zip(sample.categories) {
        match shop.add_category(category.into_command(position)).await {
            Ok(_) => seeded.categories += 1,
            Err(AddCategoryError::SlugTaken) => {}
            Err(error) => return Err(SeedError::Category(error)),
        }
    }
    for product in sample.products {
        let slug = product.slug.clone();
        match shop.add_product(product.into_command(shop.currency())).await {
            Ok(_) => seeded.products += 1,
            Err(AddProductError::SlugTaken | AddProductError::SkuTaken) => {}
            Err(error) => return Err(SeedError::Product(slug, error)),
        }
    }
    Ok(seeded)
}

#[cfg(test)]
mod tests;
