//! The file of `--config`: TOML, one key a setting, without tables.

use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::layers::{Entry, Meaning, meaning, unknown};
use super::{Fault, Origin, Setting};

/// The settings of the file. What cannot be read is a fault; the rest still counts, so that all faults come at once.
pub(super) fn entries(path: &Path, faults: &mut Vec<Fault>) -> Vec<(Entry, Meaning)> {
    match std::fs::read_to_string(path) {
        Ok(text) => parse(path, &text, faults),
        Err(error) => {
            faults
                .push(Fault::of(format!("--config {}", path.display()), format!("cannot be read: {error}")));
            Vec::new()
        }
    }
}

fn parse(path: &Path, text: &str, faults: &mut Vec<Fault>) -> Vec<(Entry, Meaning)> {
    let origin = |offset: usize| Origin::File(path.to_owned(), line_of(text, offset));
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        // What comes behind a broken line may be read wrongly, and would be reported as faults that nobody has made.
        faults.extend(errors.iter().map(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            Fault::at("TOML", origin(offset), error.message().replace('\n', " "))
        }));
        return Vec::new();
    }
    let mut entries = Vec::new();
    for (name, value) in document.get_ref() {
        let origin = origin(name.span().start);
        let name = name.get_ref().to_string();
        match (meaning(&name, |setting| setting.key.to_owned(), "_file"), text_of(value.get_ref())) {
            (None, _) if value.get_ref().is_table() => {
                faults.push(Fault::at(
                    name,
                    origin,
                    "tables have no meaning here, every key stands at the top",
                ));
            }
            (None, _) => faults.push(unknown(&name, origin, |setting: &Setting| setting.key.to_owned())),
            (Some(meaning), None) => faults.push(Fault::at(name, origin, NO_VALUE).about(meaning.key())),
            (Some(meaning), Some(text)) => entries.push((Entry { name, text, origin }, meaning)),
        }
    }
    entries
}

/// What can be said of a value that no setting takes.
const NO_VALUE: &str = "its value is no text, whole number, true or false";

/// The line of a byte, counted from 1.
fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
}

/// A value as the other layers would write it.
fn text_of(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Boolean(truth) => Some(truth.to_string()),
        DeValue::Array(values) => {
            let texts = values.iter().map(|value| text_of(value.get_ref()));
            texts.collect::<Option<Vec<_>>>().map(|texts| texts.join(","))
        }
        DeValue::Float(_) | DeValue::Datetime(_) | DeValue::Table(_) => None,
    }
}
