//! Values of the core in paths and forms: anything with `FromStr`, without a line of Rocket in the core.

use std::str::FromStr;

use rocket::form::{self, FromFormField, ValueField};
use rocket::request::FromParam;
use shop_core::account::Token;

/// A value that stands in a path, such as the slug in `/products/<slug>`. A path with anything else there
/// leads to no page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parsed<T>(pub(crate) T);

/// Why a part of a path was not taken. It says nothing of the part itself, which may be a secret.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NoSuchPath;

/// The token of a link from a mail; a link that was cut short has none.
pub(crate) type LinkToken = Result<Parsed<Token>, NoSuchPath>;

impl<T: FromStr> FromParam<'_> for Parsed<T> {
    type Error = NoSuchPath;

    fn from_param(part: &str) -> Result<Self, Self::Error> {
        part.parse().map(Self).map_err(|_| NoSuchPath)
    }
}

/// A field of a form: what was typed, and the value that it stands for or why it stands for none.
///
/// A form with `Typed` fields is always taken, whatever was sent: a field that is missing counts as empty,
/// and of a field that is sent twice the first counts. What is wrong is found out by
/// [`Faults::value`](super::Faults::value), for all fields at once.
#[derive(Clone)]
pub(crate) struct Typed<T: FromStr> {
    text: String,
    value: Result<T, T::Err>,
}

impl<T: FromStr> Typed<T> {
    fn new(text: &str) -> Self {
        Self { text: text.to_owned(), value: text.parse() }
    }

    /// What was typed.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// What it stands for.
    pub(crate) fn value(&self) -> Result<&T, &T::Err> {
        self.value.as_ref()
    }

    /// Whether nothing was typed.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl<'v, T: FromStr<Err: Send> + Send> FromFormField<'v> for Typed<T> {
    fn from_value(field: ValueField<'v>) -> form::Result<'v, Self> {
        Ok(Self::new(field.value))
    }

    fn default() -> Option<Self> {
        Some(Self::new(""))
    }
}
