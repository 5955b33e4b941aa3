//! What is wrong with a form, field by field.

use std::collections::BTreeMap;
use std::str::FromStr;

use shop_core::account::NewPassword;

use super::Typed;
use crate::views::{Field, Phrase, Secret};

/// What is wrong with a form: the fields' faults by the names of the fields, and at most one that belongs to
/// none.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Faults {
    fields: BTreeMap<&'static str, Phrase>,
    whole: Option<Phrase>,
}

impl Faults {
    /// A form with this one fault in this field.
    pub(crate) fn at(field: &'static str, fault: impl Into<Phrase>) -> Self {
        Self { fields: BTreeMap::from([(field, fault.into())]), whole: None }
    }

    /// A form with this one fault that belongs to no field.
    pub(crate) fn of_the_whole(fault: Phrase) -> Self {
        Self { fields: BTreeMap::new(), whole: Some(fault) }
    }

    /// Notes a fault; of several in one field the first counts.
    pub(crate) fn add(&mut self, field: &'static str, fault: impl Into<Phrase>) {
        self.fields.entry(field).or_insert_with(|| fault.into());
    }

    /// The value of a field; without one, notes why.
    pub(crate) fn value<T>(&mut self, field: &'static str, typed: &Typed<T>) -> Option<T>
    where
        T: FromStr + Clone,
        T::Err: Clone + Into<Phrase>,
    {
        match typed.value() {
            Ok(value) => Some(value.clone()),
            Err(error) => {
                self.add(field, error.clone());
                None
            }
        }
    }

    /// Notes if a new password was not typed the same way twice.
    pub(crate) fn compare(&mut self, password: &Typed<NewPassword>, confirmation: &Typed<String>) {
        if password.text() != confirmation.text() {
            self.add("password_confirmation", Phrase::new("fault-password-confirmation"));
        }
    }

    /// Whether nothing is wrong.
    pub(crate) fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.whole.is_none()
    }

    /// The field as the page shows it again.
    pub(crate) fn field<T: FromStr>(&self, field: &'static str, typed: &Typed<T>) -> Field {
        Field { value: typed.text().to_owned(), fault: self.fields.get(field).cloned() }
    }

    /// The same for a password, of which only the fault comes back.
    pub(crate) fn secret(&self, field: &'static str) -> Secret {
        Secret { fault: self.fields.get(field).cloned() }
    }

    /// What is wrong with one field.
    pub(crate) fn of_field(&self, field: &'static str) -> Option<Phrase> {
        self.fields.get(field).cloned()
    }

    /// What is wrong with the form as a whole.
    pub(crate) fn whole(&self) -> Option<Phrase> {
        self.whole.clone()
    }

    /// What is wrong, for a form of which one thing alone can be.
    pub(crate) fn any(&self) -> Option<Phrase> {
        self.whole().or_else(|| self.fields.values().next().cloned())
    }
}
