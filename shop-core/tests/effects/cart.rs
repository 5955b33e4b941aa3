use shop_core::Shop;
use shop_core::StoreError;
use shop_core::cart::Quantity;
use shop_core::cart::add_item::AddItem;
use shop_core::cart::clear::ClearCart;
use shop_core::cart::set_item::SetItem;
use shop_core::error::Constraint;
use shop_core::ids::UserId;
use shop_core::mocks::{MockStore, MockUnit};
use shop_core::ports::StoredCart;

use crate::script::{Script, again_at_every_step, at_every_step, shop, step};
use crate::values::{offer, parsed};

const OWNER: UserId = UserId::from_bytes([1; 16]);

fn stored(code: &str) -> StoredCart {
    StoredCart { code: code.into(), version: 7 }
}

/// Loads `SH03=1`, replaces it by `after`, and commits.
fn changing(after: &'static str) -> impl Fn(&mut Script, &mut MockStore) -> MockUnit {
    move |script, store| {
        store.catalog.expect_offers().returning(|skus| Ok(skus.iter().map(|&sku| offer(sku)).collect()));
        let mut unit = MockUnit::default();
        step!(script, unit.carts, expect_load(_) => stored("SH03=1"));
        step!(script, unit.carts, expect_replace(_, _, _) if move |_, code, &expected| code == after && expected == 7 => ());
        step!(script, unit.ending, expect_commit() => ());
        unit
    }
}

#[tokio::test]
async fn adding_compares_and_sets() {
    let run = |shop: Shop| async move {
        let quantity = Quantity::new(2).expect("a quantity");
        shop.add_item(AddItem { owner: OWNER, sku: parsed("SH03"), quantity }).await.is_ok()
    };
    assert_eq!(at_every_step(changing("SH03=3"), run).await, 3);
    again_at_every_step(3, changing("SH03=3"), run).await;
}

#[tokio::test]
async fn setting_compares_and_sets() {
    let run = |shop: Shop| async move {
        let quantity = Some(Quantity::new(5).expect("a quantity"));
        shop.set_item(SetItem { owner: OWNER, sku: parsed("SH03"), quantity }).await.is_ok()
    };
    assert_eq!(at_every_step(changing("SH03=5"), run).await, 3);
    again_at_every_step(3, changing("SH03=5"), run).await;
}

#[tokio::test]
async fn clearing_compares_and_sets() {
    let run = |shop: Shop| async move { shop.clear_cart(ClearCart { owner: OWNER }).await.is_ok() };
    assert_eq!(at_every_step(changing(""), run).await, 3);
    again_at_every_step(3, changing(""), run).await;
}

#[tokio::test]
async fn a_cart_that_another_browser_changed_is_read_again() {
    let mut slow = MockUnit::default();
    slow.carts.expect_load().return_once(|_| Ok(stored("SH03=1")));
    slow.carts.expect_replace().return_once(|_, _, _| Err(StoreError::Conflict(Constraint::Version)));
    let mut fresh = MockUnit::default();
    fresh.carts.expect_load().return_once(|_| Ok(StoredCart { code: "SH03=1;USB02=1".into(), version: 8 }));
    let keeps_both = |_: &UserId, code: &str, &expected: &u64| code == "SH03=2;USB02=1" && expected == 8;
    fresh.carts.expect_replace().withf(keeps_both).times(1).return_once(|_, _, _| Ok(()));
    fresh.ending.expect_commit().times(1).return_once(|| Ok(()));
    let mut store = MockStore::default();
    store.catalog.expect_offers().returning(|skus| Ok(skus.iter().map(|&sku| offer(sku)).collect()));
    store.hand_out(slow);
    store.hand_out(fresh);
    let add = AddItem { owner: OWNER, sku: parsed("SH03"), quantity: Quantity::ONE };
    let cart = shop(store).add_item(add).await.expect("added");
    assert_eq!(cart.to_string(), "SH03=2;USB02=1");
}
