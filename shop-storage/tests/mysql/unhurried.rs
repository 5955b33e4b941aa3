//! What may take longer than the store's patience.

use std::sync::Arc;
use std::time::Duration;

use shop_core::StoreError;
use shop_core::ports::Store;
use sqlx::mysql::MySqlConnection;
use sqlx::{Executor, Row};
use tokio::time::timeout;

use crate::samples::{TestStore, add_user, message, unmigrated, with};
use crate::upgrade::migrator_up_to;

/// Another program locks a table until its connection is closed.
async fn lock(store: &TestStore, sql: &'static str) -> MySqlConnection {
    let mut connection = store.connect().await;
    connection.execute(sql).await.expect("locked");
    connection
}

/// Waits until somebody waits for a table, or has waited for so many seconds.
async fn until_one_waits(connection: &mut MySqlConnection, seconds: i32) {
    const WAITING: &str = "SELECT COUNT(*) FROM information_schema.processlist \
        WHERE db = DATABASE() AND state LIKE 'Waiting for table%' AND time >= ?";
    timeout(Duration::from_mins(1), async {
        let count = async |connection: &mut MySqlConnection| {
            let waiting = sqlx::query(WAITING).bind(seconds).fetch_one(connection).await;
            waiting.expect("a count").get::<i64, _>(0)
        };
        while count(connection).await == 0 {
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
    until_one_waits(&mut store.connect().await, 2).await;
    drop(locked);
    assert_eq!(audit.await.expect("no panic").expect("an audit"), []);
}

async fn enqueue(store: &TestStore, number: u32) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    unit.outbox().enqueue(&message(number)).await?;
    unit.commit().await
}

/// As `mysqldump --single-transaction` begins.
const BACKUP: &str = "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ; \
    START TRANSACTION WITH CONSISTENT SNAPSHOT; SELECT COUNT(*) FROM outbox";

/// A backup holds the table; the migration must not make checkouts wait for its end.
#[tokio::test]
async fn a_migration_that_waits_for_a_table_keeps_nobody_from_it() {
    let store = Arc::new(unmigrated().await);
    let mut older = store.connect().await;
    migrator_up_to(21).run(&mut older).await.expect("the schema of the release before");
    add_user(&**store, 1).await;
    let mut reader = lock(&store, BACKUP).await;
    let migration = tokio::spawn({
        let store = Arc::clone(&store);
        async move { store.migrate().await }
    });
    for number in 1..=3 {
        until_one_waits(&mut older, 0).await;
        if let Err(StoreError::Retryable(_)) = enqueue(&store, number).await {
            enqueue(&store, number).await.expect("the second try finds the table free");
        }
    }
    reader.execute("COMMIT").await.expect("the end of the backup");
    assert!(migration.await.expect("no panic").expect("migrated") > 0);
    store.check().await.expect("a schema that fits");
}
