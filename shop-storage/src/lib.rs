#![cfg_attr(feature = "sqlite", doc = include_str!("../README.md"))]
#![cfg_attr(not(feature = "sqlite"), doc = "SQLite and MySQL adapters of shop-core; its README says more.")]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(not(any(feature = "sqlite", feature = "mysql")))]
compile_error!(
    "shop-storage needs the feature `sqlite` or `mysql`: without one there is no database to store in"
);

mod audit;
mod cell;
mod copy;
mod dialect;
mod error;
mod gauges;
mod migrate;
#[cfg(feature = "mysql")]
mod mysql;
mod record;
mod repository;
#[cfg(test)]
#[cfg(feature = "mysql-server")]
#[path = "../tests/mysql/server.rs"]
mod server;
mod sql;
#[cfg(feature = "sqlite")]
mod sqlite;
mod statement;
mod store;
mod trouble;
mod unit;
#[cfg(feature = "webapplication")]
pub mod webapplication;

pub use audit::Finding;
pub use copy::CopyError;
pub use error::OpenError;
pub use gauges::{Backlog, Occupancy};
#[cfg(feature = "mysql")]
pub use mysql::{InvalidMySqlUrl, MySqlOptions, MySqlStore};
#[cfg(feature = "sqlite")]
pub use sqlite::{BackupError, Contents, InvalidSqliteUrl, RestoreError, SqliteOptions, SqliteStore};
pub use store::SqlStore;
