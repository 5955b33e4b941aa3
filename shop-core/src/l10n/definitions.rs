//! The messages and terms of one language, as its resources define them.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Attribute, Entry, Pattern, Resource};
use fluent_syntax::parser::parse_runtime;

use super::error::LoadFault;
use crate::Language;

/// More placeables and calls within each other than any message needs.
const DEPTH: usize = 50;

/// A name with what it is written with in a reference: `-` for a term, nothing for a message.
pub(super) type Name<'r> = (&'static str, &'r str);

/// What the names mean: of several definitions the last one counts.
pub(super) type Definitions<'r> = BTreeMap<Name<'r>, Definition<'r>>;

/// A message or term, and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Definition<'r> {
    pub(super) value: Option<&'r Pattern<&'r str>>,
    pub(super) attributes: &'r [Attribute<&'r str>],
    pub(super) resource: usize,
    pub(super) line: usize,
}

impl<'r> Definition<'r> {
    /// The value, or the named attribute.
    pub(super) fn pattern(&self, attribute: Option<&str>) -> Option<&'r Pattern<&'r str>> {
        let Some(name) = attribute else { return self.value };
        self.attributes.iter().find(|attribute| attribute.id.name == name).map(|attribute| &attribute.value)
    }
}

/// A parsed resource and its text.
pub(super) struct Parsed<'t> {
    text: &'t str,
    resource: Resource<&'t str>,
}

/// Parses the resource at `index` of its language; what cannot be read goes to `faults`.
pub(super) fn parse<'t>(
    language: Language,
    index: usize,
    text: &'t str,
    faults: &mut Vec<LoadFault>,
) -> Parsed<'t> {
    if let Some(line) = too_deep(text) {
        let message = format!("more than {DEPTH} braces or parentheses are open");
        faults.push(LoadFault { language, resource: index, line, message });
        return Parsed { text, resource: Resource { body: Vec::new() } };
    }
    let resource = parse_runtime(text).unwrap_or_else(|(resource, errors)| {
        faults.extend(errors.into_iter().map(|error| LoadFault {
            language,
            resource: index,
            line: line_at(text, error.pos.start),
            message: error.to_string(),
        }));
        resource
    });
    Parsed { text, resource }
}

/// Collects the definitions of all resources; a name that a resource uses twice goes to `faults`.
pub(super) fn collect<'r>(
    language: Language,
    resources: &'r [Parsed<'_>],
    faults: &mut Vec<LoadFault>,
) -> Definitions<'r> {
    let mut definitions = Definitions::new();
    for (index, Parsed { text, resource }) in resources.iter().enumerate() {
        let mut names = BTreeSet::new();
        for entry in &resource.body {
            let Some((name, value, attributes)) = parts(entry) else { continue };
            let line = line_at(text, name.1.as_ptr().addr() - text.as_ptr().addr());
            let attribute_names = attributes.iter().map(|attribute| Some(attribute.id.name));
            for part in std::iter::once(None).chain(attribute_names) {
                if !names.insert((name, part)) {
                    let message = format!("`{}` is there twice", id_of(name, part));
                    faults.push(LoadFault { language, resource: index, line, message });
                }
            }
            definitions.insert(name, Definition { value, attributes, resource: index, line });
        }
    }
    definitions
}

/// The id of a message or term, or of one of its attributes, as it is written in a reference.
pub(super) fn id_of((sigil, name): Name<'_>, attribute: Option<&str>) -> String {
    attribute.map_or_else(|| format!("{sigil}{name}"), |attribute| format!("{sigil}{name}.{attribute}"))
}

type Parts<'r> = (Name<'r>, Option<&'r Pattern<&'r str>>, &'r [Attribute<&'r str>]);

fn parts<'r>(entry: &'r Entry<&str>) -> Option<Parts<'r>> {
    match entry {
        Entry::Message(message) => Some((("", message.id.name), message.value.as_ref(), &message.attributes)),
        Entry::Term(term) => Some((("-", term.id.name), Some(&term.value), &term.attributes)),
        _ => None,
    }
}

/// The line at which a message has too much open: the parser calls itself for each and would run out of stack.
///
/// Braces and parentheses in mere text count as well, which only makes the check stricter.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (line, number) in text.lines().zip(1..) {
        if starts_entry(line) {
            depth = 0;
        }
        for byte in line.bytes() {
            match byte {
                b'{' | b'(' => depth += 1,
                b'}' | b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > DEPTH {
                return Some(number);
            }
        }
    }
    None
}

/// Whether a message or term begins here: `name =`, which stands nowhere else at the beginning of a line.
fn starts_entry(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    rest.len() < line.len() && rest.trim_start_matches(' ').starts_with('=')
}

/// The line, from 1, of the byte at `position`.
fn line_at(text: &str, position: usize) -> usize {
    1 + text.bytes().take(position).filter(|byte| *byte == b'\n').count()
}
