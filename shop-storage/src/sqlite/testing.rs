//! A migrated database for unit tests.

use sqlx::{ConnectOptions, SqliteConnection};
use tempfile::TempDir;

use super::{SqliteOptions, SqliteStore};

/// A store on a fresh database, `shop.db` in the folder.
pub(crate) async fn fresh() -> (SqliteStore, TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let options = SqliteOptions::new(folder.path().join("shop.db"));
    let store = SqliteStore::open(options).await.expect("a fresh file");
    store.migrate().await.expect("a schema");
    (store, folder)
}

/// A connection of its own to a fresh database.
pub(crate) async fn migrated() -> (SqliteConnection, TempDir) {
    let (store, folder) = fresh().await;
    store.close().await;
    let options = SqliteOptions::new(folder.path().join("shop.db"));
    let connection = options.for_writing().connect().await.expect("a connection");
    (connection, folder)
}
