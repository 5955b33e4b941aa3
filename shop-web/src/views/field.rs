//! What a form shows again after it was refused.

use serde::Serialize;

use super::Phrase;

/// A form's field: what was typed, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Field {
    /// What stands in the field.
    pub value: String,
    /// What is wrong with it.
    pub fault: Option<Phrase>,
}

/// A field for a password, which never shows again what was typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Secret {
    /// What is wrong with it.
    pub fault: Option<Phrase>,
}

impl Field {
    /// A field with this value and nothing wrong with it.
    pub fn new(value: impl Into<String>) -> Self {
        Self { value: value.into(), fault: None }
    }

    /// The same field with this fault.
    #[must_use]
    pub fn refused(self, fault: impl Into<Phrase>) -> Self {
        Self { fault: Some(fault.into()), ..self }
    }
}

impl Secret {
    /// A field with this fault.
    pub fn refused(fault: impl Into<Phrase>) -> Self {
        Self { fault: Some(fault.into()) }
    }
}
