//! The languages that the shop speaks, and how one is chosen.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language of the shop's pages and mails.
///
/// ```
/// use shop_core::Language;
///
/// assert_eq!("ro".parse(), Ok(Language::Romanian));
/// assert_eq!(Language::negotiate("de, ro;q=0.9, en;q=0.5"), Some(Language::Romanian));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Romanian.
    #[serde(rename = "ro")]
    Romanian,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
    /// Portuguese.
    #[serde(rename = "pt")]
    Portuguese,
    /// French.
    #[serde(rename = "fr")]
    French,
}

impl Language {
    /// Every language, in the order in which a page offers them.
    pub const ALL: [Self; 5] = [Self::English, Self::Romanian, Self::Spanish, Self::Portuguese, Self::French];

    /// The two-letter code (ISO 639-1) that stands in addresses, in `lang` attributes and in the store.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Romanian => "ro",
            Self::Spanish => "es",
            Self::Portuguese => "pt",
            Self::French => "fr",
        }
    }

    /// The language's name in itself, as a language menu shows it.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Romanian => "Română",
            Self::Spanish => "Español",
            Self::Portuguese => "Português",
            Self::French => "Français",
        }
    }

    /// The best of our languages for an `Accept-Language` header (RFC 9110, section 12.5.4), or `None` if it names none of them.
    ///
    /// Only the primary subtag counts (`pt-BR` is served in Portuguese); among equal weights the first one wins;
    /// what cannot be read is passed over.
    #[must_use]
    pub fn negotiate(accept_language: &str) -> Option<Self> {
        let mut best: Option<(u16, Self)> = None;
        for range in accept_language.split(',').take(50) {
            let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
            let primary = tag.trim().split('-').next().unwrap_or_default();
            let Ok(language) = primary.to_ascii_lowercase().parse::<Self>() else { continue };
            let weight = thousandths(parameters);
            if weight > best.map_or(0, |(weight, _)| weight) {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }
}

/// The weight `q=0.8` in thousandths: 1,000 without one, 0 for what cannot be read.
fn thousandths(parameters: &str) -> u16 {
    let Some(weight) = parameters.trim().strip_prefix("q=") else { return 1_000 };
    let weight = weight.trim().parse::<f32>().unwrap_or(0.0).clamp(0.0, 1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 0..=1 in the line above"
    )]
    let thousandths = (weight * 1_000.0) as u16;
    thousandths
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A code that names none of the shop's languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of the languages en, ro, es, pt, fr")]
pub struct UnknownLanguage;

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|language| language.code() == code).ok_or(UnknownLanguage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negotiates_by_weight_then_order() {
        assert_eq!(Language::negotiate("fr;q=0.3, es;q=0.8, en;q=0.8"), Some(Language::Spanish));
        assert_eq!(Language::negotiate("pt-BR"), Some(Language::Portuguese));
        assert_eq!(Language::negotiate("RO-ro"), Some(Language::Romanian));
    }

    #[test]
    fn passes_over_what_it_cannot_read() {
        for header in ["", "de", "*", ";;;", "en;q=0", "ro;q=NaN", "ro;q=abc", "\u{202e}", ",,,"] {
            assert_eq!(Language::negotiate(header), None, "{header:?}");
        }
    }

    #[test]
    fn codes_round_trip() {
        for language in Language::ALL {
            assert_eq!(language.code().parse(), Ok(language));
        }
    }
}
