//! The old shop's tables where they are, in MySQL (5.5 or later) or MariaDB.

mod feed;
mod old;

use std::pin::Pin;

use async_trait::async_trait;
use shop_core::error::Cause;
use shop_core::webapplication::{Entry, Progress, Remark, Source};
use sqlx::mysql::MySqlConnectOptions;
use sqlx::{ConnectOptions, MySqlConnection};
use tokio::time::timeout;

use self::feed::Feed;
use self::old::OldTable;
use crate::MySqlOptions;
use crate::webapplication::Interrupted;

/// Why the old shop's database cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LiveShopError {
    /// The server cannot be reached, or does not let us read.
    #[error("cannot read the old shop's database {location}: {source}")]
    Unreachable {
        /// The server, without a password.
        location: String,
        /// What the driver says.
        source: sqlx::Error,
    },
    /// Neither of the two tables is there.
    #[error("{location} has neither of the tables useri and produse")]
    NotTheOldShop {
        /// The server, without a password.
        location: String,
    },
}

/// The old shop's database, as it was at the moment in which it was opened.
///
/// One connection reads one snapshot (`REPEATABLE READ`, `READ ONLY`), page by page in the order of the
/// primary key; a table without one is read in the order of its values, as a stream. It takes no locks, but a
/// table's definition cannot be changed meanwhile. A table whose engine has no snapshots (`MyISAM`) is read
/// as it is; a remark says so.
///
/// The server cuts values of more than 1 MiB, whose rows are unreadable. A page is as small as the types of the
/// columns demand: some 16 MiB at most, or one row.
#[derive(Debug)]
pub struct LiveShop {
    location: String,
    tables: Vec<OldTable>,
    remarks: Vec<String>,
    /// `None` while a feed has it, or once it is lost.
    connection: Option<MySqlConnection>,
    position: Position,
    done: u64,
}

/// What comes next.
#[derive(Debug)]
enum Position {
    Remarks,
    /// The table of this number, behind the row of this key.
    Page(usize, Option<i128>),
    /// The table of this number, as a stream.
    Feed(usize, Feed),
    /// Nobody knows: reading has failed or was given up in the middle.
    Unknown,
}

/// The connection was lost, and the snapshot with it.
#[derive(Debug, thiserror::Error)]
#[error("the connection to {0} is lost, and what it saw with it; open the old shop's database anew")]
struct Lost(String);

impl LiveShop {
    /// Connects, and remembers the moment.
    ///
    /// The user needs the right to `SELECT` alone. Of the options, the number of connections does not matter;
    /// patience is for the connection alone, for a table may take its time.
    pub async fn open(options: MySqlOptions) -> Result<Self, LiveShopError> {
        let location = options.location();
        let outcome = timeout(options.longest_wait(), connect(options.to_connect())).await;
        let outcome = outcome.unwrap_or_else(|_| Err(sqlx::Error::PoolTimedOut));
        let unreachable = |source| LiveShopError::Unreachable { location: location.clone(), source };
        let mut connection = outcome.map_err(unreachable)?;
        let (tables, remarks) = old::look(&mut connection).await.map_err(unreachable)?;
        if tables.is_empty() {
            return Err(LiveShopError::NotTheOldShop { location });
        }
        let (connection, position) = (Some(connection), Position::Remarks);
        Ok(Self { location, tables, remarks, connection, position, done: 0 })
    }

    /// The next page of a table.
    async fn page(&mut self, at: usize, after: Option<i128>) -> Result<Vec<Entry>, Cause> {
        let lost = || Lost(self.location.clone());
        let Some(table) = self.tables.get(at) else {
            self.position = Position::Page(at, None);
            return Ok(Vec::new());
        };
        let Some(sql) = table.page(after) else {
            let feed = Feed::new(self.connection.take().ok_or_else(lost)?, table.clone());
            self.position = Position::Feed(at, feed);
            return Ok(Vec::new());
        };
        let rows = old::rows(self.connection.as_mut().ok_or_else(lost)?, sql).await?;
        self.position = match rows.last().and_then(|row| table.key_of(row)) {
            Some(key) if rows.len() == table.page_size() => Position::Page(at, Some(key)),
            _ => Position::Page(at + 1, None),
        };
        Ok(rows.iter().map(|row| table.entry(row)).collect())
    }

    /// The next rows of a stream.
    async fn fed(&mut self, at: usize, mut feed: Feed) -> Result<Vec<Entry>, Cause> {
        if let Some(entries) = feed.next().await? {
            self.position = Position::Feed(at, feed);
            return Ok(entries);
        }
        self.connection = feed.end().await;
        self.position = Position::Page(at + 1, None);
        Ok(Vec::new())
    }

    fn remarks(&mut self) -> Vec<Entry> {
        self.position = Position::Page(0, None);
        let remark = |text: &String| Entry::Remark(Remark { line: None, text: text.clone() });
        self.remarks.iter().map(remark).collect()
    }
}

#[async_trait]
impl Source for LiveShop {
    async fn rewind(&mut self) -> Result<(), Cause> {
        if let Position::Feed(_, feed) = std::mem::replace(&mut self.position, Position::Remarks) {
            self.connection = feed.end().await;
        }
        self.done = 0;
        match self.connection {
            Some(_) => Ok(()),
            None => Err(Lost(self.location.clone()).into()),
        }
    }

    async fn next(&mut self) -> Result<Vec<Entry>, Cause> {
        loop {
            let entries = match std::mem::replace(&mut self.position, Position::Unknown) {
                Position::Remarks => self.remarks(),
                Position::Page(at, after) => self.page(at, after).await?,
                Position::Feed(at, feed) => self.fed(at, feed).await?,
                Position::Unknown => return Err(Interrupted.into()),
            };
            let rows = entries.iter().filter(|entry| !matches!(entry, Entry::Remark(_)));
            self.done += rows.count() as u64;
            if !entries.is_empty()
                || matches!(self.position, Position::Page(at, _) if at >= self.tables.len())
            {
                return Ok(entries);
            }
        }
    }

    fn progress(&self) -> Progress {
        Progress { done: self.done, whole: self.tables.iter().map(OldTable::count).sum() }
    }
}

/// Boxed, for the compiler cannot see that sqlx's future may move between threads once it is part of another
/// one.
fn connect(
    options: MySqlConnectOptions,
) -> Pin<Box<dyn Future<Output = Result<MySqlConnection, sqlx::Error>> + Send>> {
    Box::pin(async move {
        let mut connection = options.connect().await?;
        for sql in old::SETTINGS {
            sqlx::raw_sql(sql).execute(&mut connection).await?;
        }
        Ok(connection)
    })
}
