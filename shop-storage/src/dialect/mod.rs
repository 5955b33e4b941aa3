//! The waist: all that a database has to offer so that the repositories, written once, run on it.
//!
//! Every bound on sqlx's types is met inside the implementations of [`Dialect`], with concrete types; so a repository is plain
//! `impl<D: Dialect> CartRepository for SqlUnit<D>`, without a `where`.
//!
//! # To add a database
//! 1. A feature in `Cargo.toml` that turns its sqlx driver on; a folder `migrations/<name>` with the same file names as the others.
//! 2. `dialect/<name>.rs`: `values!` makes the functions that pass values; write the rest of [`Dialect`].
//! 3. `<name>/`: options, and [`Connections`] that hand out units and readers.
//! 4. Run the conformance suite of `shop-core` against it.

#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "sqlite")]
mod sqlite;

#[cfg(feature = "sqlite")]
pub(crate) use sqlite::SqliteLink;

use std::ops::DerefMut;

use shop_core::StoreError;
use sqlx::Database;
use sqlx::error::{BoxDynError, DatabaseError};

use crate::cell::Cell;
use crate::migrate::Migration;

/// A database that the repositories can work on.
pub trait Dialect: Database {
    /// What carries statements to the database: a connection, with what must be remembered of it.
    type Link: Send;
    /// Where units and readers get their links from.
    type Connections: Connections<Self>;

    /// The schema, oldest change first.
    const MIGRATIONS: &'static [Migration];
    /// The statements that are not the same everywhere.
    const DIFFERING: Differing;

    /// Adds a value to a statement's arguments.
    fn push(arguments: &mut Self::Arguments, cell: Cell<'_>) -> Result<(), BoxDynError>;

    /// Reads an integer of any width; `None` is NULL.
    fn int(row: &Self::Row, column: &str) -> Result<Option<i64>, sqlx::Error>;

    /// Reads text or bytes; `None` is NULL.
    fn bytes(row: &Self::Row, column: &str) -> Result<Option<Vec<u8>>, sqlx::Error>;

    /// Runs a statement; says how many rows it has met.
    fn execute(
        link: &mut Self::Link,
        sql: &'static str,
        arguments: Self::Arguments,
    ) -> impl Future<Output = Result<u64, sqlx::Error>> + Send;

    /// Runs a query.
    fn fetch(
        link: &mut Self::Link,
        sql: &'static str,
        arguments: Self::Arguments,
    ) -> impl Future<Output = Result<Vec<Self::Row>, sqlx::Error>> + Send;

    /// What an error of the database says about whose fault it is.
    fn fault(error: &dyn DatabaseError) -> Fault<'_>;
}

/// The statements that each dialect words in its own way. Fewer than ten, or the waist is in the wrong place.
#[derive(Clone, Copy, Debug)]
pub struct Differing {
    /// `tables`: how many there are; `ours`: how many of them are the table of migrations.
    pub inventory: &'static str,
    /// An account that stays as it is until the unit ends.
    pub find_user: &'static str,
    /// Removes tokens that have expired at a moment, so many at most.
    pub remove_expired_tokens: &'static str,
    /// Removes sessions that were last seen, or begun, before two moments, so many at most.
    pub remove_ended_sessions: &'static str,
    /// Removes messages in a state that were due before a moment, so many at most.
    pub purge_outbox: &'static str,
    /// Removes tries that may be forgotten at a moment, so many at most.
    pub remove_forgotten_tries: &'static str,
}

#[cfg(test)]
impl Differing {
    pub(crate) const fn all(self) -> [&'static str; 6] {
        let Self {
            inventory,
            find_user,
            remove_expired_tokens,
            remove_ended_sessions,
            purge_outbox,
            remove_forgotten_tries,
        } = self;
        [
            inventory,
            find_user,
            remove_expired_tokens,
            remove_ended_sessions,
            purge_outbox,
            remove_forgotten_tries,
        ]
    }
}

/// Hands out links: one for each open unit, one for each read that runs.
pub trait Connections<D: Dialect>: Clone + Send + Sync + 'static {
    /// A link on which a unit of work is open.
    type Lease: Lease<D>;
    /// A link for reading.
    type Reader: DerefMut<Target = D::Link> + Send;

    /// Opens a unit of work.
    fn begin(&self) -> impl Future<Output = Result<Self::Lease, StoreError>> + Send;

    /// Lends a link for reading, until it is dropped.
    fn reader(&self) -> impl Future<Output = Result<Self::Reader, StoreError>> + Send;

    /// Opens a unit of work that moves whole tables, however long that takes.
    fn begin_unhurried(&self) -> impl Future<Output = Result<Self::Lease, StoreError>> + Send {
        self.begin()
    }

    /// Lends a link for reading whole tables, however long that takes.
    fn reader_unhurried(&self) -> impl Future<Output = Result<Self::Reader, StoreError>> + Send {
        self.reader()
    }
}

/// The right to use a link until a unit of work ends. Dropping it undoes the unit.
pub trait Lease<D: Dialect>: Send + Sized {
    /// The link.
    fn link(&mut self) -> &mut D::Link;

    /// Ends the unit; comes back when its changes are durable.
    fn commit(self) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Ends the unit; comes back when its changes are undone.
    fn rollback(self) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// What an error of the database says about whose fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault<'e> {
    /// A neighbor was in the way.
    Neighbor,
    /// The database takes no change just now: no space, read-only, going down.
    Unavailable,
    /// A row with this primary key exists.
    Primary,
    /// A row with these values exists; carries the columns or the key, as the database names them.
    Unique(&'e str),
    /// A row that this one refers to does not exist, or one that refers to it does.
    Foreign,
    /// The database has noticed that its file is damaged.
    Damaged,
    /// Anything else.
    Other,
}

/// The functions of [`Dialect`] that pass values; the same text, with each driver's own types.
macro_rules! values {
    () => {
        fn push(arguments: &mut Self::Arguments, cell: Cell<'_>) -> Result<(), BoxDynError> {
            match cell {
                Cell::Null => sqlx::Arguments::add(arguments, None::<i64>),
                Cell::Int(value) => sqlx::Arguments::add(arguments, value),
                Cell::Text(value) => sqlx::Arguments::add(arguments, value),
                Cell::Bytes(value) => sqlx::Arguments::add(arguments, value),
            }
        }

        fn int(row: &Self::Row, column: &str) -> Result<Option<i64>, sqlx::Error> {
            sqlx::Row::try_get(row, column)
        }

        fn bytes(row: &Self::Row, column: &str) -> Result<Option<Vec<u8>>, sqlx::Error> {
            sqlx::Row::try_get(row, column)
        }
    };
}

use values;
