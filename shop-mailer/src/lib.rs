#![doc = include_str!("../README.md")]

mod content;
mod error;
mod links;
mod mailer;
mod mime;
mod names;
mod sender;
mod templates;
mod transport;

pub use error::BuildError;
pub use links::{InvalidPublicUrl, PublicUrl};
pub use mailer::{Mailer, MailerConfig};
pub use sender::{InvalidSender, Sender};
pub use transport::{FileTransport, NullTransport, Outgoing, Transport};
#[cfg(feature = "smtp")]
pub use transport::{InvalidSmtpUrl, SmtpOptions, SmtpTransport};
