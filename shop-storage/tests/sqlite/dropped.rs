//! Units that are dropped while they wait for the file.

use shop_core::ports::Store;

use crate::samples::{add_products, add_user, empty, product, sku, user};

#[tokio::test]
async fn a_unit_in_a_statement_can_be_dropped() {
    let store = empty().await;
    add_products(&*store, (1..=100).map(product)).await;
    let skus: Vec<_> = (1..=100).map(sku).collect();
    for _ in 0..20 {
        let mut unit = store.begin().await.expect("a unit");
        unit.users().insert(&user(1)).await.expect("inserted");
        let mut reading = unit.products().offers(&skus);
        let first = std::future::poll_fn(|context| std::task::Poll::Ready(reading.as_mut().poll(context)));
        assert!(first.await.is_pending(), "the statement is on its way");
        drop(reading);
        drop(unit);
    }
    add_user(&*store, 1).await;
}
