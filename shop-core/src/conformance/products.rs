//! Categories and products come back as they went in.

use super::case::cases;
use super::samples::{category, category_id, lei, parsed, product, product_id, sku, variant};
use super::setup::{add_categories, add_products, assert_conflict};
use crate::catalog::{Category, Localized, Offer, Product, ProductText, Sku, Variant, VariantOption};
use crate::error::Constraint;
use crate::language::Language;
use crate::money::{Currency, Money};
use crate::stock::Stock;

/// A product that has everything a product can have.
fn rich() -> Product {
    let text =
        |name: &str| ProductText { name: parsed(name), description: Some(parsed("One line.\nAnother.")) };
    let option = |name: &str, value: &str| VariantOption {
        name: Localized::only(Language::English, parsed(name)).with(Language::Romanian, parsed("Culoare")),
        value: Localized::only(Language::English, parsed(value)),
    };
    let size = |code: &str, grams, stock, minor| Variant {
        sku: parsed(code),
        options: vec![option("Color", "red"), option("Size", code)],
        price: Money::from_minor(minor, Currency::RON),
        weight_grams: grams,
        stock,
    };
    Product {
        slug: parsed("usb-stick-256"),
        category: Some(category_id(1)),
        text: Localized::only(Language::Romanian, text("Ciocan")).with(Language::French, text("Marteau")),
        picture: Some(parsed("usb02.svg")),
        variants: vec![
            size("Z-LAST", Some(u32::MAX), Stock::Counted(u32::MAX), Money::PRICE_LIMIT),
            size("A-FIRST", None, Stock::Uncounted, 0),
            size("0123456789ABCDEF0123456789ABCDEF", Some(0), Stock::Counted(0), 1),
        ],
        ..product(1)
    }
}

fn offer_of(product: &Product, index: usize) -> Offer {
    Offer {
        variant: product.variants.get(index).expect("a sample is valid").clone(),
        slug: product.slug.clone(),
        text: product.text.clone(),
        picture: product.picture.clone(),
        active: product.active,
    }
}

