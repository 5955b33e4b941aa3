//! Bringing the schema up to date.

use shop_core::StoreError;
use shop_core::ports::Store;
use shop_storage::{OpenError, SqliteOptions, SqliteStore};

use crate::samples::{connect, empty};

/// How many migrations there are.
const KNOWN: usize = 21;

#[tokio::test]
async fn a_second_run_does_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = SqliteStore::open(SqliteOptions::new(folder.path().join("shop.db"))).await.expect("opened");
    assert_eq!(store.migrate().await.expect("migrated"), KNOWN);
    assert_eq!(store.migrate().await.expect("nothing to do"), 0);
    store.check().await.expect("a schema that fits");
}

#[tokio::test]
async fn before_the_first_run_the_store_is_not_available() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = SqliteStore::open(SqliteOptions::new(folder.path().join("shop.db"))).await.expect("opened");
    let error = store.check().await.expect_err("no schema");
    let StoreError::Unavailable(cause) = error else { panic!("{error:?}") };
    assert_eq!(cause.to_string(), "the schema lacks 21 of the migrations up to 21; migrate first");
}

#[tokio::test]
async fn a_schema_behind_this_program_is_told_by_number() {
    let store = empty().await;
    store.tamper("DELETE FROM _shop_migrations WHERE version = 21").await;
    let error = store.check().await.expect_err("one is missing");
    let StoreError::Unavailable(cause) = error else { panic!("{error:?}") };
    assert_eq!(cause.to_string(), "the schema lacks 1 of the migrations up to 21; migrate first");
}

#[tokio::test]
async fn a_newer_schema_that_takes_nothing_away_is_worked_with() {
    let store = empty().await;
    store
        .tamper(
            "INSERT INTO _shop_migrations (version, description, success, checksum, execution_time) \
             VALUES (22, '0022_wishes', TRUE, x'00', 0); CREATE TABLE wishes (id BLOB PRIMARY KEY)",
        )
        .await;
    let older = store.neighbor().await;
    assert_eq!(older.migrate().await.expect("nothing to do"), 0);
    older.check().await.expect("it fits");
}

#[tokio::test]
async fn a_changed_migration_is_refused_and_changes_nothing() {
    let store = empty().await;
    store.tamper("UPDATE _shop_migrations SET checksum = zeroblob(48) WHERE version = 3").await;
    let error = store.migrate().await.expect_err("not the file that ran");
    assert!(matches!(error, OpenError::Migration { .. }), "{error:?}");
    store.begin().await.expect("the writer works on").commit().await.expect("committed");
}

#[tokio::test]
async fn a_failed_migration_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.db");
    let store = SqliteStore::open(SqliteOptions::new(&path)).await.expect("opened");
    // In the way of the tenth migration.
    sqlx::raw_sql("CREATE TABLE orders (id INTEGER)")
        .execute(&mut connect(&path).await)
        .await
        .expect("a table");
    let error = store.migrate().await.expect_err("the table exists");
    assert!(matches!(error, OpenError::Migration { .. }), "{error:?}");
    let tables = sqlx::query_scalar::<_, String>("SELECT name FROM sqlite_master WHERE type = 'table'");
    let tables = tables.fetch_all(&mut connect(&path).await).await.expect("a list");
    assert_eq!(tables, ["orders"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn processes_that_start_at_once_take_turns() {
    for _ in 0..10 {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("shop.db");
        let starters = (0..4).map(|_| {
            let path = path.clone();
            tokio::spawn(async move {
                let store = SqliteStore::open(SqliteOptions::new(path)).await.expect("opened");
                let ran = store.migrate().await.expect("migrated");
                store.check().await.expect("a schema that fits");
                ran
            })
        });
        let mut ran = Vec::new();
        for starter in starters.collect::<Vec<_>>() {
            ran.push(starter.await.expect("no panic"));
        }
        ran.sort_unstable();
        assert_eq!(ran, [0, 0, 0, KNOWN], "one of them does it");
    }
}
