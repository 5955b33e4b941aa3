use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How many pieces of one line: 1 to 999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Quantity(u16);

/// What cannot be a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// Not a whole number.
    #[error("not a whole number")]
    NotANumber,
    /// Below 1 or above 999.
    #[error("must lie between 1 and {}", Quantity::MAX)]
    OutOfRange,
}

impl Quantity {
    /// The greatest quantity of a line.
    pub const MAX: u16 = 999;
    /// A single piece.
    pub const ONE: Self = Self(1);

    /// The quantity with this number of pieces.
    pub const fn new(pieces: u16) -> Result<Self, QuantityError> {
        if pieces >= 1 && pieces <= Self::MAX { Ok(Self(pieces)) } else { Err(QuantityError::OutOfRange) }
    }

    /// The number of pieces.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// Both together, if a line may have so many.
    pub const fn plus(self, other: Self) -> Result<Self, QuantityError> {
        Self::new(self.0 + other.0)
    }
}

impl FromStr for Quantity {
    type Err = QuantityError;

    /// Reads decimal digits without sign; leading zeros do not matter.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(QuantityError::NotANumber);
        }
        // Only the length or the sign can be wrong from here on.
        text.parse().map_err(|_| QuantityError::OutOfRange).and_then(Self::new)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<u16> for Quantity {
    type Error = QuantityError;

    fn try_from(pieces: u16) -> Result<Self, Self::Error> {
        Self::new(pieces)
    }
}

impl From<Quantity> for u16 {
    fn from(quantity: Quantity) -> Self {
        quantity.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tells_numbers_out_of_range_from_no_numbers() {
        for text in ["0", "1000", "-1", "99999999999999999999", "000"] {
            assert_eq!(text.parse::<Quantity>(), Err(QuantityError::OutOfRange), "{text:?}");
        }
        for text in ["", " ", "-", "--1", "+1", "1.5", "1,5", "1e2", "one", "٣", "1 2", "0x1"] {
            assert_eq!(text.parse::<Quantity>(), Err(QuantityError::NotANumber), "{text:?}");
        }
        assert_eq!(" 007 ".parse(), Quantity::new(7));
    }

    proptest! {
        #[test]
        fn text_round_trips(pieces in 1..=Quantity::MAX) {
            let quantity = Quantity::new(pieces).expect("in range");
            prop_assert_eq!(quantity.to_string().parse(), Ok(quantity));
        }

        #[test]
        fn sums_stay_in_range(a in 1..=Quantity::MAX, b in 1..=Quantity::MAX) {
            let sum = Quantity::new(a).expect("in range").plus(Quantity::new(b).expect("in range"));
            prop_assert_eq!(sum.map(Quantity::get).ok(), Some(a + b).filter(|&sum| sum <= Quantity::MAX));
        }
    }
}
