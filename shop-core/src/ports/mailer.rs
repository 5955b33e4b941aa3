use async_trait::async_trait;

use crate::error::Cause;
use crate::outbox::Letter;

/// Delivers mails.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Delivers one letter. `Ok` means that the next hop has taken it over.
    ///
    /// The same message MAY come again if the process ends between delivery and settling: its id tells.
    async fn deliver(&self, letter: &Letter) -> Result<(), DeliveryError>;
}

/// Why a letter was not delivered.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// It may go better later.
    #[error("delivery failed for now")]
    Temporary(#[source] Cause),
    /// This letter will never be taken.
    #[error("delivery refused")]
    Permanent(#[source] Cause),
}
