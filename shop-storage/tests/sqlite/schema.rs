//! A migration that fails, on a database whose schema changes in transactions.

use shop_storage::OpenError;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::samples::unmigrated;

#[tokio::test]
async fn a_failed_migration_leaves_nothing_behind() {
    let store = unmigrated().await;
    // In the way of the tenth migration.
    store.tamper("CREATE TABLE orders (id INTEGER)").await;
    let error = store.migrate().await.expect_err("the table exists");
    assert!(matches!(error, OpenError::Migration { .. }), "{error:?}");
    let tables = sqlx::query("SELECT name FROM sqlite_master WHERE type = 'table'");
    let tables = tables.fetch_all(&mut store.connect().await).await.expect("a list");
    assert_eq!(tables.iter().map(|row: &SqliteRow| row.get::<String, _>(0)).collect::<Vec<_>>(), ["orders"]);
}
