use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::language::Language;

/// A value in one or more languages, never in none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    try_from = "BTreeMap<Language, T>",
    into = "BTreeMap<Language, T>",
    bound(serialize = "T: Clone + Serialize")
)]
pub struct Localized<T> {
    values: BTreeMap<Language, T>,
}

/// A localized value in no language at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be given in one language at least")]
pub struct NoLanguage;

impl<T> Localized<T> {
    /// The value in one language alone.
    #[must_use]
    pub fn only(language: Language, value: T) -> Self {
        Self { values: BTreeMap::from([(language, value)]) }
    }

    /// The same with the value in one more language, or another value in that language.
    #[must_use]
    pub fn with(mut self, language: Language, value: T) -> Self {
        self.values.insert(language, value);
        self
    }

    /// The value in this language, else in English, else in the first language that has one.
    #[must_use]
    pub fn get(&self, language: Language) -> &T {
        let values = &self.values;
        let found = values
            .get(&language)
            .or_else(|| values.get(&Language::English))
            .or_else(|| values.values().next());
        match found {
            Some(value) => value,
            None => unreachable!("both constructors put a value in"),
        }
    }

    /// Every language with its value.
    pub fn iter(&self) -> impl Iterator<Item = (Language, &T)> {
        self.values.iter().map(|(&language, value)| (language, value))
    }
}

impl<T> TryFrom<BTreeMap<Language, T>> for Localized<T> {
    type Error = NoLanguage;

    fn try_from(values: BTreeMap<Language, T>) -> Result<Self, Self::Error> {
        if values.is_empty() { Err(NoLanguage) } else { Ok(Self { values }) }
    }
}

impl<T> From<Localized<T>> for BTreeMap<Language, T> {
    fn from(localized: Localized<T>) -> Self {
        localized.values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn falls_back_to_english_then_to_any() {
        let both = Localized::only(Language::Romanian, "ac").with(Language::English, "needle");
        assert_eq!(*both.get(Language::Romanian), "ac");
        assert_eq!(*both.get(Language::French), "needle");
        assert_eq!(*Localized::only(Language::Romanian, "ac").get(Language::French), "ac");
    }

    #[test]
    fn none_cannot_be_made() {
        assert!(serde_json::from_str::<Localized<String>>("{}").is_err());
        assert!(serde_json::from_str::<Localized<String>>(r#"{"de":"Nadel"}"#).is_err());
    }
}
