//! Reading a row: every value is parsed anew, and one that cannot be is reported with its place.

use std::fmt::Display;
use std::str::FromStr;

use serde::de::DeserializeOwned;
use shop_core::cart::Quantity;
use shop_core::{Currency, Money, StoreError, Timestamp};

use crate::dialect::Dialect;

/// A row, with the table that its values are said to come from when one of them is invalid.
pub(crate) struct Record<D: Dialect> {
    row: D::Row,
    table: &'static str,
}

impl<D: Dialect> Record<D> {
    pub(crate) const fn new(row: D::Row, table: &'static str) -> Self {
        Self { row, table }
    }

    pub(crate) fn optional_int(&self, column: &str) -> Result<Option<i64>, StoreError> {
        D::int(&self.row, column).map_err(|error| self.unreadable(column, error))
    }

    pub(crate) fn int(&self, column: &str) -> Result<i64, StoreError> {
        self.present(column, self.optional_int(column)?)
    }

    /// A number of a narrower type.
    pub(crate) fn number<T: TryFrom<i64>>(&self, column: &str) -> Result<T, StoreError> {
        self.narrow(column, self.int(column)?)
    }

    pub(crate) fn optional_number<T: TryFrom<i64>>(&self, column: &str) -> Result<Option<T>, StoreError> {
        self.optional_int(column)?.map(|value| self.narrow(column, value)).transpose()
    }

    pub(crate) fn flag(&self, column: &str) -> Result<bool, StoreError> {
        Ok(self.int(column)? != 0)
    }

    pub(crate) fn timestamp(&self, column: &str) -> Result<Timestamp, StoreError> {
        self.int(column).map(Timestamp::from_micros)
    }

    pub(crate) fn optional_text(&self, column: &str) -> Result<Option<String>, StoreError> {
        let bytes = D::bytes(&self.row, column).map_err(|error| self.unreadable(column, error))?;
        bytes.map(|bytes| String::from_utf8(bytes).map_err(|error| self.invalid(column, error))).transpose()
    }

    pub(crate) fn text(&self, column: &str) -> Result<String, StoreError> {
        self.present(column, self.optional_text(column)?)
    }

    /// A text that its type takes.
    pub(crate) fn parsed<T: FromStr<Err: Display>>(&self, column: &str) -> Result<T, StoreError> {
        self.text(column)?.parse().map_err(|error| self.invalid(column, error))
    }

    pub(crate) fn optional_parsed<T: FromStr<Err: Display>>(
        &self,
        column: &str,
    ) -> Result<Option<T>, StoreError> {
        let text = self.optional_text(column)?;
        text.map(|text| text.parse().map_err(|error| self.invalid(column, error))).transpose()
    }

    /// A state or purpose, by the name that the store keeps.
    pub(crate) fn named<T>(&self, column: &str, from_name: fn(&str) -> Option<T>) -> Result<T, StoreError> {
        from_name(&self.text(column)?).ok_or_else(|| self.invalid(column, "an unknown name"))
    }

    pub(crate) fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T, StoreError> {
        let read = serde_json::from_str(&self.text(column)?);
        read.map_err(|error| {
            self.invalid(column, format!("not what is kept there, at byte {}", error.column()))
        })
    }

    pub(crate) fn optional_blob(&self, column: &str) -> Result<Option<Vec<u8>>, StoreError> {
        D::bytes(&self.row, column).map_err(|error| self.unreadable(column, error))
    }

    pub(crate) fn optional_bytes<const N: usize>(&self, column: &str) -> Result<Option<[u8; N]>, StoreError> {
        let bytes = self.optional_blob(column)?;
        let exact = |bytes: Vec<u8>| bytes.try_into().map_err(|_| self.invalid(column, "of another length"));
        bytes.map(exact).transpose()
    }

    pub(crate) fn bytes<const N: usize>(&self, column: &str) -> Result<[u8; N], StoreError> {
        self.present(column, self.optional_bytes(column)?)
    }

    /// An amount in the currency that stands in the column `currency`.
    pub(crate) fn money(&self, column: &str) -> Result<Money, StoreError> {
        Ok(Money::from_minor(self.int(column)?, self.parsed::<Currency>("currency")?))
    }

    /// A number of pieces.
    pub(crate) fn quantity(&self, column: &str) -> Result<Quantity, StoreError> {
        Quantity::new(self.number(column)?).map_err(|error| self.invalid(column, error))
    }

    fn narrow<T: TryFrom<i64>>(&self, column: &str, value: i64) -> Result<T, StoreError> {
        T::try_from(value).map_err(|_| self.invalid(column, "out of range"))
    }

    fn present<T>(&self, column: &str, value: Option<T>) -> Result<T, StoreError> {
        value.ok_or_else(|| self.invalid(column, "missing"))
    }

    /// The value itself stays out of the message: it may be somebody's address.
    fn invalid(&self, column: &str, reason: impl Display) -> StoreError {
        StoreError::Corrupt(format!("{}.{column}: {reason}", self.table))
    }

    fn unreadable(&self, column: &str, error: sqlx::Error) -> StoreError {
        match error {
            sqlx::Error::ColumnDecode { source, .. } => self.invalid(column, source),
            other => StoreError::Backend(other.into()),
        }
    }
}

/// A value as JSON text.
pub(crate) fn json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Backend(error.into()))
}
