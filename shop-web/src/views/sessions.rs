//! Where an account is signed in.

use serde::Serialize;
use shop_core::Timestamp;
use shop_core::account::{Session, UserAgent};

use super::user_agent::name_of;
use super::{Phrase, View};
use crate::hex::hex;

/// Where the account is signed in: GET `/account/sessions`.
#[derive(Clone, Debug, Serialize)]
pub struct SessionsView {
    /// The sessions: first the one in which the page is read, then the others, last used first.
    pub sessions: Vec<SessionRow>,
    /// Why none was ended.
    pub problem: Option<Phrase>,
}

/// A session.
#[derive(Clone, Debug, Serialize)]
pub struct SessionRow {
    /// `session`: the digits of its key.
    pub key: String,
    /// What its browser is called.
    pub browser: Phrase,
    /// When it began.
    pub since: Timestamp,
    /// When it was last used, exact to an hour.
    pub last_used: Timestamp,
    /// Whether it is the one in which the page is read.
    pub this: bool,
}

impl SessionsView {
    /// The page for these sessions, last used first, read in `this` one.
    #[must_use]
    pub fn new(sessions: &[Session], this: &Session) -> Self {
        let (own, others): (Vec<_>, _) = sessions.iter().partition(|session| session.key == this.key);
        let own = own.into_iter().map(|session| SessionRow::new(session, true));
        let others = others.into_iter().map(|session| SessionRow::new(session, false));
        Self { sessions: own.chain(others).collect(), problem: None }
    }

    /// The page again, with the reason why none was ended.
    #[must_use]
    pub fn refused(self, problem: Option<Phrase>) -> Self {
        Self { problem, ..self }
    }
}

impl SessionRow {
    fn new(session: &Session, this: bool) -> Self {
        Self {
            key: hex(session.key.as_bytes()),
            browser: name_of(&session.agent),
            since: session.created_at,
            last_used: session.last_seen_at,
            this,
        }
    }
}

impl View for SessionsView {
    const TEMPLATE: &'static str = "sessions.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let row = |key: &str, agent, this| SessionRow {
            key: key.to_owned(),
            browser: name_of(&UserAgent::of(agent)),
            since: SAMPLE_MOMENT,
            last_used: SAMPLE_MOMENT,
            this,
        };
        let own = row("1a", "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", true);
        let alone = Self { sessions: vec![own.clone()], problem: None };
        let several = Self { sessions: vec![own, row("2b", "curl/8.16.0", false)], problem: None };
        let refused = several.clone().refused(Some(Phrase::new("sessions-unknown")));
        vec![("alone", alone), ("several", several), ("refused", refused)]
    }
}

/// November 21, 2026 at 20:05 UTC.
const SAMPLE_MOMENT: Timestamp = Timestamp::from_micros(1_795_291_500_000_000);
