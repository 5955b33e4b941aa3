//! Orders come back as they were placed, newest first, and a key belongs to one order.

use std::slice::from_ref;

use super::case::cases;
use super::samples::{lei, line, order, order_id, parsed, product, user, user_id};
use super::setup::{add_orders, add_products, add_users, assert_conflict};
use crate::account::PostalAddress;
use crate::checkout::IdempotencyKey;
use crate::error::{Constraint, StoreError};
use crate::ids::OrderId;
use crate::language::Language;
use crate::money::{Currency, Money};
use crate::order::{Delivery, LineState, Order, OrderLine, OrderNumber, OrderState, OrderSummary};
use crate::ports::Store;
use crate::system::SystemRandom;

/// Two shoppers and the products that their orders are about.
async fn shoppers(store: &dyn Store) -> Result<(), StoreError> {
    add_users(store, &[user(1), user(2)]).await?;
    add_products(store, &(1..=3).map(product).collect::<Vec<_>>()).await
}

/// Orders that between them have every state, every language, every state of a line, and 1 to 100 lines.
fn all_kinds() -> Vec<Order> {
    let kinds = (1..).zip(OrderState::ALL).zip(Language::ALL).zip([1, 2, 33, 8, 100]);
    kinds.map(|(((number, state), language), count)| kind(number, state, language, count)).collect()
}

fn kind(number: u32, state: OrderState, language: Language, count: u32) -> Order {
    let states = LineState::ALL.into_iter().cycle();
    // Not in the order of SKUs, and with SKUs that the shop may have forgotten since.
    let numbers = (1..=count).map(|number| number * 37 % 101);
    let lines = numbers.zip(states).map(|(number, state)| OrderLine { state, ..line(number) });
    let total = Money::from_minor(99_999 * Money::PRICE_LIMIT, Currency::RON);
    Order { state, language, lines: lines.collect(), total, ..order(number, user_id(1)) }
}

async fn listed(
    store: &dyn Store,
    owner: Option<u32>,
    before: Option<u32>,
    limit: u32,
) -> Result<Vec<OrderId>, StoreError> {
    let orders = store.orders().list(owner.map(user_id), before.map(order_id), limit).await?;
    Ok(orders.into_iter().map(|order| order.id).collect())
}

