//! The layers: which text each setting is given, and where it comes from.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};

use super::{Fault, Setting, TABLE, file};

/// Everything outside the program that settings come from.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// The file of `--config`.
    pub config: Option<PathBuf>,
    /// The environment: names and values.
    pub environment: Vec<(OsString, OsString)>,
    /// Flags: keys of settings and values.
    pub flags: Vec<(&'static str, String)>,
}

impl Input {
    /// The environment of this process, with a file and flags.
    #[must_use]
    pub fn of_process(config: Option<PathBuf>, flags: Vec<(&'static str, String)>) -> Self {
        let mut environment: Vec<_> = std::env::vars_os().collect();
        // So that faults stand in the same order each time.
        environment.sort();
        Self { config, environment, flags }
    }
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A line of the file of `--config`, counted from 1.
    File(PathBuf, usize),
    /// The environment.
    Environment,
    /// A flag.
    Flag,
    /// A file that holds this one value, named by another layer.
    ValueFile(PathBuf, Box<Self>),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, line) => write!(f, "{} line {line}", path.display()),
            Self::Environment => f.write_str("environment"),
            Self::Flag => f.write_str("flag"),
            Self::ValueFile(path, named_by) => write!(f, "{named_by}, from the file {}", path.display()),
        }
    }
}

/// A text that a setting is given; it may be a secret.
#[derive(Clone)]
pub(super) struct Given {
    pub(super) text: String,
    pub(super) origin: Origin,
}

impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Given").field("origin", &self.origin).finish_non_exhaustive()
    }
}

/// The highest layer's text of each setting, by key.
pub(super) type Texts = HashMap<&'static str, Given>;

/// Lays the layers over each other.
pub(super) fn collect(input: &Input, faults: &mut Vec<Fault>) -> Texts {
    let mut texts = Texts::new();
    if let Some(path) = &input.config {
        texts.extend(resolve(file::entries(path, faults), faults));
    }
    texts.extend(resolve(variables(&input.environment, faults), faults));
    let flags = input.flags.iter();
    texts.extend(flags.map(|(key, text)| (*key, Given { text: text.clone(), origin: Origin::Flag })));
    texts
}

/// A name with a text, as a layer has it.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) origin: Origin,
}

/// What a name stands for.
pub(super) enum Meaning {
    /// The value of the setting with this key.
    Value(&'static str),
    /// The path of a file that holds it.
    FileOf(&'static str),
}

impl Meaning {
    /// The key of the setting.
    pub(super) const fn key(&self) -> &'static str {
        match self {
            Self::Value(key) | Self::FileOf(key) => key,
        }
    }
}

/// What a name stands for, by the way in which its layer spells settings and the suffix for files.
pub(super) fn meaning(name: &str, spelling: impl Fn(&Setting) -> String, suffix: &str) -> Option<Meaning> {
    let find = |name: &str| TABLE.iter().find(|setting| spelling(setting) == name).map(|setting| setting.key);
    find(name).map(Meaning::Value).or_else(|| find(name.strip_suffix(suffix)?).map(Meaning::FileOf))
}

/// The texts of one layer, with values read from the files that it names.
fn resolve(entries: Vec<(Entry, Meaning)>, faults: &mut Vec<Fault>) -> Texts {
    let mut texts = Texts::new();
    for (entry, meaning) in entries {
        let (key, given) = match meaning {
            Meaning::Value(key) => (key, Given { text: entry.text, origin: entry.origin }),
            Meaning::FileOf(key) => match read_value(Path::new(&entry.text)) {
                Ok(text) => (
                    key,
                    Given { text, origin: Origin::ValueFile(entry.text.into(), Box::new(entry.origin)) },
                ),
                Err(error) => {
                    let problem = format!("the file {:?} cannot be read: {error}", entry.text);
                    faults.push(Fault::at(entry.name, entry.origin, problem).about(key));
                    continue;
                }
            },
        };
        let origin = given.origin.clone();
        if texts.insert(key, given).is_some() {
            let problem = "is set twice, as a value and by a file; one must go";
            faults.push(Fault::at(entry.name, origin, problem).about(key));
        }
    }
    texts
}

/// A file's text without the newline that editors leave at its end.
fn read_value(path: &Path) -> std::io::Result<String> {
    let mut text = std::fs::read_to_string(path)?;
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Ok(text)
}

/// The variables that begin with `SHOP_`, and the aliases. A variable without a text counts as not set, as container tools hand them over.
fn variables(environment: &[(OsString, OsString)], faults: &mut Vec<Fault>) -> Vec<(Entry, Meaning)> {
    let is_set = |name: &str| environment.iter().any(|(other, text)| other == name && !text.is_empty());
    let mut entries = Vec::new();
    for (name, text) in environment {
        let Some(name) = name.to_str().filter(|name| is_set(name) && !is_service_link(name, text)) else {
            continue;
        };
        let meaning = match alias(name) {
            Some(setting)
                if is_set(&setting.variable()) || is_set(&format!("{}_FILE", setting.variable())) =>
            {
                continue;
            }
            Some(setting) => Some(Meaning::Value(setting.key)),
            None if name.starts_with("SHOP_") => meaning(name, Setting::variable, "_FILE"),
            None => continue,
        };
        match (meaning, text.to_str()) {
            (Some(meaning), Some(text)) => {
                let entry =
                    Entry { name: name.to_owned(), text: text.to_owned(), origin: Origin::Environment };
                entries.push((entry, meaning));
            }
            (Some(meaning), None) => {
                let fault = Fault::at(name, Origin::Environment, "is not valid UTF-8");
                faults.push(fault.about(meaning.key()));
            }
            (None, _) => faults.push(unknown(name, Origin::Environment, Setting::variable)),
        }
    }
    entries
}

/// The setting that a variable names by its other name.
fn alias(name: &str) -> Option<&'static Setting> {
    TABLE.iter().find(|setting| setting.alias == Some(name))
}

/// A name that stands for nothing; names the setting that looks most like it.
pub(super) fn unknown(name: &str, origin: Origin, spelling: impl Fn(&Setting) -> String) -> Fault {
    let key = name.to_ascii_lowercase();
    let key = key.strip_prefix("shop_").unwrap_or(&key);
    let likeness = |setting: &Setting| strsim::normalized_damerau_levenshtein(setting.key, key);
    let nearest = TABLE.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    let hint = nearest.map_or(String::new(), |setting| format!("; the nearest one is {}", spelling(setting)));
    Fault::at(name, origin, format!("there is no such setting{hint}"))
}

/// Whether Kubernetes made this variable for a service whose name begins with `shop`, such as `SHOP_PORT=tcp://10.0.0.1:80`
/// (<https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables>).
fn is_service_link(name: &str, text: &OsStr) -> bool {
    let has_scheme =
        |text: &str| ["tcp://", "udp://", "sctp://"].iter().any(|scheme| text.starts_with(scheme));
    let names_protocol = ["_TCP", "_UDP", "_SCTP"].iter().any(|protocol| name.contains(protocol));
    name.starts_with("SHOP_")
        && (name.ends_with("_SERVICE_HOST")
            || name.contains("_SERVICE_PORT")
            || name.contains("_PORT_") && names_protocol
            || name.ends_with("_PORT") && text.to_str().is_some_and(has_scheme))
}
