use lettre::address::AddressError;
use shop_core::error::Cause;
use shop_core::l10n::LoadError;

/// The texts or templates built into this crate do not load: a bug, which its tests would show.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The message files.
    #[error("the texts of the mails do not load")]
    Texts(#[from] LoadError),
    /// The templates.
    #[error("the templates of the mails do not load")]
    Templates(#[source] Cause),
}

/// Why a letter cannot be made into a mail.
///
/// The outbox keeps the words for the operator, so they hold every cause, and never a secret.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RenderError {
    #[error("the letter has no token for its link")]
    NoToken,
    #[error("the templates do not fit: {0}")]
    Template(#[from] tera::Error),
    #[error("the receiver's address cannot stand in a header: {0}")]
    Address(#[from] AddressError),
    #[error("the headers are not complete: {0}")]
    Headers(#[from] lettre::error::Error),
}
