mod lines;
mod options;
mod pool;
mod server;
mod trouble;

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use lettre::Address;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::{Response, Severity};
use shop_core::account::EmailAddress;
use shop_core::ports::DeliveryError;
use tokio::time::timeout;

use self::pool::Pool;
use self::server::Server;
use self::trouble::{Step, Trouble};
use super::{Outgoing, Transport};

pub use self::options::{InvalidSmtpUrl, SmtpOptions};

/// Hands each mail to a mail server (`smtp://…`, `smtps://…`), by RFC 5321 and its usual extensions.
///
/// A mail whose receiver or content the server refuses for good (5xx) is refused for good. Everything else is
/// tried again later: a server that is away, that hangs, that wants another password or does not like the
/// sender. A connection is kept for half a minute for the next mail; there are four at most. Clones share
/// them. It needs tokio.
///
/// A server may take a mail and fail before it says so. The mail then goes out again, with the same
/// `Message-ID`.
#[derive(Clone)]
pub struct SmtpTransport {
    server: Arc<Server>,
    pool: Arc<Pool>,
}

impl SmtpTransport {
    /// A transport to this server, which need not be there yet. An error says why the file of certificates
    /// cannot be used.
    pub async fn open(options: SmtpOptions) -> io::Result<Self> {
        Ok(Self { server: Arc::new(Server::new(options).await?), pool: Pool::new() })
    }

    async fn deliver(&self, mail: Outgoing<'_>) -> Result<(), Trouble> {
        let (from, to) = (address(mail.from)?, address(mail.to)?);
        let _turn = self.pool.turn().await;
        let mut connection = self.connection(from.domain()).await?;
        let limit = self.server.options.delivering;
        let delivered = match timeout(limit, converse(&mut connection, from, to, mail.bytes)).await {
            Ok(delivered) => delivered,
            Err(_) => Err(Trouble::TooSlow { step: Step::Content, limit }),
        };
        if delivered.as_ref().err().is_none_or(Trouble::leaves_connection_usable) {
            self.pool.give(connection);
        }
        delivered
    }

    /// An older connection, if one still holds; else a new one, on which we introduce ourselves by the
    /// sender's domain.
    async fn connection(&self, domain: &str) -> Result<AsyncSmtpConnection, Trouble> {
        if let Some(mut connection) = self.pool.take()
            && still_holds(&mut connection, self.server.options.connecting).await
        {
            return Ok(connection);
        }
        Arc::clone(&self.server).open(ClientId::Domain(domain.to_owned())).await
    }
}

#[async_trait]
impl Transport for SmtpTransport {
    async fn send(&self, mail: Outgoing<'_>) -> Result<(), DeliveryError> {
        let delivered = self.deliver(mail).await;
        delivered.map_err(|trouble| trouble.told_of(&self.server.options.server()))
    }
}

impl fmt::Debug for SmtpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpTransport").field("options", &self.server.options).finish_non_exhaustive()
    }
}

fn address(address: &EmailAddress) -> Result<Address, Trouble> {
    address.as_str().parse().map_err(|_| Trouble::Address)
}

/// Whether the server still answers on it; what an earlier mail has left behind is forgotten.
async fn still_holds(connection: &mut AsyncSmtpConnection, limit: Duration) -> bool {
    matches!(timeout(limit, connection.command(Rset)).await, Ok(Ok(_)))
}

/// One mail transaction (RFC 5321, section 3.3).
///
/// Addresses and mail are ASCII, so that neither SMTPUTF8 (RFC 6531) nor 8BITMIME (RFC 6152) is needed: any
/// server will do.
async fn converse(
    connection: &mut AsyncSmtpConnection,
    from: Address,
    to: Address,
    bytes: &[u8],
) -> Result<(), Trouble> {
    let answer = connection.command(Mail::new(Some(from), Vec::new())).await;
    expect(Severity::PositiveCompletion, Step::Sender, answer)?;
    let answer = connection.command(Rcpt::new(to, Vec::new())).await;
    expect(Severity::PositiveCompletion, Step::Receiver, answer)?;
    let answer = connection.command(Data).await;
    expect(Severity::PositiveIntermediate, Step::Content, answer)?;
    // The line that ends the mail begins with a line break of its own.
    let answer = connection.message(bytes.strip_suffix(b"\r\n").unwrap_or(bytes)).await;
    expect(Severity::PositiveCompletion, Step::Content, answer)
}

/// Whether the answer is a yes of this kind. Any other would mean that server and we do not talk about the
/// same command.
fn expect(
    severity: Severity,
    step: Step,
    answer: Result<Response, lettre::transport::smtp::Error>,
) -> Result<(), Trouble> {
    let code = answer.map_err(|error| Trouble::at(step, &error))?.code();
    if code.severity == severity { Ok(()) } else { Err(Trouble::senseless(step, code)) }
}
