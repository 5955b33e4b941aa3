//! A store in a temporary folder.

use std::ops::Deref;
use std::path::{Path, PathBuf};

use shop_storage::{OpenError, SqliteOptions, SqliteStore};
use sqlx::{ConnectOptions, SqliteConnection};
use tempfile::TempDir;

pub(crate) use crate::values::*;

/// Where a store may be: a folder, which goes when the test ends.
pub(crate) struct Place(TempDir);

/// A place where no store has been.
pub(crate) async fn place() -> Place {
    Place(tempfile::tempdir().expect("a temporary folder"))
}

impl Place {
    fn path(&self) -> PathBuf {
        self.0.path().join("shop.db")
    }

    /// Opens a store here, as another process would.
    pub(crate) async fn open(&self) -> Result<SqliteStore, OpenError> {
        SqliteStore::open(SqliteOptions::new(self.path())).await
    }
}

/// A store with the place where it is.
pub(crate) struct TestStore {
    store: SqliteStore,
    place: Place,
}

impl Deref for TestStore {
    type Target = SqliteStore;

    fn deref(&self) -> &SqliteStore {
        &self.store
    }
}

impl TestStore {
    pub(crate) fn path(&self) -> PathBuf {
        self.place.path()
    }

    /// Opens the same file once more, as another process would.
    pub(crate) async fn open_again(&self) -> Result<SqliteStore, OpenError> {
        self.place.open().await
    }

    /// A second store on the same file, as another process would have it.
    pub(crate) async fn neighbor(&self) -> SqliteStore {
        self.open_again().await.expect("the same file")
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

/// For a connection that breaks rules of the schema.
pub(crate) const UNRULED: &str = "PRAGMA foreign_keys = OFF";

/// Every column with its table, `table.column`.
pub(crate) const COLUMNS: &str = "SELECT t.name || '.' || c.name FROM sqlite_master t, pragma_table_info(t.name) c \
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";

/// What gives the bytes of a column in hexadecimal digits; numbers as text.
pub(crate) fn hexadecimal(column: &str) -> String {
    format!("hex({column})")
}

pub(crate) async fn unmigrated() -> TestStore {
    let place = place().await;
    TestStore { store: place.open().await.expect("a fresh file"), place }
}

pub(crate) async fn empty() -> TestStore {
    with(|options| options).await
}

pub(crate) async fn with(change: impl FnOnce(SqliteOptions) -> SqliteOptions) -> TestStore {
    let place = place().await;
    let store = SqliteStore::open(change(SqliteOptions::new(place.path()))).await.expect("a fresh file");
    store.migrate().await.expect("a schema");
    TestStore { store, place }
}

/// A store with one reader, so that a question to it comes behind every other.
pub(crate) async fn with_one_reader() -> TestStore {
    with(|options| options.readers(1)).await
}
