//! What goes wrong, told in the core's words.

use std::path::Path;

use shop_core::StoreError;
use shop_core::error::Constraint;

use crate::dialect::{Dialect, Fault};
use crate::trouble::{migrating, told, unopened};

/// Why a database could not be opened or brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file or server cannot be reached, created or written.
    #[error("cannot open the database {location}: {}", told(source))]
    Unreachable {
        /// The path or server, without a password.
        location: String,
        /// What the driver says.
        source: sqlx::Error,
    },
    /// The file exists and is something else.
    #[error("{location} is not a database; name another file, or move this one away")]
    NotADatabase {
        /// The path.
        location: String,
    },
    /// The file is a database, and some of it is missing or was written over.
    #[error("{location} is damaged; put it aside and restore a backup")]
    Damaged {
        /// The path.
        location: String,
    },
    /// There are tables, and none of them is the shop's: another program's database.
    #[error("{location} holds another program's tables; the shop needs a database of its own")]
    Foreign {
        /// The path or server.
        location: String,
    },
    /// A newer program has taken away what this one needs.
    #[error(
        "{location} was made by a newer program: it needs one that knows migration {needed}, this one knows {known}"
    )]
    TooNew {
        /// The path or server.
        location: String,
        /// The number of the migration that a program must know.
        needed: i64,
        /// The number of the newest migration that this program knows.
        known: i64,
    },
    /// A migration failed, or one that ran before is not the one that this program knows.
    #[error("cannot migrate {location}: {}", migrating(source))]
    Migration {
        /// The path or server.
        location: String,
        /// What the migrator says.
        source: sqlx::migrate::MigrateError,
    },
    /// There is no tokio runtime to work in.
    #[error("the store needs a tokio runtime")]
    NoRuntime,
}

impl OpenError {
    pub(crate) fn unreachable<D: Dialect>(location: &str, source: sqlx::Error) -> Self {
        let location = location.to_owned();
        let sqlx::Error::Database(error) = &source else { return Self::Unreachable { location, source } };
        match (D::fault(&**error), error.code().as_deref()) {
            (Fault::Damaged, Some(NOT_A_DATABASE)) => Self::NotADatabase { location },
            (Fault::Damaged, _) => Self::Damaged { location },
            (_, Some(CANNOT_OPEN)) => {
                let source = unopened(Path::new(&location)).into();
                Self::Unreachable { location, source }
            }
            _ => Self::Unreachable { location, source },
        }
    }
}

/// SQLite's codes for what is no database, and for what it can neither open nor say why.
const NOT_A_DATABASE: &str = "26";
const CANNOT_OPEN: &str = "14";

/// Why a schema does not serve this program; the cause inside a [`StoreError::Unavailable`].
#[derive(Debug, thiserror::Error)]
pub(crate) enum SchemaError {
    #[error("the schema lacks {missing} of the migrations up to {known}; migrate first")]
    Behind { missing: i64, known: i64 },
    #[error("the schema needs a program that knows migration {needed}; this one knows {known}")]
    Ahead { needed: i64, known: i64 },
}

/// An error of the driver as the core sees it; `primary` is what a violated primary key means.
pub(crate) fn store_error<D: Dialect>(error: sqlx::Error, primary: Constraint) -> StoreError {
    let sqlx::Error::Database(database) = &error else { return without_database(error) };
    match D::fault(&**database) {
        Fault::Neighbor => StoreError::Retryable(error.into()),
        Fault::Unavailable => StoreError::Unavailable(error.into()),
        Fault::Primary => StoreError::Conflict(primary),
        Fault::Unique(key) => match constraint(key) {
            Some(constraint) => StoreError::Conflict(constraint),
            None => StoreError::Backend(error.into()),
        },
        Fault::Damaged => StoreError::Corrupt(format!("the database file: {database}")),
        Fault::Foreign | Fault::Other => StoreError::Backend(error.into()),
    }
}

/// Errors that come from the way to the database.
fn without_database(error: sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => StoreError::Unavailable(error.into()),
        other => StoreError::Backend(other.into()),
    }
}

/// The rule behind a unique key: SQLite names `table.column`, MySQL the key, which is called `table_column`.
fn constraint(key: &str) -> Option<Constraint> {
    match key {
        "users.email_key" | "users_email_key" => Some(Constraint::Email),
        "categories.slug" | "categories_slug" | "products.slug" | "products_slug" => Some(Constraint::Slug),
        "orders.number" | "orders_number" => Some(Constraint::OrderNumber),
        _ => None,
    }
}
