//! Orders with many lines.

use shop_core::ports::Store;

use crate::samples::{add_user, empty, order};

#[tokio::test]
async fn lines_of_any_number_come_back_in_their_order() {
    let store = empty().await;
    add_user(&*store, 1).await;
    for (number, lines) in (1..).zip([1, 7, 8, 9, 31, 32, 33, 40, 100, 127, 128, 129, 300]) {
        let placed = order(number, lines);
        let mut unit = store.begin().await.expect("a unit");
        unit.orders().insert(&placed).await.expect("inserted");
        unit.commit().await.expect("committed");
        let found = store.orders().find(placed.number).await.expect("an answer");
        assert_eq!(found, Some(placed), "{lines} lines");
    }
}
