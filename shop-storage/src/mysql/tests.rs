use sqlx::MySql;
use sqlx::mysql::MySqlArguments;

use super::{MySqlLink, MySqlStore};
use crate::dialect::{Connections, Dialect, Lease};
use crate::server::fresh_database;

/// A store on an empty database.
async fn fresh() -> MySqlStore {
    let options = fresh_database().await.parse().expect("an address");
    MySqlStore::open(options).await.expect("a database")
}

/// What the server says about a connection's setting.
async fn setting(link: &mut MySqlLink, sql: &'static str) -> String {
    let rows = MySql::fetch(link, sql, MySqlArguments::default()).await.expect("an answer");
    let value = rows.first().map(|row| MySql::bytes(row, "value").expect("text").unwrap_or_default());
    String::from_utf8(value.expect("a row")).expect("text")
}

/// The test server's own settings are different ones.
const PROMISED: [(&str, &str); 9] = [
    (
        "SELECT CAST(/*M! @@tx_isolation */ /*!80000 @@transaction_isolation */ AS CHAR) AS value",
        "READ-COMMITTED",
    ),
    ("SELECT CAST(@@sql_mode AS CHAR) AS value", "STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION"),
    ("SELECT CAST(@@time_zone AS CHAR) AS value", "+00:00"),
    ("SELECT CAST(@@character_set_connection AS CHAR) AS value", "utf8mb4"),
    ("SELECT CAST(@@collation_connection AS CHAR) AS value", "utf8mb4_bin"),
    ("SELECT CAST(@@autocommit + 0 AS CHAR) AS value", "1"),
    ("SELECT CAST(@@foreign_key_checks + 0 AS CHAR) AS value", "1"),
    ("SELECT CAST(@@innodb_lock_wait_timeout AS CHAR) AS value", "1"),
    ("SELECT CAST(@@lock_wait_timeout AS CHAR) AS value", "1"),
];

#[tokio::test]
async fn connections_are_set_as_promised() {
    let store = fresh().await;
    let mut reader = store.connections.reader().await.expect("a link");
    let mut unit = store.connections.begin().await.expect("a unit");
    for link in [&mut *reader, unit.link()] {
        for (sql, expected) in PROMISED {
            assert_eq!(setting(link, sql).await, expected, "{sql}");
        }
    }
}

/// MariaDB ends any statement, MySQL queries; both end this one.
#[tokio::test]
async fn what_nobody_waits_for_any_more_is_ended_by_the_server() {
    const LONG: &str = "SELECT COUNT(*) AS n FROM information_schema.columns a, information_schema.columns b, \
                        information_schema.columns c";
    let store = fresh().await;
    let mut link = store.connections.reader().await.expect("a link");
    link.take_any_time();
    let error = MySql::fetch(&mut link, LONG, MySqlArguments::default()).await.expect_err("too long");
    let error = error.into_database_error().expect("the server has ended it");
    assert_eq!(MySql::fault(&*error), crate::dialect::Fault::Unavailable, "{error}");
}
