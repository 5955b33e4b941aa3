use std::sync::Arc;

use shop_core::catalog::Product;
use shop_core::catalog::add_product::AddProduct;
use shop_core::memory::MemoryStore;

use super::*;

fn shop() -> Shop {
    Shop::builder(Arc::new(MemoryStore::default())).build()
}

async fn products(shop: &Shop) -> Vec<Product> {
    shop.store().catalog().page(&up_to(100)).await.expect("a working store").products
}

#[test]
fn every_product_has_a_picture_and_every_picture_a_product() {
    let sample = Document::embedded().expect("a document");
    let mut used: Vec<_> = sample.products.iter().filter_map(|product| product.picture.as_ref()).collect();
    used.sort();
    let embedded: Vec<_> = PICTURES.iter().map(|(name, _)| *name).collect();
    assert_eq!(used.iter().map(|name| name.as_str()).collect::<Vec<_>>(), embedded);
    assert_eq!(used.len(), sample.products.len());
    for (name, bytes) in PICTURES {
        assert!(bytes.starts_with(b"<"), "{name} is no SVG");
    }
}

#[test]
fn every_category_of_a_product_is_there() {
    let sample = Document::embedded().expect("a document");
    let seeded: HashSet<_> =
        sample.categories.into_iter().map(|category| category.into_command(1).slug).collect();
    for product in sample.products {
        assert!(product.category.is_none_or(|category| seeded.contains(&category)), "{}", product.slug);
    }
}

#[tokio::test]
async fn the_sample_speaks_every_language_and_says_something_in_each() {
    let shop = shop();
    seed(&shop).await.expect("seeded");
    for product in products(&shop).await {
        let texts: Vec<_> = product.text.iter().collect();
        assert_eq!(texts.len(), Language::ALL.len(), "{}", product.slug);
        let descriptions: HashSet<_> = texts.iter().map(|(_, text)| text.description.as_ref()).collect();
        assert_eq!(descriptions.len(), Language::ALL.len(), "{}: each language has its own", product.slug);
    }
}

#[tokio::test]
async fn an_empty_catalog_is_filled_once() {
    let shop = shop();
    assert_eq!(seed_if_bare(&shop).await.expect("seeded"), Seeded { categories: 4, products: 8 });
    assert_eq!(seed_if_bare(&shop).await.expect("seeded"), Seeded::default());
    assert_eq!(seed(&shop).await.expect("seeded"), Seeded::default());
    assert_eq!(products(&shop).await.len(), 8);
}

#[tokio::test]
async fn what_was_cut_short_goes_on() {
    let shop = shop();
    let mut sample = Document::embedded().expect("a document");
    sample.categories.truncate(2);
    sample.products.truncate(2);
    sample.products.iter_mut().for_each(|product| product.category = None);
    add(&shop, sample).await.expect("added");
    assert_eq!(seed_if_bare(&shop).await.expect("seeded"), Seeded { categories: 2, products: 6 });
}

#[tokio::test]
async fn goods_of_the_shops_own_are_left_alone() {
    let shop = shop();
    let own = Document::embedded().expect("a document").products.swap_remove(0).into_command(shop.currency());
    let own = AddProduct { slug: "own".parse().expect("a slug"), category: None, ..own };
    shop.add_product(own).await.expect("added");
    assert_eq!(seed_if_bare(&shop).await.expect("looked"), Seeded::default());
    // The operator may ask for it all the same; a product whose SKU is taken stays out.
    assert_eq!(seed(&shop).await.expect("seeded"), Seeded { categories: 4, products: 7 });
}

#[tokio::test]
async fn several_may_seed_at_once() {
    let shop = shop();
    let (one, other) = tokio::join!(seed_if_bare(&shop), seed_if_bare(&shop));
    let (one, other) = (one.expect("seeded"), other.expect("seeded"));
    assert_eq!((one.categories + other.categories, one.products + other.products), (4, 8));
    assert_eq!(products(&shop).await.len(), 8);
}
