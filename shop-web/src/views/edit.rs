//! The pages on which owners change or remove their account.

use serde::Serialize;
use shop_core::account::{EmailError, PasswordError, User};
use shop_core::text::TextError;

use super::{Field, Phrase, Secret, View};

/// The form by which owners change their account: POST `/account/edit`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EditView {
    /// `email`.
    pub email: Field,
    /// `last_name`.
    pub last_name: Field,
    /// `first_name`.
    pub first_name: Field,
    /// `address`.
    pub address: Field,
    /// `language`: a language's code.
    pub language: Field,
    /// `current_password`.
    pub current_password: Secret,
    /// `password`.
    pub password: Secret,
    /// `password_confirmation`.
    pub password_confirmation: Secret,
    /// `version`: the version of the account that the owner has seen.
    pub version: Option<u64>,
    /// Why nothing was changed, if that is no field's fault.
    pub problem: Option<Phrase>,
}

/// The form by which owners remove their account: POST `/account/delete`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DeleteView {
    /// `password`.
    pub password: Secret,
    /// Why the account stays, if that is no field's fault.
    pub problem: Option<Phrase>,
}

impl EditView {
    /// The form for this account.
    #[must_use]
    pub fn new(user: &User) -> Self {
        Self {
            email: Field::new(user.email.as_str()),
            last_name: Field::new(user.last_name.to_string()),
            first_name: Field::new(user.first_name.to_string()),
            address: Field::new(user.address.to_string()),
            language: Field::new(user.language.code()),
            version: Some(user.version),
            ..Self::default()
        }
    }
}

impl View for EditView {
    const TEMPLATE: &'static str = "edit.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let asked = Self {
            email: Field::new("ana@example.com"),
            last_name: Field::new("Pop"),
            first_name: Field::new("Ana"),
            address: Field::new("Strada Lungă 4\n500058 Brașov"),
            language: Field::new("ro"),
            version: Some(7),
            ..Self::default()
        };
        let refused = Self {
            email: Field::new("ana@").refused(EmailError::Malformed),
            last_name: Field::new("").refused(TextError::Empty),
            language: Field::new("xx").refused(Phrase::new("fault-language")),
            current_password: Secret::refused(Phrase::new("fault-password-needed")),
            password: Secret::refused(PasswordError::TooShort),
            password_confirmation: Secret::refused(Phrase::new("fault-password-confirmation")),
            version: None,
            ..asked.clone()
        };
        let wrong = Secret::refused(Phrase::new("fault-password-wrong"));
        let wrong = Self { current_password: wrong, ..asked.clone() };
        let changed = Self { problem: Some(Phrase::new("edit-changed")), ..asked.clone() };
        vec![("asked for", asked), ("refused", refused), ("wrong password", wrong), ("changed", changed)]
    }
}

impl View for DeleteView {
    const TEMPLATE: &'static str = "delete.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let wrong = Secret::refused(Phrase::new("fault-password-wrong"));
        let wait = Phrase::new("error-wait-minutes").with("minutes", 2);
        vec![
            ("asked for", Self::default()),
            ("wrong password", Self { password: wrong, problem: None }),
            ("too many tries", Self { problem: Some(wait), ..Self::default() }),
        ]
    }
}
