//! One value for each language.

use shop_core::Language;

/// One value for each language, so that looking one up cannot fail.
pub(super) struct PerLanguage<T> {
    english: T,
    romanian: T,
    spanish: T,
    portuguese: T,
    french: T,
}

impl<T> PerLanguage<T> {
    pub(super) fn new(make: impl Fn(Language) -> T) -> Self {
        Self {
            english: make(Language::English),
            romanian: make(Language::Romanian),
            spanish: make(Language::Spanish),
            portuguese: make(Language::Portuguese),
            french: make(Language::French),
        }
    }

    pub(super) const fn get(&self, language: Language) -> &T {
        match language {
            Language::English => &self.english,
            Language::Romanian => &self.romanian,
            Language::Spanish => &self.spanish,
            Language::Portuguese => &self.portuguese,
            Language::French => &self.french,
        }
    }
}
