//! Texts in several languages, as they are written on the command line.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use shop_core::Language;
use shop_core::catalog::Localized;

use super::arguments::Wording;
use crate::Failure;

/// What stands behind `flag`, once for each language; `own` is that of a text without one.
pub(super) fn by_language<T: FromStr<Err: Display>>(
    flag: &str,
    own: Language,
    wordings: &[Wording],
) -> Result<BTreeMap<Language, T>, Failure> {
    let text = |wording: &Wording| Ok((wording.language.unwrap_or(own), parsed(flag, wording)?));
    wordings.iter().map(text).collect()
}

pub(super) fn parsed<T: FromStr<Err: Display>>(flag: &str, wording: &Wording) -> Result<T, Failure> {
    wording.text.parse().map_err(|error| Failure::Usage(format!("{flag} {error}")))
}

/// All that is named by `--name`, if the languages suffice.
pub(super) fn localized<T>(texts: BTreeMap<Language, T>) -> Result<Localized<T>, Failure>
where
    Localized<T>: TryFrom<BTreeMap<Language, T>, Error: Display>,
{
    texts.try_into().map_err(|error| Failure::Usage(format!("--name {error}")))
}
