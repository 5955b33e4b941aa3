//! The tables of the old shop as the server describes them, and how they are asked for.

use shop_core::webapplication::{Entry, Table, Unreadable, Value};
use sqlx::mysql::MySqlRow;
use sqlx::{AssertSqlSafe, MySqlConnection, Row};

use crate::webapplication::LONGEST;
use crate::webapplication::columns::Columns;

/// One snapshot that nothing is written to, and as much time as it takes; comments say from which version on
/// a server knows a word. Whatever server it is and however it is set: MySQL 5.5 has no `READ ONLY` yet.
pub(super) const SETTINGS: [&str; 3] = [
    "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
    "SET SESSION sql_mode = '', net_write_timeout = 3600, wait_timeout = 28800 \
     /*M!100101 , max_statement_time = 0 */ /*!50708 , max_execution_time = 0 */",
    "START TRANSACTION WITH CONSISTENT SNAPSHOT /*!50605 , READ ONLY */",
];

/// How many rows are read at a time, at most.
const PAGE: usize = 500;

/// How many bytes the rows that are read at a time can have, unless it is one row.
const LARGEST_PAGE: usize = 16 << 20;

/// More bytes than a number or a date has.
const LONGEST_NUMBER: usize = 100;

/// A table that is there.
#[derive(Clone, Debug)]
pub(super) struct OldTable {
    table: Table,
    name: String,
    /// What is asked for, in the order of [`Table::columns`].
    values: Vec<String>,
    /// The column by which pages follow each other.
    key: Option<String>,
    count: u64,
    page: usize,
}

/// A column, as the server describes it.
#[derive(Debug)]
struct Column {
    name: String,
    kind: String,
    is_key: bool,
    /// Characters of a text, or bytes.
    longest: Option<usize>,
}

/// What the server has of the two tables, and what is to be remarked about it.
pub(super) async fn look(
    connection: &mut MySqlConnection,
) -> Result<(Vec<OldTable>, Vec<String>), sqlx::Error> {
    let (mut tables, mut remarks) = (Vec::new(), Vec::new());
    for table in [Table::Produse, Table::Useri] {
        match find(connection, table, &mut remarks).await? {
            Some(found) => tables.push(found),
            None => remarks.push(format!("the database has no table {}", table.name())),
        }
    }
    Ok((tables, remarks))
}

async fn find(
    connection: &mut MySqlConnection,
    table: Table,
    remarks: &mut Vec<String>,
) -> Result<Option<OldTable>, sqlx::Error> {
    let sql = format!(
        "SELECT table_name, engine FROM information_schema.tables \
         WHERE table_schema = DATABASE() AND LOWER(table_name) = '{}' ORDER BY BINARY table_name DESC",
        table.name()
    );
    let rows = rows(connection, sql).await?;
    // Small letters come last in bytes, so they stand first here.
    let Some(row) = rows.first() else { return Ok(None) };
    let (name, engine) = (text(row, 0), text(row, 1));
    if rows.len() > 1 {
        remarks.push(format!("there is more than one table {}; {name} is read", table.name()));
    }
    if let Some(how) = unsafely_kept(&engine) {
        remarks.push(format!("{name} is {how}: nobody should write to it meanwhile"));
    }
    let columns = columns(connection, &name).await?;
    let count = rows_of(connection, &name).await?;
    let found = Columns::new(table, columns.iter().map(|column| column.name.as_bytes()));
    remarks.extend(found.remarks(table));
    Ok(Some(OldTable::new(table, name, &columns, &found, count)))
}

/// How a table is kept, if not by an engine with snapshots. A view has no engine.
fn unsafely_kept(engine: &str) -> Option<String> {
    match engine {
        "" => Some("a view, and the tables behind it may have no snapshots".to_owned()),
        engine if engine.eq_ignore_ascii_case("InnoDB") => None,
        engine => Some(format!("kept by {engine}, without snapshots")),
    }
}

async fn columns(connection: &mut MySqlConnection, table: &str) -> Result<Vec<Column>, sqlx::Error> {
    let sql = format!(
        "SELECT column_name, data_type, column_key, character_maximum_length FROM information_schema.columns \
         WHERE table_schema = DATABASE() AND table_name = '{table}' ORDER BY ordinal_position"
    );
    let column = |row: &MySqlRow| Column {
        name: text(row, 0),
        kind: text(row, 1),
        is_key: text(row, 2) == "PRI",
        longest: text(row, 3).parse().ok(),
    };
    Ok(rows(connection, sql).await?.iter().map(column).collect())
}

async fn rows_of(connection: &mut MySqlConnection, table: &str) -> Result<u64, sqlx::Error> {
    let rows = rows(connection, format!("SELECT COUNT(*) FROM {}", quoted(table))).await?;
    Ok(rows.first().and_then(|row| text(row, 0).parse().ok()).unwrap_or_default())
}

