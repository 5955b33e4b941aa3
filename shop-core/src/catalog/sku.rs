use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A stock-keeping unit: the code of one sellable variant, `[A-Z0-9][A-Z0-9._-]{0,31}`.
///
/// It lies in place, without allocation, since carts handle many. Its grammar has neither `;` nor `=`, so that no SKU can
/// break the [cart code](crate::cart::code).
#[derive(Clone, Copy)]
pub struct Sku {
    length: u8,
    /// Zeros behind the text.
    bytes: [u8; Sku::MAX_BYTES],
}

/// A text that is no SKU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a product code: 1 to 32 of the characters A-Z 0-9 . _ -, a letter or digit first")]
pub struct SkuError;

impl Sku {
    /// The greatest length, in bytes (and characters).
    pub const MAX_BYTES: usize = 32;

    /// The SKU's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // All bytes are ASCII by construction.
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// The SKU with this text, which the caller has checked byte by byte.
    pub(crate) fn from_checked(text: &[u8]) -> Result<Self, SkuError> {
        let length = u8::try_from(text.len()).map_err(|_| SkuError)?;
        let mut bytes = [0; Self::MAX_BYTES];
        bytes.get_mut(..text.len()).ok_or(SkuError)?.copy_from_slice(text);
        Ok(Self { length, bytes })
    }

    /// Ten bits that differ for nearly all pairs of SKUs.
    pub(crate) fn fingerprint(&self) -> u16 {
        let words = self.bytes.as_chunks::<8>().0;
        let folded = words.iter().fold(0_u64, |fold, &word| fold.rotate_left(23) ^ u64::from_le_bytes(word));
        // Multiplicative hashing with the golden ratio (Knuth, The Art of Computer Programming, volume 3, section 6.4).
        u16::try_from(folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54).unwrap_or(0)
    }

    fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }

    /// Whether a SKU may start with this byte.
    pub(crate) const fn may_start_with(byte: u8) -> bool {
        byte.is_ascii_uppercase() || byte.is_ascii_digit()
    }

    /// Whether a SKU may have this byte behind the first.
    pub(crate) const fn may_contain(byte: u8) -> bool {
        Self::may_start_with(byte) || matches!(byte, b'.' | b'_' | b'-')
    }
}

impl FromStr for Sku {
    type Err = SkuError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = text.as_bytes();
        let starts_well = bytes.first().copied().is_some_and(Self::may_start_with);
        if starts_well && bytes.len() <= Self::MAX_BYTES && bytes.iter().copied().all(Self::may_contain) {
            Self::from_checked(bytes)
        } else {
            Err(SkuError)
        }
    }
}

impl PartialEq for Sku {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Sku {}

impl PartialOrd for Sku {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Sku {
    /// By bytes: every process and every database takes stock in the same order, so that no two wait for each other.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.bytes.cmp(&other.bytes)
    }
}

impl Hash for Sku {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Display for Sku {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Sku {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sku({self})")
    }
}

impl Serialize for Sku {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Sku {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn refuses_what_the_grammar_does_not_have() {
        for text in ["", "a", "-A", ".A", "_A", "A;B", "A=1", "A B", " A", "Ă1", "A\0", &"A".repeat(33)] {
            assert_eq!(text.parse::<Sku>(), Err(SkuError), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn text_round_trips_and_orders_as_text(a in "[A-Z0-9][A-Z0-9._-]{0,31}", b in "[A-Z0-9][A-Z0-9._-]{0,31}") {
            let (sku, other): (Sku, Sku) = (a.parse().expect("a SKU"), b.parse().expect("a SKU"));
            prop_assert_eq!(sku.as_str(), &a);
            prop_assert_eq!(sku.cmp(&other), a.cmp(&b));
        }

        #[test]
        fn never_panics(text in ".{0,50}") {
            let _ = text.parse::<Sku>();
        }
    }
}
