//! Each thing that can be wrong with the data is planted, and found by name.

use shop_core::ports::Store;
use sqlx::AssertSqlSafe;

use crate::export::tables;
use crate::samples::{
    RawConnection, TestStore, UNRULED, add_products, add_user, empty, order, parsed, product, session, token,
    user_id,
};

/// What plants a fault, and what it is called.
const PLANTED: [(&str, &str); 21] = [
    ("DELETE FROM order_lines", "order: it has no line"),
    ("UPDATE orders SET total = total + 1", "order: its lines do not add up to its total"),
    ("UPDATE order_lines SET unit_price = unit_price + 1", "order: a line is not its price times its pieces"),
    (
        "INSERT INTO order_steps SELECT id, 0, 'confirmed', 1 FROM orders",
        "order: its last step led to another state",
    ),
    (
        "UPDATE orders SET owner_id = x'00000000000000000000000000000000', state = 'completed'",
        "order: its account is deleted, it has ended, and it still says who received it",
    ),
    (
        "UPDATE order_keys SET order_id = x'11111111111111111111111111111111'",
        "order key: it leads to no order",
    ),
    ("DELETE FROM variants", "product: it has no variant"),
    ("UPDATE products SET lowest_price = 1", "product: lists sort it by another price than its lowest"),
    ("DELETE FROM product_texts", "product: search finds none of its texts"),
    (
        // With the rule of the column gone.
        "ALTER TABLE variants DROP COLUMN stock; ALTER TABLE variants ADD COLUMN stock INTEGER; \
         UPDATE variants SET stock = -1",
        "variant: fewer pieces than none",
    ),
    ("UPDATE carts SET code = 'SKU-1=0'", "cart: its code cannot be read"),
    ("UPDATE tokens SET user_id = x'11111111111111111111111111111111'", "tokens: refers to no row of users"),
    (
        "UPDATE sessions SET user_id = x'11111111111111111111111111111111'",
        "sessions: refers to no row of users",
    ),
    ("UPDATE carts SET owner_id = x'11111111111111111111111111111111'", "carts: refers to no row of users"),
    (
        "UPDATE order_keys SET owner_id = x'11111111111111111111111111111111'",
        "order_keys: refers to no row of users",
    ),
    ("UPDATE orders SET owner_id = x'11111111111111111111111111111111'", "orders: refers to no row of users"),
    (
        "INSERT INTO order_lines SELECT x'11111111111111111111111111111111', 0, sku, name, unit_price, quantity, total, currency, state \
         FROM order_lines",
        "order_lines: refers to no row of orders",
    ),
    (
        "INSERT INTO order_steps VALUES (x'11111111111111111111111111111111', 0, 'confirmed', 1)",
        "order_steps: refers to no row of orders",
    ),
    (
        "UPDATE products SET category_id = x'11111111111111111111111111111111'",
        "products: refers to no row of categories",
    ),
    (
        "INSERT INTO product_texts VALUES (x'11111111111111111111111111111111', 'en', 'text')",
        "product_texts: refers to no row of products",
    ),
    (
        "INSERT INTO variants SELECT 'SKU-9', x'11111111111111111111111111111111', position, choices, price, currency, weight_grams, stock \
         FROM variants",
        "variants: refers to no row of products",
    ),
];

/// Changes the database behind the store's back, past the references of its schema.
async fn plant(connection: &mut RawConnection, sql: &str) {
    for sql in [UNRULED, sql] {
        let outcome = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut *connection).await;
        assert!(outcome.is_ok(), "{sql}: {outcome:?}");
    }
}

/// Takes everything away.
async fn clear(connection: &mut RawConnection) {
    for table in tables(connection).await.into_keys() {
        let which = if table == "users" { " WHERE state <> 'nobody'" } else { "" };
        plant(connection, &format!("DELETE FROM {table}{which}")).await;
    }
}

/// Adds one thing of each kind.
async fn fill(store: &TestStore) {
    add_user(&**store, 1).await;
    add_products(&**store, [product(1)]).await;
    let placed = order(1, 1);
    let mut unit = store.begin().await.expect("a unit");
    unit.keys().insert(user_id(1), &parsed("12345678"), placed.id).await.expect("bound");
    unit.orders().insert(&placed).await.expect("inserted");
    unit.carts().replace(user_id(1), "SKU-1=2", 0).await.expect("replaced");
    unit.tokens().insert(&token(1)).await.expect("inserted");
    unit.sessions().insert(&session(1)).await.expect("inserted");
    unit.commit().await.expect("committed");
}

#[tokio::test]
async fn what_is_planted_is_found_and_nothing_else() {
    let store = empty().await;
    let mut connection = store.connect().await;
    for (planted, fault) in PLANTED {
        clear(&mut connection).await;
        fill(&store).await;
        assert_eq!(store.audit().await.expect("an audit"), [], "nothing is wrong yet");
        plant(&mut connection, planted).await;
        let findings = store.audit().await.expect("an audit");
        let faults: Vec<_> = findings.iter().map(|finding| finding.fault).collect();
        assert_eq!(faults, [fault], "{planted}");
        assert!(findings.iter().all(|finding| !finding.examples.is_empty()), "{findings:?}");
    }
}
