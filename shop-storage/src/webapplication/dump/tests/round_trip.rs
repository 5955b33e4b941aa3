//! Rows written in any dialect come back as they were.

use std::fmt::Write as _;

use proptest::prelude::*;
use shop_core::webapplication::{Entry, Table, Value};

use super::read;

/// How a dump is written.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a way to write dumps, independent of the others")]
struct Dialect {
    /// One statement a row.
    is_single: bool,
    /// With a list of columns, in another order.
    has_list: bool,
    has_table: bool,
    escapes: Escapes,
    charset: Charset,
    /// `'`, or `"` where it is allowed.
    quote: char,
    verb: &'static str,
    name: &'static str,
    line: &'static str,
    /// Where blanks may stand.
    blank: &'static str,
    /// Between rows or statements.
    between: Vec<&'static str>,
    has_introducers: bool,
    is_split: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Escapes {
    /// `\n`, `\'`.
    Backslash,
    /// `''` alone beside `\\`.
    Doubled,
    /// `NO_BACKSLASH_ESCAPES`.
    None,
    /// `0x41`.
    Hex,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Charset {
    Utf8,
    Latin1,
    Gbk,
    ShiftJis,
}

impl Charset {
    const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf8mb4",
            Self::Latin1 => "latin1",
            Self::Gbk => "gbk",
            Self::ShiftJis => "cp932",
        }
    }

    /// The text in this encoding, without the characters that it does not have.
    fn encode(self, text: &str) -> (String, Vec<u8>) {
        let encoding = match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Latin1 => encoding_rs::WINDOWS_1252,
            Self::Gbk => encoding_rs::GBK,
            Self::ShiftJis => encoding_rs::SHIFT_JIS,
        };
        let (mut kept, mut bytes) = (String::new(), Vec::new());
        for c in text.chars() {
            let c = c.to_string();
            let (encoded, _, is_lossy) = encoding.encode(&c);
            // Some characters are not what they were on the way back (¥ is a backslash in Shift JIS).
            if !is_lossy && encoding.decode_without_bom_handling(&encoded).0 == c {
                kept.push_str(&c);
                bytes.extend_from_slice(&encoded);
            }
        }
        (kept, bytes)
    }
}

fn dialect() -> impl Strategy<Value = Dialect> {
    const BETWEEN: [&str; 8] = [
        "/* it's (1,2); */",
        "-- it's (1,2);\n",
        "#';\n",
        "/*!40101 */",
        "\r\n",
        "\t",
        "/*!999999 'x;*/",
        "/**/",
    ];
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let escapes = prop_oneof![
        Just(Escapes::Backslash),
        Just(Escapes::Doubled),
        Just(Escapes::None),
        Just(Escapes::Hex)
    ];
    let charset = prop_oneof![
        2 => Just(Charset::Utf8), 2 => Just(Charset::Latin1),
        1 => Just(Charset::Gbk), 1 => Just(Charset::ShiftJis)
    ];
    let verb = prop::sample::select(&["INSERT INTO", "insert ignore into", "REPLACE INTO", "INSERT"][..]);
    let name = prop::sample::select(&["useri", "`useri`", "\"useri\"", "shop.USERI", "`shop`.`useri`"][..]);
    let line = prop::sample::select(&["\n", "\r\n"][..]);
    let blank = prop::sample::select(&["", " ", "\n  "][..]);
    let between = prop::collection::vec(prop::sample::select(&BETWEEN[..]), 0..4);
    (flags, escapes, charset, prop::sample::select(&['\'', '"'][..]), verb, name, line, blank, between)
        .prop_map(|(flags, escapes, charset, quote, verb, name, line, blank, between)| Dialect {
            is_single: flags.0,
            has_list: flags.1,
            has_table: flags.2,
            has_introducers: flags.3,
            is_split: flags.4,
            escapes,
            charset,
            quote,
            verb,
            name,
            line,
            blank,
            between,
        })
}

