//! Why this program cannot do its work: exit code 2.

use std::io;
use std::path::{Path, PathBuf};

/// What keeps the program from measuring; requests that fail are no trouble, they are what it counts.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file is not what it must be.
    #[error("{}: {reason}", path.display())]
    Content {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The shop's address leads nowhere.
    #[error("{address} cannot be resolved: {source}")]
    Address {
        /// Host and port.
        address: String,
        /// Why.
        source: io::Error,
    },
    /// The shop was not there at the beginning, or it offers nothing that can be bought.
    #[error("the shop cannot be visited: {0}")]
    Shop(String),
    /// The system does not let signals be watched.
    #[error("signals cannot be watched: {0}")]
    Signals(#[source] io::Error),
    /// The picture cannot be drawn.
    #[error("the picture cannot be drawn: {0}")]
    Picture(String),
}

impl Trouble {
    /// A file that cannot be read or written.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { path: path.to_owned(), source }
    }

    /// A file that is not what it must be.
    pub(crate) fn content(path: &Path, reason: &impl ToString) -> Self {
        Self::Content { path: path.to_owned(), reason: reason.to_string() }
    }
}
