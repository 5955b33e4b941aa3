use async_trait::async_trait;

use crate::account::{NewPassword, PasswordAttempt, PasswordHash};
use crate::error::Cause;

/// Slow, salted hashes of passwords.
///
/// Hashing takes tens of milliseconds and megabytes by design: an implementation MUST NOT do it on the caller's thread for that long, and
/// MUST bound how many hashes run and wait at once.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait PasswordHasher: Send + Sync {
    /// A fresh hash, with a salt of its own.
    async fn hash(&self, password: &NewPassword) -> Result<PasswordHash, HasherError>;

    /// Compares a password with a hash.
    ///
    /// Without a hash (no such account) it MUST take as long as with a fresh one and say [`Verdict::Mismatch`], so that the time of an
    /// answer does not tell whether an account exists. A hash that it cannot read is a mismatch too.
    async fn verify(
        &self,
        attempt: &PasswordAttempt,
        hash: Option<PasswordHash>,
    ) -> Result<Verdict, HasherError>;
}

/// What comparing a password with a hash says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The password is right.
    Match {
        /// Whether the hash was made with weaker parameters than today's and should be replaced.
        outdated: bool,
    },
    /// The password is wrong.
    Mismatch,
}

/// Why there is no hash and no verdict.
#[derive(Debug, thiserror::Error)]
pub enum HasherError {
    /// Too many hashes wait already; to be tried again later.
    #[error("too many passwords wait to be hashed")]
    Overloaded,
    /// The hasher does not work.
    #[error("the password hasher failed")]
    Failed(#[source] Cause),
}
