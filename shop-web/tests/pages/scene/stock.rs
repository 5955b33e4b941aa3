//! What the shop of the scene sells.

use std::time::Duration;

use shop_core::catalog::add_category::AddCategory;
use shop_core::catalog::add_product::AddProduct;
use shop_core::catalog::{Localized, ProductText, Variant, VariantOption};
use shop_core::memory::ManualClock;
use shop_core::stock::Stock;
use shop_core::{Currency, Language, Money, Shop};

/// Two categories and three products: `SH03` (5 left), `USB02-32` and `USB02-64` (none left), `AMTR01` (not
/// counted).
pub(super) async fn fill(shop: &Shop, clock: &ManualClock) {
    for (position, (slug, english, romanian)) in
        (0..).zip([("storage", "Storage", "Stocare"), ("smart-home", "Smart home", "Casă inteligentă")])
    {
        let name = Localized::only(Language::English, english.parse().expect("a name"))
            .with(Language::Romanian, romanian.parse().expect("a name"));
        let category = AddCategory { slug: slug.parse().expect("a slug"), name, position };
        shop.add_category(category).await.expect("a category");
    }
    add(shop, "smart-hub", Some("smart-home"), "Smart home hub", vec![variant("SH03", 34_900, Some(5), "")])
        .await;
    clock.advance(Duration::from_secs(1));
    let drives =
        vec![variant("USB02-32", 4_900, Some(50), "32 GB"), variant("USB02-64", 7_900, Some(0), "64 GB")];
    add(shop, "usb-flash-drive", Some("storage"), "USB flash drive", drives).await;
    clock.advance(Duration::from_secs(1));
    add(shop, "fingerprint-reader", None, "Fingerprint reader", vec![variant("AMTR01", 18_900, None, "")])
        .await;
}

/// Adds a product.
pub(crate) async fn add(shop: &Shop, slug: &str, category: Option<&str>, name: &str, variants: Vec<Variant>) {
    let text = ProductText { name: name.parse().expect("a name"), description: None };
    let product = AddProduct {
        slug: slug.parse().expect("a slug"),
        category: category.map(|slug| slug.parse().expect("a slug")),
        text: Localized::only(Language::English, text),
        picture: Some("sh03.svg".parse().expect("a name")),
        variants,
    };
    shop.add_product(product).await.expect("a product");
}

/// A variant; `capacity` tells it from its siblings, if it has any.
pub(crate) fn variant(sku: &str, minor: i64, stock: Option<u32>, capacity: &str) -> Variant {
    let label = |text: &str| Localized::only(Language::English, text.parse().expect("a label"));
    let options = match capacity {
        "" => Vec::new(),
        capacity => vec![VariantOption { name: label("Capacity"), value: label(capacity) }],
    };
    Variant {
        sku: sku.parse().expect("a SKU"),
        options,
        price: Money::from_minor(minor, Currency::RON),
        weight_grams: None,
        stock: Stock::from(stock),
    }
}
