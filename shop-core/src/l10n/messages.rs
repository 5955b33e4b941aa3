//! The messages of all languages, and one language's view of them.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use super::args::Args;
use super::bundle::Bundle;
use super::error::LoadError;
use super::gaps::{self, Gap};
use super::per_language::PerLanguage;
use crate::{Language, Money, Timestamp};

/// Misses are bugs, of which a handful is enough.
const MISSES: usize = 100;

/// The messages of all languages.
///
/// Build it once and share it: it is `Send` and `Sync`, and showing a text without variables copies nothing.
#[derive(Debug)]
pub struct Messages {
    bundles: PerLanguage<Bundle>,
    misses: Mutex<BTreeSet<Miss>>,
}

impl Messages {
    /// Reads message files, each with its language, and checks every message in them.
    ///
    /// Of several files for one language the later ones override the earlier ones, message by message (a message
    /// with all its attributes), so an embedder lays its own wording over ours. A language without any file is
    /// served in English.
    pub fn new(resources: &[(Language, &str)]) -> Result<Self, LoadError> {
        let mut faults = Vec::new();
        let bundles = PerLanguage::try_new(|language| {
            let texts = resources.iter().filter(|resource| resource.0 == language).map(|resource| resource.1);
            Bundle::load(language, texts, &mut faults)
        });
        bundles.map(|bundles| Self { bundles, misses: Mutex::default() }).ok_or(LoadError { faults })
    }

    /// One language's view of the messages.
    #[must_use]
    pub const fn language(&self, language: Language) -> Texts<'_> {
        Texts { messages: self, language }
    }

    /// The text of `id` (`message` or `message.attribute`), borrowed unless it has variables.
    ///
    /// What `language` lacks comes in English; what English lacks as well comes as the id in `⟦⟧`.
    #[must_use]
    pub fn text(&self, language: Language, id: &str) -> Cow<'_, str> {
        self.format(language, id, &Args::new())
    }

    /// The text of `id`, filled with `args`, in the same way as [`Messages::text`].
    ///
    /// A variable that `args` lacks stays in the text as `{$name}`. Numbers, amounts and dates are written as in the
    /// language that the text comes in.
    #[must_use]
    pub fn format(&self, language: Language, id: &str, args: &Args<'_>) -> Cow<'_, str> {
        let mut missing = BTreeSet::new();
        let find = |language| self.bundles.get(language).text(id, args, &mut missing);
        let text = [language, Language::English].into_iter().find_map(find);
        for name in missing {
            self.miss(language, id, Problem::Variable(name.to_owned()));
        }
        text.unwrap_or_else(|| {
            self.miss(language, id, Problem::Unknown);
            Cow::Owned(format!("⟦{id}⟧"))
        })
    }

    /// The language in which a reader of `language` gets `id`: that one, or English, or `None` if neither has it.
    #[must_use]
    pub fn source(&self, language: Language, id: &str) -> Option<Language> {
        [language, Language::English].into_iter().find(|language| self.bundles.get(*language).contains(id))
    }

    /// The ids that `language` has itself, sorted; an attribute's id is `message.attribute`.
    pub fn ids(&self, language: Language) -> impl Iterator<Item = &str> {
        self.bundles.get(language).ids()
    }

    /// Where these languages differ from English, for a test to assert that they do not.
    ///
    /// The variables of a message include those of the messages that it refers to.
    #[must_use]
    pub fn gaps(&self, languages: &[Language]) -> Vec<Gap> {
        let english = self.bundles.get(Language::English);
        let gaps = |language: &Language| gaps::between(*language, self.bundles.get(*language), english);
        languages.iter().flat_map(gaps).collect()
    }

    /// What was asked for so far and could not be given in full, each once and at most 100 of them.
    ///
    /// For a test that shows every page, and for an operator's log; a text that fell back to English is no miss
    /// (see [`Messages::gaps`]).
    #[must_use]
    pub fn misses(&self) -> Vec<Miss> {
        self.misses.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    fn miss(&self, language: Language, id: &str, problem: Problem) {
        let mut misses = self.misses.lock().unwrap_or_else(PoisonError::into_inner);
        if misses.len() < MISSES {
            misses.insert(Miss { language, id: id.to_owned(), problem });
        }
    }
}

/// One language's view of the messages: a copyable handle for a page or a mail.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'m> {
    messages: &'m Messages,
    language: Language,
}

impl<'m> Texts<'m> {
    /// The language.
    #[must_use]
    pub const fn language(self) -> Language {
        self.language
    }

    /// The text of `id`, as [`Messages::text`] gives it.
    #[must_use]
    pub fn text(self, id: &str) -> Cow<'m, str> {
        self.messages.text(self.language, id)
    }

    /// The text of `id` filled with `args`, as [`Messages::format`] gives it.
    #[must_use]
    pub fn format(self, id: &str, args: &Args<'_>) -> Cow<'m, str> {
        self.messages.format(self.language, id, args)
    }

    /// The amount with exactly the decimals of its currency: `1.234,50 lei` in Romanian, `€1,234.50` in English.
    ///
    /// Order and symbol come from the message `money` (built in, may be overridden). The built-in ones use the symbols
    /// that shoppers of the language know, else the code of ISO 4217, and spaces that do not break.
    #[must_use]
    pub fn money(self, money: Money) -> String {
        self.bundle().money(money)
    }

    /// A whole number with its digits grouped: `1.234.567` in Romanian.
    #[must_use]
    pub fn number(self, number: i64) -> String {
        self.bundle().formats().number(number)
    }

    /// The day in UTC on which `at` falls: `21 noiembrie 2026` in Romanian.
    ///
    /// Days before 1582 follow the Gregorian calendar too; years far from ours show their era.
    #[must_use]
    pub fn date(self, at: Timestamp) -> String {
        self.bundle().formats().date(at)
    }

    /// Day and minute in UTC, and saying so: `21 noiembrie 2026 la 20:05 UTC` in Romanian.
    #[must_use]
    pub fn date_time(self, at: Timestamp) -> String {
        self.bundle().formats().date_time(at)
    }

    fn bundle(self) -> &'m Bundle {
        self.messages.bundles.get(self.language)
    }
}

/// A text that could not be given in full.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Miss {
    /// The language that was asked for.
    pub language: Language,
    /// The id that was asked for.
    pub id: String,
    /// What was wrong.
    pub problem: Problem,
}

/// Why a text could not be given in full.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// Neither the language nor English has it.
    Unknown,
    /// It has this variable, for which there was no argument.
    Variable(String),
}
