//! The ways a mail leaves the shop.

mod file;
mod null;
#[cfg(feature = "smtp")]
mod smtp;

use async_trait::async_trait;
use shop_core::account::EmailAddress;
use shop_core::ids::MessageId;
use shop_core::ports::DeliveryError;

pub use file::FileTransport;
pub use null::NullTransport;
#[cfg(feature = "smtp")]
pub use smtp::{InvalidSmtpUrl, SmtpOptions, SmtpTransport};

/// Takes finished mails away.
///
/// It gets bytes and an envelope, and knows nothing of languages or templates:
///
/// ```
/// use shop_core::ports::DeliveryError;
/// use shop_mailer::{Outgoing, Transport};
///
/// /// Prints mails instead of sending them.
/// struct Printer;
///
/// #[async_trait::async_trait]
/// impl Transport for Printer {
///     async fn send(&self, mail: Outgoing<'_>) -> Result<(), DeliveryError> {
///         println!("{} -> {}\n{}", mail.from, mail.to, String::from_utf8_lossy(mail.bytes));
///         Ok(())
///     }
/// }
/// ```
#[async_trait]
pub trait Transport: Send + Sync {
    /// Hands one mail to the next hop. `Ok` means that the hop has taken it over and will not lose it.
    ///
    /// What may go better later MUST be [`DeliveryError::Temporary`]. The same mail MAY come again: its id tells.
    async fn send(&self, mail: Outgoing<'_>) -> Result<(), DeliveryError>;
}

/// A finished mail with its envelope.
#[derive(Clone, Copy, Debug)]
pub struct Outgoing<'m> {
    /// The id of its message; a redelivery has the same.
    pub id: MessageId,
    /// The envelope's sender, to which a failed delivery is reported.
    pub from: &'m EmailAddress,
    /// The only receiver.
    pub to: &'m EmailAddress,
    /// The mail itself (RFC 5322), all of it ASCII, lines ending in CR LF.
    pub bytes: &'m [u8],
}
