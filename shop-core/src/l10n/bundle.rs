//! The messages of one language.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use super::args::Args;
use super::compile::compile;
use super::definitions::{self, Definition, Definitions, Name, id_of};
use super::error::LoadFault;
use super::formats::Formats;
use super::pattern::{Filling, Pattern};
use crate::{Language, Money};

/// The message that says how a price is written.
const MONEY: &str = "money";
/// What it has to show.
const MONEY_VARIABLES: [&str; 2] = ["amount", "currency"];

/// The messages of one language, and how it writes numbers and dates.
#[derive(Debug)]
pub(super) struct Bundle {
    formats: Formats,
    /// By id, which is `message` or `message.attribute`.
    patterns: BTreeMap<String, Pattern>,
}

impl Bundle {
    /// Builds the bundle; a later text overrides an earlier one. `None` if anything was added to `faults`.
    pub(super) fn load<'t>(
        language: Language,
        texts: impl Iterator<Item = &'t str>,
        faults: &mut Vec<LoadFault>,
    ) -> Option<Self> {
        let known = faults.len();
        let resources: Vec<_> = iter::once(built_in(language))
            .chain(texts)
            .enumerate()
            .map(|(index, text)| definitions::parse(language, index, text, faults))
            .collect();
        let definitions = definitions::collect(language, &resources, faults);
        let formats = Formats::load(language)
            .map_err(|message| faults.push(LoadFault { language, resource: 0, line: 1, message }))
            .ok()?;
        let mut bundle = Self { formats, patterns: BTreeMap::new() };
        for (name, definition) in definitions.iter().filter(|((sigil, _), _)| sigil.is_empty()) {
            for (id, message) in bundle.add(*name, definition, &definitions) {
                let Definition { resource, line, .. } = *definition;
                faults.push(LoadFault { language, resource, line, message: format!("`{id}` {message}") });
            }
        }
        (faults.len() == known).then_some(bundle)
    }

    /// Adds the value and the attributes of a message; gives back what is wrong, with the ids.
    fn add(
        &mut self,
        name: Name<'_>,
        definition: &Definition<'_>,
        definitions: &Definitions<'_>,
    ) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        let attributes = definition.attributes.iter().map(|attribute| Some(attribute.id.name));
        for attribute in iter::once(None).chain(attributes) {
            let Some(pattern) = definition.pattern(attribute) else { continue };
            let id = id_of(name, attribute);
            match compile(pattern, definitions, &self.formats) {
                Ok(pattern) if id == MONEY && !shows_money(&pattern) => {
                    faults.push((id, "has to show both $amount and $currency".to_owned()));
                }
                Ok(pattern) => {
                    self.patterns.insert(id, pattern);
                }
                Err(found) => faults.extend(found.into_iter().map(|fault| (id.clone(), fault))),
            }
        }
        faults
    }

    /// The text under `id`, or `None` if there is none; the names of variables that `args` lacks go to `missing`.
    pub(super) fn text<'b>(
        &'b self,
        id: &str,
        args: &Args<'_>,
        missing: &mut BTreeSet<&'b str>,
    ) -> Option<Cow<'b, str>> {
        let pattern = self.patterns.get(id)?;
        if let Some(text) = pattern.plain() {
            return Some(Cow::Borrowed(text));
        }
        let mut filling = Filling::new(self, args);
        filling.add(pattern);
        missing.append(&mut filling.missing);
        Some(Cow::Owned(filling.text))
    }

    /// The amount and its currency, as the message `money` puts them together.
    pub(super) fn money(&self, money: Money) -> String {
        let [amount, currency] = MONEY_VARIABLES;
        let args =
            Args::new().with(amount, self.formats.amount(money)).with(currency, money.currency().code());
        let mut filling = Filling::new(self, &args);
        if money.minor() < 0 {
            filling.text.push_str(self.formats.minus());
        }
        if let Some(pattern) = self.patterns.get(MONEY) {
            filling.add(pattern);
        }
        filling.text
    }

    pub(super) const fn formats(&self) -> &Formats {
        &self.formats
    }

    pub(super) fn contains(&self, id: &str) -> bool {
        self.patterns.contains_key(id)
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.patterns.keys().map(String::as_str)
    }

    /// The names of the variables of `id`; `None` if there is no such text.
    pub(super) fn variables(&self, id: &str) -> Option<BTreeSet<&str>> {
        self.patterns.get(id).map(Pattern::variables)
    }
}

fn shows_money(pattern: &Pattern) -> bool {
    let variables = pattern.variables();
    MONEY_VARIABLES.iter().all(|name| variables.contains(name))
}

/// The texts that every program needs, which the given ones may override.
const fn built_in(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("locales/en.ftl"),
        Language::Romanian => include_str!("locales/ro.ftl"),
        Language::Spanish => include_str!("locales/es.ftl"),
        Language::Portuguese => include_str!("locales/pt.ftl"),
        Language::French => include_str!("locales/fr.ftl"),
    }
}
