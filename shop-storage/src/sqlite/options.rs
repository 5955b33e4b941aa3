use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteSynchronous};

/// Where the file is and how to work with it.
///
/// Read from `sqlite://PATH` by [`FromStr`]; a path that does not start with `/` counts from the current folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqliteOptions {
    path: PathBuf,
    create: bool,
    readers: usize,
    patience: Duration,
}

/// An address that is no SQLite file's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an address such as sqlite://shop.db or sqlite:///var/lib/shop.db (a file; no parameters)")]
pub struct InvalidSqliteUrl;

impl SqliteOptions {
    /// The file at this path, created if it does not exist, with 4 readers and 5 s of patience.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), create: true, readers: 4, patience: Duration::from_secs(5) }
    }

    /// Whether to create the file if it does not exist.
    #[must_use]
    pub const fn create(mut self, create: bool) -> Self {
        self.create = create;
        self
    }

    /// How many reads may run at the same moment, 1 at least. Each takes a connection (opened when it is first needed) with a thread and
    /// up to 2 MB of cache.
    #[must_use]
    pub fn readers(mut self, readers: usize) -> Self {
        self.readers = readers.max(1);
        self
    }

    /// How long to wait for a turn, and for another process that is writing, before a call fails with
    /// [`Unavailable`](shop_core::StoreError::Unavailable) or [`Retryable`](shop_core::StoreError::Retryable).
    #[must_use]
    pub const fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The file's path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn location(&self) -> String {
        self.path.display().to_string()
    }

    pub(super) const fn most_readers(&self) -> usize {
        self.readers
    }

    pub(super) const fn longest_wait(&self) -> Duration {
        self.patience
    }

    /// For the connection that writes. The journal mode is set once the file is known to be ours.
    pub(super) fn for_writing(&self) -> SqliteConnectOptions {
        self.for_both().create_if_missing(self.create)
    }

    /// For a connection that reads.
    pub(super) fn for_reading(&self) -> SqliteConnectOptions {
        self.for_both().pragma("query_only", "ON")
    }

    fn for_both(&self) -> SqliteConnectOptions {
        SqliteConnectOptions::new()
            .filename(&self.path)
            .busy_timeout(self.patience)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .pragma("trusted_schema", "OFF")
            .pragma("journal_size_limit", "67108864")
            .statement_cache_capacity(200)
    }
}

impl FromStr for SqliteOptions {
    type Err = InvalidSqliteUrl;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        let path = url.strip_prefix("sqlite://").ok_or(InvalidSqliteUrl)?;
        if path.is_empty() || path.ends_with('/') || path.contains(['?', '#']) || path.starts_with(':') {
            return Err(InvalidSqliteUrl);
        }
        Ok(Self::new(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_files() {
        let path = |url: &str| url.parse().map(|options: SqliteOptions| options.location());
        assert_eq!(path("sqlite://shop.db").as_deref(), Ok("shop.db"));
        assert_eq!(path("sqlite:///var/lib/shop.db").as_deref(), Ok("/var/lib/shop.db"));
        for url in [
            "",
            "shop.db",
            "sqlite:",
            "sqlite://",
            "sqlite://:memory:",
            "sqlite://a.db?mode=ro",
            "mysql://h/n",
            "sqlite:///tmp/",
        ] {
            assert_eq!(path(url), Err(InvalidSqliteUrl), "{url:?}");
        }
    }
}
