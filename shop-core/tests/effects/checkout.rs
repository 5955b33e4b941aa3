use shop_core::account::UserState;
use shop_core::cart::show::LineProblem;
use shop_core::checkout::place_order::{PlaceOrder, PlaceOrderError};
use shop_core::error::Constraint;
use shop_core::ids::{OrderId, UserId};
use shop_core::mocks::{MockStore, MockUnit};
use shop_core::order::Order;
use shop_core::ports::StoredCart;
use shop_core::{Language, Shop, StoreError};

use crate::script::{Script, again_at_every_step, at_every_step, shop, step};
use crate::values::{ana, offer, parsed};

async fn order(shop: Shop) -> Result<Order, PlaceOrderError> {
    let command = PlaceOrder {
        owner: UserId::from_bytes([1; 16]),
        address: parsed("Str. Florilor 1"),
        key: parsed("00000000"),
        seen_total: None,
        language: Language::English,
        client: None,
    };
    Ok(shop.place_order(command).await?.order)
}

fn stored() -> StoredCart {
    StoredCart { code: "SH03=3;AMTR01=1".into(), version: 7 }
}

fn ordering(script: &mut Script, _: &mut MockStore) -> MockUnit {
    let mut unit = MockUnit::default();
    step!(script, unit.keys, expect_insert(_, _, _) => ());
    step!(script, unit.carts, expect_load(_) => stored());
    step!(script, unit.products, expect_offers(_) => vec![offer(parsed("SH03")), offer(parsed("AMTR01"))]);
    for sku in ["AMTR01", "SH03"] {
        step!(script, unit.stock, expect_take(_, _) if move |taken, _| taken.as_str() == sku => true);
    }
    step!(script, unit.users, expect_find(_) => Some(ana(UserState::Active)));
    step!(script, unit.orders, expect_insert(_) => ());
    step!(script, unit.outbox, expect_enqueue(_) => ());
    step!(script, unit.carts, expect_replace(_, _, _) if |_, code, &expected| code.is_empty() && expected == 7 => ());
    step!(script, unit.ending, expect_commit() => ());
    unit
}

#[tokio::test]
async fn an_order_is_ten_steps_or_none() {
    let run = |shop| async { order(shop).await.is_ok() };
    assert_eq!(at_every_step(ordering, run).await, 10);
    again_at_every_step(10, ordering, run).await;
}

#[tokio::test]
async fn a_number_that_is_taken_is_drawn_again() {
    let taken = || StoreError::Conflict(Constraint::OrderNumber);
    let store = MockStore::default();
    let mut unused = MockStore::default();
    let insert = 6;
    store.hand_out(ordering(&mut Script::new(crate::script::Failure::At(insert, taken)), &mut unused));
    store.hand_out(ordering(&mut Script::new(crate::script::Failure::None), &mut unused));
    order(shop(store)).await.expect("placed under another number");
}

#[tokio::test]
async fn a_line_that_fell_short_meanwhile_is_told_and_nothing_is_kept() {
    let mut unit = MockUnit::default();
    unit.keys.expect_insert().return_once(|_, _, _| Ok(()));
    unit.carts.expect_load().return_once(|_| Ok(stored()));
    unit.products.expect_offers().returning(|skus| Ok(skus.iter().map(|&sku| offer(sku)).collect()));
    unit.stock.expect_take().times(1).return_once(|_, _| Ok(false));
    let store = MockStore::default();
    store.hand_out(unit);
    let refusal = order(shop(store)).await.expect_err("no stock");
    let PlaceOrderError::Lines(lines) = refusal else { panic!("{refusal}") };
    assert_eq!(lines, [(parsed("AMTR01"), LineProblem::Short(5))]);
}

#[tokio::test]
async fn a_key_used_before_brings_the_order_of_that_time() {
    let run = |shop| async { order(shop).await.is_ok() };
    let placed = {
        let store = MockStore::default();
        store.hand_out(ordering(&mut Script::new(crate::script::Failure::None), &mut MockStore::default()));
        order(shop(store)).await.expect("placed")
    };
    let prepare = move |script: &mut Script, store: &mut MockStore| {
        let mut second = MockUnit::default();
        let used = || Err(StoreError::Conflict(Constraint::IdempotencyKey));
        second.keys.expect_insert().return_once(move |_, _, _| used());
        store.hand_out(second);
        let placed = placed.clone();
        let mut reading = MockUnit::default();
        step!(script, reading.keys, expect_find(_, _) => Some(OrderId::from_bytes([9; 16])));
        step!(script, reading.orders, expect_find(_) => Some(placed));
        step!(script, reading.ending, expect_rollback() => ());
        reading
    };
    assert_eq!(at_every_step(prepare, run).await, 3);
}
