//! The forms of those who have forgotten their password.

use std::net::IpAddr;

use rocket::form::FromForm;
use shop_core::Language;
use shop_core::account::ask_reset::AskReset;
use shop_core::account::reset::Reset;
use shop_core::account::{EmailAddress, NewPassword, Token};

use super::{Faults, Typed};
use crate::views::{ForgotView, ResetView};

/// POST `/forgot`.
#[derive(FromForm)]
pub(crate) struct ForgotForm {
    email: Typed<EmailAddress>,
}

impl ForgotForm {
    /// What it asks for.
    pub(crate) fn command(&self, language: Language, client: Option<IpAddr>) -> Result<AskReset, Faults> {
        let mut faults = Faults::default();
        let email = faults.value("email", &self.email);
        email.map(|email| AskReset { email, language, client }).ok_or(faults)
    }

    /// The form again.
    pub(crate) fn view(&self, faults: &Faults) -> ForgotView {
        ForgotView { email: faults.field("email", &self.email), problem: faults.whole() }
    }
}

/// POST `/reset/<token>`.
#[derive(FromForm)]
pub(crate) struct ResetForm {
    password: Typed<NewPassword>,
    password_confirmation: Typed<String>,
}

impl ResetForm {
    /// What it asks for, by the link with this token.
    pub(crate) fn command(&self, token: Token) -> Result<Reset, Faults> {
        let mut faults = Faults::default();
        let password = faults.value("password", &self.password);
        faults.compare(&self.password, &self.password_confirmation);
        match password {
            Some(password) if faults.is_empty() => Ok(Reset { token, password }),
            Some(_) | None => Err(faults),
        }
    }
}

impl ResetView {
    /// The form again, for the link with this token.
    pub(crate) fn refused(token: &Token, faults: &Faults) -> Self {
        Self {
            token: token.reveal(),
            password: faults.secret("password"),
            password_confirmation: faults.secret("password_confirmation"),
        }
    }
}
