//! What became of each row.

use super::row::{Phase, Progress, Remark, Table, Value};
use crate::account::EmailError;
use crate::cart::code::Reason;
use crate::catalog::SkuError;
use crate::error::Cause;
use crate::legacy_hashes::UnreadableHash;
use crate::money::AmountError;
use crate::text::TextError;

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// All of it was carried.
    Whole,
    /// It was carried, and something of it was not.
    InPart,
    /// An earlier run has carried all of it; nothing was changed.
    Before,
    /// An earlier run has carried it, and something of it was not; nothing was changed.
    BeforeInPart,
    /// It was not carried.
    Left,
}

impl Outcome {
    /// Its name in a report.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::InPart => "in part",
            Self::Before => "before",
            Self::BeforeInPart => "before in part",
            Self::Left => "left",
        }
    }
}

/// What there is to say of one column of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The column; empty if it is about the whole row.
    pub column: &'static str,
    /// What it is.
    pub problem: Problem,
    /// What the old shop has there, or the part of it that was not carried. Never a password or its hash.
    pub value: Option<String>,
}

/// What is wrong with a value, and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The source could not take the row apart.
    #[error("{0}")]
    Row(String),
    /// No number that an id could be made of.
    #[error("not a whole number from 0 to 2^62")]
    Number,
    /// An earlier row of the source has the same number.
    #[error("an earlier row has the same number")]
    NumberRepeated,
    /// What the shop has under this number is something else.
    #[error(
        "what the shop has under this number differs: it was changed since it was carried, here or in the \
        old shop, or the row is another shop's"
    )]
    NumberTaken,
    /// No address to sign in with.
    #[error("{0}; give it an address with --map")]
    Email(EmailError),
    /// Bytes that are no text.
    #[error("not text in the encoding of the source")]
    Encoding,
    /// The address was tidied: blanks around it, or another Unicode form.
    #[error("carried without the blanks around it, in plain letters")]
    EmailTidied,
    /// Another row has the address, and precedence.
    #[error("row {0} has the same address, and precedence; give this one another with --map")]
    EmailOfRow(i64),
    /// An account that the shop had before has the address.
    #[error("the shop has an account with this address already; give this row another with --map")]
    EmailInShop,
    /// There is no password.
    #[error("no password: its owner must reset it")]
    NoPassword,
    /// The password's hash is none that can be verified.
    #[error("the password's hash {0}: its owner must reset it")]
    Password(UnreadableHash),
    /// Neither 0, 1 nor NULL.
    #[error("neither 0 nor 1: carried as not activated")]
    Activated,
    /// There is nothing where the new shop needs something.
    #[error("empty: carried as `-`")]
    Empty,
    /// A product without a name.
    #[error("no name: its code stands in its place")]
    Unnamed,
    /// A text that the new shop does not take as it is.
    #[error("{0}: carried as far as possible")]
    Text(TextError),
    /// A line of the cart that was not carried.
    #[error("a line of the cart was not carried: {0}")]
    CartLine(Reason),
    /// The cart named products more than once.
    #[error("repeated products: their quantities were added up")]
    CartMerged,
    /// The cart names products that neither shop has; its owner will be told.
    #[error("the shop sells no such product")]
    CartUnknown,
    /// No SKU.
    #[error("{0}")]
    Sku(SkuError),
    /// The SKU was brought to capital letters without blanks.
    #[error("carried in capital letters, without blanks")]
    SkuTidied,
    /// Another row has the code, and precedence.
    #[error("row {0} has the same code, and precedence")]
    SkuOfRow(i64),
    /// A product that the shop had before has the code.
    #[error("the shop has a product with this code already")]
    SkuInShop,
    /// Other products have the names in addresses that could be made of its name.
    #[error("no name in addresses is free for it: add the product with `shop-admin product add`")]
    Slug,
    /// No price.
    #[error("no price: add the product with `shop-admin product add`")]
    NoPrice,
    /// A price that cannot be one.
    #[error("not a price ({0}): add the product with `shop-admin product add`")]
    Price(AmountError),
    /// The new shop has no picture for this product.
    #[error("the shop has no picture for this product")]
    Picture,
}

impl Problem {
    /// Whether something was lost, or needs somebody's hand.
    #[must_use]
    pub const fn is_loss(&self) -> bool {
        !matches!(
            self,
            Self::EmailTidied | Self::SkuTidied | Self::CartMerged | Self::CartUnknown | Self::Empty
        )
    }

