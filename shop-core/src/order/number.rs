use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ports::RandomSource;

/// The number of an order, for people to read out: eight random characters and a check character, such as `7QX4-M2KD-9`.
///
/// Characters and check are those of [Crockford's base 32](https://www.crockford.com/base32.html): no letter looks like a digit,
/// and one wrong or two exchanged characters are noticed. Being random, a number tells nothing about how many orders there are. The
/// check would need five more symbols (it counts modulo 37); numbers whose check is one of them are not given out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrderNumber([u8; OrderNumber::CHARS]);

/// A text that is no order number: another length, a character that does not occur, or a wrong check character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an order number such as 7QX4-M2KD-9, or one of its characters is wrong")]
pub struct InvalidOrderNumber;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl OrderNumber {
    /// Characters without the hyphens: eight and the check.
    const CHARS: usize = 9;

    /// A fresh number: 40 random bits, so that among a million orders the next one collides once in a million times.
    #[must_use]
    pub fn fresh(random: &dyn RandomSource) -> Self {
        loop {
            let mut bytes = [0; 8];
            random.fill(&mut bytes);
            if let Some(number) = Self::from_value(u64::from_be_bytes(bytes) >> 24) {
                return number;
            }
        }
    }

    /// The number with this value (40 bits), if its check is one of the 32 characters.
    fn from_value(value: u64) -> Option<Self> {
        let symbol = |index: u64| ALPHABET.get(usize::try_from(index).ok()?).copied();
        let mut characters = [0; Self::CHARS];
        let (check, digits) = characters.split_last_mut()?;
        for (place, character) in digits.iter_mut().rev().enumerate() {
            *character = symbol(value >> (5 * place) & 31)?;
        }
        *check = symbol(value % 37)?;
        Some(Self(characters))
    }

    /// The nine characters without hyphens, as the store keeps them.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // All characters are ASCII by construction.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// The value of a character as people may write it: small letters, `O` for zero, `I` and `L` for one.
fn value_of(character: u8) -> Option<u64> {
    let character = match character.to_ascii_uppercase() {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    };
    let index = ALPHABET.iter().position(|&symbol| symbol == character)?;
    u64::try_from(index).ok()
}

impl FromStr for OrderNumber {
    type Err = InvalidOrderNumber;

    /// Reads a number with or without hyphens and blanks, in capital or small letters.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > 3 * Self::CHARS {
            return Err(InvalidOrderNumber);
        }
        let characters = text.bytes().filter(|character| !matches!(character, b'-' | b' '));
        let values = characters.map(value_of).collect::<Option<Vec<_>>>().ok_or(InvalidOrderNumber)?;
        let (check, digits) = values.split_last().ok_or(InvalidOrderNumber)?;
        if digits.len() + 1 != Self::CHARS {
            return Err(InvalidOrderNumber);
        }
        let value = digits.iter().fold(0, |value, digit| value << 5 | digit);
        let number = Self::from_value(value).ok_or(InvalidOrderNumber)?;
        if value % 37 == *check { Ok(number) } else { Err(InvalidOrderNumber) }
    }
}

impl fmt::Display for OrderNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.as_str();
        let part = |range| text.get(range).unwrap_or_default();
        write!(f, "{}-{}-{}", part(0..4), part(4..8), part(8..9))
    }
}

impl fmt::Debug for OrderNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OrderNumber({self})")
    }
}

impl TryFrom<String> for OrderNumber {
    type Error = InvalidOrderNumber;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<OrderNumber> for String {
    fn from(number: OrderNumber) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_number() -> impl Strategy<Value = OrderNumber> {
        (0..1_u64 << 40).prop_filter_map("check among the 32", OrderNumber::from_value)
    }

    proptest! {
        #[test]
        fn text_round_trips(number in any_number()) {
            prop_assert_eq!(number.to_string().parse(), Ok(number));
            prop_assert_eq!(number.as_str().to_lowercase().parse(), Ok(number));
            prop_assert_eq!(number.to_string().replace('0', "o").replace('1', "l").parse(), Ok(number));
        }

        #[test]
        fn one_wrong_character_is_noticed(number in any_number(), place in 0..9_usize, other in 0..32_usize) {
            let mut wrong = number.0;
            wrong[place] = ALPHABET[other];
            let wrong = String::from_utf8(wrong.to_vec()).expect("ASCII");
            prop_assert_eq!(wrong.parse::<OrderNumber>().is_ok(), wrong == number.as_str());
        }

        #[test]
        fn two_exchanged_characters_are_noticed(number in any_number(), place in 0..7_usize) {
            let mut wrong = number.0;
            wrong.swap(place, place + 1);
            let wrong = String::from_utf8(wrong.to_vec()).expect("ASCII");
            prop_assert_eq!(wrong.parse::<OrderNumber>().is_ok(), wrong == number.as_str());
        }

        #[test]
        fn never_panics(text in ".{0,40}") {
            let _ = text.parse::<OrderNumber>();
        }
    }
}
