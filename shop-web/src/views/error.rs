//! Everything that went wrong.

use std::time::Duration;

use serde::Serialize;

use super::{Phrase, View};

/// What went wrong, and what to do next.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorView {
    /// The status of the answer.
    pub status: u16,
    /// What went wrong, in a few words.
    pub title: Phrase,
    /// What to do next.
    pub advice: Phrase,
    /// By which name the operator finds the request in the log, if it is the shop's fault.
    pub request: Option<String>,
}

impl ErrorView {
    /// The page for an answer with this status.
    #[must_use]
    pub const fn new(status: u16) -> Self {
        let (title, advice) = wording(status);
        Self { status, title: Phrase::new(title), advice: Phrase::new(advice), request: None }
    }

    /// The page for a form that does not prove that this shop has made it: 403.
    #[must_use]
    pub const fn forged() -> Self {
        let (title, advice) = ("error-forged", "error-forged.advice");
        Self { status: 403, title: Phrase::new(title), advice: Phrase::new(advice), request: None }
    }

    /// The page for somebody who has tried too often: 429, with the time until the next try.
    #[must_use]
    pub fn too_many_tries(wait: Duration) -> Self {
        let seconds = i64::try_from(wait.as_secs()).unwrap_or(i64::MAX).max(1);
        let advice = if seconds < 60 {
            Phrase::new("error-wait-seconds").with("seconds", seconds)
        } else {
            Phrase::new("error-wait-minutes").with("minutes", seconds / 60 + i64::from(seconds % 60 > 0))
        };
        Self { advice, ..Self::new(429) }
    }

    /// The same page with other advice, such as why exactly a change of the cart was refused.
    #[must_use]
    pub fn advising(self, advice: Phrase) -> Self {
        Self { advice, ..self }
    }

    /// The same page with the name of the request, if it is the shop's fault: what a shopper can read out to
    /// the operator.
    #[must_use]
    pub fn naming(self, request: Option<&str>) -> Self {
        Self { request: request.filter(|_| self.status >= 500).map(str::to_owned), ..self }
    }
}

/// The messages for a status: the title and the advice.
const fn wording(status: u16) -> (&'static str, &'static str) {
    match status {
        401 => ("error-401", "error-401.advice"),
        403 => ("error-403", "error-403.advice"),
        404 | 410 => ("error-404", "error-404.advice"),
        405 => ("error-405", "error-405.advice"),
        408 => ("error-408", "error-408.advice"),
        413 => ("error-413", "error-413.advice"),
        422 => ("error-422", "error-422.advice"),
        429 => ("error-429", "error-429.advice"),
        400..=499 => ("error-400", "error-400.advice"),
        503 | 504 => ("error-503", "error-503.advice"),
        _ => ("error-500", "error-500.advice"),
    }
}

impl View for ErrorView {
    const TEMPLATE: &'static str = "error.html";

    fn samples() -> Vec<(&'static str, Self)> {
        vec![
            ("bad request", Self::new(400)),
            ("not signed in", Self::new(401)),
            ("forbidden", Self::new(403)),
            ("forged", Self::forged()),
            ("not found", Self::new(404)),
            ("wrong method", Self::new(405)),
            ("too slow", Self::new(408)),
            ("too large", Self::new(413)),
            ("refused", Self::new(422)),
            ("not for sale", Self::new(422).advising(Phrase::new("fault-not-for-sale"))),
            ("too many requests", Self::new(429)),
            ("wait a second", Self::too_many_tries(Duration::from_secs(1))),
            ("wait minutes", Self::too_many_tries(Duration::from_secs(61))),
            ("broken", Self::new(500)),
            ("overloaded", Self::new(503).naming(Some("6f1ce2a85d0b4a7e9c3b0d6a4f1b2c3d"))),
        ]
    }
}
