//! The form that ends sessions.

use std::str::FromStr;

use rocket::form::FromForm;
use shop_core::account::end_sessions::{EndSessions, Which};
use shop_core::account::visit::Visitor;
use shop_core::account::{Session, SessionKey};

use super::{Faults, Typed};
use crate::hex::unhex;
use crate::views::Phrase;

/// POST `/account/sessions/end`.
#[derive(FromForm)]
pub(crate) struct EndSessionForm {
    session: Typed<SessionName>,
}

/// A session by the digits of its key.
#[derive(Clone, Copy)]
struct SessionName(SessionKey);

/// A text that names no session.
struct NoSuchSession;

impl FromStr for SessionName {
    type Err = NoSuchSession;

    fn from_str(digits: &str) -> Result<Self, Self::Err> {
        unhex(digits).map(|bytes| Self(SessionKey::from_bytes(bytes))).ok_or(NoSuchSession)
    }
}

impl EndSessionForm {
    /// What it asks for: without a `session`, to end all but this one.
    pub(crate) fn command(&self, visitor: &Visitor) -> Result<EndSessions, Faults> {
        let Session { key, user, .. } = visitor.session;
        match self.session.value() {
            Ok(&SessionName(session)) => Ok(EndSessions { user, which: Which::One(session) }),
            Err(NoSuchSession) if self.session.text().is_empty() => {
                Ok(EndSessions { user, which: Which::Others(key) })
            }
            Err(NoSuchSession) => Err(Faults::of_the_whole(Phrase::new("sessions-unknown"))),
        }
    }
}