cases! {
    ($) orders __conformance_orders

    /// An order comes back with every field and its lines in their order, by id and by number.
    async fn orders_come_back_whole(store) {
        shoppers(&*store).await?;
        let orders = all_kinds();
        add_orders(&*store, &orders).await?;
        let mut unit = store.begin().await?;
        for order in &orders {
            assert_eq!(unit.orders().find(order.id).await?.as_ref(), Some(order));
            assert_eq!(store.orders().find(order.number).await?.as_ref(), Some(order));
        }
    }

    /// An order that does not exist is `None`, not an error.
    async fn a_missing_order_is_none(store) {
        let mut unit = store.begin().await?;
        assert_eq!(unit.orders().find(order_id(1)).await?, None);
        assert_eq!(store.orders().find(OrderNumber::fresh(&SystemRandom)).await?, None);
        assert_eq!(store.orders().list(None, None, 20).await?, []);
    }

    /// Two orders cannot have one number, nor one id.
    async fn an_order_is_unique(store) {
        shoppers(&*store).await?;
        let first = order(1, user_id(1));
        add_orders(&*store, from_ref(&first)).await?;
        let mut unit = store.begin().await?;
        let same_number = Order { number: first.number, ..order(2, user_id(2)) };
        assert_conflict(unit.orders().insert(&same_number).await, Constraint::OrderNumber);
        drop(unit);
        let mut unit = store.begin().await?;
        let same_id = Order { id: first.id, ..order(2, user_id(2)) };
        assert_conflict(unit.orders().insert(&same_id).await, Constraint::Id);
    }

    /// An order keeps its lines though its products change.
    async fn an_order_is_frozen(store) {
        shoppers(&*store).await?;
        let placed = order(1, user_id(1));
        add_orders(&*store, from_ref(&placed)).await?;
        let mut unit = store.begin().await?;
        unit.products().set_price(placed.lines[0].sku, lei(999)).await?;
        unit.products().set_active(&product(1), false).await?;
        unit.commit().await?;
        assert_eq!(store.orders().find(placed.number).await?, Some(placed));
    }

    /// The list shows what a summary of the order says.
    async fn the_list_summarizes(store) {
        shoppers(&*store).await?;
        let orders = all_kinds();
        add_orders(&*store, &orders).await?;
        let expected: Vec<_> = orders.iter().rev().map(OrderSummary::from).collect();
        assert_eq!(store.orders().list(Some(user_id(1)), None, 20).await?, expected);
    }

    /// Orders are listed newest first, of one owner or of all, and paging neither repeats nor loses one.
    async fn orders_are_listed_page_by_page(store) {
        shoppers(&*store).await?;
        // Inserted in no order: 7 and 11 have no common factor.
        let numbers = (1..=10).map(|number| number * 7 % 11);
        let orders: Vec<_> = numbers.map(|number| order(number, user_id(1 + number % 2))).collect();
        add_orders(&*store, &orders).await?;
        let ids = |numbers: &[u32]| numbers.iter().map(|&number| order_id(number)).collect::<Vec<_>>();
        assert_eq!(listed(&*store, None, None, 20).await?, ids(&[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]));
        assert_eq!(listed(&*store, None, Some(8), 3).await?, ids(&[7, 6, 5]));
        assert_eq!(listed(&*store, Some(1), None, 2).await?, ids(&[10, 8]));
        assert_eq!(listed(&*store, Some(1), Some(8), 2).await?, ids(&[6, 4]));
        assert_eq!(listed(&*store, Some(1), Some(4), 2).await?, ids(&[2]));
        assert_eq!(listed(&*store, Some(1), Some(2), 2).await?, []);
        assert_eq!(listed(&*store, Some(2), None, 20).await?, ids(&[9, 7, 5, 3, 1]));
        assert_eq!(listed(&*store, Some(3), None, 20).await?, []);
    }

    /// A new order does not move the pages behind it.
    async fn pages_stand_still(store) {
        shoppers(&*store).await?;
        let orders: Vec<_> = (1..=4).map(|number| order(number, user_id(1))).collect();
        add_orders(&*store, &orders).await?;
        let before = listed(&*store, Some(1), Some(3), 2).await?;
        add_orders(&*store, &[order(5, user_id(1))]).await?;
        assert_eq!(listed(&*store, Some(1), Some(3), 2).await?, before);
    }

    /// An owner uses a key once; another owner may use the same one.
    async fn a_key_is_used_once_by_each_owner(store) {
        shoppers(&*store).await?;
        let key: IdempotencyKey = parsed("0123456789abcdef");
        for number in [1, 2] {
            let mut unit = store.begin().await?;
            assert_eq!(unit.keys().find(user_id(number), &key).await?, None);
            unit.keys().insert(user_id(number), &key, order_id(number)).await?;
            unit.orders().insert(&order(number, user_id(number))).await?;
            unit.commit().await?;
        }
        for number in [1, 2] {
            let mut unit = store.begin().await?;
            assert_eq!(unit.keys().find(user_id(number), &key).await?, Some(order_id(number)));
            let again = unit.keys().insert(user_id(number), &key, order_id(3)).await;
            assert_conflict(again, Constraint::IdempotencyKey);
        }
    }

    /// Keys that differ in case, or in their last character of 64, are different keys.
    async fn similar_keys_are_different(store) {
        shoppers(&*store).await?;
        let long = "k".repeat(63);
        let keys = ["abcdefgh", "ABCDEFGH", "abcdefg-", "abcdefg_", &format!("{long}1"), &format!("{long}2")];
        let mut unit = store.begin().await?;
        for (number, key) in (1..).zip(keys) {
            unit.keys().insert(user_id(1), &parsed(key), order_id(number)).await?;
            unit.orders().insert(&order(number, user_id(1))).await?;
        }
        unit.commit().await?;
        let mut unit = store.begin().await?;
        for (number, key) in (1..).zip(keys) {
            assert_eq!(unit.keys().find(user_id(1), &parsed(key)).await?, Some(order_id(number)), "{key}");
        }
    }

    /// An address of 500 characters on many lines comes back as it was.
    async fn a_long_address_comes_back(store) {
        shoppers(&*store).await?;
        let address: PostalAddress = parsed(&"Șoseaua\n".repeat(62));
        let delivery = Some(Delivery { recipient: "Ana Pop".to_owned(), address });
        let placed = Order { delivery, ..order(1, user_id(1)) };
        add_orders(&*store, from_ref(&placed)).await?;
        assert_eq!(store.orders().find(placed.number).await?, Some(placed));
    }
}
