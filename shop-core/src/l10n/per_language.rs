//! One value for each language.

use crate::Language;

/// One value for each language, so that looking one up cannot fail.
#[derive(Debug)]
pub(super) struct PerLanguage<T>([T; Language::ALL.len()]);

impl<T> PerLanguage<T> {
    /// One value for each language, or `None` if any of them could not be made; all are tried.
    pub(super) fn try_new(make: impl FnMut(Language) -> Option<T>) -> Option<Self> {
        let [Some(english), Some(romanian), Some(spanish), Some(portuguese), Some(french)] =
            Language::ALL.map(make)
        else {
            return None;
        };
        Some(Self([english, romanian, spanish, portuguese, french]))
    }

    pub(super) const fn get(&self, language: Language) -> &T {
        let [english, romanian, spanish, portuguese, french] = &self.0;
        match language {
            Language::English => english,
            Language::Romanian => romanian,
            Language::Spanish => spanish,
            Language::Portuguese => portuguese,
            Language::French => french,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_gets_its_own() {
        let codes = PerLanguage::try_new(|language| Some(language.code())).expect("all of them");
        for language in Language::ALL {
            assert_eq!(*codes.get(language), language.code());
        }
    }

    #[test]
    fn one_that_fails_fails_them_all() {
        assert!(PerLanguage::try_new(Some).is_some());
        let mut tried = 0;
        let failed = PerLanguage::try_new(|language| {
            tried += 1;
            (language != Language::Romanian).then_some(language)
        });
        assert!(failed.is_none());
        assert_eq!(tried, Language::ALL.len());
    }
}
