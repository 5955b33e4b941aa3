//! From an address to a connection that is ready for mails.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use lettre::transport::smtp::authentication::DEFAULT_MECHANISMS;
use lettre::transport::smtp::client::{
    AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters, TlsParametersBuilder,
};
use lettre::transport::smtp::extension::ClientId;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

use super::lines::LineByLine;
use super::options::{Encryption, SmtpOptions};
use super::trouble::{Step, Trouble};

/// A mail server, with everything that a connection to it needs.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) options: SmtpOptions,
    tls: TlsParameters,
}

impl Server {
    /// Reads the authorities to trust. The server itself may be away.
    pub(super) async fn new(options: SmtpOptions) -> io::Result<Self> {
        let builder = TlsParameters::builder(options.host.clone());
        let builder = match &options.authorities {
            Some(file) => trusting(builder, file).await.map_err(|error| {
                let text = format!("cannot read certificates from {}: {error}", file.display());
                io::Error::new(error.kind(), text)
            })?,
            None => builder.certificate_store(CertificateStore::WebpkiRoots),
        };
        let tls = builder.build().map_err(io::Error::other)?;
        Ok(Self { options, tls })
    }

    /// A connection that is encrypted and signed in as the options say.
    pub(super) async fn open(self: Arc<Self>, hello: ClientId) -> Result<AsyncSmtpConnection, Trouble> {
        let limit = self.options.connecting;
        let opened = async move {
            let mut connection = self.greet(&hello).await?;
            self.sign_in(&mut connection).await?;
            Ok(connection)
        };
        // In a task of its own: lettre panics on some answers that no server should give, and the relay must
        // outlive them.
        let opened = tokio::spawn(timeout(limit, opened)).await;
        let opened = opened.map_err(|_| Trouble::Broken {
            step: Step::Connecting,
            cause: "an answer that cannot be read".to_owned(),
        })?;
        opened.map_err(|_| Trouble::TooSlow { step: Step::Connecting, limit })?
    }

    async fn greet(&self, hello: &ClientId) -> Result<AsyncSmtpConnection, Trouble> {
        let SmtpOptions { host, port, encryption, .. } = &self.options;
        match encryption {
            Encryption::FromStart => {
                let (server, tls) = ((host.as_str(), *port), Some(self.tls.clone()));
                let patience = Some(self.patience_for_one_address());
                let opened = AsyncSmtpConnection::connect_tokio1(server, patience, hello, tls, None).await;
                opened.map_err(|error| match error.status() {
                    Some(_) => Trouble::at(Step::Connecting, &error),
                    None => Trouble::unreachable(&error),
                })
            }
            Encryption::StartTls => {
                let mut connection = self.greet_in_clear(hello).await?;
                if !connection.can_starttls() {
                    return Err(Trouble::NoStartTls);
                }
                let encrypted = connection.starttls(self.tls.clone(), hello).await;
                encrypted.map_err(|error| Trouble::at(Step::Encrypting, &error))?;
                Ok(connection)
            }
            Encryption::Never => self.greet_in_clear(hello).await,
        }
    }

    async fn greet_in_clear(&self, hello: &ClientId) -> Result<AsyncSmtpConnection, Trouble> {
        let stream = self.dial().await.map_err(|error| Trouble::unreachable(&error))?;
        let stream = Box::new(LineByLine::new(stream));
        let greeted = AsyncSmtpConnection::connect_with_transport(stream, hello).await;
        greeted.map_err(|error| Trouble::at(Step::Connecting, &error))
    }

    /// The first of the host's addresses that answers.
    async fn dial(&self) -> io::Result<TcpStream> {
        let mut failure = io::Error::other("the host has no address");
        for address in lookup_host((self.options.host.as_str(), self.options.port)).await? {
            match timeout(self.patience_for_one_address(), TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => failure = error,
                Err(elapsed) => failure = elapsed.into(),
            }
        }
        Err(failure)
    }

    /// So that a host whose first address is a black hole still has time for the second.
    fn patience_for_one_address(&self) -> Duration {
        self.options.connecting / 3
    }

    async fn sign_in(&self, connection: &mut AsyncSmtpConnection) -> Result<(), Trouble> {
        let Some(credentials) = &self.options.credentials else { return Ok(()) };
        if connection.server_info().get_auth_mechanism(DEFAULT_MECHANISMS).is_none() {
            return Err(Trouble::NoMechanism);
        }
        let signed_in = connection.auth(DEFAULT_MECHANISMS, credentials).await;
        signed_in.map(drop).map_err(|error| Trouble::at(Step::SigningIn, &error))
    }
}

/// With the certificates of this file as the only authorities.
async fn trusting(builder: TlsParametersBuilder, file: &Path) -> io::Result<TlsParametersBuilder> {
    let pem = tokio::fs::read(file).await?;
    let begins = b"-----BEGIN CERTIFICATE-----";
    if !pem.windows(begins.len()).any(|bytes| bytes == begins) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "there are none in it"));
    }
    let certificates = Certificate::from_pem(&pem).map_err(io::Error::other)?;
    Ok(builder.certificate_store(CertificateStore::None).add_root_certificate(certificates))
}
