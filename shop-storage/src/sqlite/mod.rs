//! SQLite: one file, one writer, several readers.

mod backup;
mod connections;
mod draft;
mod options;
mod readers;
mod restore;
#[cfg(test)]
pub(crate) mod testing;
mod writer;

use sqlx::Sqlite;

pub use backup::BackupError;
pub(crate) use connections::SqliteConnections;
pub use draft::Contents;
pub use options::{InvalidSqliteUrl, SqliteOptions};
pub use restore::RestoreError;

use crate::error::OpenError;
use crate::gauges::Occupancy;
use crate::store::SqlStore;

/// A shop's store in one SQLite file.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("shop.db");
/// use shop_core::ports::Store;
/// use shop_storage::{SqliteOptions, SqliteStore};
///
/// let store = SqliteStore::open(SqliteOptions::new(path)).await?;
/// store.migrate().await?;
/// store.check().await?;
/// store.close().await;
/// # Ok(())
/// # }
/// ```
pub type SqliteStore = SqlStore<Sqlite>;

impl SqlStore<Sqlite> {
    /// Opens the file, or creates it; leaves its tables as they are.
    pub async fn open(options: SqliteOptions) -> Result<Self, OpenError> {
        Ok(Self { connections: SqliteConnections::open(options).await? })
    }

    /// Brings the schema up to date; says how many migrations ran. All of them run in one transaction, and several processes may try
    /// at once: one does it, the others find it done.
    pub async fn migrate(&self) -> Result<usize, OpenError> {
        self.connections.migrate().await
    }

    /// How busy the connections are: those that read, and the queue for the one that writes.
    #[must_use]
    pub fn occupancy(&self) -> Occupancy {
        self.connections.occupancy()
    }

    /// Waits for the open unit and the running reads to end, then closes every connection. Later calls fail with
    /// [`Unavailable`](shop_core::StoreError::Unavailable).
    pub async fn close(&self) {
        self.connections.close().await;
    }
}

#[cfg(test)]
mod tests;
