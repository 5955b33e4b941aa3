//! One statement with its values, on its way through the waist.

use shop_core::StoreError;
use shop_core::error::Constraint;
use sqlx::error::BoxDynError;

use crate::cell::AsCell;
use crate::dialect::{Dialect, Fault};
use crate::error::store_error;
use crate::record::Record;

/// A statement of [`sql`](crate::sql) with the values that belong to it.
#[must_use]
pub(crate) struct Statement<D: Dialect> {
    sql: &'static str,
    arguments: Result<D::Arguments, BoxDynError>,
    keys: Keys,
}

/// What it means that a statement hurts a key. Not all databases name it, so the statement has to.
#[derive(Clone, Copy)]
struct Keys {
    primary: Constraint,
    /// `None`: it is a bug.
    foreign: Option<Constraint>,
}

impl Keys {
    fn judge<D: Dialect>(self, error: sqlx::Error) -> StoreError {
        match (&error, self.foreign) {
            (sqlx::Error::Database(database), Some(constraint))
                if D::fault(&**database) == Fault::Foreign =>
            {
                StoreError::Conflict(constraint)
            }
            _ => store_error::<D>(error, self.primary),
        }
    }
}

impl<D: Dialect> Statement<D> {
    pub(crate) fn new(sql: &'static str) -> Self {
        Self {
            sql,
            arguments: Ok(D::Arguments::default()),
            keys: Keys { primary: Constraint::Id, foreign: None },
        }
    }

    /// Adds the value of the next `?`.
    pub(crate) fn bind(mut self, value: impl AsCell) -> Self {
        if let Ok(arguments) = &mut self.arguments
            && let Err(error) = D::push(arguments, value.as_cell())
        {
            self.arguments = Err(error);
        }
        self
    }

    /// Adds the values of the next `?`s.
    pub(crate) fn bind_all(self, values: impl IntoIterator<Item = impl AsCell>) -> Self {
        values.into_iter().fold(self, Self::bind)
    }

    /// What it means that a row with the same primary key exists; [`Constraint::Id`] unless said otherwise.
    pub(crate) const fn primary_key_is(mut self, constraint: Constraint) -> Self {
        self.keys.primary = constraint;
        self
    }

    /// The row refers to an account alone: that there is none hurts [`Constraint::Owner`].
    pub(crate) const fn owned(mut self) -> Self {
        self.keys.foreign = Some(Constraint::Owner);
        self
    }

    /// Runs it; says how many rows it has met.
    pub(crate) async fn execute(self, link: &mut D::Link) -> Result<u64, StoreError> {
        let arguments = self.arguments.map_err(StoreError::Backend)?;
        let outcome = D::execute(link, self.sql, arguments).await;
        outcome.map_err(|error| self.keys.judge::<D>(error))
    }

    /// Runs it; says how many rows it has met, as the core counts.
    pub(crate) async fn count(self, link: &mut D::Link) -> Result<u32, StoreError> {
        self.execute(link).await.map(|rows| u32::try_from(rows).unwrap_or(u32::MAX))
    }

    /// Runs it; says whether it has met a row. For statements whose condition names one row at most.
    pub(crate) async fn hits(self, link: &mut D::Link) -> Result<bool, StoreError> {
        Ok(self.execute(link).await? == 1)
    }

    /// The rows that it gives; `table` is where an invalid value is said to be.
    pub(crate) async fn rows(
        self,
        link: &mut D::Link,
        table: &'static str,
    ) -> Result<Vec<Record<D>>, StoreError> {
        let arguments = self.arguments.map_err(StoreError::Backend)?;
        let outcome = D::fetch(link, self.sql, arguments).await;
        let rows = outcome.map_err(|error| self.keys.judge::<D>(error))?;
        Ok(rows.into_iter().map(|row| Record::new(row, table)).collect())
    }

    /// The row that it gives, if any. For queries by a unique key.
    pub(crate) async fn row(
        self,
        link: &mut D::Link,
        table: &'static str,
    ) -> Result<Option<Record<D>>, StoreError> {
        Ok(self.rows(link, table).await?.pop())
    }
}
