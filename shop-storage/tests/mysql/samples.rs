//! A store in a database of its own.

use std::ops::Deref;

use shop_storage::{MySqlOptions, MySqlStore, OpenError};
use sqlx::mysql::MySqlConnection;

use crate::server::{connect, fresh_database, run};
pub(crate) use crate::values::*;

/// Where a store may be: the address of a database.
pub(crate) struct Place(String);

/// A place where no store has been.
pub(crate) async fn place() -> Place {
    Place(fresh_database().await)
}

impl Place {
    /// Opens a store here, as another process would.
    pub(crate) async fn open(&self) -> Result<MySqlStore, OpenError> {
        MySqlStore::open(options(&self.0)).await
    }
}

/// A store with the place where it is.
pub(crate) struct TestStore {
    store: MySqlStore,
    place: Place,
}

impl Deref for TestStore {
    type Target = MySqlStore;

    fn deref(&self) -> &MySqlStore {
        &self.store
    }
}

impl TestStore {
    pub(crate) fn url(&self) -> &str {
        &self.place.0
    }

    /// Opens the same database once more, as another process would.
    pub(crate) async fn open_again(&self) -> Result<MySqlStore, OpenError> {
        self.place.open().await
    }

    /// A second store on the same database, as another process would have it.
    pub(crate) async fn neighbor(&self) -> MySqlStore {
        self.open_again().await.expect("the same database")
    }

    /// The store closed, and opened anew.
    pub(crate) async fn reopened(self) -> Self {
        self.store.close().await;
        Self { store: self.neighbor().await, place: self.place }
    }

    /// A connection of its own to the database.
    pub(crate) async fn connect(&self) -> RawConnection {
        connect(self.url()).await
    }

    /// Changes the database behind the store's back.
    pub(crate) async fn tamper(&self, sql: &'static str) {
        run(self.url(), sql).await;
    }
}

pub(crate) fn options(url: &str) -> MySqlOptions {
    url.parse().expect("an address")
}

/// Where the migrations are.
pub(crate) const DIALECT: &str = "mysql";

pub(crate) type RawConnection = MySqlConnection;

/// For a connection that breaks rules of the schema.
pub(crate) const UNRULED: &str = "SET foreign_key_checks = 0";

/// Every column with its table, `table.column`.
pub(crate) const COLUMNS: &str = "SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns \
    WHERE table_schema = DATABASE()";

/// What gives the bytes of a column in hexadecimal digits; numbers as text.
pub(crate) fn hexadecimal(column: &str) -> String {
    format!("HEX(CAST({column} AS BINARY))")
}

pub(crate) async fn unmigrated() -> TestStore {
    let place = place().await;
    TestStore { store: place.open().await.expect("a fresh database"), place }
}

pub(crate) async fn empty() -> TestStore {
    with(|options| options).await
}

pub(crate) async fn with(change: impl FnOnce(MySqlOptions) -> MySqlOptions) -> TestStore {
    let place = place().await;
    let store = MySqlStore::open(change(options(&place.0))).await.expect("a fresh database");
    store.migrate().await.expect("a schema");
    TestStore { store, place }
}

/// A store with one connection, so that a question to it comes behind every other.
pub(crate) async fn with_one_reader() -> TestStore {
    with(|options| options.connections(1)).await
}
