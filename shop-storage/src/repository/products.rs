use std::collections::HashMap;

use async_trait::async_trait;
use shop_core::catalog::{Localized, Offer, Product, ProductText, Sku, Variant};
use shop_core::error::Constraint;
use shop_core::ids::{CategoryId, ProductId};
use shop_core::ports::ProductRepository;
use shop_core::stock::Stock;
use shop_core::text::folded;
use shop_core::{Language, Money, StoreError};

use crate::cell::AsCell;
use crate::dialect::Dialect;
use crate::record::{Record, json};
use crate::sql::{Widths, products as sql, wide_enough};
use crate::statement::Statement;
use crate::unit::SqlUnit;

#[async_trait]
impl<D: Dialect> ProductRepository for SqlUnit<D> {
    async fn insert(&mut self, product: &Product) -> Result<(), StoreError> {
        insert_product::<D>(self.link(), product).await?;
        for (position, variant) in product.variants.iter().enumerate() {
            insert_variant::<D>(self.link(), product.id, position, variant).await?;
        }
        // The text for every language that has none of its own is the one that such a page shows.
        let own = product.text.iter().map(|(language, text)| (language.code(), text));
        for (language, text) in own.chain([("", fallback(&product.text))]) {
            let insert = Statement::<D>::new(sql::INSERT_TEXT).bind(product.id).bind(language);
            insert.bind(searchable(text)).execute(self.link()).await?;
        }
        Ok(())
    }

    async fn find_by_sku(&mut self, sku: Sku) -> Result<Option<Product>, StoreError> {
        find::<D>(self.link(), sql::FIND_BY_SKU, sku).await
    }

    async fn set_active(&mut self, product: &Product, active: bool) -> Result<(), StoreError> {
        let update = Statement::<D>::new(sql::SET_ACTIVE).bind(active).bind(product.id).bind(product.version);
        if update.hits(self.link()).await? { Ok(()) } else { Err(StoreError::Conflict(Constraint::Version)) }
    }

    async fn set_price(&mut self, sku: Sku, price: Money) -> Result<bool, StoreError> {
        let update = Statement::<D>::new(sql::SET_PRICE).bind(price.minor()).bind(price.currency()).bind(sku);
        if !update.hits(self.link()).await? {
            return Ok(false);
        }
        Statement::<D>::new(sql::SET_LOWEST_PRICE).bind(sku).execute(self.link()).await?;
        Ok(true)
    }

    async fn offers(&mut self, skus: &[Sku]) -> Result<Vec<Offer>, StoreError> {
        offers::<D>(self.link(), skus).await
    }
}

async fn insert_product<D: Dialect>(link: &mut D::Link, product: &Product) -> Result<(), StoreError> {
    let insert = Statement::<D>::new(sql::INSERT)
        .bind(product.id)
        .bind(&product.slug)
        .bind(product.category)
        .bind(json(&product.text)?)
        .bind(&product.picture)
        .bind(product.active)
        .bind(product.created_at)
        .bind(product.version)
        .bind(product.lowest_price().map_or(0, Money::minor));
    insert.execute(link).await?;
    Ok(())
}

async fn insert_variant<D: Dialect>(
    link: &mut D::Link,
    product: ProductId,
    position: usize,
    variant: &Variant,
) -> Result<(), StoreError> {
    let insert = Statement::<D>::new(sql::INSERT_VARIANT)
        .bind(variant.sku)
        .bind(product)
        .bind(position)
        .bind(json(&variant.options)?)
        .bind(variant.price.minor())
        .bind(variant.price.currency())
        .bind(variant.weight_grams)
        .bind(variant.stock.counted());
    insert.primary_key_is(Constraint::Sku).execute(link).await?;
    Ok(())
}

/// The text that a page shows in a language that the product has no text in.
fn fallback(text: &Localized<ProductText>) -> &ProductText {
    let has = |language: &Language| text.iter().any(|(own, _)| own == *language);
    let without = Language::ALL.into_iter().find(|language| !has(language));
    text.get(without.unwrap_or_default())
}

fn searchable(text: &ProductText) -> String {
    let description = text.description.as_ref().map_or("", |description| description.as_str());
    folded(&format!("{}\n{description}", text.name))
}

/// The product that this statement finds, with its variants.
pub(super) async fn find<D: Dialect>(
    link: &mut D::Link,
    sql: &'static str,
    key: impl AsCell + Send,
) -> Result<Option<Product>, StoreError> {
    let row = Statement::<D>::new(sql).bind(key).row(link, "products").await?;
    let Some(row) = row else { return Ok(None) };
    Ok(with_variants::<D>(link, vec![product(&row)?]).await?.pop())
}

pub(super) fn product<D: Dialect>(row: &Record<D>) -> Result<Product, StoreError> {
    Ok(Product {
        id: ProductId::from_bytes(row.bytes("id")?),
        slug: row.parsed("slug")?,
        category: row.optional_bytes("category_id")?.map(CategoryId::from_bytes),
        text: row.json("texts")?,
        picture: row.optional_parsed("picture")?,
        active: row.flag("active")?,
        variants: Vec::new(),
        created_at: row.timestamp("created_at")?,
        version: row.number("version")?,
    })
}

/// The products with their variants: one read for up to 128 of them.
pub(super) async fn with_variants<D: Dialect>(
    link: &mut D::Link,
    mut products: Vec<Product>,
) -> Result<Vec<Product>, StoreError> {
    let ids: Vec<_> = products.iter().map(|product| product.id).collect();
    let mut variants: HashMap<[u8; 16], Vec<Variant>> = HashMap::new();
    for row in lookup::<D, _>(link, &sql::VARIANTS, &ids).await? {
        variants.entry(row.bytes("product_id")?).or_default().push(variant(&row)?);
    }
    for product in &mut products {
        product.variants = variants.remove(product.id.as_bytes()).unwrap_or_default();
    }
    Ok(products)
}

fn variant<D: Dialect>(row: &Record<D>) -> Result<Variant, StoreError> {
    Ok(Variant {
        sku: row.parsed("sku")?,
        options: row.json("choices")?,
        price: row.money("price")?,
        weight_grams: row.optional_number("weight_grams")?,
        stock: Stock::from(row.optional_number::<u32>("stock")?),
    })
}

pub(super) async fn offers<D: Dialect>(link: &mut D::Link, skus: &[Sku]) -> Result<Vec<Offer>, StoreError> {
    lookup::<D, _>(link, &sql::OFFERS, skus).await?.iter().map(offer).collect()
}

fn offer<D: Dialect>(row: &Record<D>) -> Result<Offer, StoreError> {
    Ok(Offer {
        variant: variant(row)?,
        slug: row.parsed("slug")?,
        text: row.json("texts")?,
        picture: row.optional_parsed("picture")?,
        active: row.flag("active")?,
    })
}

/// The rows that belong to these keys: one read for up to 128 of them, none for none.
async fn lookup<D: Dialect, K: AsCell + Copy + Sync>(
    link: &mut D::Link,
    widths: &Widths,
    keys: &[K],
) -> Result<Vec<Record<D>>, StoreError> {
    let mut found = Vec::new();
    let mut rest = keys;
    while let Some(&last) = rest.last() {
        let (width, sql) = wide_enough(widths, rest.len());
        let (now, later) = rest.split_at(width.min(rest.len()));
        let filled = now.iter().copied().chain(std::iter::repeat(last)).take(width);
        found.extend(Statement::<D>::new(sql).bind_all(filled).rows(link, "variants").await?);
        rest = later;
    }
    Ok(found)
}
