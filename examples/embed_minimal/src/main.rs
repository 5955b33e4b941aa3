//! A shop in 30 lines: put something on the shelf, and look at the shelf.

use std::sync::Arc;

use shop_core::catalog::add_product::AddProduct;
use shop_core::catalog::browse::Browse;
use shop_core::catalog::{Localized, ProductText, Variant};
use shop_core::memory::MemoryStore;
use shop_core::stock::Stock;
use shop_core::{Language, Money, Shop};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let shop = Shop::builder(Arc::new(MemoryStore::default())).build();

    let price = Money::parse("349.00", shop.currency())?;
    let hub = Variant {
        sku: "SH03".parse()?,
        options: vec![],
        price,
        weight_grams: None,
        stock: Stock::Counted(10),
    };
    let text = ProductText { name: "Smart home hub".parse()?, description: None };
    let text = Localized::only(Language::English, text);
    let slug = "smart-home-hub".parse()?;
    shop.add_product(AddProduct { slug, category: None, text, picture: None, variants: vec![hub] }).await?;

    for product in shop.browse(Browse::default()).await?.products {
        for variant in &product.variants {
            println!("{} {} {}", variant.sku, product.text.get(Language::English).name, variant.price);
        }
    }
    Ok(())
}
