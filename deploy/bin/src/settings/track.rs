use std::fmt;
use std::str::FromStr;

use super::Problem;

/// The track of a rollout that this instance of the shop belongs to, such as `stable` or `canary`.
///
/// It can be the value of a label in Kubernetes: 1 to 63 small letters, digits and `-`, a letter or digit at
/// either end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track(String);

impl Track {
    /// The greatest length, in characters.
    pub const MAX_CHARS: usize = 63;
}

impl Default for Track {
    fn default() -> Self {
        Self("stable".to_owned())
    }
}

impl FromStr for Track {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let fits = (1..=Self::MAX_CHARS).contains(&text.len());
        let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if fits && text.bytes().all(is_inner) && !text.starts_with('-') && !text.ends_with('-') {
            return Ok(Self(text.to_owned()));
        }
        let most = Self::MAX_CHARS;
        Err(Problem::is(format!("not 1 to {most} of a-z, 0-9 and -, with a letter or digit at either end")))
    }
}

impl fmt::Display for Track {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
