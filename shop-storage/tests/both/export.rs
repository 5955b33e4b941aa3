//! All that a database holds, in one form for every database.

use std::collections::BTreeMap;

use sqlx::{AssertSqlSafe, Row};

use crate::samples::{COLUMNS, RawConnection, TestStore, hexadecimal};

/// Every row of every table but the schema's own: the table's name, and its values in the order of the
/// columns' names.
pub(crate) async fn export(store: &TestStore) -> Vec<String> {
    let mut connection = store.connect().await;
    let mut rows = Vec::new();
    for (table, columns) in tables(&mut connection).await {
        rows.extend(rows_of(&mut connection, &table, &columns).await);
    }
    rows
}

/// How many rows each table has.
pub(crate) async fn count(store: &TestStore) -> BTreeMap<String, usize> {
    let mut connection = store.connect().await;
    let mut counts = BTreeMap::new();
    for (table, columns) in tables(&mut connection).await {
        let rows = rows_of(&mut connection, &table, &columns).await;
        counts.insert(table, rows.len());
    }
    counts
}

/// The tables with their columns.
pub(crate) async fn tables(connection: &mut RawConnection) -> BTreeMap<String, Vec<String>> {
    let mut tables = BTreeMap::<_, Vec<_>>::new();
    for name in texts(connection, COLUMNS.to_owned()).await {
        let (table, column) = name.split_once('.').expect("table.column");
        if !["_shop_migrations", "schema_floors"].contains(&table) {
            tables.entry(table.to_owned()).or_default().push(column.to_owned());
        }
    }
    for columns in tables.values_mut() {
        columns.sort_unstable();
    }
    tables
}

/// The rows of a table, as far as these columns go.
pub(crate) async fn rows_of(connection: &mut RawConnection, table: &str, columns: &[String]) -> Vec<String> {
    let value = |column: &String| format!("COALESCE({}, '-')", hexadecimal(column));
    let values = columns.iter().map(value).collect::<Vec<_>>().join(", ' ', ");
    let mut rows = texts(connection, format!("SELECT CONCAT('{table}: ', {values}) FROM {table}")).await;
    rows.sort_unstable();
    rows
}

/// The first column of what a query gives.
async fn texts(connection: &mut RawConnection, sql: String) -> Vec<String> {
    let rows = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(connection).await.expect("an answer");
    let text = |row: &_| String::from_utf8(Row::get_unchecked::<Vec<u8>, _>(row, 0)).expect("text");
    rows.iter().map(text).collect()
}
