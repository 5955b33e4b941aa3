//! What may take longer than the store's patience.

use std::sync::Arc;
use std::time::Duration;

use shop_core::StoreError;
use shop_core::ports::Store;
use sqlx::mysql::MySqlConnection;
use sqlx::{Executor, Row};
use tokio::time::timeout;

use crate::samples::{TestStore, with};

/// Another program locks a table until its connection is closed.
async fn lock(store: &TestStore, sql: &'static str) -> MySqlConnection {
    let mut connection = store.connect().await;
    connection.execute(sql).await.expect("locked");
    connection
}

/// Waits until somebody has waited for a table for more than a second.
async fn somebody_waits(connection: &mut MySqlConnection) {
    const WAITING: &str = "SELECT COUNT(*) FROM information_schema.processlist \
        WHERE db = DATABASE() AND state LIKE 'Waiting for table%' AND time > 1";
    timeout(Duration::from_mins(1), async {
        while connection.fetch_one(WAITING).await.expect("a count").get::<i64, _>(0) == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("it waits");
}

#[tokio::test]
async fn an_audit_takes_as_long_as_it_takes() {
    let store = Arc::new(with(|options| options.patience(Duration::from_millis(500))).await);
    let locked = lock(&store, "LOCK TABLES orders WRITE").await;
    let read = store.orders().list(None, None, 1).await;
    assert!(matches!(read, Err(StoreError::Unavailable(_))), "a page gives up: {read:?}");
    let audit = tokio::spawn({
        let store = Arc::clone(&store);
        async move { store.audit().await }
    });
    somebody_waits(&mut store.connect().await).await;
    drop(locked);
    assert_eq!(audit.await.expect("no panic").expect("an audit"), []);
}
