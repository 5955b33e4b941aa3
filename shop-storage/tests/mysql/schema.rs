//! One schema on both databases, and a migration that fails where the schema does not change in transactions.

use std::collections::BTreeSet;

use shop_core::ports::Store as _;
use shop_storage::{SqliteOptions, SqliteStore};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Row};

use crate::samples::{empty, unmigrated};

#[tokio::test]
async fn a_migration_that_failed_is_told_by_number() {
    let store = unmigrated().await;
    // In the way of the tenth migration.
    store.tamper("CREATE TABLE orders (id BIGINT)").await;
    let error = store.migrate().await.expect_err("the table exists").to_string();
    assert!(error.contains("migration 10"), "{error}");
    store.tamper("DROP TABLE orders").await;
    store.migrate().await.expect("it goes on from there");
    store.check().await.expect("a schema that fits");
}

/// Columns (with what may be NULL), keys in their order, and references, as SQLite tells them.
async fn facts_of_sqlite() -> BTreeSet<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.db");
    let store = SqliteStore::open(SqliteOptions::new(&path)).await.expect("a fresh file");
    store.migrate().await.expect("a schema");
    let connection = SqliteConnectOptions::new().filename(&path).connect().await;
    facts(
        &mut connection.expect("a connection"),
        [
            "SELECT t.name || ': ' || c.name || CASE WHEN c.\"notnull\" OR c.pk THEN ' NOT NULL' ELSE '' END \
             FROM sqlite_master t, pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'",
            "SELECT t.name || ': primary ' || group_concat(c.name ORDER BY c.pk) \
             FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.pk GROUP BY t.name",
            "SELECT t.name || CASE WHEN i.\"unique\" THEN ': unique ' ELSE ': index ' || i.name || ' ' END || \
             (SELECT group_concat(x.name || CASE WHEN x.desc THEN ' DESC' ELSE '' END ORDER BY x.seqno) \
              FROM pragma_index_xinfo(i.name) x WHERE x.key) \
             FROM sqlite_master t, pragma_index_list(t.name) i WHERE t.type = 'table' AND i.origin <> 'pk'",
            "SELECT t.name || ': ' || f.\"from\" || ' -> ' || f.\"table\" || '.' || f.\"to\" \
             FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'",
        ],
    )
    .await
}

/// The same, as the server tells it.
async fn facts_of_mysql() -> BTreeSet<String> {
    let store = empty().await;
    let mut connection = store.connect().await;
    facts(
        &mut connection,
        [
            "SELECT CONCAT(table_name, ': ', column_name, IF(is_nullable = 'NO', ' NOT NULL', '')) AS fact \
             FROM information_schema.columns WHERE table_schema = DATABASE()",
            "SELECT CONCAT(table_name, ': primary ', GROUP_CONCAT(column_name ORDER BY seq_in_index)) AS fact \
             FROM information_schema.statistics WHERE table_schema = DATABASE() AND index_name = 'PRIMARY' \
             GROUP BY table_name",
            "SELECT CONCAT(table_name, IF(non_unique, CONCAT(': index ', index_name, ' '), ': unique '), \
             GROUP_CONCAT(CONCAT(column_name, IF(collation = 'D', ' DESC', '')) ORDER BY seq_in_index)) AS fact \
             FROM information_schema.statistics WHERE table_schema = DATABASE() AND index_name <> 'PRIMARY' \
             GROUP BY table_name, non_unique, index_name",
            "SELECT CONCAT(table_name, ': ', column_name, ' -> ', referenced_table_name, '.', \
             referenced_column_name) AS fact FROM information_schema.key_column_usage \
             WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL",
        ],
    )
    .await
}

async fn facts<C>(connection: &mut C, queries: [&'static str; 4]) -> BTreeSet<String>
where
    C: sqlx::Connection,
    for<'c> &'c mut C: sqlx::Executor<'c, Database = C::Database>,
    for<'r> Vec<u8>: sqlx::Decode<'r, C::Database> + sqlx::Type<C::Database>,
    usize: sqlx::ColumnIndex<<C::Database as sqlx::Database>::Row>,
{
    let mut facts = BTreeSet::new();
    for query in queries {
        let rows = sqlx::raw_sql(query).fetch_all(&mut *connection).await.expect("the catalog answers");
        assert!(!rows.is_empty(), "{query}");
        facts.extend(
            rows.iter().map(|row| String::from_utf8(row.get_unchecked::<Vec<u8>, _>(0)).expect("text")),
        );
    }
    // sqlx's own table.
    facts.retain(|fact| !fact.starts_with("_shop_migrations"));
    facts
}

#[tokio::test]
async fn both_databases_have_one_schema() {
    let (sqlite, mysql) = (facts_of_sqlite().await, facts_of_mysql().await);
    let difference: Vec<_> = sqlite.symmetric_difference(&mysql).collect();
    assert!(difference.is_empty(), "{difference:#?}");
    assert!(mysql.contains("products: index products_newest active,created_at DESC,id"), "{mysql:#?}");
    assert!(mysql.contains("users: unique email_key"), "{mysql:#?}");
}
