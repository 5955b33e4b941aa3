//! From the values of a row to the values of the core.

use std::str::FromStr;

use super::report::{Finding, Problem};
use super::row::Value;
use crate::text::{TextError, salvaged};

/// What stands where the old shop has nothing and the new one needs something.
const NOTHING: &str = "-";

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading<T> {
    /// Its number, if it has one.
    pub(super) number: Option<i64>,
    /// What can be made of it; what cannot be is among the findings.
    pub(super) record: Option<T>,
    pub(super) findings: Vec<Finding>,
}

impl<T> Reading<T> {
    /// Reads the number in the column `key`, then the rest.
    pub(super) fn of(
        key: &'static str,
        value: &Value,
        read: impl FnOnce(i64, &mut Vec<Finding>) -> Result<T, Finding>,
    ) -> Self {
        let mut findings = Vec::new();
        let number = number(value).map_err(|problem| Finding::of(key, problem, value));
        let record = match &number {
            Ok(number) => read(*number, &mut findings).map_err(|finding| findings.push(finding)).ok(),
            Err(finding) => {
                findings.push(finding.clone());
                None
            }
        };
        Self { number: number.ok(), record, findings }
    }
}

impl Value {
    /// The value for a report.
    pub(super) fn shown(&self) -> Option<String> {
        match self {
            Self::Null => None,
            Self::Text(text) => Some(shown(text)),
            Self::Bytes(bytes) => Some(format!("0x{}", crate::hex::encode(bytes))),
        }
    }

    /// The text; NULL is the empty one.
    pub(super) fn text(&self) -> Result<&str, Problem> {
        match self {
            Self::Null => Ok(""),
            Self::Text(text) => Ok(text),
            Self::Bytes(_) => Err(Problem::Encoding),
        }
    }
}

/// A text for a report, unless it looks like the hash of a password that has got into the wrong column.
pub(super) fn shown(text: &str) -> String {
    let ends_as_a_hash = text.rsplit_once('$').is_some_and(|(_, end)| {
        end.chars().take_while(char::is_ascii_hexdigit).count() >= 16 || end.is_empty()
    });
    let begins_as_a_hash = ["pbkdf2:", "scrypt:", "$argon2", "sha1$", "sha256$", "md5$", "plain$"];
    let is_secret = ends_as_a_hash || begins_as_a_hash.iter().any(|method| text.contains(method));
    if is_secret { "(withheld: it looks like a password's hash)".to_owned() } else { text.to_owned() }
}

/// The number of a row, of which its id is made.
fn number(value: &Value) -> Result<i64, Problem> {
    let number = value.text()?.trim().parse().map_err(|_| Problem::Number)?;
    if (0..1 << 62).contains(&number) { Ok(number) } else { Err(Problem::Number) }
}

/// The 16 bytes of the id that stands for a number: a UUID of version 8 (RFC 9562, section 5.8), before all
/// that are made of a time.
pub(super) fn id_bytes(number: i64) -> [u8; 16] {
    const VERSION: u128 = 0x8000 << 64;
    const VARIANT: u128 = 0b10 << 62;
    (VERSION | VARIANT | u128::from(number.unsigned_abs())).to_be_bytes()
}

/// A text of at most `most` characters; as much of it as may stand there.
pub(super) fn text<T: FromStr<Err = TextError>>(
    column: &'static str,
    value: &Value,
    most: usize,
    findings: &mut Vec<Finding>,
) -> Result<T, Finding> {
    let raw = match value {
        Value::Null => "".into(),
        Value::Text(text) => text.into(),
        Value::Bytes(bytes) => String::from_utf8_lossy(bytes),
    };
    if matches!(value, Value::Bytes(_)) {
        findings.push(Finding::of(column, Problem::Encoding, value));
    }
    let error = match raw.parse() {
        Ok(text) => return Ok(text),
        Err(error) => error,
    };
    let problem = if error == TextError::Empty { Problem::Empty } else { Problem::Text(error) };
    findings.push(Finding::of(column, problem, value));
    let kept = salvaged(&raw, most).parse().or_else(|_| NOTHING.parse());
    kept.map_err(|error| Finding::of(column, Problem::Text(error), value))
}