impl Dialect {
    /// A dump of these rows, and the rows as they can be in its encoding.
    fn write(&self, rows: &[Vec<Option<String>>]) -> (Vec<u8>, Vec<Entry>) {
        let mut dump = self.head().into_bytes();
        let mut expected = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let is_first = self.is_single || at == 0;
            dump.extend_from_slice(if is_first { self.begin() } else { self.comma() }.as_bytes());
            let line = 1 + memchr::memchr_iter(b'\n', &dump).count() as u64;
            let mut values = self.row(row, &mut dump);
            if self.has_list {
                values.reverse();
            }
            expected.push(Table::Useri.row(Some(line), values));
            if self.is_single || at + 1 == rows.len() {
                dump.extend_from_slice(format!("{};{}", self.blank, self.line).as_bytes());
            }
        }
        dump.extend_from_slice(b"/*!40000 ALTER TABLE `useri` ENABLE KEYS */;");
        (dump, expected)
    }

    fn head(&self) -> String {
        let mut head = format!("SET NAMES {};{}", self.charset.name(), self.line);
        if self.escapes == Escapes::None {
            head.push_str("SET sql_mode = 'STRICT_ALL_TABLES,NO_BACKSLASH_ESCAPES';");
        }
        let columns = Table::Useri.columns().iter().map(|column| format!("`{column}` text"));
        let columns: Vec<_> = columns.collect();
        if self.has_table || !self.has_list {
            let (columns, charset) = (columns.join(","), self.charset.name());
            let _ = write!(
                head,
                "CREATE TABLE `useri` ({columns}, KEY (`email`)) CHARSET={charset};{}",
                self.line
            );
        }
        head + "CREATE TABLE produse (cod text);" + &self.between.concat()
    }

    fn begin(&self) -> String {
        let list = if self.has_list {
            let names: Vec<_> = Table::Useri.columns().iter().rev().copied().collect();
            format!("({})", names.join(self.comma().as_str()))
        } else {
            String::new()
        };
        format!("{} {}{list} VALUES{}", self.verb, self.name, self.blank)
    }

    fn comma(&self) -> String {
        format!("{},{}{}", self.blank, self.between.concat(), self.blank)
    }

    /// Writes a row; its values in the order in which they were written.
    fn row(&self, row: &[Option<String>], dump: &mut Vec<u8>) -> Vec<Value> {
        let mut values = Vec::new();
        dump.push(b'(');
        for (at, value) in row.iter().enumerate() {
            if at > 0 {
                dump.extend_from_slice(self.comma().as_bytes());
            }
            values.push(match value {
                None => {
                    dump.extend_from_slice(b"NULL");
                    Value::Null
                }
                Some(text) => {
                    let (text, bytes) = self.charset.encode(text);
                    self.text(&text, &bytes, dump);
                    Value::Text(self.meaning(at, text))
                }
            });
        }
        dump.push(b')');
        values
    }

    /// A byte in the place of a number is a bit, unless the dump says that the column holds text.
    fn meaning(&self, at: usize, text: String) -> String {
        let is_number = matches!(at, 0 | 7) && self.has_list && !self.has_table;
        match text.as_str() {
            "\0" if is_number => "0".to_owned(),
            "\u{1}" if is_number => "1".to_owned(),
            _ => text,
        }
    }

    fn text(&self, text: &str, bytes: &[u8], dump: &mut Vec<u8>) {
        if self.has_introducers {
            dump.extend_from_slice(format!("_{} ", self.charset.name()).as_bytes());
        }
        if self.escapes == Escapes::Hex {
            if self.has_list && !self.has_table && !self.has_introducers {
                // Nobody says in which encoding the column keeps them.
                dump.extend_from_slice(format!("_{} ", self.charset.name()).as_bytes());
            }
            let digits = bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02X}"));
            dump.extend_from_slice(format!("X'{digits}'").as_bytes());
            return;
        }
        dump.push(self.quote as u8);
        for (at, c) in text.chars().enumerate() {
            if self.is_split && at == 2 {
                dump.push(self.quote as u8);
                dump.extend_from_slice(b" ");
                dump.push(self.quote as u8);
            }
            self.char(c, dump);
        }
        dump.push(self.quote as u8);
    }

    fn char(&self, c: char, dump: &mut Vec<u8>) {
        let escaped = match (c, self.escapes) {
            ('\\', Escapes::Backslash | Escapes::Doubled) => Some("\\\\".to_owned()),
            ('\n', Escapes::Backslash) => Some("\\n".to_owned()),
            ('\r', Escapes::Backslash) => Some("\\r".to_owned()),
            ('\0', Escapes::Backslash) => Some("\\0".to_owned()),
            ('\u{1A}', Escapes::Backslash) => Some("\\Z".to_owned()),
            ('\'' | '"', Escapes::Backslash) => Some(format!("\\{c}")),
            (c, _) if c == self.quote => Some(format!("{c}{c}")),
            _ => None,
        };
        match escaped {
            Some(escaped) => dump.extend_from_slice(escaped.as_bytes()),
            None => dump.extend_from_slice(&self.charset.encode(&c.to_string()).1),
        }
    }
}

/// Text that was made to be misunderstood.
fn hostile() -> impl Strategy<Value = Option<String>> {
    const TEXTS: [&str; 16] = [
        "'",
        "\"",
        "\\",
        "\\'",
        "''",
        "'),('",
        "');\nINSERT INTO useri VALUES (",
        "-- ",
        "/*",
        "*/",
        "\r\n",
        "NULL",
        "ソ能表",
        "誠許",
        "é€ž",
        "Ș😀",
    ];
    prop_oneof![
        1 => Just(None),
        4 => prop::collection::vec(
            prop_oneof![prop::sample::select(&TEXTS[..]).prop_map(str::to_owned), ".{0,6}", "\\PC{0,4}"],
            0..5,
        ).prop_map(|pieces| Some(pieces.concat())),
    ]
}

proptest! {
    #[test]
    fn rows_come_back_as_they_were(
        dialect in dialect(),
        rows in prop::collection::vec(prop::collection::vec(hostile(), 8), 1..6),
    ) {
        let (dump, expected) = dialect.write(&rows);
        let read = read(&dump);
        prop_assert_eq!(&read, &expected, "{}", String::from_utf8_lossy(&dump));
    }
}
