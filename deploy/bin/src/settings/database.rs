use std::str::FromStr;

use shop_storage::SqliteOptions;

use super::Problem;

/// Where the shop's data is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// One file.
    Sqlite(SqliteOptions),
}

impl FromStr for Database {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        if text.starts_with("mysql://") {
            return Err(Problem::later("a MySQL database (mysql://)", "sqlite://PATH"));
        }
        text.parse().map(Self::Sqlite).map_err(Problem::is)
    }
}
