//! The forms of an account.

use std::net::IpAddr;

use rocket::form::FromForm;
use shop_core::Language;
use shop_core::account::register::Register;
use shop_core::account::send_activation::SendActivation;
use shop_core::account::sign_in::{Browser, SignIn};
use shop_core::account::{EmailAddress, NewPassword, PasswordAttempt, PersonName, PostalAddress, SessionKey};

use super::{Faults, OwnPath, Typed};
use crate::views::{LoginView, RegisterView, SendActivationView};

/// POST `/register`.
#[derive(FromForm)]
pub(crate) struct RegisterForm {
    email: Typed<EmailAddress>,
    last_name: Typed<PersonName>,
    first_name: Typed<PersonName>,
    address: Typed<PostalAddress>,
    password: Typed<NewPassword>,
    password_confirmation: Typed<String>,
}

impl RegisterForm {
    /// What it asks for.
    pub(crate) fn command(&self, language: Language, client: Option<IpAddr>) -> Result<Register, Faults> {
        let mut faults = Faults::default();
        let email = faults.value("email", &self.email);
        let last_name = faults.value("last_name", &self.last_name);
        let first_name = faults.value("first_name", &self.first_name);
        let address = faults.value("address", &self.address);
        let password = faults.value("password", &self.password);
        faults.compare(&self.password, &self.password_confirmation);
        match (email, last_name, first_name, address, password) {
            (Some(email), Some(last_name), Some(first_name), Some(address), Some(password))
                if faults.is_empty() =>
            {
                Ok(Register { email, last_name, first_name, address, password, language, client })
            }
            _ => Err(faults),
        }
    }

    /// The form again.
    pub(crate) fn view(&self, faults: &Faults) -> RegisterView {
        RegisterView {
            email: faults.field("email", &self.email),
            last_name: faults.field("last_name", &self.last_name),
            first_name: faults.field("first_name", &self.first_name),
            address: faults.field("address", &self.address),
            password: faults.secret("password"),
            password_confirmation: faults.secret("password_confirmation"),
            problem: faults.whole(),
        }
    }
}

/// POST `/activate`.
#[derive(FromForm)]
pub(crate) struct EmailForm {
    email: Typed<EmailAddress>,
}

impl EmailForm {
    /// What it asks for.
    pub(crate) fn command(
        &self,
        language: Language,
        client: Option<IpAddr>,
    ) -> Result<SendActivation, Faults> {
        let mut faults = Faults::default();
        let email = faults.value("email", &self.email);
        email.map(|email| SendActivation { email, language, client }).ok_or(faults)
    }

    /// The form again.
    pub(crate) fn view(&self, faults: &Faults) -> SendActivationView {
        SendActivationView { email: faults.field("email", &self.email), problem: faults.whole() }
    }
}

/// POST `/login`.
#[derive(FromForm)]
pub(crate) struct LoginForm {
    email: Typed<EmailAddress>,
    password: Typed<PasswordAttempt>,
    next: Typed<OwnPath>,
}

impl LoginForm {
    /// What it asks for, in a browser that has this session already and of which nothing else is known yet.
    pub(crate) fn command(&self, previous: Option<SessionKey>) -> Result<SignIn, Faults> {
        let mut faults = Faults::default();
        let email = faults.value("email", &self.email);
        let password = faults.value("password", &self.password);
        let (email, password) = email.zip(password).ok_or(faults)?;
        Ok(SignIn { email, password, previous, browser: Browser::default() })
    }

    /// Where to go on to, if it says so.
    pub(crate) fn next(&self) -> Option<OwnPath> {
        self.next.value().ok().cloned()
    }

    /// The form again.
    pub(crate) fn view(&self, faults: &Faults) -> LoginView {
        let not_activated = faults.of_field("activation");
        LoginView {
            email: faults.field("email", &self.email),
            password: faults.secret("password"),
            next: self.next().map(|path| path.to_string()),
            not_activated: not_activated.is_some(),
            problem: faults.whole().or(not_activated),
        }
    }
}