    /// Its name for programs.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Row(_) => "row",
            Self::Number => "number",
            Self::NumberRepeated => "number-repeated",
            Self::NumberTaken => "number-taken",
            Self::Email(_) => "email",
            Self::Encoding => "encoding",
            Self::EmailTidied => "email-tidied",
            Self::EmailOfRow(_) => "email-of-row",
            Self::EmailInShop => "email-in-shop",
            Self::NoPassword => "no-password",
            Self::Password(_) => "password",
            Self::Activated => "activated",
            Self::Empty => "empty",
            Self::Unnamed => "unnamed",
            Self::Text(_) => "text",
            Self::CartLine(_) => "cart-line",
            Self::CartMerged => "cart-merged",
            Self::CartUnknown => "cart-unknown",
            Self::Sku(_) => "sku",
            Self::SkuTidied => "sku-tidied",
            Self::SkuOfRow(_) => "sku-of-row",
            Self::SkuInShop => "sku-in-shop",
            Self::Slug => "slug",
            Self::NoPrice => "no-price",
            Self::Price(_) => "price",
            Self::Picture => "picture",
        }
    }
}

impl Finding {
    /// About a column, with what stands there.
    pub(super) fn of(column: &'static str, problem: Problem, value: &Value) -> Self {
        Self { column, problem, value: value.shown() }
    }

    /// About a column whose value is a secret, or none.
    pub(super) const fn silent(column: &'static str, problem: Problem) -> Self {
        Self { column, problem, value: None }
    }
}

/// One row that was not carried whole, or about which there is something to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowReport {
    /// Its table.
    pub table: Table,
    /// Its number, if it has one.
    pub number: Option<i64>,
    /// The line of the source in which it begins, from 1, if it has lines.
    pub line: Option<u64>,
    /// What became of it.
    pub outcome: Outcome,
    /// What there is to say.
    pub findings: Vec<Finding>,
}

/// Who hears of what the import does.
///
/// An error ends the import; what was carried by then stays, and another run goes on.
pub trait Journal: Send {
    /// A row that was not carried whole, or about which there is something to say; rows come in the order of
    /// the source.
    fn row(&mut self, row: &RowReport) -> Result<(), Cause>;

    /// Something about the source that is no row.
    fn remark(&mut self, remark: &Remark) -> Result<(), Cause>;

    /// How far the import has come; called often.
    fn progress(&mut self, phase: Phase, progress: Progress);
}

/// How many rows of one table ended in which outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// [`Outcome::Whole`].
    pub whole: u64,
    /// [`Outcome::InPart`].
    pub in_part: u64,
    /// [`Outcome::Before`].
    pub before: u64,
    /// [`Outcome::BeforeInPart`].
    pub before_in_part: u64,
    /// [`Outcome::Left`].
    pub left: u64,
}

impl Tally {
    /// All rows that were read.
    #[must_use]
    pub const fn rows(&self) -> u64 {
        self.not_whole() + self.whole + self.before
    }

    /// Rows that were not carried, or not whole, now or before.
    #[must_use]
    pub const fn not_whole(&self) -> u64 {
        self.in_part + self.before_in_part + self.left
    }

    pub(super) const fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Whole => self.whole += 1,
            Outcome::InPart => self.in_part += 1,
            Outcome::Before => self.before += 1,
            Outcome::BeforeInPart => self.before_in_part += 1,
            Outcome::Left => self.left += 1,
        }
    }
}

/// What an import has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows of `produse`.
    pub products: Tally,
    /// Rows of `useri`.
    pub users: Tally,
    /// Accounts, among those that were carried now or before, whose owners must reset their passwords.
    pub resets: u64,
    /// Remarks about the source.
    pub remarks: u64,
}

impl Summary {
    /// Whether every row was carried whole, now or before, and there is nothing to remark.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.products.not_whole() + self.users.not_whole() + self.remarks == 0
    }

    pub(super) fn count(&mut self, row: &RowReport) {
        match row.table {
            Table::Produse => self.products.count(row.outcome),
            Table::Useri => self.users.count(row.outcome),
        }
        let has_account = row.table == Table::Useri && row.outcome != Outcome::Left;
        if has_account && row.findings.iter().any(|finding| finding.column == "parola") {
            self.resets += 1;
        }
    }
}
