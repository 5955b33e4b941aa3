//! The forms by which owners change or remove their account.

use std::net::IpAddr;

use rocket::form::FromForm;
use shop_core::Language;
use shop_core::account::delete::DeleteAccount;
use shop_core::account::edit::EditAccount;
use shop_core::account::visit::Visitor;
use shop_core::account::{EmailAddress, NewPassword, PasswordAttempt, PersonName, PostalAddress};
use shop_core::ids::UserId;

use super::{Faults, Typed};
use crate::views::{DeleteView, EditView, Field, Phrase};

/// POST `/account/edit`.
#[derive(FromForm)]
pub(crate) struct EditForm {
    email: Typed<EmailAddress>,
    last_name: Typed<PersonName>,
    first_name: Typed<PersonName>,
    address: Typed<PostalAddress>,
    language: Typed<Language>,
    current_password: Typed<PasswordAttempt>,
    password: Typed<NewPassword>,
    password_confirmation: Typed<String>,
    /// The version of the account that the owner has seen.
    version: Typed<u64>,
}

impl EditForm {
    /// What it asks for. Passwords and language that are left empty stay as they are; without a `version`, any
    /// is fine.
    pub(crate) fn command(&self, visitor: &Visitor, client: Option<IpAddr>) -> Result<EditAccount, Faults> {
        let mut faults = Faults::default();
        let email = faults.value("email", &self.email);
        let last_name = faults.value("last_name", &self.last_name);
        let first_name = faults.value("first_name", &self.first_name);
        let address = faults.value("address", &self.address);
        let language = self.language(&mut faults);
        let current_password = given(&mut faults, "current_password", &self.current_password);
        let password = given(&mut faults, "password", &self.password);
        faults.compare(&self.password, &self.password_confirmation);
        match (email, last_name, first_name, address) {
            (Some(email), Some(last_name), Some(first_name), Some(address)) if faults.is_empty() => {
                Ok(EditAccount {
                    user: visitor.user.id,
                    session: visitor.session.key,
                    seen_version: self.seen_version(),
                    email,
                    last_name,
                    first_name,
                    address,
                    language,
                    current_password,
                    password,
                    client,
                })
            }
            _ => Err(faults),
        }
    }

    fn language(&self, faults: &mut Faults) -> Option<Language> {
        let language = self.language.value().ok().copied();
        if language.is_none() && !self.language.is_blank() {
            faults.add("language", Phrase::new("fault-language"));
        }
        language
    }

    fn seen_version(&self) -> Option<u64> {
        // A text that no page of ours has held stands for a version that no account has.
        let version = self.version.value().copied().unwrap_or(u64::MAX);
        (!self.version.is_blank()).then_some(version)
    }

    /// The form again, for an account with this language.
    pub(crate) fn view(&self, faults: &Faults, language: Language) -> EditView {
        let chosen = faults.field("language", &self.language);
        EditView {
            email: faults.field("email", &self.email),
            last_name: faults.field("last_name", &self.last_name),
            first_name: faults.field("first_name", &self.first_name),
            address: faults.field("address", &self.address),
            language: if self.language.is_blank() { Field::new(language.code()) } else { chosen },
            current_password: faults.secret("current_password"),
            password: faults.secret("password"),
            password_confirmation: faults.secret("password_confirmation"),
            version: self.seen_version(),
            problem: faults.whole(),
        }
    }
}

/// The password, if one was typed.
fn given<T>(faults: &mut Faults, field: &'static str, typed: &Typed<T>) -> Option<T>
where
    T: std::str::FromStr + Clone,
    T::Err: Clone + Into<Phrase>,
{
    if typed.text().is_empty() { None } else { faults.value(field, typed) }
}

/// POST `/account/delete`.
#[derive(FromForm)]
pub(crate) struct DeleteForm {
    password: Typed<PasswordAttempt>,
}

impl DeleteForm {
    /// What it asks for.
    pub(crate) fn command(&self, user: UserId) -> Result<DeleteAccount, Faults> {
        let mut faults = Faults::default();
        if let Some(password) = given(&mut faults, "password", &self.password) {
            return Ok(DeleteAccount { user, password });
        }
        // What is there already stays.
        faults.add("password", Phrase::new("fault-empty"));
        Err(faults)
    }
}

impl DeleteView {
    /// The form again.
    pub(crate) fn refused(faults: &Faults) -> Self {
        Self { password: faults.secret("password"), problem: faults.whole() }
    }
}
