use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use percent_encoding::percent_decode_str;
use url::{Host, Url};

/// Where the mail server is and how to talk to it.
///
/// Read by [`FromStr`] from `smtp://USER:PASSWORD@HOST:PORT` (port 587 unless said otherwise, encrypted by
/// STARTTLS) or `smtps://USER:PASSWORD@HOST:PORT` (port 465, encrypted from the start). Characters of user
/// and password that have a meaning in addresses are percent-encoded; without both the server is not signed
/// in to. `ca=FILE` names a file of certificates (PEM) to trust instead of Mozilla's, `tls=none` allows an
/// unencrypted connection. Other keys are refused.
///
/// ```
/// use shop_mailer::SmtpOptions;
///
/// let options: SmtpOptions = "smtp://shop:p%40ss@mail.example.com".parse()?;
/// assert_eq!(options.server(), "mail.example.com:587");
/// assert!(!format!("{options:?}").contains("p@ss"));
/// # Ok::<(), shop_mailer::InvalidSmtpUrl>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpOptions {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) encryption: Encryption,
    /// The file of certificates to trust.
    pub(super) authorities: Option<PathBuf>,
    pub(super) credentials: Option<Credentials>,
    pub(super) connecting: Duration,
    pub(super) delivering: Duration,
}

/// When a connection is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encryption {
    /// From the first byte (RFC 8314, section 3).
    FromStart,
    /// Once the server has agreed, before anything else is said (RFC 3207).
    StartTls,
    Never,
}

/// A text that is no mail server's address. It does not repeat the text, which may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "not an address such as smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465, \
     with ?ca=FILE or ?tls=none (special characters percent-encoded)"
)]
pub struct InvalidSmtpUrl;

impl SmtpOptions {
    /// Host and port, without user and password.
    #[must_use]
    pub fn server(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }

    /// How long a connection may take until the server is ready for a mail, and then a mail; 15 s and 60 s
    /// unless said otherwise.
    ///
    /// A server that takes longer is tried again later. Together with as long for a look whether an older
    /// connection still holds, they MUST stay below the two and a half minutes in which the relay expects a
    /// delivery to end.
    #[must_use]
    pub const fn patience(mut self, connecting: Duration, delivering: Duration) -> Self {
        self.connecting = connecting;
        self.delivering = delivering;
        self
    }
}

impl FromStr for SmtpOptions {
    type Err = InvalidSmtpUrl;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // A URL's reader drops them silently, out of a password too.
        if text.contains(char::is_control) || text.trim() != text {
            return Err(InvalidSmtpUrl);
        }
        let url = Url::parse(text).map_err(|_| InvalidSmtpUrl)?;
        let (port, encryption) = match url.scheme() {
            "smtp" => (587, Encryption::StartTls),
            "smtps" => (465, Encryption::FromStart),
            _ => return Err(InvalidSmtpUrl),
        };
        let port = url.port().unwrap_or(port);
        if port == 0 || !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(InvalidSmtpUrl);
        }
        let options = Self {
            host: host(&url)?,
            port,
            encryption,
            authorities: None,
            credentials: credentials(&url)?,
            connecting: Duration::from_secs(15),
            delivering: Duration::from_mins(1),
        };
        options.with_query(&url)
    }
}

impl SmtpOptions {
    /// What stands behind the `?`; each key once.
    fn with_query(mut self, url: &Url) -> Result<Self, InvalidSmtpUrl> {
        for (key, value) in url.query_pairs() {
            match (&*key, &*value) {
                ("tls", "none") if self.encryption == Encryption::StartTls => {
                    self.encryption = Encryption::Never;
                }
                ("ca", file) if !file.is_empty() && self.authorities.is_none() => {
                    self.authorities = Some(Path::new(file).to_owned());
                }
                _ => return Err(InvalidSmtpUrl),
            }
        }
        // Whoever names an authority believes that the connection is encrypted.
        let contradicts = self.encryption == Encryption::Never && self.authorities.is_some();
        if contradicts { Err(InvalidSmtpUrl) } else { Ok(self) }
    }
}

/// A name that can stand in a certificate, or an address without brackets.
fn host(url: &Url) -> Result<String, InvalidSmtpUrl> {
    match url.host() {
        Some(Host::Domain(name)) => {
            let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
            let fits = (1..=253).contains(&name.len()) && name.bytes().all(allowed);
            if fits { Ok(name.to_owned()) } else { Err(InvalidSmtpUrl) }
        }
        Some(Host::Ipv4(address)) => Ok(address.to_string()),
        Some(Host::Ipv6(address)) => Ok(address.to_string()),
        None => Err(InvalidSmtpUrl),
    }
}

/// User and password, both or neither.
fn credentials(url: &Url) -> Result<Option<Credentials>, InvalidSmtpUrl> {
    let decode = |text: &str| {
        let text = percent_decode_str(text).decode_utf8().ok();
        // The protocol ends each of them with a NUL (RFC 4616, section 2).
        text.filter(|text| !text.is_empty() && !text.contains('\0')).map(String::from).ok_or(InvalidSmtpUrl)
    };
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        (_, None) => Err(InvalidSmtpUrl),
        (user, Some(password)) => Ok(Some(Credentials::new(decode(user)?, decode(password)?))),
    }
}

impl fmt::Debug for SmtpOptions {
    /// Without user and password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpOptions")
            .field("server", &self.server())
            .field("encryption", &self.encryption)
            .field("authorities", &self.authorities)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
