//! Putting a backup's content in place of a database's, while the shop runs on it.
//!
//! The backup itself is never written: a copy of it beside the database is checked, brought up to this
//! program's schema and attached to one connection, on which a single transaction empties every table and
//! fills it from the copy. Others see the old content until its commit and the new one from there on; a
//! process that ends before leaves the old one.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use shop_core::StoreError;
use shop_core::error::Constraint;
use sqlx::{AssertSqlSafe, Sqlite};

use super::draft::{self, Contents, Draft};
use super::{SqliteOptions, SqliteStore};
use crate::dialect::{Dialect, Fault, SqliteLink};
use crate::error::{OpenError, store_error};
use crate::migrate;
use crate::store::SqlStore;

/// Tables that a restore empties: what is in them let somebody in, or kept somebody out, at another time.
const EMPTIED: [&str; 3] = ["sessions", "tokens", "throttles"];

/// Every table with each of its columns, in their order. What belongs to the schema and not to the content is
/// left out.
const COLUMNS: &str = "SELECT found.name AS relation, field.name AS field \
    FROM main.sqlite_master AS found, pragma_table_info(found.name, 'main') AS field \
    WHERE found.type = 'table' AND found.name NOT LIKE 'sqlite_%' \
    AND found.name NOT IN ('_shop_migrations', 'schema_floors') ORDER BY found.name, field.cid";

/// Why nothing was restored. The database's content is as it was in any case.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// A file cannot be read, or a copy of it cannot be made.
    #[error("cannot read or copy {}: {source}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is not a database, or not a shop's.
    #[error("{} is not a backup of a shop", .0.display())]
    NotABackup(PathBuf),
    /// The file is a database that is open or was not closed well: part of its content is in another file.
    #[error("{} is a database in use and no backup: {} belongs to it", .path.display(), .companion.display())]
    InUse {
        /// The file.
        path: PathBuf,
        /// The file that holds the rest.
        companion: PathBuf,
    },
    /// The backup does not hold together.
    #[error("{} is damaged: {finding}", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The first thing that is wrong.
        finding: String,
    },
    /// The backup or the database was made by a newer program.
    #[error("{} has the schema of migration {has}; this program knows those up to {known}", .path.display())]
    Newer {
        /// The file or the database.
        path: PathBuf,
        /// The number of its newest migration.
        has: i64,
        /// The number of the newest migration that this program knows.
        known: i64,
    },
    /// The backup's schema cannot be brought up to this program's, or is not what its numbers say.
    #[error("cannot migrate a copy of {}: {source}", .path.display())]
    Migration {
        /// The file.
        path: PathBuf,
        /// What the migrator says.
        source: sqlx::migrate::MigrateError,
    },
    /// The backup's rows break a rule of the schema.
    #[error("what {} holds does not fit the schema: {source}", .path.display())]
    Unfit {
        /// The file.
        path: PathBuf,
        /// What the driver says.
        source: sqlx::Error,
    },
    /// Others were writing all the time; try again.
    #[error("others kept writing {location}; nothing was restored")]
    Busy {
        /// The database's path.
        location: String,
    },
    /// The database cannot be opened or migrated.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed during the work.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SqlStore<Sqlite> {
    /// Puts the content of a [`backup`](Self::backup) in place of the database's, at one blow, while others
    /// read and write it; says what was restored. A database that does not exist is made first; one that has
    /// an older schema is migrated, and so is the content.
    ///
    /// Not restored but emptied are sessions, tokens and counts of tries: everybody signs in anew, and links
    /// in mails that went out before hold no more. Mails that waited at the time of the backup wait again, so
    /// one that went out since goes out a second time.
    ///
    /// Whoever wants to write waits until it is done, for as long as their own patience lasts; it waits for
    /// them as long as `options` [say](SqliteOptions::patience). It needs room beside the database for the
    /// backup twice: for a copy, and for the log of the change.
    pub async fn restore(options: &SqliteOptions, file: &Path) -> Result<Contents, RestoreError> {
        draft::in_a_runtime()?;
        let draft = copy(file, options.path()).await?;
        vet(&draft, file).await?;
        migrate_copy(&draft, file).await?;
        migrate_database(options).await?;
        replace(options, &draft, file).await
    }
}

/// A copy of the file beside the database.
async fn copy(file: &Path, database: &Path) -> Result<Draft, RestoreError> {
    let at = |path: &Path| {
        let path = path.to_owned();
        |source| RestoreError::File { path, source }
    };
    // Before it is opened, for opening a pipe waits for its other end.
    if !file.metadata().map_err(at(file))?.is_file() {
        return Err(RestoreError::NotABackup(file.to_owned()));
    }
    let mut source = File::open(file).map_err(at(file))?;
    let real = file.canonicalize().map_err(at(file))?;
    for ending in ["-wal", "-journal"] {
        let companion = draft::companion_of(&real, ending);
        if companion.metadata().is_ok_and(|found| found.len() > 0) {
            return Err(RestoreError::InUse { path: file.to_owned(), companion });
        }
    }
    let draft = Draft::beside(database).map_err(at(database))?;
    let filled = draft::off_the_runtime(move || draft.fill(&mut source).map(|()| draft));
    filled.await.map_err(at(file))
}