cases! {
    ($) products __conformance_products

    /// A category comes back with every field, by slug inside a unit, and in the list by position.
    async fn categories_come_back_whole(store) {
        let first = Category { position: 0, ..category(3) };
        let last = Category { position: u32::MAX, ..category(2) };
        add_categories(&*store, &[last.clone(), category(1), first.clone()]).await?;
        let mut unit = store.begin().await?;
        assert_eq!(unit.categories().find(&last.slug).await?, Some(last.clone()));
        assert_eq!(unit.categories().find(&parsed("category-9")).await?, None);
        assert_eq!(store.catalog().categories().await?, [first, category(1), last]);
    }

    /// Two categories cannot have one slug, nor one id.
    async fn a_category_is_unique(store) {
        add_categories(&*store, &[category(1)]).await?;
        let mut unit = store.begin().await?;
        let same_slug = Category { slug: category(1).slug, ..category(2) };
        assert_conflict(unit.categories().insert(&same_slug).await, Constraint::Slug);
        drop(unit);
        let mut unit = store.begin().await?;
        let same_id = Category { id: category_id(1), ..category(2) };
        assert_conflict(unit.categories().insert(&same_id).await, Constraint::Id);
    }

    /// A product comes back with every field and its variants in their order, by slug, by any of its SKUs and
    /// in a page.
    async fn products_come_back_whole(store) {
        add_categories(&*store, &[category(1)]).await?;
        let plain = Product { active: false, ..product(2) };
        let products = [rich(), plain];
        add_products(&*store, &products).await?;
        let mut unit = store.begin().await?;
        for product in &products {
            assert_eq!(
                store.catalog().product(&product.slug).await?.as_ref(),
                Some(product),
                "hidden or not"
            );
            for variant in &product.variants {
                assert_eq!(unit.products().find_by_sku(variant.sku).await?.as_ref(), Some(product));
            }
        }
    }

    /// A product that does not exist is `None`, not an error.
    async fn a_missing_product_is_none(store) {
        add_products(&*store, &[product(1)]).await?;
        assert_eq!(store.catalog().product(&parsed("product-2")).await?, None);
        let mut unit = store.begin().await?;
        assert_eq!(unit.products().find_by_sku(sku(2)).await?, None);
        assert!(!unit.products().set_price(sku(2), lei(1)).await?);
    }

    /// Two products cannot have one slug, one SKU or one id, nor can one product have a SKU twice.
    async fn a_product_is_unique(store) {
        add_products(&*store, &[product(1)]).await?;
        let twice = vec![variant(sku(2)), variant(sku(2))];
        let refused = [
            (Product { slug: product(1).slug, ..product(2) }, Constraint::Slug),
            (Product { variants: vec![variant(sku(2)), variant(sku(1))], ..product(2) }, Constraint::Sku),
            (Product { variants: twice, ..product(2) }, Constraint::Sku),
            (Product { id: product_id(1), ..product(2) }, Constraint::Id),
        ];
        for (product, constraint) in refused {
            let mut unit = store.begin().await?;
            assert_conflict(unit.products().insert(&product).await, constraint);
        }
    }

    /// A product and a category may share a slug, and SKUs that look alike to a pattern or a collation are
    /// different.
    async fn similar_products_are_different(store) {
        add_categories(&*store, &[Category { slug: parsed("tools"), ..category(1) }]).await?;
        let skus = ["A", "A-", "A.", "A_", "A-B", "AB", "A_B", "A.B", "0A", "00A"];
        let named = |(number, code): (u32, &str)| Product {
            variants: vec![variant(parsed(code))],
            ..product(number)
        };
        let mut products: Vec<_> = (1..).zip(skus).map(named).collect();
        products[0].slug = parsed("tools");
        add_products(&*store, &products).await?;
        let mut unit = store.begin().await?;
        for product in &products {
            let found = unit.products().find_by_sku(product.variants[0].sku).await?;
            assert_eq!(found.as_ref(), Some(product));
        }
    }

    /// A product is hidden and shown by compare and set of its version.
    async fn a_product_is_hidden_by_version(store) {
        add_products(&*store, &[product(1), product(2)]).await?;
        let mut unit = store.begin().await?;
        unit.products().set_active(&product(1), false).await?;
        unit.commit().await?;
        let hidden = Product { active: false, version: 1, ..product(1) };
        assert_eq!(store.catalog().product(&hidden.slug).await?, Some(hidden.clone()));
        assert_eq!(store.catalog().product(&product(2).slug).await?, Some(product(2)), "another one");
        for outdated in [product(1), product(3)] {
            let mut unit = store.begin().await?;
            assert_conflict(unit.products().set_active(&outdated, true).await, Constraint::Version);
        }
        let mut unit = store.begin().await?;
        unit.products().set_active(&hidden, true).await?;
        unit.commit().await?;
        let shown = Product { version: 2, ..product(1) };
        assert_eq!(store.catalog().product(&shown.slug).await?, Some(shown));
    }

    /// A price is set for one variant, and for none of its siblings.
    async fn a_price_is_set(store) {
        add_categories(&*store, &[category(1)]).await?;
        add_products(&*store, &[rich()]).await?;
        let price = Money::from_minor(12_345, parsed("EUR"));
        let mut unit = store.begin().await?;
        assert!(unit.products().set_price(parsed("A-FIRST"), price).await?);
        unit.commit().await?;
        let product = store.catalog().product(&rich().slug).await?.ok_or("the product is gone")?;
        let mut expected = rich().variants;
        expected[1].price = price;
        assert_eq!(product.variants, expected);
    }

    /// Offers are those of the SKUs that exist, hidden ones too, inside a unit and outside; none of none.
    async fn offers_leave_out_what_is_unknown(store) {
        add_categories(&*store, &[category(1)]).await?;
        let hidden = Product { active: false, ..product(2) };
        add_products(&*store, &[rich(), hidden.clone()]).await?;
        let asked: Vec<Sku> = vec![sku(2), sku(9), parsed("A-FIRST"), parsed("Z-LAST")];
        let mut expected = vec![offer_of(&hidden, 0), offer_of(&rich(), 1), offer_of(&rich(), 0)];
        expected.sort_by_key(|offer| offer.variant.sku);
        let mut unit = store.begin().await?;
        for mut offers in [unit.products().offers(&asked).await?, store.catalog().offers(&asked).await?] {
            offers.sort_by_key(|offer| offer.variant.sku);
            assert_eq!(offers, expected);
        }
        assert_eq!(unit.products().offers(&[]).await?, []);
        assert_eq!(store.catalog().offers(&[]).await?, []);
    }

    /// The offers of a full cart, 100 SKUs, come back in one go.
    async fn offers_of_a_full_cart(store) {
        let products: Vec<_> = (1..=100).map(product).collect();
        add_products(&*store, &products).await?;
        let skus: Vec<_> = (1..=100).map(sku).collect();
        let offers = store.catalog().offers(&skus).await?;
        assert_eq!(offers.len(), 100);
        let mut unit = store.begin().await?;
        assert_eq!(unit.products().offers(&skus).await?.len(), 100);
    }
}
