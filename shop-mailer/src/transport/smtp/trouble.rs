use std::error::Error;
use std::fmt;
use std::time::Duration;

use lettre::transport::smtp::response::{Code, Severity};
use shop_core::ports::DeliveryError;

/// Why a mail was not delivered.
///
/// The outbox keeps the words for the operator, so they are one line, and hold neither secrets nor addresses.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    #[error("cannot connect: {0}")]
    Unreachable(String),
    #[error("{step}: no answer within {} s", limit.as_secs_f32())]
    TooSlow { step: Step, limit: Duration },
    #[error("{step}: the connection broke: {cause}")]
    Broken { step: Step, cause: String },
    #[error("offers no STARTTLS; nothing is sent unencrypted unless the address says ?tls=none")]
    NoStartTls,
    #[error("offers none of the ways to sign in that are known here (PLAIN, LOGIN)")]
    NoMechanism,
    #[error("{step} refused: {answer}")]
    Refused { step: Step, code: Code, answer: String },
    #[error("an address that cannot stand in an envelope")]
    Address,
}

/// What was under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Connecting,
    Encrypting,
    SigningIn,
    Sender,
    Receiver,
    Content,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connecting => "connection",
            Self::Encrypting => "encryption",
            Self::SigningIn => "user and password",
            Self::Sender => "sender",
            Self::Receiver => "receiver",
            Self::Content => "mail",
        })
    }
}

impl Trouble {
    /// What a failed command says: the server's refusal, or that there was no proper answer.
    pub(super) fn at(step: Step, error: &lettre::transport::smtp::Error) -> Self {
        // A server might repeat what it was told.
        let words = error.source().filter(|_| step != Step::SigningIn);
        let words = words.map(|source| root(source).to_string()).unwrap_or_default();
        match error.status() {
            Some(code) => Self::Refused { step, code, answer: one_line(&format!("{code} {words}")) },
            None if words.is_empty() => Self::Broken { step, cause: "no proper answer".to_owned() },
            None => Self::Broken { step, cause: one_line(&words) },
        }
    }

    /// An answer that fits no protocol.
    pub(super) fn senseless(step: Step, code: Code) -> Self {
        Self::Broken { step, cause: format!("unexpected answer {code}") }
    }

    pub(super) fn unreachable(error: &(dyn Error + 'static)) -> Self {
        Self::Unreachable(one_line(&root(error).to_string()))
    }

    /// Whether the connection can take another mail: the server has said no in good order.
    pub(super) fn leaves_connection_usable(&self) -> bool {
        // 421 announces that the server closes the connection (RFC 5321, section 3.8).
        matches!(self, Self::Refused { code, .. } if u16::from(*code) != 421)
    }

    /// Whether this mail will never be taken. What concerns every mail is temporary, since the operator can
    /// mend it.
    fn is_permanent(&self) -> bool {
        match self {
            Self::Refused { step: Step::Receiver | Step::Content, code, .. } => {
                code.severity == Severity::PermanentNegativeCompletion && !wants_sign_in(*code)
            }
            Self::Address => true,
            Self::Refused { .. }
            | Self::Unreachable(_)
            | Self::TooSlow { .. }
            | Self::Broken { .. }
            | Self::NoStartTls
            | Self::NoMechanism => false,
        }
    }

    /// The error of the port, with the server's name.
    pub(super) fn told_of(self, server: &str) -> DeliveryError {
        let text = format!("{server}: {self}");
        if self.is_permanent() {
            DeliveryError::Permanent(text.into())
        } else {
            DeliveryError::Temporary(text.into())
        }
    }
}

/// The codes of RFC 4954, section 6, which tell of missing or wrong user and password at any command.
fn wants_sign_in(code: Code) -> bool {
    matches!(u16::from(code), 530 | 534 | 535 | 538)
}

fn root<'e>(mut error: &'e (dyn Error + 'static)) -> &'e (dyn Error + 'static) {
    while let Some(source) = error.source() {
        error = source;
    }
    error
}

/// The text on one line of at most 200 characters, without addresses of mail.
fn one_line(text: &str) -> String {
    let words = text.split(|character: char| character.is_whitespace() || character.is_control());
    let words = words.filter(|word| !word.is_empty());
    let words = words.map(|word| if word.contains('@') { "(address)" } else { word });
    words.collect::<Vec<_>>().join(" ").chars().take(200).collect()
}
