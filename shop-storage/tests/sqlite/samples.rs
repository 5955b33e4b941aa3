//! A store in a temporary folder.

use std::ops::Deref;
use std::path::{Path, PathBuf};

use shop_storage::{SqliteOptions, SqliteStore};
use sqlx::{ConnectOptions, SqliteConnection};
use tempfile::TempDir;

pub(crate) use crate::values::*;

/// A store with its folder, which goes when the test ends.
pub(crate) struct TestStore {
    store: SqliteStore,
    folder: TempDir,
}

impl Deref for TestStore {
    type Target = SqliteStore;

    fn deref(&self) -> &SqliteStore {
        &self.store
    }
}

impl TestStore {
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("shop.db")
    }

    /// A second store on the same file, as another process would have it.
    pub(crate) async fn neighbor(&self) -> SqliteStore {
        SqliteStore::open(SqliteOptions::new(self.path())).await.expect("the same file")
    }

    /// A connection of its own to the file.
    pub(crate) async fn connect(&self) -> RawConnection {
        connect(&self.path()).await
    }

    /// Changes the file behind the store's back.
    pub(crate) async fn tamper(&self, sql: &'static str) {
        run(&self.path(), sql).await;
    }
}

/// Runs statements on a file, over a connection of its own.
pub(crate) async fn run(path: &Path, sql: &'static str) {
    let mut connection = connect(path).await;
    sqlx::raw_sql(sql).execute(&mut connection).await.expect("the statements run");
}

pub(crate) async fn connect(path: &Path) -> SqliteConnection {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path).create_if_missing(true);
    options.connect().await.expect("a connection")
}

/// Where the migrations are.
pub(crate) const DIALECT: &str = "sqlite";

pub(crate) type RawConnection = SqliteConnection;

pub(crate) async fn unmigrated() -> TestStore {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let options = SqliteOptions::new(folder.path().join("shop.db"));
    TestStore { store: SqliteStore::open(options).await.expect("a fresh file"), folder }
}

pub(crate) async fn empty() -> TestStore {
    with(|options| options).await
}

pub(crate) async fn with(change: impl FnOnce(SqliteOptions) -> SqliteOptions) -> TestStore {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let options = change(SqliteOptions::new(folder.path().join("shop.db")));
    let store = SqliteStore::open(options).await.expect("a fresh file");
    store.migrate().await.expect("a schema");
    TestStore { store, folder }
}

/// A store with one reader, so that a question to it comes behind every other.
pub(crate) async fn with_one_reader() -> TestStore {
    with(|options| options.readers(1)).await
}
