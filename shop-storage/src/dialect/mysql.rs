use sqlx::MySql;
use sqlx::error::{BoxDynError, DatabaseError};
use sqlx::mysql::{MySqlArguments, MySqlDatabaseError, MySqlRow};
use tokio::time::timeout;

use super::{Dialect, Differing, Fault, values};
use crate::cell::Cell;
use crate::migrate::{Migration, migrations};
use crate::mysql::{MySqlConnections, MySqlLink};
use crate::sql::accounts::{is_account, user};

impl Dialect for MySql {
    type Link = MySqlLink;
    type Connections = MySqlConnections;

    const MIGRATIONS: &'static [Migration] = migrations!("mysql");
    const DIFFERING: Differing = Differing {
        // SUM is a DECIMAL in MySQL, COUNT is not.
        inventory: "SELECT COUNT(*) AS tables, COUNT(CASE table_name WHEN '_shop_migrations' THEN 1 END) AS ours \
                    FROM information_schema.tables WHERE table_schema = DATABASE()",
        find_user: concat!(
            "SELECT ",
            user!(),
            " FROM users u WHERE u.id = ? AND u.",
            is_account!(),
            " LOCK IN SHARE MODE"
        ),
        remove_expired_tokens: "DELETE FROM tokens WHERE expires_at <= ? LIMIT ?",
        remove_ended_sessions: "DELETE FROM sessions WHERE last_seen_at <= ? OR created_at <= ? LIMIT ?",
        purge_outbox: "DELETE FROM outbox WHERE state = ? AND due_at <= ? LIMIT ?",
        remove_forgotten_tries: "DELETE FROM throttles WHERE forget_at <= ? LIMIT ?",
    };

    values!();

    async fn execute(
        link: &mut MySqlLink,
        sql: &'static str,
        arguments: MySqlArguments,
    ) -> Result<u64, sqlx::Error> {
        let limit = link.limit();
        let statement = sqlx::query_with(sql, arguments).execute(link.connection()?);
        let outcome = timeout(limit, statement).await;
        link.heed(outcome).map(|done| done.rows_affected())
    }

    async fn fetch(
        link: &mut MySqlLink,
        sql: &'static str,
        arguments: MySqlArguments,
    ) -> Result<Vec<MySqlRow>, sqlx::Error> {
        let limit = link.limit();
        let query = sqlx::query_with(sql, arguments).fetch_all(link.connection()?);
        let outcome = timeout(limit, query).await;
        link.heed(outcome)
    }

    fn fault(error: &dyn DatabaseError) -> Fault<'_> {
        let number = error.try_downcast_ref::<MySqlDatabaseError>().map_or(0, MySqlDatabaseError::number);
        fault(number, error.message())
    }
}

/// Judges by number, for SQLSTATE alone does not tell a lock wait from other errors
/// (<https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html>).
fn fault(number: u16, message: &str) -> Fault<'_> {
    match number {
        // Duplicate entry.
        1062 => match key(message) {
            "PRIMARY" => Fault::Primary,
            key => Fault::Unique(key),
        },
        // A row is referred to, or a row that is referred to is missing; both twice.
        1216 | 1217 | 1451 | 1452 => Fault::Foreign,
        // Lock wait timeout, deadlock, MariaDB's "record has changed since last read", the refusals of group replication
        // and TiDB at commit.
        1205 | 1213 | 1020 | 3101 | 9007 => Fault::Neighbor,
        // Disk full (two), a write failed (two; at commit; of the server's log), table full; too many connections
        // (four limits), not ready in its cluster, shutting down; read-only (three ways); interrupted: by an
        // operator, by a time limit (MariaDB's, MySQL's), with the connection, idle.
        20 | 1021 | 3 | 1026 | 1180 | 1598 | 1114 | 1040 | 1041 | 1203 | 1226 | 1047 | 1053 | 1290 | 1792
        | 1836 | 1317 | 1969 | 3024 | 1927 | 4031 => Fault::Unavailable,
        _ => Fault::Other,
    }
}

/// The key's name in `Duplicate entry '…' for key 'users.users_email_key'`; MariaDB leaves the table out.
fn key(message: &str) -> &str {
    let quoted = message.rsplit("for key '").next().unwrap_or_default();
    let name = quoted.trim_end_matches('\'');
    name.rsplit('.').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_errors_by_number_and_key() {
        let cases = [
            (
                1062,
                "Duplicate entry 'a@b.ro' for key 'users.users_email_key'",
                Fault::Unique("users_email_key"),
            ),
            (1062, "Duplicate entry 'a@b.ro' for key 'users_email_key'", Fault::Unique("users_email_key")),
            (1062, "Duplicate entry 'x' for key 'carts.PRIMARY'", Fault::Primary),
            (1062, "Duplicate entry 'x' for key 'PRIMARY'", Fault::Primary),
            (1452, "Cannot add or update a child row: a foreign key constraint fails", Fault::Foreign),
            (1213, "Deadlock found when trying to get lock; try restarting transaction", Fault::Neighbor),
            (1205, "Lock wait timeout exceeded; try restarting transaction", Fault::Neighbor),
            (
                3,
                "Error writing file './log.000001' (Errcode: 28 \"No space left on device\")",
                Fault::Unavailable,
            ),
            (1114, "The table 'orders' is full", Fault::Unavailable),
            (1969, "Query execution was interrupted (max_statement_time exceeded)", Fault::Unavailable),
            (1290, "The MySQL server is running with the --read-only option", Fault::Unavailable),
            (1146, "Table 'shop.users' doesn't exist", Fault::Other),
        ];
        for (number, message, expected) in cases {
            assert_eq!(fault(number, message), expected, "{number} {message}");
        }
    }
}
