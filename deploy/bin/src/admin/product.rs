use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use shop_core::catalog::add_product::{self, AddProductError};
use shop_core::catalog::change::{ChangeProduct, ChangeProductError};
use shop_core::catalog::{Localized, PictureName, Product, ProductText, Sku, Slug, Variant};
use shop_core::ids::CategoryId;
use shop_core::ports::{CatalogPage, CatalogQuery, Sort};
use shop_core::{Language, Money, Shop, StoreError};

use super::Desk;
use super::arguments::{AddProduct, Changes, ProductCommand, ProductRef, SetProduct, Wording};
use super::output::{View, moment};
use super::wordings::{by_language, localized, parsed};
use crate::Failure;

pub(super) async fn run(desk: &mut Desk<'_>, command: ProductCommand) -> Result<(), Failure> {
    match command {
        ProductCommand::List => list(desk).await,
        ProductCommand::Show { name } => show(desk, &name).await,
        ProductCommand::Add(arguments) => add(desk, *arguments).await,
        ProductCommand::Set(arguments) => set(desk, arguments).await,
        ProductCommand::Hide { sku, undo } => {
            change(desk, ChangeProduct { sku, stock: None, price: None, active: Some(undo) }).await
        }
    }
}

/// Reads the whole catalog, hidden products too, page by page.
pub(super) async fn for_each(
    shop: &Shop,
    mut act: impl FnMut(Product) -> Result<(), Failure> + Send,
) -> Result<(), Failure> {
    const PAGE: u32 = 500;
    let mut offset = 0;
    loop {
        let query = CatalogQuery {
            category: None,
            search: None,
            sort: Sort::Catalog,
            language: Language::English,
            hidden: true,
            offset,
            limit: PAGE,
        };
        let CatalogPage { products, more } = shop.store().catalog().page(&query).await?;
        products.into_iter().try_for_each(&mut act)?;
        if !more {
            return Ok(());
        }
        offset += PAGE;
    }
}

async fn list(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let categories = categories(&desk.shop).await?;
    let mut list = desk.output.list();
    for_each(&desk.shop, |product| list.item(&ProductView::new(&product, &categories))).await?;
    list.end()
}

async fn show(desk: &mut Desk<'_>, name: &ProductRef) -> Result<(), Failure> {
    let catalog = desk.shop.store().catalog();
    let slug = match name {
        ProductRef::Slug(slug) => Some(slug.clone()),
        ProductRef::Sku(sku) => catalog.offers(&[*sku]).await?.pop().map(|offer| offer.slug),
    };
    let product = match slug {
        Some(slug) => catalog.product(&slug).await?,
        None => None,
    };
    let product = product.ok_or_else(|| Failure::Incomplete("there is no such product".to_owned()))?;
    desk.output.show(&ProductView::new(&product, &categories(&desk.shop).await?))
}

async fn add(desk: &mut Desk<'_>, arguments: AddProduct) -> Result<(), Failure> {
    let text = text(desk.settings.language, &arguments.name, &arguments.description)?;
    let variant = Variant {
        sku: arguments.sku,
        options: Vec::new(),
        price: price(desk, &arguments.price)?,
        weight_grams: arguments.weight,
        stock: arguments.stock.0,
    };
    let AddProduct { slug, category, picture, .. } = arguments;
    let command = add_product::AddProduct { slug, category, text, picture, variants: vec![variant] };
    let product = desk.shop.add_product(command).await.map_err(|error| match error {
        AddProductError::Store(error) => Failure::Store(error),
        refusal => Failure::Incomplete(refusal.to_string()),
    })?;
    desk.output.show(&ProductView::new(&product, &categories(&desk.shop).await?))
}

async fn set(desk: &mut Desk<'_>, arguments: SetProduct) -> Result<(), Failure> {
    let SetProduct { sku, changes: Changes { stock, price: amount } } = arguments;
    let price = amount.map(|amount| price(desk, &amount)).transpose()?;
    change(desk, ChangeProduct { sku, stock: stock.map(|stock| stock.0), price, active: None }).await
}

