use shop_core::Shop;
use shop_core::catalog::add_category::AddCategory;
use shop_core::catalog::add_product::AddProduct;
use shop_core::catalog::change::ChangeProduct;
use shop_core::catalog::{Category, Localized};
use shop_core::ids::CategoryId;
use shop_core::mocks::{MockStore, MockUnit};
use shop_core::stock::{Stock, StockChange};
use shop_core::{Currency, Language, Money};

use crate::script::{Script, again_at_every_step, at_every_step, step};
use crate::values::{parsed, product};

#[tokio::test]
async fn adding_a_category() {
    let prepare = |script: &mut Script, _: &mut MockStore| {
        let mut unit = MockUnit::default();
        step!(script, unit.categories, expect_insert(_) => ());
        step!(script, unit.ending, expect_commit() => ());
        unit
    };
    let run = |shop: Shop| async move {
        let name = Localized::only(Language::English, parsed("Storage"));
        shop.add_category(AddCategory { slug: parsed("storage"), name, position: 1 }).await.is_ok()
    };
    assert_eq!(at_every_step(prepare, run).await, 2);
    again_at_every_step(2, prepare, run).await;
}

#[tokio::test]
async fn adding_a_product_looks_for_its_category_first() {
    let prepare = |script: &mut Script, _: &mut MockStore| {
        let name = Localized::only(Language::English, parsed("Storage"));
        let category =
            Category { id: CategoryId::from_bytes([3; 16]), slug: parsed("storage"), name, position: 1 };
        let mut unit = MockUnit::default();
        step!(script, unit.categories, expect_find(_) => Some(category));
        step!(script, unit.products, expect_insert(_) => ());
        step!(script, unit.ending, expect_commit() => ());
        unit
    };
    let run = |shop: Shop| async move {
        let product = product("SH03");
        let category = Some(parsed("storage"));
        let (slug, text, variants) = (product.slug, product.text, product.variants);
        shop.add_product(AddProduct { slug, category, text, picture: None, variants }).await.is_ok()
    };
    assert_eq!(at_every_step(prepare, run).await, 3);
    again_at_every_step(3, prepare, run).await;
}

#[tokio::test]
async fn changing_a_product_is_all_or_nothing() {
    let prepare = |script: &mut Script, _: &mut MockStore| {
        let mut unit = MockUnit::default();
        step!(script, unit.products, expect_find_by_sku(_) => Some(product("SH03")));
        step!(script, unit.stock, expect_set(_, _) => true);
        step!(script, unit.products, expect_set_price(_, _) => true);
        step!(script, unit.products, expect_set_active(_, _) if |_, active| !active => ());
        step!(script, unit.ending, expect_commit() => ());
        unit
    };
    let run = |shop: Shop| async move {
        let command = ChangeProduct {
            sku: parsed("SH03"),
            stock: Some(Stock::Counted(7).into()),
            price: Some(Money::from_minor(5, Currency::RON)),
            active: Some(false),
        };
        shop.change_product(command).await.is_ok()
    };
    assert_eq!(at_every_step(prepare, run).await, 5);
    again_at_every_step(5, prepare, run).await;
}

#[tokio::test]
async fn restocking_reads_no_number_that_it_writes() {
    let prepare = |script: &mut Script, _: &mut MockStore| {
        let mut unit = MockUnit::default();
        step!(script, unit.products, expect_find_by_sku(_) => Some(product("SH03")));
        step!(script, unit.stock, expect_adjust(_, _) if |_, &by| by == -3 => true);
        step!(script, unit.ending, expect_commit() => ());
        unit
    };
    let run = |shop: Shop| async move {
        let stock = Some(StockChange::By(-3));
        shop.change_product(ChangeProduct { sku: parsed("SH03"), stock, price: None, active: None })
            .await
            .is_ok()
    };
    assert_eq!(at_every_step(prepare, run).await, 3);
    again_at_every_step(3, prepare, run).await;
}
