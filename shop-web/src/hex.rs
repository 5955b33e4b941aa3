//! Bytes as text.

use std::fmt::Write as _;

/// The bytes as hexadecimal digits in small letters.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The bytes behind exactly `2 * N` hexadecimal digits, small or capital.
pub(crate) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let (pairs, rest) = text.as_bytes().as_chunks();
    let pair = |&[high, low]: &[u8; 2]| Some(digit(high)? << 4 | digit(low)?);
    let bytes: Option<Vec<u8>> = pairs.iter().map(pair).collect();
    bytes.filter(|_| rest.is_empty())?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_become_the_bytes_that_they_were_made_of() {
        assert_eq!(unhex(&hex(&[0, 9, 0xaf, 0xff])), Some([0, 9, 0xaf, 0xff]));
        assert_eq!(unhex("00AFaf"), Some([0, 0xaf, 0xaf]));
        for text in ["", "00", "0000000", "000000000", "0000000g", "+0+0+0+0", "00 00 00", "ăăăă"] {
            assert_eq!(unhex::<4>(text), None, "{text:?}");
        }
    }
}
