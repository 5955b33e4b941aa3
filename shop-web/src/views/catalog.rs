//! The catalog.

use rocket::http::RawStr;
use serde::Serialize;
use shop_core::catalog::browse::{Browse, Catalog};
use shop_core::catalog::{Category, Product, Slug};
use shop_core::ports::Sort;
use shop_core::{Currency, Language, Money};

use super::product::{offers, sample_variants};
use super::{Field, Phrase, VariantOffer, View};

/// A page of the catalog: GET `/`.
#[derive(Clone, Debug, Serialize)]
pub struct CatalogView {
    /// `q`: what the shopper looks for.
    pub search: Field,
    /// `sort`: the order, by its [name](sort_name).
    pub sort: &'static str,
    /// Which page of the catalog this is, from 1.
    pub number: u32,
    /// The category it is narrowed to, by its slug.
    pub category: Option<String>,
    /// The name of that category.
    pub category_name: Option<String>,
    /// The way to all categories, below the page's base.
    pub everything: String,
    /// The menu of categories.
    pub categories: Vec<CategoryLink>,
    /// The products.
    pub products: Vec<ProductCard>,
    /// The way to the page before, below the page's base.
    pub previous: Option<String>,
    /// The way to the page behind, below the page's base.
    pub next: Option<String>,
}

/// An entry of the menu of categories.
#[derive(Clone, Debug, Serialize)]
pub struct CategoryLink {
    /// Its name.
    pub name: String,
    /// The way there, below the page's base.
    pub href: String,
    /// Whether the page is narrowed to it.
    pub current: bool,
}

/// A product as the catalog shows it.
#[derive(Clone, Debug, Serialize)]
pub struct ProductCard {
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The name of its picture.
    pub picture: Option<String>,
    /// The code of the variant that is offered first: one that is not sold out, if there is one.
    pub sku: Option<String>,
    /// Its lowest price.
    pub price: Option<Money>,
    /// Whether some of its variants cost more.
    pub from: bool,
    /// Whether none of its variants can be bought.
    pub sold_out: bool,
    /// What can be bought of it.
    pub variants: Vec<VariantOffer>,
}

/// The name of an order of the catalog, as `sort` carries it.
#[must_use]
pub const fn sort_name(sort: Sort) -> &'static str {
    match sort {
        Sort::Catalog => "catalog",
        Sort::Newest => "newest",
        Sort::PriceUp => "price_up",
        Sort::PriceDown => "price_down",
    }
}

/// The order of the catalog with this name.
#[must_use]
pub fn sort_from_name(name: &str) -> Option<Sort> {
    SORTS.into_iter().find(|sort| sort_name(*sort) == name)
}

const SORTS: [Sort; 4] = [Sort::Catalog, Sort::Newest, Sort::PriceUp, Sort::PriceDown];

impl CatalogView {
    /// The page that this query has led to; variants priced in another currency than the shop's are left out.
    #[must_use]
    pub fn new(query: &Browse, catalog: &Catalog, currency: Currency) -> Self {
        let card = |product| ProductCard::new(product, query.language, currency);
        let next = query.page.next().filter(|_| catalog.more);
        Self {
            search: Field::new(search_of(query)),
            sort: sort_name(query.sort),
            number: query.page.get(),
            category: query.category.as_ref().map(Slug::to_string),
            category_name: category_name(query, &catalog.categories),
            everything: address(query, None, 1),
            categories: catalog
                .categories
                .iter()
                .map(|category| CategoryLink::new(category, query))
                .collect(),
            products: catalog.products.iter().map(card).collect(),
            previous: query.page.previous().map(|page| address(query, query.category.as_ref(), page.get())),
            next: next.map(|page| address(query, query.category.as_ref(), page.get())),
        }
    }
}

fn category_name(query: &Browse, categories: &[Category]) -> Option<String> {
    let wanted = query.category.as_ref()?;
    let category = categories.iter().find(|category| category.slug == *wanted)?;
    Some(category.name.get(query.language).to_string())
}

fn search_of(query: &Browse) -> &str {
    query.search.as_ref().map_or("", |text| text.as_str())
}

/// The way to this page of the catalog, below the page's base: the one form that all ways of asking for it lead to.
#[must_use]
pub fn catalog_path(query: &Browse) -> String {
    address(query, query.category.as_ref(), query.page.get())
}

