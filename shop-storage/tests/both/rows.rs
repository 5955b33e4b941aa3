//! Rows that cannot have come from the shop.

use shop_core::StoreError;
use shop_core::ports::Store;

use crate::samples::{add_products, add_user, empty, order, parsed, product, user, user_id};

#[tokio::test]
async fn an_invalid_value_is_reported_with_its_place_and_without_itself() {
    let store = empty().await;
    add_user(&*store, 1).await;
    store.tamper("UPDATE users SET email = 'hush'").await;
    let error = store.accounts().find_by_email(&user(1).email.key()).await.expect_err("not an address");
    let StoreError::Corrupt(place) = error else { panic!("{error:?}") };
    assert_eq!(place, "users.email: not an address such as name@example.com");
}

#[tokio::test]
async fn every_kind_of_value_is_checked() {
    let store = empty().await;
    add_user(&*store, 1).await;
    add_products(&*store, [product(1)]).await;
    let faults: [(&str, &str); 8] = [
        ("UPDATE products SET texts = '{}'", "products.texts: "),
        ("UPDATE products SET texts = '{\"en\": {\"name\": \"Hammer\"}}', slug = 'A B'", "products.slug: "),
        (
            "UPDATE products SET slug = 'product-1', category_id = NULL, version = -1",
            "products.version: out of range",
        ),
        ("UPDATE products SET version = 0, picture = '../x'", "products.picture: "),
        (
            "UPDATE products SET picture = NULL; UPDATE variants SET price = 1, currency = 'XX'",
            "variants.currency: ",
        ),
        ("UPDATE variants SET currency = 'RON', stock = 5000000000", "variants.stock: out of range"),
        ("UPDATE variants SET stock = NULL, choices = 'no'", "variants.choices: "),
        ("UPDATE variants SET choices = '[]', weight_grams = -1", "variants.weight_grams: out of range"),
    ];
    for (sql, place) in faults {
        store.tamper(sql).await;
        // The slug itself is what one of them breaks.
        let page = store.catalog().page(&crate::catalog::everything()).await;
        let Err(StoreError::Corrupt(text)) = page else { panic!("{sql}: {page:?}") };
        assert!(text.starts_with(place), "{sql}: {text}");
    }
    store.tamper("UPDATE variants SET weight_grams = 1").await;
    let product = store.catalog().product(&parsed("product-1")).await.expect("all is well again");
    assert!(product.is_some());
}

#[tokio::test]
async fn an_unknown_state_and_a_quantity_of_nothing_are_found() {
    let store = empty().await;
    add_user(&*store, 1).await;
    let placed = order(1, 1);
    let mut unit = store.begin().await.expect("a unit");
    unit.orders().insert(&placed).await.expect("inserted");
    unit.commit().await.expect("committed");
    store.tamper("UPDATE orders SET state = 'lost'").await;
    let list = store.orders().list(Some(user_id(1)), None, 10).await;
    assert!(
        matches!(&list, Err(StoreError::Corrupt(place)) if place == "orders.state: an unknown name"),
        "{list:?}"
    );
    store.tamper("UPDATE orders SET state = 'placed'; UPDATE order_lines SET quantity = 0").await;
    let found = store.orders().find(placed.number).await;
    assert!(
        matches!(&found, Err(StoreError::Corrupt(place)) if place.starts_with("order_lines.quantity: ")),
        "{found:?}"
    );
}
