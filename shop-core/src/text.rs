//! Text that people type: what may stand in it, how it is tidied, how long it may be, and how it is searched.
//!
//! Every name, address and title of the shop is tidied here, so that no control character, no text
//! direction override and no blank that only looks empty ever reaches the store, a page or a mail header.

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but blanks.
    #[error("must not be empty")]
    Empty,
    /// Too few characters; carries the least number.
    #[error("must have at least {0} characters")]
    TooShort(usize),
    /// Too many characters; carries the greatest number.
    #[error("must have at most {0} characters")]
    TooLong(usize),
    /// A control character or one that changes the direction of text.
    #[error("must not contain the invisible character U+{:04X}", u32::from(*.0))]
    Forbidden(char),
}

/// Text as search sees it: without capitals and marks, so that `pălărie` is found as `PALARIE`.
///
/// It is the compatibility decomposition (NFKD) without combining marks, in lower case.
///
/// ```
/// assert_eq!(shop_core::text::folded("ȘTIINȚĂ"), "stiinta");
/// ```
#[must_use]
pub fn folded(text: &str) -> String {
    let plain = text.nfkd().filter(|&character| !is_combining_mark(character));
    // `İ` in lower case is `i` with a mark of its own.
    plain.flat_map(char::to_lowercase).filter(|&character| !is_combining_mark(character)).collect()
}

/// Whether a text may have several lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lines {
    One,
    Many,
}

/// The text in Unicode's composed form (NFC), without blanks around it, if it has 1 to `most` characters and no forbidden one.
pub(crate) fn tidy(raw: &str, most: usize, lines: Lines) -> Result<String, TextError> {
    // A character has at most 4 bytes and NFC at most triples them: longer input need not be looked at.
    if raw.len() > most.saturating_mul(16) {
        return Err(TextError::TooLong(most));
    }
    let text = composed(&raw.trim().replace("\r\n", "\n"));
    if let Some(forbidden) = text.chars().find(|&character| is_forbidden(character, lines)) {
        return Err(TextError::Forbidden(forbidden));
    }
    match text.chars().count() {
        0 => Err(TextError::Empty),
        count if count > most => Err(TextError::TooLong(most)),
        _ => Ok(text),
    }
}

/// The text in NFC; nearly every text is in it already, which is quicker to find out than to compose it.
fn composed(text: &str) -> String {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text.to_owned(),
        IsNormalized::No | IsNormalized::Maybe => text.nfc().collect(),
    }
}

/// As much of a text as may stand on one line of `most` characters: without forbidden characters, newlines as blanks.
#[cfg(feature = "webapplication")]
pub(crate) fn salvaged(raw: &str, most: usize) -> String {
    let blank = |character| if matches!(character, '\n' | '\r' | '\t') { ' ' } else { character };
    let seen: String =
        raw.chars().map(blank).filter(|&character| !is_forbidden(character, Lines::One)).collect();
    composed(seen.trim()).chars().take(most).collect()
}

/// Controls, direction marks and overrides (Unicode Technical Report 36), and characters that show nothing at all.
///
/// The joiners U+200C and U+200D are allowed: Persian and Indic names need them.
fn is_forbidden(character: char, lines: Lines) -> bool {
    match character {
        '\n' => lines == Lines::One,
        '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{feff}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => true,
        _ => character.is_control(),
    }
}

/// Defines a newtype over a tidied text of one line or many, with `FromStr`, `Display` and `as_str`.
macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident, $most:literal, $lines:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The greatest length, in characters.
            pub const MAX_CHARS: usize = $most;

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::text::TextError;

            fn from_str(raw: &str) -> Result<Self, Self::Err> {
                $crate::text::tidy(raw, Self::MAX_CHARS, $crate::text::Lines::$lines).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::text::TextError;

            fn try_from(raw: String) -> Result<Self, Self::Error> {
                raw.parse()
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

pub(crate) use text_type;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keeps_real_names() {
        for name in
            ["Ștefan", "O'Brien", "小明", "Nguyễn Thị", "می\u{200c}خواهم", "José-María d'Ors", "👩\u{200d}🔬"]
        {
            assert_eq!(tidy(name, 100, Lines::One).as_deref(), Ok(name));
        }
        assert_eq!(
            tidy("  S\u{326}tefan ", 100, Lines::One).as_deref(),
            Ok("Ștefan"),
            "composed and trimmed"
        );
    }

    #[test]
    fn refuses_what_cannot_be_seen() {
        for character in
            ['\0', '\u{7}', '\u{1b}', '\u{7f}', '\u{85}', '\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}']
        {
            let text = format!("a{character}b");
            assert_eq!(tidy(&text, 100, Lines::Many), Err(TextError::Forbidden(character)));
        }
        assert_eq!(tidy("a\nb", 100, Lines::One), Err(TextError::Forbidden('\n')));
        assert_eq!(tidy("a\r\nb", 100, Lines::Many).as_deref(), Ok("a\nb"));
    }

    #[test]
    fn counts_characters_not_bytes() {
        assert_eq!(tidy(&"ț".repeat(100), 100, Lines::One).map(|text| text.chars().count()), Ok(100));
        assert_eq!(tidy(&"ț".repeat(101), 100, Lines::One), Err(TextError::TooLong(100)));
        assert_eq!(tidy(&"x".repeat(10_000_000), 100, Lines::One), Err(TextError::TooLong(100)));
        assert_eq!(tidy(" \t\u{a0}", 100, Lines::One), Err(TextError::Empty));
    }

    #[test]
    fn capitals_and_marks_do_not_count_in_a_search() {
        for (text, plain) in [
            ("Pălărie", "palarie"),
            ("ȘTIINȚĂ și țară", "stiinta si tara"),
            ("Pãlãrie cu şnur", "palarie cu snur"),
            ("CRÈME BRÛLÉE", "creme brulee"),
            ("İstanbul", "istanbul"),
            ("ＵＳＢ ½ ﬁne", "usb 1⁄2 fine"),
            ("Ångström e\u{301}", "angstrom e"),
        ] {
            assert_eq!(folded(text), plain);
        }
    }

    proptest! {
        #[test]
        fn tidying_twice_changes_nothing(raw in "\\PC{0,120}") {
            if let Ok(text) = tidy(&raw, 100, Lines::One) {
                prop_assert_eq!(tidy(&text, 100, Lines::One), Ok(text.clone()));
            }
        }
    }
}
