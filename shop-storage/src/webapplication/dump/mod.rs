//! The old shop's tables in a dump made by `mysqldump`, `mariadb-dump` or a program of their kind.
//!
//! The file is read as a stream, row by row, in memory that does not depend on it. What a dump sets before
//! its rows counts: encoding, `sql_mode`, delimiters, and the comments that a server executes. Statements
//! that change rows already written are not followed; a [`Remark`] names each. Nothing is guessed: a row
//! whose values cannot be told apart, or whose columns are not known, is [`Unreadable`].
//!
//! | file | |
//! |---|---|
//! | `input` | bytes and lines |
//! | `lexer` | tokens, comments, delimiters; why it is our own |
//! | `charset` | encodings |
//! | `statement`, `session`, `layout`, `alteration` | what the statements say: settings, tables, columns |
//! | `rows`, `row`, `value` | rows |
//! | `recovery` | what is not as it should be |
//! | `form` | files that are no dump |

mod alteration;
mod charset;
mod form;
mod input;
mod layout;
mod lexer;
mod recovery;
mod row;
mod rows;
mod session;
mod statement;
mod value;

use std::fs::{File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use async_trait::async_trait;
use shop_core::error::Cause;
use shop_core::webapplication::{Entry, Progress, Source};
#[cfg(doc)]
use shop_core::webapplication::{Remark, Unreadable};

use self::charset::Charset;
use self::input::Input;
use self::rows::Rows;
use super::Interrupted;

/// How much is read from the file at a time.
const CHUNK: usize = 256 << 10;

/// How many entries are given at a time.
const BATCH: usize = 256;

/// Why a file cannot be read as a dump.
#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    /// The file cannot be opened or read.
    #[error("cannot read {}: {source}", .path.display())]
    Unreachable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is something else than text that a server could execute.
    #[error("{} is no SQL dump: it is {what}", .path.display())]
    NotADump {
        /// The file.
        path: PathBuf,
        /// What it is, and what to do.
        what: &'static str,
    },
    /// Neither of the two tables is there, which is known when all of it was read.
    #[error("{} has neither of the tables useri and produse", .0.display())]
    NotTheOldShop(PathBuf),
    /// The file was written or replaced while it was read.
    #[error("{} has changed since it was opened", .0.display())]
    Changed(PathBuf),
    /// No encoding has this name.
    #[error("no encoding is known by this name; MySQL's names are: utf8mb4, latin1, latin2, cp1250, …")]
    UnknownEncoding,
}

/// A dump of the old shop's database, in a file.
#[derive(Debug)]
pub struct Dump {
    path: PathBuf,
    file: State,
    encoding: Option<Charset>,
    /// `None` while a thread reads, and at the end of a read that was given up.
    rows: Option<Rows<File>>,
    taken: u64,
}

/// What tells that a file has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    length: u64,
    modified: Option<SystemTime>,
}

impl Dump {
    /// Opens a dump; a file that is evidently something else is refused.
    ///
    /// The file must stay as it is while it is read. It is read twice, so a pipe is refused.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, DumpError> {
        let path = path.as_ref().to_owned();
        let unreachable = |source| DumpError::Unreachable { path: path.clone(), source };
        // To open a pipe would be to wait for who writes to it.
        if !std::fs::metadata(&path).map_err(unreachable)?.is_file() {
            return Err(DumpError::NotADump { path, what: "no file; write the dump to a file first" });
        }
        let mut file = File::open(&path).map_err(unreachable)?;
        let metadata = file.metadata().map_err(unreachable)?;
        if let Some(what) = form::of(&mut file).map_err(unreachable)? {
            return Err(DumpError::NotADump { path, what });
        }
        let rows = Some(rows(file, None).map_err(unreachable)?);
        Ok(Self { path, file: State::of(&metadata), encoding: None, rows, taken: 0 })
    }

    /// Reads text in this encoding, whatever the dump says; begins anew.
    ///
    /// MySQL's names (`latin1`, `utf8mb4`, `cp1250`) and the web's (`windows-1252`) are known.
    pub fn encoding(mut self, name: &str) -> Result<Self, DumpError> {
        let encoding = match Charset::of_name(name.as_bytes()) {
            Charset::Unknown => return Err(DumpError::UnknownEncoding),
            known @ (Charset::Binary | Charset::Ascii | Charset::Known(_)) => known,
        };
        self.encoding = Some(encoding);
        self.begin()?;
        Ok(self)
    }

    fn begin(&mut self) -> Result<(), DumpError> {
        let unreachable = |source| DumpError::Unreachable { path: self.path.clone(), source };
        let file = File::open(&self.path).map_err(unreachable)?;
        if State::of(&file.metadata().map_err(unreachable)?) != self.file {
            return Err(DumpError::Changed(self.path.clone()));
        }
        self.rows = Some(rows(file, self.encoding).map_err(unreachable)?);
        self.taken = 0;
        Ok(())
    }
}

impl State {
    fn of(metadata: &Metadata) -> Self {
        Self { length: metadata.len(), modified: metadata.modified().ok() }
    }
}

/// The rows of a file, from its beginning.
fn rows(mut file: File, encoding: Option<Charset>) -> io::Result<Rows<File>> {
    form::skip_mark(&mut file)?;
    Ok(Rows::new(Input::new(file, CHUNK), encoding))
}

/// Some of the next entries; none after the last.
fn batch(rows: &mut Rows<File>) -> io::Result<Vec<Entry>> {
    let (mut entries, begin) = (Vec::new(), rows.taken());
    while entries.len() < BATCH && rows.taken().saturating_sub(begin) < CHUNK as u64 {
        match rows.next()? {
            Some(entry) => entries.push(entry),
            None => break,
        }
    }
    Ok(entries)
}

#[async_trait]
impl Source for Dump {
    async fn rewind(&mut self) -> Result<(), Cause> {
        self.begin().map_err(Into::into)
    }

    async fn next(&mut self) -> Result<Vec<Entry>, Cause> {
        let Some(mut rows) = self.rows.take() else { return Err(Interrupted.into()) };
        let reading = move || {
            let entries = batch(&mut rows);
            (rows, entries)
        };
        let (rows, entries) = tokio::task::spawn_blocking(reading).await?;
        self.taken = rows.taken();
        if rows.is_foreign() {
            return Err(DumpError::NotTheOldShop(self.path.clone()).into());
        }
        self.rows = Some(rows);
        entries.map_err(|source| DumpError::Unreachable { path: self.path.clone(), source }.into())
    }

    fn progress(&self) -> Progress {
        Progress { done: self.taken, whole: self.file.length }
    }
}

#[cfg(test)]
mod tests;
