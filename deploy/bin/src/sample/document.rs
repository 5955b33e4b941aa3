//! The form of `sample/catalog.json`.

use serde::Deserialize;
use shop_core::catalog::add_category::AddCategory;
use shop_core::catalog::add_product::AddProduct;
use shop_core::catalog::{
    CategoryName, Description, Localized, PictureName, ProductName, ProductText, Sku, Slug, Variant,
    VariantOption,
};
use shop_core::{Currency, Language, Money};

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub(super) categories: Vec<SampleCategory>,
    pub(super) products: Vec<SampleProduct>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleCategory {
    slug: Slug,
    name: Localized<CategoryName>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleProduct {
    pub(super) slug: Slug,
    pub(super) category: Option<Slug>,
    pub(super) picture: Option<PictureName>,
    name: Localized<ProductName>,
    description: Option<Localized<Description>>,
    variants: Vec<SampleVariant>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleVariant {
    sku: Sku,
    options: Vec<VariantOption>,
    /// In minor units of the shop's currency, whichever that is.
    price: i64,
    weight_grams: Option<u32>,
    /// Not counted without one.
    stock: Option<u32>,
}

impl Document {
    /// The file that lies in the program.
    pub(super) fn embedded() -> Result<Self, serde_json::Error> {
        serde_json::from_str(include_str!("../../sample/catalog.json"))
    }
}

impl SampleCategory {
    pub(super) fn into_command(self, position: u32) -> AddCategory {
        AddCategory { slug: self.slug, name: self.name, position }
    }
}

impl SampleProduct {
    pub(super) fn into_command(self, currency: Currency) -> AddProduct {
        AddProduct {
            text: self.text(),
            slug: self.slug,
            category: self.category,
            picture: self.picture,
            variants: self.variants.into_iter().map(|variant| variant.priced_in(currency)).collect(),
        }
    }

    /// Its picture, by the SKU of each variant.
    pub(super) fn into_pictures(self) -> Vec<(Sku, PictureName)> {
        let picture = self.picture;
        self.variants.into_iter().filter_map(|variant| Some((variant.sku, picture.clone()?))).collect()
    }

    /// The text in every language that has a name.
    fn text(&self) -> Localized<ProductText> {
        let text = |language: Language, name: &ProductName| {
            let description = self.description.as_ref().map(|description| description.get(language).clone());
            ProductText { name: name.clone(), description }
        };
        let english = text(Language::English, self.name.get(Language::English));
        let whole = Localized::only(Language::English, english);
        self.name.iter().fold(whole, |whole, (language, name)| whole.with(language, text(language, name)))
    }
}

impl SampleVariant {
    fn priced_in(self, currency: Currency) -> Variant {
        Variant {
            sku: self.sku,
            options: self.options,
            price: Money::from_minor(self.price, currency),
            weight_grams: self.weight_grams,
            stock: self.stock.into(),
        }
    }
}
