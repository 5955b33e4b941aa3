//! Bringing the schema up to date.
//!
//! # To add a migration
//! 1. One file in each of `migrations/sqlite` and `migrations/mysql`, same number, same name. Read `migrations/NOTES.md` first: programs of the
//!    release before run on the new schema as well.
//! 2. One line in `migrations!` below; a test fails if a file is not listed.

use std::collections::HashMap;
use std::ops::Deref;
use std::pin::Pin;

use shop_core::StoreError;
use shop_core::error::Constraint;
use sqlx::migrate::{Migrate, MigrateError, MigrationType, Migrator};
use sqlx::{Acquire, SqlSafeStr};

use crate::cell::Cell;
use crate::dialect::{Dialect, Fault};
use crate::error::{OpenError, SchemaError, store_error};
use crate::sql;

/// Where sqlx's migrator keeps what ran. Our own name, since sqlx's default may be another program's in the same database.
const TABLE: &str = "_shop_migrations";

/// A change of the schema.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Its number.
    pub number: i64,
    /// Its file's name without the ending.
    pub name: &'static str,
    /// What it does.
    pub sql: &'static str,
}

/// All migrations of one dialect; the list is the same for all.
macro_rules! migrations {
    ($dialect:literal) => {
        migrations!($dialect:
            1 "0001_schema_floors",
            2 "0002_users",
            3 "0003_tokens",
            4 "0004_sessions",
            5 "0005_carts",
            6 "0006_categories",
            7 "0007_products",
            8 "0008_product_texts",
            9 "0009_variants",
            10 "0010_orders",
            11 "0011_order_lines",
            12 "0012_order_keys",
            13 "0013_outbox",
            14 "0014_users_secured_at",
            15 "0015_users_secured",
            16 "0016_tokens_email",
            17 "0017_sessions_agent",
            18 "0018_outbox_user",
            19 "0019_order_steps",
            20 "0020_throttles",
            21 "0021_nobody",
            22 "0022_outbox_due_kind"
        )
    };
    ($dialect:literal: $($number:literal $name:literal),+) => {
        &[$(Migration {
            number: $number,
            name: $name,
            sql: include_str!(concat!("../../migrations/", $dialect, "/", $name, ".sql")),
        }),+]
    };
}

pub(crate) use migrations;

pub(crate) fn migrator<D: Dialect>() -> Migrator {
    let known = D::MIGRATIONS.iter().map(|migration| {
        let sql = migration.sql.into_sql_str();
        let name = migration.name.into();
        // `true`: not in a transaction each. SQLite's run in one together; MySQL's migrator does not ask.
        sqlx::migrate::Migration::new(migration.number, name, MigrationType::Simple, sql, true)
    });
    let mut migrator = Migrator::with_migrations(known.collect());
    migrator.dangerous_set_table_name(TABLE);
    // Who may migrate is settled before it runs: sqlx's own lock does nothing on SQLite and on MariaDB.
    migrator.set_locking(false);
    // Migrations of a newer release are not ours to judge; `schema_floors` tells whether this program may still work.
    migrator.set_ignore_missing(true);
    migrator
}

/// Runs the migrations that have not run.
///
/// Boxed, for the compiler cannot see that sqlx's future may move between threads once it is part of another one.
pub(crate) fn run<'a, A>(
    migrator: &'a Migrator,
    connection: A,
) -> Pin<Box<dyn Future<Output = Result<(), MigrateError>> + Send + 'a>>
where
    A: Acquire<'a, Connection: Deref<Target: Migrate>> + Send + 'a,
{
    Box::pin(migrator.run(connection))
}

/// Makes sure that a database is the shop's, or empty, and that this program may work on it.
pub(crate) async fn recognize<D: Dialect>(link: &mut D::Link, location: &str) -> Result<(), OpenError> {
    let unreachable = |error| OpenError::unreachable::<D>(location, error);
    let rows = D::fetch(link, D::DIFFERING.inventory, D::Arguments::default()).await.map_err(unreachable)?;
    let count = |column| rows.first().map_or(Ok(None), |row| D::int(row, column)).map_err(unreachable);
    match (count("tables")?.unwrap_or(0), count("ours")?.unwrap_or(0)) {
        (0, _) => return Ok(()),
        (_, 0) => return Err(OpenError::Foreign { location: location.to_owned() }),
        _ => {}
    }
    let state = state::<D>(link).await.map_err(unreachable)?;
    let known = newest::<D>();
    if state.floor > known {
        return Err(OpenError::TooNew { location: location.to_owned(), needed: state.floor, known });
    }
    Ok(())
}

/// How many of this program's migrations have not run as it knows them. A question that writes nothing and takes no lock.
pub(crate) async fn missing<D: Dialect>(
    link: &mut D::Link,
    migrator: &Migrator,
) -> Result<usize, sqlx::Error> {
    let rows = unless_absent::<D>(D::fetch(link, sql::schema::APPLIED, D::Arguments::default()).await)?;
    let mut applied = HashMap::new();
    for row in &rows {
        applied.insert(D::int(row, "version")?, D::bytes(row, "checksum")?.unwrap_or_default());
    }
    let ran = |migration: &&sqlx::migrate::Migration| {
        applied.get(&Some(migration.version)).is_some_and(|checksum| *checksum == *migration.checksum)
    };
    Ok(migrator.iter().count() - migrator.iter().filter(ran).count())
}

/// How a schema stands to this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    /// How many of this program's migrations have not run.
    missing: i64,
    /// The oldest migration that a program must know to work on it.
    floor: i64,
}

/// The number of the newest migration that this program knows.
pub(crate) fn newest<D: Dialect>() -> i64 {
    D::MIGRATIONS.iter().map(|migration| migration.number).max().unwrap_or(0)
}

async fn state<D: Dialect>(link: &mut D::Link) -> Result<State, sqlx::Error> {
    let mut arguments = D::Arguments::default();
    D::push(&mut arguments, Cell::Int(newest::<D>())).map_err(sqlx::Error::Encode)?;
    let rows = unless_absent::<D>(D::fetch(link, sql::schema::STATE, arguments).await)?;
    let number = |column| rows.first().map_or(Ok(None), |row| D::int(row, column));
    let known = i64::try_from(D::MIGRATIONS.len()).unwrap_or(i64::MAX);
    Ok(State { missing: known - number("applied")?.unwrap_or(0), floor: number("floor")?.unwrap_or(0) })
}

/// No rows, if the database answers that there is no such table.
fn unless_absent<D: Dialect>(outcome: Result<Vec<D::Row>, sqlx::Error>) -> Result<Vec<D::Row>, sqlx::Error> {
    match outcome {
        Err(sqlx::Error::Database(error)) if D::fault(&*error) == Fault::Other => Ok(Vec::new()),
        outcome => outcome,
    }
}

/// Whether this program can work on the schema as it is.
pub(crate) async fn check<D: Dialect>(link: &mut D::Link) -> Result<(), StoreError> {
    let state = state::<D>(link).await.map_err(|error| store_error::<D>(error, Constraint::Id))?;
    let known = newest::<D>();
    if state.missing > 0 {
        return Err(StoreError::Unavailable(SchemaError::Behind { missing: state.missing, known }.into()));
    }
    if state.floor > known {
        return Err(StoreError::Unavailable(SchemaError::Ahead { needed: state.floor, known }.into()));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
