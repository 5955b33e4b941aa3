//! The encodings that MySQL knows, by its names for them.

use encoding_rs::Encoding;
use shop_core::webapplication::Value;

/// An encoding of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charset {
    /// No encoding: bytes.
    Binary,
    /// Seven bits.
    Ascii,
    /// One that browsers know as well.
    Known(&'static Encoding),
    /// One that they do not know, or none at all.
    Unknown,
}

impl Charset {
    pub(super) const UTF_8: Self = Self::Known(encoding_rs::UTF_8);

    /// The encoding of this name, MySQL's or the web's
    /// (<https://encoding.spec.whatwg.org/#names-and-labels>).
    ///
    /// MySQL's `latin1` is cp1252 whose five holes are control characters, which is the web's `windows-1252`
    /// to the bit (<https://dev.mysql.com/doc/refman/8.4/en/charset-we-sets.html>).
    pub(super) fn of_name(name: &[u8]) -> Self {
        let name = name.to_ascii_lowercase();
        let label: &[u8] = match &*name {
            b"binary" => return Self::Binary,
            b"ascii" => return Self::Ascii,
            b"utf8mb3" | b"utf8mb4" => b"utf-8",
            b"latin7" => b"iso-8859-13",
            b"cp932" => b"shift_jis",
            b"ujis" | b"eucjpms" => b"euc-jp",
            b"euckr" => b"euc-kr",
            b"koi8r" => b"koi8-r",
            b"koi8u" => b"koi8-u",
            b"macroman" => b"macintosh",
            b"tis620" => b"windows-874",
            other => other,
        };
        match Encoding::for_label_no_replacement(label) {
            Some(encoding) if encoding.is_ascii_compatible() => Self::Known(encoding),
            _ => Self::Unknown,
        }
    }

    /// The text that the bytes are, else the bytes.
    pub(super) fn decode(self, bytes: &[u8]) -> Value {
        let text = match self {
            Self::Known(encoding) if encoding != encoding_rs::UTF_8 => {
                encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into)
            }
            Self::Ascii | Self::Unknown if !bytes.is_ascii() => None,
            Self::Binary | Self::Known(_) | Self::Ascii | Self::Unknown => {
                std::str::from_utf8(bytes).ok().map(ToOwned::to_owned)
            }
        };
        text.map_or_else(|| Value::Bytes(bytes.to_vec()), Value::Text)
    }

    /// Where the first quotation mark, escape, or first byte of a long character stands whose second one may
    /// look like those.
    pub(super) fn find_special(self, bytes: &[u8], quote: u8, escape: u8) -> Option<usize> {
        match self {
            Self::Known(encoding) if is_wide(encoding) => {
                let is_special = |byte| byte == quote || byte == escape || is_first(encoding, byte);
                bytes.iter().position(|&byte| is_special(byte))
            }
            _ => memchr::memchr2(quote, escape, bytes),
        }
    }

    /// Whether a byte can be the second one of a long character. None of the quotation marks can.
    pub(super) const fn is_second(byte: u8) -> bool {
        matches!(byte, 0x40..=0x7E | 0x80..=0xFE)
    }
}

/// Whether the second byte of a character may be a backslash.
fn is_wide(encoding: &'static Encoding) -> bool {
    [encoding_rs::BIG5, encoding_rs::GBK, encoding_rs::GB18030, encoding_rs::SHIFT_JIS].contains(&encoding)
}

/// Whether a byte is the first one of a character of two.
fn is_first(encoding: &'static Encoding, byte: u8) -> bool {
    match byte {
        // Half-width katakana are characters of one.
        0xA0..=0xDF if encoding == encoding_rs::SHIFT_JIS => false,
        0x81..=0xFE => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(charset: &str, bytes: &[u8]) -> Option<String> {
        match Charset::of_name(charset.as_bytes()).decode(bytes) {
            Value::Text(text) => Some(text),
            Value::Bytes(kept) => {
                assert_eq!(kept, bytes);
                None
            }
            Value::Null => panic!("no NULL was there"),
        }
    }

    #[test]
    fn mysql_names_mean_what_mysql_means() {
        for (charset, bytes, expected) in [
            ("utf8", "Țăran".as_bytes(), Some("Țăran")),
            ("UTF8MB4", "小明 😀".as_bytes(), Some("小明 😀")),
            ("utf8mb3", b"\xFF", None),
            ("latin1", b"M\xFCller \x80 \x9E", Some("Müller € ž")),
            ("latin1", b"\x81\x8D\x8F\x90\x9D", Some("\u{81}\u{8D}\u{8F}\u{90}\u{9D}")),
            ("latin2", b"\xA9tef", Some("Štef")),
            ("cp1250", b"\x8Atef", Some("Štef")),
            ("cp1251", b"\xC0\xED\xE4", Some("Анд")),
            ("koi8r", b"\xE1", Some("А")),
            ("gbk", b"\xD0\xA1\xC3\xF7", Some("小明")),
            ("sjis", b"\x83\x5C", Some("ソ")),
            ("ujis", b"\xBE\xAE", Some("小")),
            ("ascii", b"abc", Some("abc")),
            ("ascii", b"\xE9", None),
            ("cp850", b"abc", Some("abc")),
            ("cp850", b"\x82", None),
            ("ucs2", b"\0a\xE9", None),
            ("binary", b"abc", Some("abc")),
            ("binary", b"\xFF", None),
        ] {
            assert_eq!(text(charset, bytes).as_deref(), expected, "{charset} {bytes:?}");
        }
    }
}
