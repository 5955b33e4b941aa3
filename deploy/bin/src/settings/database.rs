use std::str::FromStr;

use shop_storage::{MySqlOptions, SqliteOptions};

use super::Problem;

/// Where the shop's data is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// One file.
    Sqlite(SqliteOptions),
    /// A database of a MySQL or MariaDB server.
    MySql(Box<MySqlOptions>),
}

impl FromStr for Database {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        if text.starts_with("mysql://") {
            return text.parse().map(Box::new).map(Self::MySql).map_err(Problem::is);
        }
        text.parse().map(Self::Sqlite).map_err(Problem::is)
    }
}
