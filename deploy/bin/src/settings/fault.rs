use std::fmt;

use super::Origin;

/// Why a text cannot be the value of a setting: what it is not, such as `not a whole number from 0 to 65535`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem(String);

impl Problem {
    /// The problem that a type's own error tells: a text that begins with "not".
    pub(super) fn is(error: impl fmt::Display) -> Self {
        Self(error.to_string())
    }
}

impl fmt::Display for Problem {
    /// What it is not; the value itself stays out, since it may hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "its value is {}", self.0)
    }
}

/// One thing that is wrong with the settings, told in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    subject: String,
    origin: Option<Origin>,
    sentence: String,
    /// The key of the setting that has no value because of it.
    setting: Option<&'static str>,
}

impl Fault {
    /// A fault of a setting's value, which is shown unless it may hold a secret.
    pub(super) fn of_value(variable: String, origin: Origin, problem: &Problem, value: Option<&str>) -> Self {
        let sentence =
            value.map_or_else(|| problem.to_string(), |value| format!("{} is {}", excerpt(value), problem.0));
        Self::at(variable, origin, sentence)
    }

    /// A fault of anything that comes from somewhere.
    pub(super) fn at(subject: impl Into<String>, origin: Origin, sentence: impl Into<String>) -> Self {
        Self { subject: subject.into(), origin: Some(origin), sentence: sentence.into(), setting: None }
    }

    /// A fault that has no place, such as something that is missing.
    pub(super) fn of(subject: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self { subject: subject.into(), origin: None, sentence: sentence.into(), setting: None }
    }

    /// The same, noted as a fault of this setting, however it was spelled and wherever its value was to come from.
    pub(super) fn about(self, setting: &'static str) -> Self {
        Self { setting: Some(setting), ..self }
    }

    /// Whether a fault of the same setting is known.
    pub(super) fn is_among(&self, known: &[Self]) -> bool {
        self.setting.is_some() && known.iter().any(|other| other.setting == self.setting)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A variable's name may hold anything, a line's end too.
        let subject = self.subject.escape_debug();
        match &self.origin {
            Some(origin) => write!(f, "{subject} ({origin}): {}", self.sentence),
            None => write!(f, "{subject}: {}", self.sentence),
        }
    }
}

/// The first 60 characters in quotes, with everything escaped that would leave the line.
fn excerpt(value: &str) -> String {
    const MOST: usize = 60;
    let start: String = value.chars().take(MOST).collect();
    let rest = if value.chars().nth(MOST).is_some() { "…" } else { "" };
    format!("{start:?}{rest}")
}

/// All faults of the settings, one at least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    /// One line each.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}
