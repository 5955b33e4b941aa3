//! A store in a database of its own.

use std::ops::Deref;

use shop_storage::{MySqlOptions, MySqlStore};
use sqlx::mysql::MySqlConnection;

use crate::server::{connect, fresh_database, run};
pub(crate) use crate::values::*;

/// A store with the address of its database.
pub(crate) struct TestStore {
    store: MySqlStore,
    url: String,
}

impl Deref for TestStore {
    type Target = MySqlStore;

    fn deref(&self) -> &MySqlStore {
        &self.store
    }
}

impl TestStore {
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// A second store on the same database, as another process would have it.
    pub(crate) async fn neighbor(&self) -> MySqlStore {
        MySqlStore::open(options(&self.url)).await.expect("the same database")
    }

    /// The store closed, and opened anew.
    pub(crate) async fn reopened(self) -> Self {
        self.store.close().await;
        Self { store: self.neighbor().await, url: self.url }
    }

    /// A connection of its own to the database.
    pub(crate) async fn connect(&self) -> RawConnection {
        connect(&self.url).await
    }

    /// Changes the database behind the store's back.
    pub(crate) async fn tamper(&self, sql: &'static str) {
        run(&self.url, sql).await;
    }
}

pub(crate) fn options(url: &str) -> MySqlOptions {
    url.parse().expect("an address")
}

/// Where the migrations are.
pub(crate) const DIALECT: &str = "mysql";

pub(crate) type RawConnection = MySqlConnection;

pub(crate) async fn unmigrated() -> TestStore {
    let url = fresh_database().await;
    TestStore { store: MySqlStore::open(options(&url)).await.expect("a fresh database"), url }
}

pub(crate) async fn empty() -> TestStore {
    with(|options| options).await
}

pub(crate) async fn with(change: impl FnOnce(MySqlOptions) -> MySqlOptions) -> TestStore {
    let url = fresh_database().await;
    let store = MySqlStore::open(change(options(&url))).await.expect("a fresh database");
    store.migrate().await.expect("a schema");
    TestStore { store, url }
}

/// A store with one connection, so that a question to it comes behind every other.
pub(crate) async fn with_one_reader() -> TestStore {
    with(|options| options.connections(1)).await
}