/// Makes sure that the copy is whole, a shop's, and nothing that this program does not know.
async fn vet(draft: &Draft, file: &Path) -> Result<(), RestoreError> {
    let failed = |error| match fault(&error) {
        Some(Fault::Damaged) => RestoreError::NotABackup(file.to_owned()),
        _ => RestoreError::Store(store_error::<Sqlite>(error, Constraint::Id)),
    };
    let mut link = SqliteLink::down();
    link.connect(&draft.options()).await.map_err(failed)?;
    must_be_known(draft::newest_migration(&mut link).await.map_err(failed)?, file)?;
    if let Some(finding) = draft::finding(&mut link).await.map_err(failed)? {
        return Err(RestoreError::Damaged { path: file.to_owned(), finding });
    }
    link.close().await.map_err(failed)
}

/// Refuses a schema that this program does not know in full: it would lose what it does not know.
fn must_be_known(newest: Option<i64>, path: &Path) -> Result<(), RestoreError> {
    let known = migrate::newest::<Sqlite>();
    match newest {
        None => Err(RestoreError::NotABackup(path.to_owned())),
        Some(has) if has > known => Err(RestoreError::Newer { path: path.to_owned(), has, known }),
        Some(_) => Ok(()),
    }
}

async fn migrate_copy(draft: &Draft, file: &Path) -> Result<(), RestoreError> {
    let migrated = migrate_database(&SqliteOptions::new(draft.path()).create(false)).await;
    migrated.map_err(|error| match error {
        // The copy's own name means nothing to anybody.
        OpenError::Migration { source, .. } => RestoreError::Migration { path: file.to_owned(), source },
        other => RestoreError::Open(other),
    })
}

async fn migrate_database(options: &SqliteOptions) -> Result<(), OpenError> {
    let store = SqliteStore::open(options.clone()).await?;
    let migrated = store.migrate().await;
    store.close().await;
    migrated.map(drop)
}

/// Replaces the content on a connection of its own; dropping that undoes everything that is not committed.
async fn replace(options: &SqliteOptions, draft: &Draft, file: &Path) -> Result<Contents, RestoreError> {
    let failed = |source| failure(source, options, file);
    let mut link = SqliteLink::down();
    // References are checked once at the end: until then they point into half a shop.
    let unchecked = options.clone().create(false).for_writing().foreign_keys(false);
    link.connect(&unchecked).await.map_err(failed)?;
    Sqlite::execute(&mut link, "ATTACH ? AS backup", draft.argument().map_err(failed)?)
        .await
        .map_err(failed)?;
    link.command("BEGIN IMMEDIATE").await.map_err(failed)?;
    must_be_known(draft::newest_migration(&mut link).await.map_err(failed)?, options.path())?;
    fill_from_backup(&mut link).await.map_err(failed)?;
    if let Some(finding) = draft::broken_reference(&mut link).await.map_err(failed)? {
        return Err(RestoreError::Damaged { path: file.to_owned(), finding });
    }
    let contents = draft::contents(&mut link).await.map_err(failed)?;
    link.command("COMMIT").await.map_err(failed)?;
    if let Err(error) = link.close().await {
        tracing::warn!(%error, "the restoring connection did not close well");
    }
    Ok(contents)
}

async fn fill_from_backup(link: &mut SqliteLink) -> Result<(), sqlx::Error> {
    for (table, columns) in tables(link).await? {
        let table = quoted(&table);
        run(link, format!("DELETE FROM main.{table}")).await?;
        if EMPTIED.iter().any(|emptied| quoted(emptied) == table) {
            continue;
        }
        let names: Vec<_> = columns.iter().map(|column| quoted(column)).collect();
        // With the table before it, a column that is not there is an error and not a text.
        let sources: Vec<_> = names.iter().map(|name| format!("source.{name}")).collect();
        let (names, sources) = (names.join(", "), sources.join(", "));
        run(
            link,
            format!("INSERT INTO main.{table} ({names}) SELECT {sources} FROM backup.{table} AS source"),
        )
        .await?;
    }
    Ok(())
}

/// The names of the database's tables and their columns.
async fn tables(link: &mut SqliteLink) -> Result<BTreeMap<String, Vec<String>>, sqlx::Error> {
    let name = |row, column| {
        let name = Sqlite::bytes(row, column)?.unwrap_or_default();
        String::from_utf8(name).map_err(|error| sqlx::Error::Decode(error.into()))
    };
    let mut tables: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in &draft::rows(link, COLUMNS).await? {
        tables.entry(name(row, "relation")?).or_default().push(name(row, "field")?);
    }
    Ok(tables)
}

/// A name as SQL takes it, whatever is in it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Runs a statement that is made of quoted names alone.
async fn run(link: &mut SqliteLink, sql: String) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(link.connection()?).await.map(drop)
}

/// What it means that the database does not take the copy's content.
fn failure(error: sqlx::Error, options: &SqliteOptions, file: &Path) -> RestoreError {
    match fault(&error) {
        Some(Fault::Neighbor) => RestoreError::Busy { location: options.location() },
        Some(Fault::Primary | Fault::Unique(_) | Fault::Foreign | Fault::Other) => {
            RestoreError::Unfit { path: file.to_owned(), source: error }
        }
        Some(Fault::Unavailable | Fault::Damaged) | None => {
            RestoreError::Store(store_error::<Sqlite>(error, Constraint::Id))
        }
    }
}

fn fault(error: &sqlx::Error) -> Option<Fault<'_>> {
    match error {
        sqlx::Error::Database(error) => Some(Sqlite::fault(&**error)),
        _ => None,
    }
}
