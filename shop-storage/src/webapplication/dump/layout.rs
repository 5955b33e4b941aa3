//! The columns of a table, from its `CREATE TABLE`.

use shop_core::webapplication::Table;

use super::charset::Charset;
use super::lexer::Token;
use super::value::Kind;

/// More columns than a table can have.
pub(super) const MOST_COLUMNS: usize = 4_096;

/// More bytes than a column's name can have.
pub(super) const LONGEST_NAME: usize = 256;

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: Vec<u8>,
    pub(super) kind: Kind,
}

/// What the columns that are carried hold in the old shop, for a dump that does not say.
pub(super) fn known_kind(table: Table, place: usize) -> Kind {
    match (table, place) {
        (Table::Produse, 0 | 4) | (Table::Useri, 0 | 7) => Kind::Number,
        (Table::Produse | Table::Useri, _) => Kind::Text(None),
    }
}

/// What the next token tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    Anything,
    /// A column's name, or the beginning of a key.
    Definition,
    Type,
    /// The `SET` of `CHARACTER SET`.
    Set,
    Charset,
    Collation,
}

/// A `CREATE TABLE` that is being read, from its name on.
#[derive(Debug)]
pub(super) struct Creation {
    columns: Vec<Column>,
    charset: Option<Charset>,
    depth: u32,
    is_opened: bool,
    in_column: bool,
    selects: bool,
    expected: Expected,
}

impl Creation {
    pub(super) const fn new() -> Self {
        Self {
            columns: Vec::new(),
            charset: None,
            depth: 0,
            is_opened: false,
            in_column: false,
            selects: false,
            expected: Expected::Anything,
        }
    }

    /// Whether the table is filled from another one.
    pub(super) const fn selects(&self) -> bool {
        self.selects
    }

    /// The columns; none if they are not told here.
    pub(super) fn finish(mut self) -> Option<Vec<Column>> {
        for column in &mut self.columns {
            if column.kind == Kind::Text(None) {
                column.kind = Kind::Text(self.charset);
            }
        }
        (!self.columns.is_empty() && self.columns.len() < MOST_COLUMNS).then_some(self.columns)
    }

    /// Takes the next token.
    pub(super) fn take(&mut self, token: Token, text: &[u8]) {
        match (token, self.depth) {
            (Token::Sign(b'('), depth) => {
                self.depth = self.depth.saturating_add(1);
                if depth == 0 && !self.is_opened {
                    (self.is_opened, self.expected) = (true, Expected::Definition);
                }
            }
            (Token::Sign(b')'), _) => self.depth = self.depth.saturating_sub(1),
            (Token::Sign(b','), 1) => self.expected = Expected::Definition,
            (Token::Sign(b'='), 0) => {}
            (_, 0) if !self.is_opened => {}
            (_, 0 | 1) => self.expected = self.after(token, text),
            _ => {}
        }
    }

    fn after(&mut self, token: Token, text: &[u8]) -> Expected {
        let is = |word: &str| token == Token::Word && text.eq_ignore_ascii_case(word.as_bytes());
        match self.expected {
            Expected::Definition => {
                self.in_column = !KEYS.into_iter().any(is);
                return if self.in_column { self.begin(text) } else { Expected::Anything };
            }
            Expected::Type => self.set_kind(text),
            Expected::Set if is("SET") => return Expected::Charset,
            Expected::Charset => self.set_charset(Charset::of_name(text)),
            Expected::Collation => {
                // utf8mb4_general_ci
                let name = text.split(|&byte| byte == b'_').next().unwrap_or_default();
                self.set_charset(Charset::of_name(name));
            }
            Expected::Set | Expected::Anything if is("CHARACTER") => return Expected::Set,
            Expected::Set | Expected::Anything if is("CHARSET") => return Expected::Charset,
            Expected::Set | Expected::Anything if is("COLLATE") => return Expected::Collation,
            Expected::Set | Expected::Anything => self.selects |= self.depth == 0 && is("SELECT"),
        }
        Expected::Anything
    }

    fn begin(&mut self, name: &[u8]) -> Expected {
        if self.columns.len() < MOST_COLUMNS {
            let name = name.get(..LONGEST_NAME).unwrap_or(name).to_vec();
            self.columns.push(Column { name, kind: Kind::Text(None) });
        }
        Expected::Type
    }

    fn set_kind(&mut self, kind: &[u8]) {
        if let Some(column) = self.columns.last_mut() {
            column.kind = kind_of(kind);
        }
    }

    /// The encoding of the column, or outside of the parentheses of those that name none.
    fn set_charset(&mut self, charset: Charset) {
        match (self.depth, self.columns.last_mut()) {
            (0, _) => self.charset = Some(charset),
            (_, Some(Column { kind: Kind::Text(kept), .. })) if self.in_column => *kept = Some(charset),
            _ => {}
        }
    }
}

/// What a definition begins with that is no column.
pub(super) const KEYS: [&str; 10] =
    ["PRIMARY", "KEY", "INDEX", "UNIQUE", "FULLTEXT", "SPATIAL", "CONSTRAINT", "FOREIGN", "CHECK", "PERIOD"];

/// What a type holds.
fn kind_of(name: &[u8]) -> Kind {
    const BYTES: [&str; 6] = ["binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob"];
    const NUMBERS: [&str; 16] = [
        "tinyint",
        "smallint",
        "mediumint",
        "int",
        "integer",
        "bigint",
        "decimal",
        "dec",
        "numeric",
        "fixed",
        "float",
        "double",
        "real",
        "bool",
        "boolean",
        "serial",
    ];
    let is = |kind: &str| name.eq_ignore_ascii_case(kind.as_bytes());
    if is("bit") {
        Kind::Bits
    } else if BYTES.into_iter().any(is) {
        Kind::Binary
    } else if NUMBERS.into_iter().any(is) {
        Kind::Number
    } else {
        Kind::Text(None)
    }
}
