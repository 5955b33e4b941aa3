//! What a source gives: rows as they are, right or wrong.

use async_trait::async_trait;

use crate::error::Cause;

/// The two tables of the old shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Table {
    /// Products.
    Produse,
    /// Users.
    Useri,
}

impl Table {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Produse => "produse",
            Self::Useri => "useri",
        }
    }

    /// The column of its key.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Produse => "IDProdus",
            Self::Useri => "IDUser",
        }
    }

    /// The columns that are carried, as [`row`](Self::row) takes their values.
    #[must_use]
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Produse => &["IDProdus", "nume", "cod", "imagine", "pret"],
            Self::Useri => {
                &["IDUser", "numeUser", "prenumeUser", "email", "parola", "adresa", "shopping", "activated"]
            }
        }
    }

    /// The row with these values, in the order of [`columns`](Self::columns); what is not given is NULL.
    #[must_use]
    pub fn row(self, line: Option<u64>, values: impl IntoIterator<Item = Value>) -> Entry {
        let mut values = values.into_iter();
        let mut next = || values.next().unwrap_or(Value::Null);
        match self {
            Self::Produse => Entry::Product(ProductRow {
                line,
                number: next(),
                name: next(),
                code: next(),
                picture: next(),
                price: next(),
            }),
            Self::Useri => Entry::User(Box::new(UserRow {
                line,
                number: next(),
                last_name: next(),
                first_name: next(),
                email: next(),
                password: next(),
                address: next(),
                cart: next(),
                activated: next(),
            })),
        }
    }
}

/// The value of one field.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// NULL.
    Null,
    /// Text; numbers too, as they are written.
    Text(String),
    /// Bytes that are no text in the encoding that the source declares.
    Bytes(Vec<u8>),
}

impl std::fmt::Debug for Value {
    /// Without what is in it, which may be a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Null => f.write_str("Null"),
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Self::Bytes(bytes) => write!(f, "Bytes({} bytes)", bytes.len()),
        }
    }
}

/// A row of `produse`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductRow {
    /// The line of the source in which it begins, from 1, if it has lines.
    pub line: Option<u64>,
    /// `IDProdus`.
    pub number: Value,
    /// `nume`.
    pub name: Value,
    /// `cod`.
    pub code: Value,
    /// `imagine`: where the old shop keeps the picture.
    pub picture: Value,
    /// `pret`: whole units of the currency.
    pub price: Value,
}

/// A row of `useri`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserRow {
    /// The line of the source in which it begins, from 1, if it has lines.
    pub line: Option<u64>,
    /// `IDUser`.
    pub number: Value,
    /// `numeUser`.
    pub last_name: Value,
    /// `prenumeUser`.
    pub first_name: Value,
    /// `email`.
    pub email: Value,
    /// `parola`: Werkzeug's hash.
    pub password: Value,
    /// `adresa`.
    pub address: Value,
    /// `shopping`: the cart's code.
    pub cart: Value,
    /// `activated`.
    pub activated: Value,
}

/// A row that the source cannot take apart, such as one that is cut off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The table it belongs to.
    pub table: Table,
    /// The line of the source in which it begins, from 1.
    pub line: Option<u64>,
    /// Why, in words that tell nothing of what is in the row.
    pub reason: String,
}

/// Something about the source that is no row, and that its reader should know: a statement that was passed
/// over, an end that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The line of the source, from 1.
    pub line: Option<u64>,
    /// What it is.
    pub text: String,
}

/// What a source gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A product.
    Product(ProductRow),
    /// A user.
    User(Box<UserRow>),
    /// A row that cannot be taken apart.
    Unreadable(Unreadable),
    /// Something that is no row.
    Remark(Remark),
}

/// What the import is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// It learns which rows claim the same address or code.
    Survey,
    /// It carries rows over.
    Carry,
}

/// How far reading has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What was read, in bytes of a file or rows of a table.
    pub done: u64,
    /// What there is to read, in the same unit.
    pub whole: u64,
}

/// Where the rows come from: a dump, a database.
#[async_trait]
pub trait Source: Send {
    /// Goes back to the first row.
    async fn rewind(&mut self) -> Result<(), Cause>;

    /// The next rows, at most some hundreds; none after the last. After each [`rewind`](Self::rewind) it MUST
    /// give the same ones in the same order. Rows of the same table MAY stand apart from each other.
    async fn next(&mut self) -> Result<Vec<Entry>, Cause>;

    /// How far it has come since the last [`rewind`](Self::rewind).
    fn progress(&self) -> Progress;
}
