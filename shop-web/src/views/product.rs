//! A product and its variants.

use serde::Serialize;
use shop_core::catalog::{Product, Sku, Variant, VariantOption};
use shop_core::{Currency, Language, Money};

use super::{Field, Phrase, View};

/// A product's own page: GET `/products/{slug}`.
#[derive(Clone, Debug, Serialize)]
pub struct ProductView {
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it is, a paragraph each.
    pub description: Vec<String>,
    /// The name of its picture.
    pub picture: Option<String>,
    /// What can be bought of it.
    pub variants: Vec<VariantOffer>,
}

/// A variant that can be bought.
#[derive(Clone, Debug, Serialize)]
pub struct VariantOffer {
    /// Its code.
    pub sku: String,
    /// What tells it from its siblings in one line; empty for a product's only variant.
    pub label: String,
    /// The same choice by choice.
    pub choices: Vec<Choice>,
    /// What one piece costs.
    pub price: Money,
    /// Whether there is none left.
    pub sold_out: bool,
    /// How many are left, if that is worth a word.
    pub left: Option<u32>,
    /// `quantity`: what stands in the field.
    pub quantity: Field,
}

/// One way in which variants differ, with this variant's choice.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// What differs.
    pub name: String,
    /// This variant's choice.
    pub value: String,
}

/// From this number of pieces down a page says how many are left.
const FEW: u32 = 5;

impl ProductView {
    /// The page of this product; variants priced in another currency than the shop's are left out.
    #[must_use]
    pub fn new(product: &Product, language: Language, currency: Currency) -> Self {
        let text = product.text.get(language);
        let description = text.description.as_ref().map_or("", |description| description.as_str());
        Self {
            slug: product.slug.to_string(),
            name: text.name.to_string(),
            description: description
                .lines()
                .filter(|line| !line.trim().is_empty())
                .map(str::to_owned)
                .collect(),
            picture: product.picture.as_ref().map(ToString::to_string),
            variants: offers(product, language, currency),
        }
    }

    /// Whether this variant can be bought on the page.
    #[must_use]
    pub fn offers(&self, sku: Sku) -> bool {
        self.variants.iter().any(|variant| variant.sku == sku.as_str())
    }

    /// The page after a variant was not put into the cart; the fault stands beside its quantity.
    #[must_use]
    pub fn refused(mut self, sku: &str, typed: &str, fault: Option<Phrase>) -> Self {
        if let Some(variant) = self.variants.iter_mut().find(|variant| variant.sku == sku) {
            variant.quantity = Field { value: typed.to_owned(), fault };
        }
        self
    }
}

/// What is for sale of a product in this currency.
pub(super) fn offers(product: &Product, language: Language, currency: Currency) -> Vec<VariantOffer> {
    let for_sale = product.variants.iter().filter(|variant| variant.price.currency() == currency);
    for_sale.map(|variant| VariantOffer::new(variant, language)).collect()
}

impl VariantOffer {
    fn new(variant: &Variant, language: Language) -> Self {
        let choice = |option: &VariantOption| Choice {
            name: option.name.get(language).to_string(),
            value: option.value.get(language).to_string(),
        };
        Self {
            sku: variant.sku.to_string(),
            label: variant.label(language),
            choices: variant.options.iter().map(choice).collect(),
            price: variant.price,
            sold_out: variant.stock.is_sold_out(),
            left: variant.stock.counted().filter(|left| (1..=FEW).contains(left)),
            quantity: Field::new("1"),
        }
    }
}

impl View for ProductView {
    const TEMPLATE: &'static str = "product.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let [drive, hub] = sample_variants();
        let several = Self {
            slug: "usb-flash-drive".to_owned(),
            name: "USB flash drive".to_owned(),
            description: vec!["Small enough for a key ring.".to_owned(), "Reads 150 MB a second.".to_owned()],
            picture: Some("usb02.svg".to_owned()),
            variants: drive,
        };
        let single = Self {
            slug: "smart-hub".to_owned(),
            name: "Smart home hub".to_owned(),
            description: Vec::new(),
            picture: None,
            variants: hub,
        };
        let not_for_sale = Self { variants: Vec::new(), ..single.clone() };
        let fault = Phrase::new("fault-short").with("left", 3);
        let refused = several.clone().refused("USB02-64", "17", Some(fault));
        vec![("several", several), ("single", single), ("not for sale", not_for_sale), ("refused", refused)]
    }
}

/// The variants of a product with several, and of one with a single variant.
pub(super) fn sample_variants() -> [Vec<VariantOffer>; 2] {
    let variant = |sku: &str, capacity: &str, minor, left| VariantOffer {
        sku: sku.to_owned(),
        label: capacity.to_owned(),
        choices: vec![Choice { name: "Capacity".to_owned(), value: capacity.to_owned() }],
        price: Money::from_minor(minor, Currency::RON),
        sold_out: false,
        left,
        quantity: Field::new("1"),
    };
    let drive = vec![
        variant("USB02-32", "32 GB", 4_900, None),
        variant("USB02-64", "64 GB", 7_900, Some(3)),
        VariantOffer { sold_out: true, ..variant("USB02-128", "128 GB", 123_450, None) },
    ];
    let hub =
        VariantOffer { label: String::new(), choices: Vec::new(), ..variant("SH03", "", 34_900, Some(1)) };
    [drive, vec![hub]]
}
