//! Copying a shop's database while the shop runs.
//!
//! `VACUUM INTO` reads one snapshot, as any reader of a write-ahead log does: nobody waits for it, and
//! whatever is committed meanwhile is not in the copy. The copy is made under another name, checked, synced
//! and only then given its own.

use std::io;
use std::path::{Path, PathBuf};

use sqlx::Sqlite;

use super::SqliteOptions;
use super::draft::{self, Contents, Draft};
use crate::dialect::{Dialect, SqliteLink};
use crate::error::OpenError;
use crate::store::SqlStore;

/// Why there is no backup. Nothing is left behind in any case.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file of this name exists; it was left alone.
    #[error("{} exists; a backup never replaces a file", .0.display())]
    Exists(PathBuf),
    /// The file cannot be made: no such folder, no permission, no space.
    #[error("cannot write {}: {source}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The database cannot be copied there: no space, most likely.
    #[error("cannot copy {location} to {}: {source}", .path.display())]
    Copy {
        /// The database's path.
        location: String,
        /// The file.
        path: PathBuf,
        /// What the driver says.
        source: sqlx::Error,
    },
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database is empty or another program's.
    #[error("{location} is not a shop's database")]
    NotAShop {
        /// The database's path.
        location: String,
    },
    /// The copy does not hold together, so neither does the database.
    #[error("{location} is damaged: {finding}")]
    Damaged {
        /// The database's path.
        location: String,
        /// The first thing that is wrong.
        finding: String,
    },
}

impl SqlStore<Sqlite> {
    /// Copies the whole database into a new file while others read and write it; says what the copy holds.
    ///
    /// The copy is one moment's state, checked and durable when this returns, and a plain SQLite file: a shop
    /// can be opened on it, and [`restore`](Self::restore) takes it. It holds personal data, so on Unix
    /// nobody but its owner may read it. A file that exists is never replaced. It needs as much space as the
    /// database has content, beside `file`, and the database's log grows until it is done.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// use shop_storage::{SqliteOptions, SqliteStore};
    ///
    /// let options = SqliteOptions::new(folder.path().join("shop.db"));
    /// let store = SqliteStore::open(options.clone()).await?;
    /// store.migrate().await?;
    /// let monday = folder.path().join("monday.db");
    /// let contents = SqliteStore::backup(&options, &monday).await?;
    /// assert_eq!(contents.orders, 0);
    /// assert_eq!(SqliteStore::restore(&options, &monday).await?, contents);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn backup(options: &SqliteOptions, file: &Path) -> Result<Contents, BackupError> {
        let unwritable = |source| BackupError::File { path: file.to_owned(), source };
        draft::in_a_runtime()?;
        // Said at once, though only `keep` can be sure.
        if file.symlink_metadata().is_ok() {
            return Err(BackupError::Exists(file.to_owned()));
        }
        let mut link = open(options).await?;
        let draft = Draft::beside(file).map_err(unwritable)?;
        let uncopied =
            |source| BackupError::Copy { location: options.location(), path: file.to_owned(), source };
        copy(&mut link, &draft).await.map_err(uncopied)?;
        let found = inspect(&draft).await.map_err(uncopied)?;
        let damaged = |finding| BackupError::Damaged { location: options.location(), finding };
        let contents = found.map_err(damaged)?;
        let path = file.to_owned();
        draft::off_the_runtime(move || draft.keep(&path)).await.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => BackupError::Exists(file.to_owned()),
            _ => unwritable(error),
        })?;
        Ok(contents)
    }
}

/// A connection of the backup's own to the database.
async fn open(options: &SqliteOptions) -> Result<SqliteLink, BackupError> {
    let location = options.location();
    let unreachable = |error| OpenError::unreachable::<Sqlite>(&location, error);
    let mut link = SqliteLink::down();
    link.connect(&options.clone().create(false).for_writing()).await.map_err(unreachable)?;
    match draft::newest_migration(&mut link).await.map_err(unreachable)? {
        Some(_) => Ok(link),
        None => Err(BackupError::NotAShop { location }),
    }
}

async fn copy(link: &mut SqliteLink, draft: &Draft) -> Result<(), sqlx::Error> {
    Sqlite::execute(link, "VACUUM INTO ?", draft.argument()?).await?;
    link.close().await
}

/// What the copy holds, or the first thing that is wrong with it.
async fn inspect(draft: &Draft) -> Result<Result<Contents, String>, sqlx::Error> {
    let mut link = SqliteLink::down();
    link.connect(&draft.options().read_only(true)).await?;
    let found = match draft::finding(&mut link).await? {
        None => Ok(draft::contents(&mut link).await?),
        Some(finding) => Err(finding),
    };
    link.close().await?;
    Ok(found)
}
