//! MySQL and MariaDB.

mod connections;
mod link;
mod options;

use sqlx::MySql;

pub(crate) use connections::MySqlConnections;
pub(crate) use link::MySqlLink;
pub use options::{InvalidMySqlUrl, MySqlOptions};

use crate::error::OpenError;
use crate::gauges::Occupancy;
use crate::store::SqlStore;

/// A shop's store in a MySQL or MariaDB database.
pub type MySqlStore = SqlStore<MySql>;

impl SqlStore<MySql> {
    /// Connects to the server; leaves its tables as they are.
    pub async fn open(options: MySqlOptions) -> Result<Self, OpenError> {
        Ok(Self { connections: MySqlConnections::open(options).await? })
    }

    /// Brings the schema up to date; says how many migrations ran. Several processes may try at once: one does it,
    /// the others wait and find it done.
    pub async fn migrate(&self) -> Result<usize, OpenError> {
        self.connections.migrate().await
    }

    /// How busy the connections are.
    #[must_use]
    pub fn occupancy(&self) -> Occupancy {
        self.connections.occupancy()
    }

    /// Waits for the open units and the running reads to end, then closes every connection. Later calls fail with
    /// [`Unavailable`](shop_core::StoreError::Unavailable).
    pub async fn close(&self) {
        self.connections.close().await;
    }
}

#[cfg(test)]
#[cfg(feature = "mysql-server")]
mod tests;
