//! A copy of a whole database while it is in the making.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::sqlite::{SqliteArguments, SqliteConnectOptions, SqliteRow};
use sqlx::{Database, Sqlite};

use crate::cell::Cell;
use crate::dialect::{Dialect, SqliteLink};
use crate::error::OpenError;

/// How many things a backup holds, of those that people count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contents {
    /// Accounts, whatever their state.
    pub accounts: u64,
    /// Products, hidden ones too.
    pub products: u64,
    /// Orders, whatever their state.
    pub orders: u64,
}

/// Numbers the drafts of this process. No name comes twice, for the connection to a draft that was dropped
/// closes a moment later and then removes the companions of its file by their names.
static NEXT: AtomicU32 = AtomicU32::new(0);

/// A file that goes when this is dropped, unless it is kept.
///
/// A process that is killed leaves it behind; the next one that makes a draft for the same file puts it away.
#[derive(Debug)]
pub(super) struct Draft {
    path: PathBuf,
    /// Locked, which tells others that it is worked on.
    _file: File,
}

impl Draft {
    /// An empty file in the same folder as `file`, for its owner's eyes only.
    pub(super) fn beside(file: &Path) -> io::Result<Self> {
        const MOST: u32 = 1_000;
        // Absolute, so that SQLite cannot take a name such as `file:x` for an address.
        let file = std::path::absolute(file)?;
        let name = file.file_name().and_then(OsStr::to_str).ok_or(io::ErrorKind::InvalidFilename)?;
        let prefix = format!(".{name}.draft-");
        put_away_abandoned(&file, &prefix);
        for _ in 0..MOST {
            let path = file.with_file_name(format!("{prefix}{}", NEXT.fetch_add(1, Ordering::Relaxed)));
            match create_private(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
                Ok(file) if is_ours(&path, &file) => return Ok(Self { path, _file: file }),
                Ok(_) => {}
            }
        }
        Err(io::Error::other(format!("{MOST} drafts of it lie in the folder; remove them")))
    }

    /// Fills it with what another file holds.
    pub(super) fn fill(&self, from: &mut File) -> io::Result<()> {
        let mut draft = OpenOptions::new().write(true).open(&self.path)?;
        io::copy(from, &mut draft).map(drop)
    }

    /// Gives it its name, durably. A file that has this name already stays as it is, and that is an error.
    pub(super) fn keep(self, file: &Path) -> io::Result<()> {
        File::open(&self.path)?.sync_all()?;
        // Takes the name first, for renaming alone would replace another's file.
        create_private(file)?;
        let kept = fs::rename(&self.path, file).and_then(|()| sync_folder(file));
        if kept.is_err() {
            // The name was ours alone; the error says more than this could.
            let _ = fs::remove_file(file);
        }
        kept
    }

    /// How to open it.
    pub(super) fn options(&self) -> SqliteConnectOptions {
        SqliteConnectOptions::new().filename(&self.path).foreign_keys(true).pragma("trusted_schema", "OFF")
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Its path as a statement's only argument.
    pub(super) fn argument(&self) -> Result<SqliteArguments, sqlx::Error> {
        let path = self.path.to_str().ok_or_else(|| {
            sqlx::Error::Io(io::Error::new(io::ErrorKind::InvalidFilename, "the path is not UTF-8"))
        })?;
        let mut arguments = SqliteArguments::default();
        Sqlite::push(&mut arguments, Cell::Text(path)).map_err(sqlx::Error::Encode)?;
        Ok(arguments)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        put_away(&self.path);
    }
}

/// Removes a draft with its companions. They go first: one that is left alone would be taken for the next
/// draft's.
fn put_away(draft: &Path) {
    for ending in ["-journal", "-wal", "-shm", ""] {
        // Mostly there is none.
        let _ = fs::remove_file(companion_of(draft, ending));
    }
}

/// Removes the drafts for a file that nobody works on.
///
/// Only on Unix, where a lock is a word between those who ask for it; elsewhere it would keep SQLite out as
/// well.
fn put_away_abandoned(file: &Path, prefix: &str) {
    #[cfg(unix)]
    for entry in file.parent().and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix(prefix));
        if number.is_some_and(|number| number.parse::<u32>().is_ok())
            && entry.file_type().is_ok_and(|kind| kind.is_file())
            && let Ok(draft) = File::open(entry.path())
            && draft.try_lock().is_ok()
        {
            put_away(&entry.path());
        }
    }
    #[cfg(not(unix))]
    let _ = (file, prefix);
}