/// Under which path below the page's base search engines shall keep this page of the catalog: under one,
/// however it is sorted. A page with a search shows the words of whoever made the link, and is not kept.
#[must_use]
pub fn catalog_canonical(query: &Browse) -> Option<String> {
    let by_default = Browse { sort: Sort::default(), ..query.clone() };
    query.search.is_none().then(|| catalog_path(&by_default))
}

/// The address of another page of the catalog, below the page's base, with the query's search and order.
fn address(query: &Browse, category: Option<&Slug>, page: u32) -> String {
    let page = page.to_string();
    let parameters = [
        ("q", search_of(query)),
        ("category", category.map_or("", Slug::as_str)),
        ("sort", if query.sort == Sort::default() { "" } else { sort_name(query.sort) }),
        ("page", if page == "1" { "" } else { &page }),
    ];
    let given = parameters.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<_> =
        given.map(|(name, value)| format!("{name}={}", RawStr::new(value).percent_encode())).collect();
    if pairs.is_empty() { "/".to_owned() } else { format!("/?{}", pairs.join("&")) }
}

impl CategoryLink {
    fn new(category: &Category, query: &Browse) -> Self {
        Self {
            name: category.name.get(query.language).to_string(),
            href: address(query, Some(&category.slug), 1),
            current: query.category.as_ref() == Some(&category.slug),
        }
    }
}

impl ProductCard {
    fn new(product: &Product, language: Language, currency: Currency) -> Self {
        let variants = offers(product, language, currency);
        let price = variants.iter().map(|variant| variant.price).min_by_key(|price| price.minor());
        let first = variants.iter().find(|variant| !variant.sold_out).or(variants.first());
        Self {
            slug: product.slug.to_string(),
            name: product.text.get(language).name.to_string(),
            picture: product.picture.as_ref().map(ToString::to_string),
            sku: first.map(|variant| variant.sku.clone()),
            price,
            from: variants.iter().any(|variant| Some(variant.price) != price),
            sold_out: variants.iter().all(|variant| variant.sold_out),
            variants,
        }
    }
}

impl View for CatalogView {
    const TEMPLATE: &'static str = "catalog.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let categories = [("Storage", "storage", true), ("Headphones", "headphones", false)];
        let category = |(name, slug, current): (&str, &str, bool)| CategoryLink {
            name: name.to_owned(),
            href: format!("/?category={slug}"),
            current,
        };
        let all = Self {
            search: Field::default(),
            sort: sort_name(Sort::Catalog),
            number: 1,
            category: None,
            category_name: None,
            everything: "/".to_owned(),
            categories: categories.into_iter().map(|entry| category((entry.0, entry.1, false))).collect(),
            products: sample_cards(),
            previous: None,
            next: Some("/?page=2".to_owned()),
        };
        let narrowed = Self {
            sort: sort_name(Sort::PriceUp),
            number: 2,
            category: Some("storage".to_owned()),
            category_name: Some("Storage".to_owned()),
            categories: categories.into_iter().map(category).collect(),
            previous: Some("/?category=storage&sort=price_up".to_owned()),
            next: None,
            ..all.clone()
        };
        let nothing = Self { products: Vec::new(), next: None, categories: Vec::new(), ..all.clone() };
        let search = Self { search: Field::new("usb <b>&\"'"), ..nothing.clone() };
        let too_long = Field::new("usb").refused(Phrase::new("fault-too-long").with("most", 100));
        let refused = Self { search: too_long, ..all.clone() };
        vec![
            ("all", all),
            ("narrowed", narrowed),
            ("nothing", nothing),
            ("search", search),
            ("refused", refused),
        ]
    }
}

fn sample_cards() -> Vec<ProductCard> {
    let [drive, hub] = sample_variants();
    let card = |slug: &str, name: &str, variants: Vec<VariantOffer>| ProductCard {
        slug: slug.to_owned(),
        name: name.to_owned(),
        picture: Some(format!("{slug}.svg")),
        sku: variants.first().map(|variant| variant.sku.clone()),
        price: variants.first().map(|variant| variant.price),
        from: false,
        sold_out: false,
        variants,
    };
    vec![
        ProductCard { from: true, ..card("usb02", "USB flash drive", drive) },
        card("sh03", "Smart home hub", hub.clone()),
        ProductCard { sold_out: true, picture: None, ..card("wh14", "Wireless headphones", hub) },
        ProductCard { sold_out: true, ..card("mb06", "Sold in another currency", Vec::new()) },
    ]
}
