use async_trait::async_trait;
use shop_core::StoreError;
use shop_core::catalog::browse::SearchText;
use shop_core::catalog::{Category, Offer, Product, Sku, Slug};
use shop_core::ids::CategoryId;
use shop_core::ports::{CatalogPage, CatalogQuery, CatalogReader, CategoryRepository, Sort};

use super::products;
use crate::dialect::Dialect;
use crate::record::{Record, json};
use crate::sql::catalog::{self as sql, Search, Sorted};
use crate::sql::products as product_sql;
use crate::statement::Statement;
use crate::store::SqlStore;
use crate::unit::SqlUnit;

#[async_trait]
impl<D: Dialect> CategoryRepository for SqlUnit<D> {
    async fn insert(&mut self, category: &Category) -> Result<(), StoreError> {
        let insert = Statement::<D>::new(sql::INSERT_CATEGORY)
            .bind(category.id)
            .bind(&category.slug)
            .bind(json(&category.name)?)
            .bind(category.position);
        insert.execute(self.link()).await?;
        Ok(())
    }

    async fn find(&mut self, slug: &Slug) -> Result<Option<Category>, StoreError> {
        let row = Statement::<D>::new(sql::FIND_CATEGORY).bind(slug).row(self.link(), "categories").await?;
        row.map(|row| category(&row)).transpose()
    }
}

#[async_trait]
impl<D: Dialect> CatalogReader for SqlStore<D> {
    async fn page(&self, query: &CatalogQuery) -> Result<CatalogPage, StoreError> {
        let mut link = self.reader().await?;
        let page = page_statement::<D>(query).bind(i64::from(query.limit) + 1).bind(query.offset);
        let rows = page.rows(&mut link, "products").await?;
        let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        let found = rows.iter().take(limit).map(products::product).collect::<Result<_, _>>()?;
        Ok(CatalogPage { products: products::with_variants::<D>(&mut link, found).await?, more })
    }

    async fn product(&self, slug: &Slug) -> Result<Option<Product>, StoreError> {
        products::find::<D>(&mut *self.reader().await?, product_sql::FIND, slug).await
    }

    async fn categories(&self) -> Result<Vec<Category>, StoreError> {
        let all = Statement::<D>::new(sql::CATEGORIES);
        all.rows(&mut *self.reader().await?, "categories").await?.iter().map(category).collect()
    }

    async fn offers(&self, skus: &[Sku]) -> Result<Vec<Offer>, StoreError> {
        products::offers::<D>(&mut *self.reader().await?, skus).await
    }
}

/// The statement for this query, with all its values but the last two: how many rows, from which on.
fn page_statement<D: Dialect>(query: &CatalogQuery) -> Statement<D> {
    let words = query.search.as_ref().map(SearchText::words).unwrap_or_default();
    let statement = |sorted: &Sorted| Statement::<D>::new(in_order(sorted, query.sort));
    let category = query.category.as_ref().map_or("", Slug::as_str);
    match (words.as_slice(), query.hidden, &query.category) {
        ([], false, None) => statement(&sql::BROWSE),
        ([], false, Some(slug)) => statement(&sql::BROWSE_CATEGORY).bind(slug),
        ([], true, _) => statement(&sql::BROWSE_HIDDEN).bind(category),
        ([.., last], hidden, _) => {
            let (width, sorted) =
                for_words(if hidden { &sql::SEARCH_HIDDEN } else { &sql::SEARCH }, words.len());
            let filled = words.iter().chain(std::iter::repeat(last)).take(width);
            statement(sorted).bind(query.language).bind_all(filled).bind(category)
        }
    }
}

/// The narrowest search that takes so many words, or the widest.
fn for_words(search: &Search, count: usize) -> (usize, &Sorted) {
    let [.., widest] = search;
    let (width, sorted) = search.iter().find(|(width, _)| *width >= count).unwrap_or(widest);
    (*width, sorted)
}

const fn in_order(sorted: &Sorted, sort: Sort) -> &'static str {
    let [oldest, newest, cheapest, dearest] = *sorted;
    match sort {
        Sort::Catalog => oldest,
        Sort::Newest => newest,
        Sort::PriceUp => cheapest,
        Sort::PriceDown => dearest,
    }
}

fn category<D: Dialect>(row: &Record<D>) -> Result<Category, StoreError> {
    Ok(Category {
        id: CategoryId::from_bytes(row.bytes("id")?),
        slug: row.parsed("slug")?,
        name: row.json("names")?,
        position: row.number("position")?,
    })
}
