//! What can go wrong in a store, told by whose fault it is.

use std::error::Error;

/// The error of any kind that lies behind a [`StoreError`].
pub type Cause = Box<dyn Error + Send + Sync>;

/// Why a store did not do what it was asked.
///
/// After the first error a unit of work MUST NOT be used again; dropping it undoes what it did.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The caller's change collides with what is there. Asking again brings the same answer.
    #[error("conflict: {0}")]
    Conflict(Constraint),
    /// A neighbor was in the way (lock, deadlock, failed joint commit). The whole unit may be tried again.
    #[error("the unit of work must be tried again")]
    Retryable(#[source] Cause),
    /// The store cannot be reached or takes no change just now.
    #[error("the store is not available")]
    Unavailable(#[source] Cause),
    /// The store holds something that it cannot hold if all its changes came from here. Carries where.
    #[error("the store holds an invalid value: {0}")]
    Corrupt(String),
    /// Any other failure of the store: a bug or a broken database.
    #[error("the store failed")]
    Backend(#[source] Cause),
}

/// A rule of the store that a change has hurt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Constraint {
    /// Another account has this e-mail address.
    #[error("the e-mail address is taken")]
    Email,
    /// The record has changed since it was read.
    #[error("the record has changed since it was read")]
    Version,
    /// Another variant has this SKU.
    #[error("the SKU is taken")]
    Sku,
    /// Another product or category has this slug.
    #[error("the slug is taken")]
    Slug,
    /// Another order has this number.
    #[error("the order number is taken")]
    OrderNumber,
    /// An order was placed under this key before.
    #[error("the idempotency key was used before")]
    IdempotencyKey,
    /// There is no such account (any more).
    #[error("there is no such account")]
    Owner,
    /// A record with this id (or this hash) exists.
    #[error("the id is taken")]
    Id,
}

impl StoreError {
    /// Whether a fresh unit of work may succeed where this one failed.
    #[must_use]
    pub const fn is_retryable(&self) -> bool {
        match self {
            Self::Retryable(_) => true,
            Self::Conflict(_) | Self::Unavailable(_) | Self::Corrupt(_) | Self::Backend(_) => false,
        }
    }
}
