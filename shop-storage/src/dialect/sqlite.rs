use std::pin::Pin;

use sqlx::error::{BoxDynError, DatabaseError};
use sqlx::sqlite::{SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteRow};
use sqlx::{ConnectOptions, Connection, Sqlite};

use super::{Dialect, Differing, Fault, values};
use crate::cell::Cell;
use crate::migrate::{Migration, migrations};
use crate::sql::accounts;
use crate::sqlite::SqliteConnections;

/// Removes rows that meet a condition, so many at most. Without a compile-time option, SQLite's DELETE takes no LIMIT.
macro_rules! remove_some {
    ($table:literal, $key:literal, $condition:literal) => {
        concat!(
            "DELETE FROM ",
            $table,
            " WHERE ",
            $key,
            " IN (SELECT ",
            $key,
            " FROM ",
            $table,
            " WHERE ",
            $condition,
            " LIMIT ?)"
        )
    };
}

impl Dialect for Sqlite {
    type Link = SqliteLink;
    type Connections = SqliteConnections;

    const MIGRATIONS: &'static [Migration] = migrations!("sqlite");
    const DIFFERING: Differing = Differing {
        inventory: "SELECT COUNT(*) AS tables, COALESCE(SUM(name = '_shop_migrations'), 0) AS ours \
                    FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        // Units take turns.
        find_user: accounts::FIND_USER,
        remove_expired_tokens: remove_some!("tokens", "hash", "expires_at <= ?"),
        remove_ended_sessions: remove_some!("sessions", "key_hash", "last_seen_at <= ? OR created_at <= ?"),
        purge_outbox: remove_some!("outbox", "id", "state = ? AND due_at <= ?"),
        remove_forgotten_tries: remove_some!("throttles", "key_hash", "forget_at <= ?"),
    };

    values!();

    async fn execute(
        link: &mut SqliteLink,
        sql: &'static str,
        arguments: SqliteArguments,
    ) -> Result<u64, sqlx::Error> {
        let connection = link.connection()?;
        let outcome = sqlx::query_with(sql, arguments).execute(connection).await;
        link.heed(outcome).map(|done| done.rows_affected())
    }

    async fn fetch(
        link: &mut SqliteLink,
        sql: &'static str,
        arguments: SqliteArguments,
    ) -> Result<Vec<SqliteRow>, sqlx::Error> {
        let connection = link.connection()?;
        let outcome = sqlx::query_with(sql, arguments).fetch_all(connection).await;
        link.heed(outcome)
    }

    fn fault(error: &dyn DatabaseError) -> Fault<'_> {
        match code(error) {
            787 => Fault::Foreign,
            1555 => Fault::Primary,
            2067 => Fault::Unique(error.message().rsplit(": ").next().unwrap_or_default()),
            // The low byte is the class (https://www.sqlite.org/rescode.html#primary_result_codes_versus_extended_result_codes).
            extended => match extended & 0xff {
                // BUSY (5, 261, 517) and LOCKED (6).
                5 | 6 => Fault::Neighbor,
                // PERM, NOMEM, READONLY, IOERR, FULL, CANTOPEN.
                3 | 7 | 8 | 10 | 13 | 14 => Fault::Unavailable,
                // CORRUPT, NOTADB.
                11 | 26 => Fault::Damaged,
                _ => Fault::Other,
            },
        }
    }
}

/// The extended result code.
fn code(error: &dyn DatabaseError) -> i32 {
    error.code().and_then(|code| code.parse().ok()).unwrap_or(0)
}

/// A connection to the file, until it fails.
///
/// An error that leaves open what has become of the transaction (a full disk, a damaged file: SQLite may or may not have rolled back by itself)
/// hangs up: closing undoes whatever was not committed, so nobody can go on in a transaction that is half there.
#[derive(Debug)]
pub struct SqliteLink(Option<SqliteConnection>);

impl SqliteLink {
    /// A link that is not connected yet.
    pub(crate) const fn down() -> Self {
        Self(None)
    }

    /// Connects anew.
    pub(crate) async fn connect(&mut self, options: &SqliteConnectOptions) -> Result<(), sqlx::Error> {
        self.0 = None;
        self.0 = Some(connecting(options).await?);
        Ok(())
    }

    pub(crate) const fn is_up(&self) -> bool {
        self.0.is_some()
    }

    pub(crate) fn connection(&mut self) -> Result<&mut SqliteConnection, sqlx::Error> {
        self.0.as_mut().ok_or(sqlx::Error::WorkerCrashed)
    }

    /// Runs what is no query: control of transactions, pragmas.
    pub(crate) async fn command(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        let connection = self.connection()?;
        let outcome = sqlx::raw_sql(sql).execute(connection).await;
        self.heed(outcome).map(drop)
    }

    /// Drops the connection, and with it whatever was not committed.
    pub(crate) fn hang_up(&mut self) {
        self.0 = None;
    }

    /// Closes the connection and waits until that is done.
    pub(crate) async fn close(&mut self) -> Result<(), sqlx::Error> {
        match self.0.take() {
            Some(connection) => connection.close().await,
            None => Ok(()),
        }
    }

    /// Hangs up if the outcome leaves the transaction's state open.
    fn heed<T>(&mut self, outcome: Result<T, sqlx::Error>) -> Result<T, sqlx::Error> {
        if outcome.as_ref().is_err_and(leaves_open) {
            self.hang_up();
        }
        outcome
    }
}

/// Boxed, for the compiler cannot see that sqlx's future may move between threads once it is part of another one.
fn connecting(
    options: &SqliteConnectOptions,
) -> Pin<Box<dyn Future<Output = Result<SqliteConnection, sqlx::Error>> + Send + '_>> {
    Box::pin(options.connect())
}

/// Whether SQLite may have rolled back by itself (<https://www.sqlite.org/lang_transaction.html>, "Response To Errors Within A Transaction").
fn leaves_open(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Database(error) => match Sqlite::fault(&**error) {
            Fault::Unavailable | Fault::Damaged => true,
            Fault::Neighbor | Fault::Primary | Fault::Unique(_) | Fault::Foreign | Fault::Other => false,
        },
        sqlx::Error::WorkerCrashed => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
