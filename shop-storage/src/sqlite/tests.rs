use sqlx::sqlite::SqliteArguments;
use sqlx::{Row, Sqlite};

use super::testing::fresh;
use crate::dialect::{Connections, Dialect, Lease, SqliteLink};

async fn pragma(link: &mut SqliteLink, sql: &'static str) -> String {
    let rows = Sqlite::fetch(link, sql, SqliteArguments::default()).await.expect("a pragma");
    let row = rows.first().expect("an answer");
    row.try_get::<String, _>(0).unwrap_or_else(|_| row.get::<i64, _>(0).to_string())
}

/// Settings that both kinds of connection have.
const COMMON: [(&str, &str); 6] = [
    ("PRAGMA journal_mode", "wal"),
    ("PRAGMA synchronous", "2"),
    ("PRAGMA foreign_keys", "1"),
    ("PRAGMA busy_timeout", "5000"),
    ("PRAGMA trusted_schema", "0"),
    ("PRAGMA journal_size_limit", "67108864"),
];

#[tokio::test]
async fn the_writer_is_set_as_promised() {
    let (store, _folder) = fresh().await;
    let mut turn = store.connections.begin().await.expect("a turn");
    for (sql, expected) in COMMON.into_iter().chain([("PRAGMA query_only", "0")]) {
        assert_eq!(pragma(turn.link(), sql).await, expected, "{sql}");
    }
}

#[tokio::test]
async fn a_reader_is_set_as_promised_and_cannot_write() {
    let (store, _folder) = fresh().await;
    let mut reader = store.connections.reader().await.expect("a reader");
    for (sql, expected) in COMMON.into_iter().chain([("PRAGMA query_only", "1")]) {
        assert_eq!(pragma(&mut reader, sql).await, expected, "{sql}");
    }
    assert!(reader.command("DELETE FROM carts").await.is_err());
}

#[tokio::test]
async fn a_reader_that_has_hung_up_is_not_lent_again() {
    let (store, _folder) = fresh().await;
    let mut reader = store.connections.reader().await.expect("a reader");
    reader.hang_up();
    drop(reader);
    let mut reader = store.connections.reader().await.expect("another one");
    assert_eq!(pragma(&mut reader, "PRAGMA query_only").await, "1");
}
