use serde::{Deserialize, Serialize};

use super::{Localized, PictureName, Sku, Slug};
use crate::ids::{CategoryId, ProductId};
use crate::language::Language;
use crate::money::Money;
use crate::stock::Stock;
use crate::text::text_type;
use crate::time::Timestamp;

text_type! {
    /// The name of a product in one language: 1 to 200 characters.
    ProductName, 200, One
}

text_type! {
    /// What a product is, in one language: plain text of 1 to 5,000 characters.
    Description, 5000, Many
}

text_type! {
    /// A short text of a variant's option, such as `Color` or `256 GB`: 1 to 60 characters.
    Label, 60, One
}

/// Something the shop sells: one or more variants with a name and a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// Its name in addresses; unique among products.
    pub slug: Slug,
    /// The category it stands in, if any.
    pub category: Option<CategoryId>,
    /// Its name and description.
    pub text: Localized<ProductText>,
    /// The picture that its card shows.
    pub picture: Option<PictureName>,
    /// Whether shoppers see it.
    pub active: bool,
    /// The sellable units, in the order in which a page offers them; one at least.
    pub variants: Vec<Variant>,
    /// When it came into the catalog.
    pub created_at: Timestamp,
    /// How often it was changed: the store compares it on every change.
    pub version: u64,
}

/// A product's name and description in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductText {
    /// The name.
    pub name: ProductName,
    /// The description, if there is one.
    #[serde(default)]
    pub description: Option<Description>,
}

/// One sellable unit of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its code; unique in the shop.
    pub sku: Sku,
    /// What tells it from its siblings; empty for a product's only variant.
    pub options: Vec<VariantOption>,
    /// What one piece costs.
    pub price: Money,
    /// What one piece weighs, in grams.
    pub weight_grams: Option<u32>,
    /// How many pieces there are.
    pub stock: Stock,
}

/// One way in which variants differ, with this variant's choice: `Capacity: 256 GB`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantOption {
    /// What differs.
    pub name: Localized<Label>,
    /// This variant's choice.
    pub value: Localized<Label>,
}

/// What the shop knows of one SKU when it is in a cart: enough to show the line, price it and say whether it can be ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The variant.
    pub variant: Variant,
    /// The product's name in addresses.
    pub slug: Slug,
    /// The product's name and description.
    pub text: Localized<ProductText>,
    /// The product's picture.
    pub picture: Option<PictureName>,
    /// Whether shoppers see the product.
    pub active: bool,
}

impl Product {
    /// The greatest number of variants.
    pub const MAX_VARIANTS: usize = 100;

    /// The lowest price among the variants.
    #[must_use]
    pub fn lowest_price(&self) -> Option<Money> {
        self.variants.iter().map(|variant| variant.price).min_by_key(|price| price.minor())
    }
}

impl Variant {
    /// The variant's choices in one language, such as `256 GB, black`; empty for a product's only variant.
    #[must_use]
    pub fn label(&self, language: Language) -> String {
        let choices: Vec<_> = self.options.iter().map(|option| option.value.get(language).as_str()).collect();
        choices.join(", ")
    }
}

impl Offer {
    /// The name that cart and order show: the product's, with the variant's choices behind it.
    #[must_use]
    pub fn full_name(&self, language: Language) -> String {
        let name = &self.text.get(language).name;
        match self.variant.label(language).as_str() {
            "" => name.to_string(),
            label => format!("{name} ({label})"),
        }
    }
}
