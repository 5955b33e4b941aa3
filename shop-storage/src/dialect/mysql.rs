use sqlx::MySql;
use sqlx::error::{BoxDynError, DatabaseError};
use sqlx::mysql::{MySqlArguments, MySqlConnection, MySqlDatabaseError, MySqlRow};

use super::{Dialect, Differing, Fault, values};
use crate::cell::Cell;
use crate::migrate::{Migration, migrations};
use crate::mysql::MySqlConnections;

impl Dialect for MySql {
    type Link = MySqlConnection;
    type Connections = MySqlConnections;

    const MIGRATIONS: &'static [Migration] = migrations!("mysql");
    const DIFFERING: Differing = Differing {
        // SUM is a DECIMAL in MySQL, COUNT is not.
        inventory: "SELECT COUNT(*) AS tables, COUNT(CASE table_name WHEN '_shop_migrations' THEN 1 END) AS ours \
                    FROM information_schema.tables WHERE table_schema = DATABASE()",
    };

    values!();

    async fn execute(
        link: &mut MySqlConnection,
        sql: &'static str,
        arguments: MySqlArguments,
    ) -> Result<u64, sqlx::Error> {
        sqlx::query_with(sql, arguments).execute(link).await.map(|done| done.rows_affected())
    }

    async fn fetch(
        link: &mut MySqlConnection,
        sql: &'static str,
        arguments: MySqlArguments,
    ) -> Result<Vec<MySqlRow>, sqlx::Error> {
        sqlx::query_with(sql, arguments).fetch_all(link).await
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
        // Lock wait timeout, deadlock, MariaDB's "record has changed since last read", group replication's refusal at commit.
        1205 | 1213 | 1020 | 3101 => Fault::Neighbor,
        // Disk full, too many connections, shutting down, table full, read-only (twice).
        1021 | 1040 | 1053 | 1114 | 1290 | 1836 => Fault::Unavailable,
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
            (1213, "Deadlock found when trying to get lock; try restarting transaction", Fault::Neighbor),
            (1205, "Lock wait timeout exceeded; try restarting transaction", Fault::Neighbor),
            (1290, "The MySQL server is running with the --read-only option", Fault::Unavailable),
            (1146, "Table 'shop.users' doesn't exist", Fault::Other),
        ];
        for (number, message, expected) in cases {
            assert_eq!(fault(number, message), expected, "{number} {message}");
        }
    }
}
