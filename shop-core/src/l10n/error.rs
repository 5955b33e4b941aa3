//! What can be wrong with message files.

use std::fmt;

use crate::Language;

/// Message files that cannot be used, with everything that is wrong with them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .faults.iter().map(LoadFault::to_string).collect::<Vec<_>>().join("\n"))]
pub struct LoadError {
    /// All faults, at least one, by language and place.
    pub faults: Vec<LoadFault>,
}

/// One fault of a message file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadFault {
    /// The language of the file.
    pub language: Language,
    /// Which of the resources given for this language, from 1; 0 are the texts built into this crate.
    pub resource: usize,
    /// The line in that resource, from 1.
    pub line: usize,
    /// What is wrong, in English.
    pub message: String,
}

impl fmt::Display for LoadFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { language, resource, line, message } = self;
        write!(f, "{language}, resource {resource}, line {line}: {message}")
    }
}
