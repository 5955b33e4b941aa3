//! Each thing that can be wrong with the data is planted, and found by name.

use shop_core::ports::Store;

use crate::samples::{TestStore, add_products, add_user, empty, order, product, user_id};

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
        "UPDATE orders SET owner_id = zeroblob(16), state = 'completed'",
        "order: its account is deleted, it has ended, and it still says who received it",
    ),
    ("UPDATE order_keys SET order_id = randomblob(16)", "order key: it leads to no order"),
    ("DELETE FROM variants", "product: it has no variant"),
    ("UPDATE products SET lowest_price = 1", "product: lists sort it by another price than its lowest"),
    ("DELETE FROM product_texts", "product: search finds none of its texts"),
    ("UPDATE variants SET stock = -1", "variant: fewer pieces than none"),
    ("UPDATE carts SET code = 'SKU-1=0'", "cart: its code cannot be read"),
    ("UPDATE tokens SET user_id = randomblob(16)", "tokens: refers to no row of users"),
    ("UPDATE sessions SET user_id = randomblob(16)", "sessions: refers to no row of users"),
    ("UPDATE carts SET owner_id = randomblob(16)", "carts: refers to no row of users"),
    ("UPDATE order_keys SET owner_id = randomblob(16)", "order_keys: refers to no row of users"),
    ("UPDATE orders SET owner_id = randomblob(16)", "orders: refers to no row of users"),
    (
        "INSERT INTO order_lines SELECT randomblob(16), 0, sku, name, unit_price, quantity, total, currency, state \
         FROM order_lines",
        "order_lines: refers to no row of orders",
    ),
    (
        "INSERT INTO order_steps VALUES (randomblob(16), 0, 'confirmed', 1)",
        "order_steps: refers to no row of orders",
    ),
    ("UPDATE products SET category_id = randomblob(16)", "products: refers to no row of categories"),
    (
        "INSERT INTO product_texts VALUES (randomblob(16), 'en', 'text')",
        "product_texts: refers to no row of products",
    ),
    (
        "INSERT INTO variants SELECT 'SKU-9', randomblob(16), position, choices, price, currency, weight_grams, stock \
         FROM variants",
        "variants: refers to no row of products",
    ),
];

/// Changes the file behind the store's back, past the schema's own rules.
async fn plant(store: &TestStore, sql: &'static str) {
    let mut connection = store.connect().await;
    for sql in ["PRAGMA foreign_keys = OFF", "PRAGMA ignore_check_constraints = ON", sql] {
        sqlx::raw_sql(sql).execute(&mut connection).await.expect(sql);
    }
}

#[tokio::test]
async fn what_is_planted_is_found_and_nothing_else() {
    for (planted, fault) in PLANTED {
        let store = empty().await;
        add_user(&*store, 1).await;
        add_products(&*store, [product(1)]).await;
        let placed = order(1, 1);
        let mut unit = store.begin().await.expect("a unit");
        unit.keys().insert(user_id(1), &"12345678".parse().expect("a key"), placed.id).await.expect("bound");
        unit.orders().insert(&placed).await.expect("inserted");
        unit.carts().replace(user_id(1), "SKU-1=2", 0).await.expect("replaced");
        unit.commit().await.expect("committed");
        store
            .tamper(
                "INSERT INTO tokens SELECT randomblob(32), 'reset', id, 9, email FROM users WHERE state <> 'nobody'; \
                 INSERT INTO sessions SELECT randomblob(32), id, 1, 2, '' FROM users WHERE state <> 'nobody'",
            )
            .await;
        assert_eq!(store.audit().await.expect("an audit"), [], "nothing is wrong yet");
        plant(&store, planted).await;
        let findings = store.audit().await.expect("an audit");
        let faults: Vec<_> = findings.iter().map(|finding| finding.fault).collect();
        assert_eq!(faults, [fault], "{planted}");
        assert!(findings.iter().all(|finding| !finding.examples.is_empty()), "{findings:?}");
    }
}
