//! A transport to a server of this test, and mails for it.

use std::sync::Arc;
use std::time::Duration;

use shop_core::account::EmailAddress;
use shop_core::ids::MessageId;
use shop_core::ports::DeliveryError;
use shop_mailer::{Outgoing, SmtpOptions, SmtpTransport, Transport as _};

use super::server::{Config, MailServer, Reply};

pub(crate) const MAIL: &[u8] = b"Subject: x\r\n\r\nHello\r\n";

pub(crate) const PATIENCE: Duration = Duration::from_secs(2);

/// A server that answers this line with that; lines are told by their beginning.
pub(crate) fn server_that(line: &'static str, reply: Reply) -> MailServer {
    MailServer::start(Config { script: script(line, reply), ..Config::default() })
}

pub(crate) fn script(line: &'static str, reply: Reply) -> Arc<dyn Fn(&str) -> Reply + Send + Sync> {
    let concerns = move |said: &str| if line.is_empty() { said.is_empty() } else { said.starts_with(line) };
    Arc::new(move |said| if concerns(said) { reply.clone() } else { Reply::Usual })
}

/// A transport without encryption.
pub(crate) async fn transport(server: &MailServer) -> SmtpTransport {
    open(&format!("smtp://{}?tls=none", server.address)).await
}

pub(crate) async fn open(url: &str) -> SmtpTransport {
    SmtpTransport::open(options(url)).await.expect("a transport")
}

/// A transport without encryption for a server that may never answer.
pub(crate) async fn impatient(server: &MailServer) -> SmtpTransport {
    let options = options(&format!("smtp://{}?tls=none", server.address));
    SmtpTransport::open(options.patience(PATIENCE, PATIENCE)).await.expect("a transport")
}

pub(crate) fn options(url: &str) -> SmtpOptions {
    url.parse().expect("an address")
}

pub(crate) async fn send(transport: &SmtpTransport, bytes: &[u8]) -> Result<(), DeliveryError> {
    send_to(transport, "ana.pop@example.com", bytes).await
}

pub(crate) async fn send_to(transport: &SmtpTransport, to: &str, bytes: &[u8]) -> Result<(), DeliveryError> {
    let from: EmailAddress = "shop@shop.example".parse().expect("an address");
    let to: EmailAddress = to.parse().expect("an address");
    let id = MessageId::from_bytes([7; 16]);
    transport.send(Outgoing { id, from: &from, to: &to, bytes }).await
}

/// What is told of a delivery that may go better later.
pub(crate) fn temporary(outcome: Result<(), DeliveryError>) -> String {
    match outcome {
        Err(DeliveryError::Temporary(cause)) => told(&cause.to_string()),
        other => panic!("{other:?}"),
    }
}

/// What is told of a delivery that is refused for good.
pub(crate) fn permanent(outcome: Result<(), DeliveryError>) -> String {
    match outcome {
        Err(DeliveryError::Permanent(cause)) => told(&cause.to_string()),
        other => panic!("{other:?}"),
    }
}

/// Whatever is told is one line that names the server, and nobody's address.
fn told(text: &str) -> String {
    assert!(!text.contains(char::is_control) && text.trim() == text && text.len() < 300, "{text:?}");
    assert!(!text.contains("example") && !text.contains('@') && !text.contains("hush"), "{text}");
    let (server, rest) = text.split_once(": ").expect("a server");
    let (host, port) = server.rsplit_once(':').expect("host and port");
    assert!(!host.is_empty() && port.parse::<u16>().is_ok(), "{text}");
    rest.to_owned()
}