/// The rows that a query gives, all values as text.
pub(super) async fn rows(
    connection: &mut MySqlConnection,
    sql: String,
) -> Result<Vec<MySqlRow>, sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(connection).await
}

impl OldTable {
    fn new(table: Table, name: String, columns: &[Column], found: &Columns, count: u64) -> Self {
        let mut values = vec!["NULL".to_owned(); table.columns().len()];
        let places = || columns.iter().zip(&found.places);
        for (column, place) in places() {
            if let Some(value) = place.and_then(|place| values.get_mut(place)) {
                *value = column.value();
            }
        }
        let carried = places().filter(|(_, place)| place.is_some());
        let row: usize = carried.map(|(column, _)| column.most_bytes()).sum();
        let page = (LARGEST_PAGE / row.max(1)).clamp(1, PAGE);
        let mut keys = places().filter(|(column, _)| column.is_key);
        let key = match (keys.next(), keys.next()) {
            (Some((column, Some(0))), None) if is_whole(&column.kind) => Some(quoted(&column.name)),
            _ => None,
        };
        Self { table, name, values, key, count, page }
    }

    pub(super) const fn count(&self) -> u64 {
        self.count
    }

    /// How many rows are read at a time.
    pub(super) const fn page_size(&self) -> usize {
        self.page
    }

    /// The query for the rows behind a key, if there is a key.
    pub(super) fn page(&self, after: Option<i128>) -> Option<String> {
        let key = self.key.as_ref()?;
        let behind = after.map_or_else(String::new, |after| format!("WHERE {key} > {after}"));
        Some(format!("{} {behind} ORDER BY {key} LIMIT {}", self.select(), self.page))
    }

    /// The query for all rows, always in the same order.
    pub(super) fn all(&self) -> String {
        let values: Vec<_> = self.values.iter().map(|value| format!("CAST({value} AS BINARY)")).collect();
        format!("{} ORDER BY {}", self.select(), values.join(", "))
    }

    fn select(&self) -> String {
        format!("SELECT {} FROM {}", self.values.join(", "), quoted(&self.name))
    }

    /// The key of a row.
    pub(super) fn key_of(&self, row: &MySqlRow) -> Option<i128> {
        self.key.as_ref().and_then(|_| text(row, 0).parse().ok())
    }

    /// The row, as the core takes it.
    pub(super) fn entry(&self, row: &MySqlRow) -> Entry {
        let values: Result<Vec<_>, &str> = (0..self.values.len()).map(|at| value(row, at)).collect();
        match values {
            Ok(values) => self.table.row(None, values),
            Err(reason) => {
                Entry::Unreadable(Unreadable { table: self.table, line: None, reason: reason.to_owned() })
            }
        }
    }
}

impl Column {
    /// What is asked for. The server cuts what is too long, behind the byte that tells it.
    fn value(&self) -> String {
        let name = quoted(&self.name);
        if self.kind.eq_ignore_ascii_case("bit") {
            name + " + 0"
        } else if self.longest.is_some_and(|longest| longest > LONGEST) {
            format!("LEFT({name}, {})", LONGEST + 1)
        } else {
            name
        }
    }

    /// How long the answer can be; a character has four bytes at most.
    fn most_bytes(&self) -> usize {
        self.longest.map_or(LONGEST_NUMBER, |longest| longest.min(LONGEST + 1).saturating_mul(4))
    }
}

/// A value in the server's textual form, whatever its type.
fn value(row: &MySqlRow, at: usize) -> Result<Value, &'static str> {
    match row.try_get_unchecked::<Option<&[u8]>, _>(at) {
        Ok(None) => Ok(Value::Null),
        Ok(Some(bytes)) if bytes.len() > LONGEST => Err("a value is longer than 1 MiB"),
        Ok(Some(bytes)) => Ok(match std::str::from_utf8(bytes) {
            Ok(text) => Value::Text(text.to_owned()),
            Err(_) => Value::Bytes(bytes.to_vec()),
        }),
        Err(_) => Err("the server's answer lacks a value"),
    }
}

/// Text of the server's own, such as a name; empty if it is NULL.
fn text(row: &MySqlRow, at: usize) -> String {
    match value(row, at) {
        Ok(Value::Text(text)) => text,
        Ok(Value::Null | Value::Bytes(_)) | Err(_) => String::new(),
    }
}

/// A name in a statement.
fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// Whether a type holds whole numbers.
fn is_whole(kind: &str) -> bool {
    ["tinyint", "smallint", "mediumint", "int", "bigint"].iter().any(|whole| kind.eq_ignore_ascii_case(whole))
}
