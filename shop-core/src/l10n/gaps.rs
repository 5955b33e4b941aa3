//! Where languages differ from English.

use std::collections::BTreeSet;
use std::fmt;

use super::bundle::Bundle;
use crate::Language;

/// A place where a language differs from English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// English has the text, the language does not: its readers get the English one.
    Missing {
        /// The language.
        language: Language,
        /// The id of the text.
        id: String,
    },
    /// The language has the text, English does not: it was renamed or dropped, or is misspelled.
    Extra {
        /// The language.
        language: Language,
        /// The id of the text.
        id: String,
    },
    /// The text needs other variables than the English one, so it says something else, or shows a hole.
    Variables {
        /// The language.
        language: Language,
        /// The id of the text.
        id: String,
        /// The variables of the language's text, in order.
        found: Vec<String>,
        /// The variables of the English text, in order.
        expected: Vec<String>,
    },
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { language, id } => write!(f, "{language}: `{id}` is missing"),
            Self::Extra { language, id } => write!(f, "{language}: `{id}` is not in English"),
            Self::Variables { language, id, found, expected } => {
                write!(f, "{language}: `{id}` has the variables {found:?}, English has {expected:?}")
            }
        }
    }
}

/// Where `bundle` differs from `english`: what is missing or differs in order of id, then what is extra.
pub(super) fn between(language: Language, bundle: &Bundle, english: &Bundle) -> Vec<Gap> {
    let differing = english.ids().filter_map(|id| {
        let expected = english.variables(id).unwrap_or_default();
        match bundle.variables(id) {
            None => Some(Gap::Missing { language, id: id.to_owned() }),
            Some(found) if found == expected => None,
            Some(found) => {
                let owned = |names: BTreeSet<&str>| names.into_iter().map(str::to_owned).collect();
                Some(Gap::Variables {
                    language,
                    id: id.to_owned(),
                    found: owned(found),
                    expected: owned(expected),
                })
            }
        }
    });
    let extra = bundle.ids().filter(|id| !english.contains(id));
    differing.chain(extra.map(|id| Gap::Extra { language, id: id.to_owned() })).collect()
}
