use std::time::Duration;

use shop_core::StoreError;
use sqlx::Sqlite;
use sqlx::sqlite::{SqliteArguments, SqliteRow};

use super::SqliteOptions;
use super::readers::{Reader, Readers};
use super::writer::{Turn, Writer};
use crate::dialect::{Connections, Dialect, Fault, SqliteLink};
use crate::error::OpenError;
use crate::gauges::Occupancy;
use crate::migrate;

/// One link that writes, some that read.
#[derive(Clone, Debug)]
pub struct SqliteConnections {
    location: String,
    pub(super) writer: Writer,
    readers: Readers,
}

impl Connections<Sqlite> for SqliteConnections {
    type Lease = Turn;
    type Reader = Reader;

    async fn begin(&self) -> Result<Turn, StoreError> {
        self.writer.begin().await
    }

    async fn reader(&self) -> Result<Reader, StoreError> {
        self.readers.lend().await
    }
}

impl SqliteConnections {
    pub(super) async fn open(options: SqliteOptions) -> Result<Self, OpenError> {
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(OpenError::NoRuntime);
        }
        let location = options.location();
        let unreachable = |error| OpenError::unreachable::<Sqlite>(&location, error);
        let patience = options.longest_wait();
        let mut link = SqliteLink::down();
        link.connect(&options.for_writing()).await.map_err(unreachable)?;
        // Before anything in the file is changed.
        migrate::recognize::<Sqlite>(&mut link, &location).await?;
        use_wal(&mut link, patience).await.map_err(unreachable)?;
        try_to_write(&options).await.map_err(unreachable)?;
        let writer = Writer::new(link, options.for_writing(), patience);
        let readers = Readers::new(options.for_reading(), options.most_readers(), patience);
        Ok(Self { location, writer, readers })
    }

    pub(super) async fn migrate(&self) -> Result<usize, OpenError> {
        let failed = |source| OpenError::Migration { location: self.location.clone(), source };
        self.writer.migrate().await.map_err(failed)
    }

    pub(super) fn occupancy(&self) -> Occupancy {
        Occupancy { writers_waiting: Some(self.writer.waiting()), ..self.readers.occupancy() }
    }

    pub(super) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Switches the file to write-ahead logging; it stays so for good.
///
/// The switch needs the file for itself for a moment and does not wait for it as other statements do, so two processes that start at once on a
/// new file may meet here: the one that comes second tries again.
async fn use_wal(link: &mut SqliteLink, patience: Duration) -> Result<(), sqlx::Error> {
    const PAUSE: Duration = Duration::from_millis(5);
    let mut waited = Duration::ZERO;
    loop {
        let outcome = Sqlite::fetch(link, "PRAGMA journal_mode = WAL", SqliteArguments::default()).await;
        match outcome {
            Err(sqlx::Error::Database(error))
                if waited < patience && Sqlite::fault(&*error) == Fault::Neighbor =>
            {
                tokio::time::sleep(PAUSE).await;
                waited += PAUSE;
            }
            outcome => return is_wal(&outcome?),
        }
    }
}

/// SQLite opens a file that may not be written as well, and says so at the first change. A neighbor's lock is no objection: it writes.
async fn try_to_write(options: &SqliteOptions) -> Result<(), sqlx::Error> {
    let mut link = SqliteLink::down();
    let mut outcome = link.connect(&options.for_writing().busy_timeout(Duration::ZERO)).await;
    if outcome.is_ok() {
        outcome = link.command("BEGIN IMMEDIATE; PRAGMA user_version = 0; ROLLBACK").await;
    }
    match outcome {
        Err(sqlx::Error::Database(error)) if Sqlite::fault(&*error) == Fault::Neighbor => Ok(()),
        outcome => outcome,
    }
}

/// A file system without shared memory (most network ones) keeps the mode that it had, without an error.
fn is_wal(answer: &[SqliteRow]) -> Result<(), sqlx::Error> {
    let mode = answer.first().map_or(Ok(None), |row| Sqlite::bytes(row, "journal_mode"))?;
    if mode.as_deref() == Some(b"wal") {
        return Ok(());
    }
    Err(sqlx::Error::Configuration(
        "the file system has no shared memory, which write-ahead logging needs".into(),
    ))
}
