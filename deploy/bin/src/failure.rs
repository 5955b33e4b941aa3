//! How a program ends when something is wrong.

use std::error::Error;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use shop_core::StoreError;
use shop_storage::OpenError;
use shop_web::PictureError;
use shop_web::server::LaunchError;

use crate::Program;
use crate::sample::SeedError;
use crate::settings::Faults;

/// Why a program ends before its work is done.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Settings that cannot be used.
    #[error(transparent)]
    Settings(#[from] Faults),
    /// An address that cannot be listened on.
    #[error("cannot listen on {address} ({settings}): {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The settings that name it.
        settings: &'static str,
        /// What the system says.
        source: io::Error,
    },
    /// The database cannot be opened or migrated; it says all that its causes say.
    #[error("{0}")]
    Database(OpenError),
    /// There is no database yet, and nobody asked to make one.
    #[error("there is no database {}; `shop-admin migrate` makes one", .0.display())]
    NoDatabase(PathBuf),
    /// The database's schema does not serve this program.
    #[error("the database does not fit this program")]
    Schema(#[source] StoreError),
    /// The folder for mails cannot be written.
    #[error("cannot write mails into {} (SHOP_MAIL_URL): {source}", .folder.display())]
    MailFolder {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Mails cannot be handed to the mail server as the settings say.
    #[error("cannot deliver by SMTP (SHOP_MAIL_URL): {0}")]
    MailServer(#[source] io::Error),
    /// The folder for the log cannot be written.
    #[error("cannot write the log into {} (SHOP_LOG_FOLDER): {source}", .folder.display())]
    LogFolder {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Listening address and prefix make no address that links could begin with.
    #[error("links cannot begin with {0}; set SHOP_PUBLIC_URL")]
    FirstPage(String),
    /// The sample catalog is not there.
    #[error(transparent)]
    Sample(#[from] SeedError),
    /// The mails' texts or templates are broken.
    #[error(transparent)]
    Mails(#[from] shop_mailer::BuildError),
    /// A picture of the sample is broken.
    #[error(transparent)]
    Pictures(#[from] PictureError),
    /// The pages do not start.
    #[error(transparent)]
    Launch(#[from] LaunchError),
    /// The system gives no threads or no signals.
    #[error("the system refuses what the program needs")]
    System(#[source] io::Error),
    /// The command was understood, and cannot be followed as it is given.
    #[error("{0}")]
    Usage(String),
    /// The store failed during the work.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Some of the work could not be done.
    #[error("{0}")]
    Incomplete(String),
    /// The output cannot be written.
    #[error("cannot write the output")]
    Output(#[source] io::Error),
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        Self::Database(error)
    }
}

impl Failure {
    /// 1 if some of the work could not be done, 2 if it could not begin.
    const fn code(&self) -> u8 {
        match self {
            Self::Store(_) | Self::Incomplete(_) | Self::Output(_) => 1,
            Self::Settings(_)
            | Self::Listen { .. }
            | Self::Database(_)
            | Self::NoDatabase(_)
            | Self::Schema(_)
            | Self::MailFolder { .. }
            | Self::LogFolder { .. }
            | Self::MailServer(_)
            | Self::FirstPage(_)
            | Self::Sample(_)
            | Self::Mails(_)
            | Self::Pictures(_)
            | Self::Launch(_)
            | Self::System(_)
            | Self::Usage(_) => 2,
        }
    }
}

/// The exit code for an outcome; a failure is told on stderr, one line each.
pub(crate) fn conclude(program: Program, outcome: Result<(), Failure>) -> ExitCode {
    let failure = match outcome {
        Ok(()) => return ExitCode::SUCCESS,
        // `shop-admin order list | head` has got what it wanted.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
        Err(failure) => failure,
    };
    let lines = match &failure {
        Failure::Settings(faults) => faults.0.iter().map(ToString::to_string).collect(),
        Failure::Store(StoreError::Retryable(cause)) => {
            vec![format!("another program keeps the database locked; try again: {}", one_line(&**cause))]
        }
        other => vec![one_line(other)],
    };
    let mut stderr = io::stderr().lock();
    for line in lines {
        // Whoever closed stderr does not want to know.
        let _ = writeln!(stderr, "{}: {line}", program.name());
    }
    ExitCode::from(failure.code())
}

/// An error with its causes, without what a cause says again.
pub(crate) fn one_line(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !line.contains(&text) {
            line = format!("{line}: {text}");
        }
        cause = error.source();
    }
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_stand_behind_each_other_once() {
        let cause = StoreError::Unavailable("the schema\nlacks 3".into());
        assert_eq!(
            one_line(&Failure::Schema(cause)),
            "the database does not fit this program: the store is not available: the schema lacks 3"
        );
        let address = SocketAddr::from(([127, 0, 0, 1], 80));
        let listen = Failure::Listen { address, settings: "SHOP_PORT", source: io::Error::other("taken") };
        assert_eq!(one_line(&listen), "cannot listen on 127.0.0.1:80 (SHOP_PORT): taken");
    }
}
