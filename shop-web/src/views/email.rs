//! The pages behind the links of mails about another address.

use serde::Serialize;
use shop_core::account::Token;

use super::{Phrase, View};

/// The page behind the link that went to a new address: a button that posts to `/email/{token}`.
#[derive(Clone, Debug, Serialize)]
pub struct ConfirmEmailView {
    /// The secret of the link; without one there is no button.
    pub token: Option<String>,
    /// Why there is none.
    pub problem: Option<Phrase>,
}

/// The page behind the link that went to the address of before: a button that posts to `/email/undo/{token}`.
#[derive(Clone, Debug, Serialize)]
pub struct UndoEmailView {
    /// The secret of the link; without one there is no button.
    pub token: Option<String>,
    /// Why there is none.
    pub problem: Option<Phrase>,
}

impl ConfirmEmailView {
    /// The page for a link with this secret.
    #[must_use]
    pub fn link(token: &Token) -> Self {
        Self { token: Some(token.reveal()), problem: None }
    }

    /// The page for a link that is no use.
    #[must_use]
    pub const fn refused(problem: Option<Phrase>) -> Self {
        Self { token: None, problem }
    }
}

impl UndoEmailView {
    /// The page for a link with this secret.
    #[must_use]
    pub fn link(token: &Token) -> Self {
        Self { token: Some(token.reveal()), problem: None }
    }

    /// The page for a link that is no use.
    #[must_use]
    pub const fn refused(problem: Option<Phrase>) -> Self {
        Self { token: None, problem }
    }
}

impl View for ConfirmEmailView {
    const TEMPLATE: &'static str = "confirm_email.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let link = Self { token: Some("b3f1c2".to_owned()), problem: None };
        let void = Self::refused(Some(Phrase::new("email-void")));
        let taken = Self::refused(Some(Phrase::new("email-taken")));
        vec![("link", link), ("void link", void), ("address taken", taken)]
    }
}

impl View for UndoEmailView {
    const TEMPLATE: &'static str = "undo_email.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let link = Self { token: Some("b3f1c2".to_owned()), problem: None };
        let void = Self::refused(Some(Phrase::new("email-void")));
        vec![("link", link), ("void link", void)]
    }
}