/// Changes a product and shows it as it is now.
async fn change(desk: &mut Desk<'_>, command: ChangeProduct) -> Result<(), Failure> {
    let sku = command.sku;
    desk.shop.change_product(command).await.map_err(|error| match error {
        ChangeProductError::Store(error) => Failure::Store(error),
        refusal @ (ChangeProductError::NoSuchSku
        | ChangeProductError::NotCounted
        | ChangeProductError::TooFew
        | ChangeProductError::TooMany
        | ChangeProductError::Price) => Failure::Incomplete(refusal.to_string()),
    })?;
    show(desk, &ProductRef::Sku(sku)).await
}

fn price(desk: &Desk<'_>, amount: &str) -> Result<Money, Failure> {
    Money::parse(amount, desk.settings.currency)
        .map_err(|error| Failure::Usage(format!("--price {amount}: {error}")))
}

/// Names and descriptions by language. A description needs a name in its language.
fn text(
    own: Language,
    names: &[Wording],
    descriptions: &[Wording],
) -> Result<Localized<ProductText>, Failure> {
    let undescribed = |(language, name)| (language, ProductText { name, description: None });
    let mut texts: BTreeMap<_, _> = by_language("--name", own, names)?.into_iter().map(undescribed).collect();
    for wording in descriptions {
        let language = wording.language.unwrap_or(own);
        let missing =
            || Failure::Usage(format!("--description: there is no --name in the language {language}"));
        texts.get_mut(&language).ok_or_else(missing)?.description = Some(parsed("--description", wording)?);
    }
    localized(texts)
}

async fn categories(shop: &Shop) -> Result<HashMap<CategoryId, Slug>, StoreError> {
    let categories = shop.store().catalog().categories().await?;
    Ok(categories.into_iter().map(|category| (category.id, category.slug)).collect())
}

#[derive(Serialize)]
struct ProductView<'p> {
    slug: &'p Slug,
    active: bool,
    category: Option<&'p Slug>,
    picture: Option<&'p str>,
    text: &'p Localized<ProductText>,
    created_at: String,
    variants: Vec<VariantView>,
}

#[derive(Serialize)]
struct VariantView {
    sku: Sku,
    /// The choices in English, empty for a product's only variant.
    label: String,
    price: Money,
    /// Not counted without one.
    stock: Option<u32>,
    weight_grams: Option<u32>,
}

impl<'p> ProductView<'p> {
    fn new(product: &'p Product, categories: &'p HashMap<CategoryId, Slug>) -> Self {
        Self {
            slug: &product.slug,
            active: product.active,
            category: product.category.and_then(|id| categories.get(&id)),
            picture: product.picture.as_ref().map(PictureName::as_str),
            text: &product.text,
            created_at: moment(product.created_at),
            variants: product.variants.iter().map(VariantView::from).collect(),
        }
    }
}

impl From<&Variant> for VariantView {
    fn from(variant: &Variant) -> Self {
        Self {
            sku: variant.sku,
            label: variant.label(Language::English),
            price: variant.price,
            stock: variant.stock.counted(),
            weight_grams: variant.weight_grams,
        }
    }
}

impl View for ProductView<'_> {
    /// One line a variant.
    fn text(&self) -> String {
        let name = &self.text.get(Language::English).name;
        let hidden = if self.active { "" } else { " [hidden]" };
        let line = |variant: &VariantView| {
            let stock = variant.stock.map_or("uncounted".to_owned(), |pieces| pieces.to_string());
            let label =
                if variant.label.is_empty() { String::new() } else { format!(" ({})", variant.label) };
            // `Display` of these types ignores widths, so they become strings first.
            let (sku, price) = (variant.sku.to_string(), variant.price.to_string());
            format!("{sku:<16} {price:>16} {stock:>10}  {}  {name}{label}{hidden}", self.slug)
        };
        self.variants.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}
