//! Messages in the form in which they are shown: text, variables and choices between variants.

use std::borrow::Cow;
use std::collections::BTreeSet;

use icu_decimal::input::Decimal;

use super::args::{Args, Value};
use super::bundle::Bundle;
use super::formats::{Formats, NumberOptions};

/// A message (or a variant of one) with everything that it refers to put in its place.
#[derive(Clone, Debug, Default)]
pub(super) struct Pattern(Vec<Part>);

#[derive(Clone, Debug)]
enum Part {
    Text(String),
    Variable(Variable),
    Select(Select),
}

/// A variable, and how it is to be written if it is a number.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) options: NumberOptions,
}

/// A choice between variants.
#[derive(Clone, Debug)]
pub(super) struct Select {
    pub(super) on: Variable,
    pub(super) variants: Variants,
}

/// The variants of a choice; the parser makes sure that one is the default.
#[derive(Clone, Debug)]
pub(super) struct Variants(pub(super) Vec<Variant>);

#[derive(Clone, Debug)]
pub(super) struct Variant {
    pub(super) key: Key,
    pub(super) pattern: Pattern,
    pub(super) default: bool,
}

/// What a variant is chosen by.
#[derive(Clone, Debug)]
pub(super) enum Key {
    /// A word, or a plural form.
    Word(String),
    /// A number, [`trimmed`].
    Number(Decimal),
}

/// What stands in a placeable once its value is known.
#[derive(Clone, Debug)]
pub(super) enum Content<'a> {
    Text(Cow<'a, str>),
    Number(Decimal, NumberOptions),
}

impl Pattern {
    pub(super) fn push_text(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Part::Text(last)) => last.push_str(text),
            _ => self.0.push(Part::Text(text.to_owned())),
        }
    }

    pub(super) fn push_variable(&mut self, variable: Variable) {
        self.0.push(Part::Variable(variable));
    }

    pub(super) fn push_select(&mut self, select: Select) {
        self.0.push(Part::Select(select));
    }

    pub(super) fn append(&mut self, other: Self) {
        for part in other.0 {
            match part {
                Part::Text(text) => self.push_text(&text),
                part => self.0.push(part),
            }
        }
    }

    /// The whole text, if it depends on nothing.
    pub(super) fn plain(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The names of all variables, those in every variant included.
    pub(super) fn variables(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        self.collect_variables(&mut names);
        names
    }

    fn collect_variables<'p>(&'p self, names: &mut BTreeSet<&'p str>) {
        for part in &self.0 {
            match part {
                Part::Text(_) => {}
                Part::Variable(variable) => {
                    names.insert(&variable.name);
                }
                Part::Select(Select { on, variants }) => {
                    names.insert(&on.name);
                    for variant in &variants.0 {
                        variant.pattern.collect_variables(names);
                    }
                }
            }
        }
    }
}

/// A pattern being filled.
pub(super) struct Filling<'p, 'a> {
    bundle: &'p Bundle,
    args: &'a Args<'a>,
    pub(super) text: String,
    /// The names of the variables that the arguments lack.
    pub(super) missing: BTreeSet<&'p str>,
}

impl<'p, 'a> Filling<'p, 'a> {
    pub(super) fn new(bundle: &'p Bundle, args: &'a Args<'a>) -> Self {
        Self { bundle, args, text: String::new(), missing: BTreeSet::new() }
    }

    /// Adds the text of `pattern`; a variable without a value stays as it is written, `{$name}`.
    pub(super) fn add(&mut self, pattern: &'p Pattern) {
        for part in &pattern.0 {
            match part {
                Part::Text(text) => self.text.push_str(text),
                Part::Variable(variable) => match self.content(variable) {
                    Some(content) => content.write(self.bundle.formats(), &mut self.text),
                    None => self.text.extend(["{$", &variable.name, "}"]),
                },
                Part::Select(Select { on, variants }) => {
                    let content = self.content(on);
                    if let Some(pattern) = variants.choose(content.as_ref(), self.bundle.formats()) {
                        self.add(pattern);
                    }
                }
            }
        }
    }

    fn content(&mut self, variable: &'p Variable) -> Option<Content<'a>> {
        let Some(value) = self.args.get(&variable.name) else {
            self.missing.insert(&variable.name);
            return None;
        };
        Some(match value {
            Value::Text(text) => Content::Text(Cow::Borrowed(text)),
            Value::Number(number) => Content::Number(Decimal::from(*number), variable.options),
            Value::Money(money) => Content::Text(self.bundle.money(*money).into()),
            Value::Date(at) => Content::Text(self.bundle.formats().date(*at).into()),
        })
    }
}

impl Variants {
    /// The variant for `content`: the first that fits it, else the default.
    pub(super) fn choose(&self, content: Option<&Content<'_>>, formats: &Formats) -> Option<&Pattern> {
        let fitting =
            content.and_then(|content| self.0.iter().find(|variant| variant.key.fits(content, formats)));
        fitting.or_else(|| self.0.iter().find(|variant| variant.default)).map(|variant| &variant.pattern)
    }
}

impl Key {
    fn fits(&self, content: &Content<'_>, formats: &Formats) -> bool {
        match (self, content) {
            (Self::Word(word), Content::Text(text)) => word == text,
            (Self::Word(word), Content::Number(number, options)) => {
                word == formats.plural_form(number, *options)
            }
            (Self::Number(key), Content::Number(number, _)) => *key == trimmed(number.clone()),
            (Self::Number(_), Content::Text(_)) => false,
        }
    }
}

impl Content<'_> {
    pub(super) fn write(&self, formats: &Formats, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Number(number, options) => out.push_str(&formats.decimal(number, *options)),
        }
    }
}

/// The number without zeros that do not matter, so that equal numbers are equal values.
pub(super) fn trimmed(mut number: Decimal) -> Decimal {
    number.absolute.trim_start();
    number.absolute.trim_end();
    number
}
