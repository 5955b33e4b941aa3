//! Bringing the schema up to date.

use std::sync::Arc;

use shop_core::StoreError;
use shop_core::ports::Store;
use shop_storage::OpenError;

use crate::samples::{empty, place, unmigrated};

/// How many migrations there are.
const KNOWN: usize = 22;

/// Why the store cannot work on its schema.
async fn misfit(store: &dyn Store) -> String {
    match store.check().await.expect_err("it does not fit") {
        StoreError::Unavailable(cause) => cause.to_string(),
        error => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn a_second_run_does_nothing() {
    let store = unmigrated().await;
    assert_eq!(store.migrate().await.expect("migrated"), KNOWN);
    assert_eq!(store.migrate().await.expect("nothing to do"), 0);
    store.check().await.expect("a schema that fits");
}

#[tokio::test]
async fn a_schema_behind_this_program_is_told_by_number() {
    let store = unmigrated().await;
    let told = misfit(&*store).await;
    assert_eq!(told, "the schema lacks 22 of the migrations up to 22; migrate first");
    store.migrate().await.expect("migrated");
    store.tamper("DELETE FROM _shop_migrations WHERE version = 22").await;
    let told = misfit(&*store).await;
    assert_eq!(told, "the schema lacks 1 of the migrations up to 22; migrate first");
}

#[tokio::test]
async fn a_newer_schema_that_takes_nothing_away_is_worked_with() {
    let store = empty().await;
    store
        .tamper(
            "INSERT INTO _shop_migrations (version, description, success, checksum, execution_time) \
             VALUES (23, '0023_wishes', TRUE, x'00', 0); CREATE TABLE wishes (id INTEGER PRIMARY KEY); \
             INSERT INTO schema_floors VALUES (12)",
        )
        .await;
    let older = store.neighbor().await;
    assert_eq!(older.migrate().await.expect("nothing to do"), 0);
    older.check().await.expect("it fits");
}

#[tokio::test]
async fn a_newer_schema_that_lacks_something_is_refused_by_number() {
    let store = empty().await;
    store.tamper("INSERT INTO schema_floors VALUES (12), (9000)").await;
    let error = store.open_again().await.expect_err("this program does not know 9000");
    assert!(matches!(error, OpenError::TooNew { needed: 9000, known: 22, .. }), "{error:?}");
    let told = misfit(&*store).await;
    assert_eq!(told, "the schema needs a program that knows migration 9000; this one knows 22");
}

#[tokio::test]
async fn a_changed_migration_is_refused_and_changes_nothing() {
    let store = empty().await;
    store.tamper("UPDATE _shop_migrations SET checksum = x'00' WHERE version = 3").await;
    let error = store.migrate().await.expect_err("not the file that ran");
    assert!(matches!(error, OpenError::Migration { .. }), "{error:?}");
    store.begin().await.expect("the store works on").commit().await.expect("committed");
}

/// Each starter has connections of its own; that they are processes of their own makes no difference to a
/// server. What it makes to a file,
/// the black-box tests of the programs try.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn stores_that_start_at_once_take_turns() {
    for _ in 0..5 {
        let place = Arc::new(place().await);
        let starters = (0..4).map(|_| {
            let place = Arc::clone(&place);
            tokio::spawn(async move {
                let store = place.open().await.expect("opened");
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
