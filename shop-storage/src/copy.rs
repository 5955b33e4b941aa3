//! Moving a whole shop from one database to another.

use shop_core::StoreError;
use shop_core::ports::{Store, Transaction};

use crate::cell::{AsCell, Cell};
use crate::dialect::{Connections, Dialect};
use crate::record::Record;
use crate::sql::filled_by;
use crate::sql::tables::{Kind, TABLES, Table};
use crate::statement::Statement;
use crate::store::SqlStore;
use crate::unit::SqlUnit;

/// Rows read at once.
const PAGE: u32 = 512;

/// Why a shop was not copied. The target is as it was in any case.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The target has rows.
    #[error("the target has rows in {0}; a shop is copied into an empty database alone")]
    NotEmpty(&'static str),
    /// The source has changed while it was read.
    #[error("{0} changed while it was copied; stop what writes to the source, and copy again")]
    Changed(&'static str),
    /// The source's schema, or the target's, is not this program's.
    #[error("{which}: {source}")]
    Schema {
        /// Source or target.
        which: &'static str,
        /// What is wrong with it.
        source: StoreError,
    },
    /// One of the stores failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A value on its way from one database to the other.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl AsCell for Value {
    fn as_cell(&self) -> Cell<'_> {
        match self {
            Self::Null => Cell::Null,
            Self::Int(value) => Cell::Int(*value),
            Self::Text(text) => Cell::Text(text),
            Self::Bytes(bytes) => Cell::Bytes(bytes),
        }
    }
}

type Row = Vec<Value>;

impl<D: Dialect> SqlStore<D> {
    /// Copies everything that this store holds into an empty one, on whichever database; says how many rows there were.
    ///
    /// It is one unit of the target: when it has failed, or was killed, the target is as empty as before, and it may simply be run again.
    /// Before the unit is committed every row of both is read again and compared, byte by byte; a source that changes meanwhile fails,
    /// so stop the shop first. `progress` hears of each table when it begins, and of every page of rows.
    pub async fn copy_to<E: Dialect>(
        &self,
        target: &SqlStore<E>,
        progress: &mut (dyn FnMut(&'static str, u64) + Send),
    ) -> Result<u64, CopyError> {
        self.check().await.map_err(|source| CopyError::Schema { which: "source", source })?;
        target.check().await.map_err(|source| CopyError::Schema { which: "target", source })?;
        let mut unit = SqlUnit::<E>::new(target.connections.begin_unhurried().await?);
        for table in TABLES {
            if !is_empty::<E>(unit.link(), table).await? {
                return Err(CopyError::NotEmpty(table.name));
            }
        }
        let mut source = self.connections.reader_unhurried().await?;
        let mut rows = 0;
        for table in TABLES {
            rows += copy_table::<D, E>(&mut source, unit.link(), table, progress).await?;
        }
        for table in TABLES {
            compare::<D, E>(&mut source, unit.link(), table).await?;
        }
        Transaction::commit(Box::new(unit)).await?;
        Ok(rows)
    }
}

async fn is_empty<D: Dialect>(link: &mut D::Link, table: &Table) -> Result<bool, StoreError> {
    let row = behind::<D>(Statement::new(table.is_empty), &before_all(table)).row(link, table.name).await?;
    row.map_or(Ok(false), |row| row.flag("is_empty"))
}

/// Copies a table page by page; says how many rows it had.
async fn copy_table<D: Dialect, E: Dialect>(
    source: &mut D::Link,
    target: &mut E::Link,
    table: &Table,
    progress: &mut (dyn FnMut(&'static str, u64) + Send),
) -> Result<u64, StoreError> {
    let (mut key, mut copied) = (before_all(table), 0);
    loop {
        progress(table.name, copied);
        let page = page::<D>(source, table, &key).await?;
        let Some(last) = page.last() else { return Ok(copied) };
        key = last.iter().take(table.key).cloned().collect();
        copied += u64::try_from(page.len()).unwrap_or(u64::MAX);
        insert::<E>(target, table, &page).await?;
    }
}

async fn insert<D: Dialect>(link: &mut D::Link, table: &Table, mut rows: &[Row]) -> Result<(), StoreError> {
    while !rows.is_empty() {
        let (width, sql) = filled_by(&table.insert, rows.len());
        let (now, later) = rows.split_at(width.min(rows.len()));
        Statement::<D>::new(sql).bind_all(now.iter().flatten()).execute(link).await?;
        rows = later;
    }
    Ok(())
}

/// Fails unless both have the same rows.
async fn compare<D: Dialect, E: Dialect>(
    source: &mut D::Link,
    target: &mut E::Link,
    table: &Table,
) -> Result<(), CopyError> {
    let mut key = before_all(table);
    loop {
        let expected = page::<D>(source, table, &key).await?;
        if page::<E>(target, table, &key).await? != expected {
            return Err(CopyError::Changed(table.name));
        }
        let Some(last) = expected.last() else { return Ok(()) };
        key = last.iter().take(table.key).cloned().collect();
    }
}

async fn page<D: Dialect>(link: &mut D::Link, table: &Table, key: &[Value]) -> Result<Vec<Row>, StoreError> {
    let page = behind::<D>(Statement::new(table.page), key).bind(PAGE);
    let rows = page.rows(link, table.name).await?;
    rows.iter().map(|row| read(row, table)).collect()
}

/// Binds what stands before the rows that are wanted.
fn behind<D: Dialect>(statement: Statement<D>, key: &[Value]) -> Statement<D> {
    match key {
        [first, second] => statement.bind(first).bind(first).bind(second),
        key => statement.bind_all(key),
    }
}

/// A key before all of a table's; the row of nobody, whose id is all zeros, is part of the schema and stays where it is.
fn before_all(table: &Table) -> Row {
    let before = |(_, kind): &(&str, Kind)| match kind {
        Kind::Int => Value::Int(i64::MIN),
        Kind::Text => Value::Text(String::new()),
        Kind::Bytes => Value::Bytes(vec![0; 16]),
    };
    table.columns.iter().take(table.key).map(before).collect()
}

fn read<D: Dialect>(row: &Record<D>, table: &Table) -> Result<Row, StoreError> {
    let value = |(column, kind): &(&'static str, Kind)| {
        Ok(match kind {
            Kind::Int => row.optional_int(column)?.map(Value::Int),
            Kind::Text => row.optional_text(column)?.map(Value::Text),
            Kind::Bytes => row.optional_blob(column)?.map(Value::Bytes),
        }
        .unwrap_or(Value::Null))
    };
    table.columns.iter().map(value).collect()
}
