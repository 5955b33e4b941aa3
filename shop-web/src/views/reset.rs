//! The pages for those who have forgotten their password.

use serde::Serialize;
use shop_core::account::{EmailError, PasswordError};

use super::{Field, Phrase, Secret, View};

/// The form that has a link sent which lets its reader choose a new password: POST `/forgot`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ForgotView {
    /// `email`.
    pub email: Field,
    /// Why the page is shown again, or instead of the one that was asked for.
    pub problem: Option<Phrase>,
}

/// The page behind the link of a "reset" mail, with the form for the new password: POST `/reset/{token}`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ResetView {
    /// The secret of the link.
    pub token: String,
    /// `password`.
    pub password: Secret,
    /// `password_confirmation`.
    pub password_confirmation: Secret,
}

impl View for ForgotView {
    const TEMPLATE: &'static str = "forgot.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let void = Self { problem: Some(Phrase::new("reset-void")), ..Self::default() };
        let refused = Self { email: Field::new("ana@").refused(EmailError::Malformed), problem: None };
        vec![("blank", Self::default()), ("void link", void), ("refused", refused)]
    }
}

impl View for ResetView {
    const TEMPLATE: &'static str = "reset.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let link = Self { token: "b3f1c2".to_owned(), ..Self::default() };
        let refused = Self {
            password: Secret::refused(PasswordError::TooShort),
            password_confirmation: Secret::refused(Phrase::new("fault-password-confirmation")),
            ..link.clone()
        };
        vec![("link", link), ("refused", refused)]
    }
}