/// Locks a draft that was just made. Before that somebody may have put it away as an abandoned one: then it
/// is not ours.
fn is_ours(draft: &Path, file: &File) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let identity = |found: fs::Metadata| (found.dev(), found.ino());
        let locked = !matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock));
        let there = draft.symlink_metadata().map(identity).ok();
        locked && there.is_some() && there == file.metadata().map(identity).ok()
    }
    #[cfg(not(unix))]
    {
        let _ = (draft, file);
        true
    }
}

/// The file that SQLite keeps beside a database under its name and this ending.
pub(super) fn companion_of(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// A new file that nobody but its owner may read: a shop's data is personal.
fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes a file's name durable. Elsewhere than on Unix a folder cannot be opened, and renaming is durable by
/// itself.
fn sync_folder(file: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = std::path::absolute(file)?.parent() {
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

/// Fails outside of a tokio runtime, where the first wait would panic.
pub(super) fn in_a_runtime() -> Result<(), OpenError> {
    tokio::runtime::Handle::try_current().map(drop).map_err(|_| OpenError::NoRuntime)
}

/// Runs what waits for the disk where it holds up nobody.
pub(super) async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

/// The newest migration that ran on a database; `None` if it is no shop's.
pub(super) async fn newest_migration(link: &mut SqliteLink) -> Result<Option<i64>, sqlx::Error> {
    const NEWEST: &str =
        "SELECT COALESCE(MAX(version), 0) AS newest FROM main._shop_migrations WHERE success = TRUE";
    if number(&rows(link, Sqlite::DIFFERING.inventory).await?, "ours")? == 0 {
        return Ok(None);
    }
    number(&rows(link, NEWEST).await?, "newest").map(Some)
}

/// The first thing that is wrong with a database's pages or references, if anything is.
pub(super) async fn finding(link: &mut SqliteLink) -> Result<Option<String>, sqlx::Error> {
    let told = text(&rows(link, "PRAGMA main.integrity_check(1)").await?, "integrity_check")?;
    match told.filter(|told| told != "ok") {
        None => broken_reference(link).await,
        finding => Ok(finding),
    }
}

/// A row that refers to one that is not there, if there is any.
pub(super) async fn broken_reference(link: &mut SqliteLink) -> Result<Option<String>, sqlx::Error> {
    const FIRST: &str = "SELECT 'a row of ' || \"table\" || ' refers to one of ' || parent || \
        ' that is not there' AS finding FROM pragma_foreign_key_check LIMIT 1";
    text(&rows(link, FIRST).await?, "finding")
}

/// How many things a database holds.
pub(super) async fn contents(link: &mut SqliteLink) -> Result<Contents, sqlx::Error> {
    // The row of nobody is no account.
    const COUNTS: &str = "SELECT \
        (SELECT COUNT(*) FROM main.users WHERE state <> 'nobody') AS accounts, \
        (SELECT COUNT(*) FROM main.products) AS products, (SELECT COUNT(*) FROM main.orders) AS orders";
    let rows = rows(link, COUNTS).await?;
    let count = |column| number(&rows, column).map(|count| u64::try_from(count).unwrap_or(0));
    Ok(Contents { accounts: count("accounts")?, products: count("products")?, orders: count("orders")? })
}

/// The answer to a query without arguments.
pub(super) async fn rows(link: &mut SqliteLink, sql: &'static str) -> Result<Vec<SqliteRow>, sqlx::Error> {
    Sqlite::fetch(link, sql, <Sqlite as Database>::Arguments::default()).await
}

fn number(rows: &[SqliteRow], column: &str) -> Result<i64, sqlx::Error> {
    Ok(rows.first().map_or(Ok(None), |row| Sqlite::int(row, column))?.unwrap_or(0))
}

fn text(rows: &[SqliteRow], column: &str) -> Result<Option<String>, sqlx::Error> {
    let Some(row) = rows.first() else { return Ok(None) };
    Ok(Sqlite::bytes(row, column)?.map(|text| String::from_utf8_lossy(&text).into_owned()))
}
