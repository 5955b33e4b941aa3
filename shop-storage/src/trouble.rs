//! Why a database does not open, for whoever keeps the shop: what is wrong, and what to do about it.

use std::io;
use std::path::Path;

use sqlx::error::DatabaseError;
use sqlx::migrate::MigrateError;

/// An error of the driver in one sentence, with advice if there is any.
pub(crate) fn told(error: &sqlx::Error) -> String {
    let (what, advice) = match error {
        sqlx::Error::Database(error) => (error.message().to_owned(), advice(&**error)),
        sqlx::Error::Io(error) => (error.to_string(), way(error.kind())),
        sqlx::Error::Tls(error) => {
            (error.to_string(), Some("`ssl-mode` in the address says how much encryption is asked for"))
        }
        sqlx::Error::Configuration(error) => (error.to_string(), None),
        other => (other.to_string(), None),
    };
    advice.map_or_else(|| what.clone(), |advice| format!("{what}; {advice}"))
}

/// The same for the migrator's.
pub(crate) fn migrating(error: &MigrateError) -> String {
    match error {
        MigrateError::Execute(error) => told(error),
        MigrateError::ExecuteMigration(error, number) => format!("migration {number}: {}", told(error)),
        // The migrator names a table that is not ours.
        MigrateError::Dirty(number) => format!(
            "migration {number} has stopped half-way; undo what it did, remove its row from _shop_migrations, and \
             migrate again"
        ),
        other => other.to_string(),
    }
}

/// What to do when there is no way to the server. What is wrong with a path says so itself.
fn way(kind: io::ErrorKind) -> Option<&'static str> {
    match kind {
        io::ErrorKind::IsADirectory | io::ErrorKind::NotADirectory | io::ErrorKind::PermissionDenied => None,
        _ => Some("is the server running, and is this its address?"),
    }
}

fn advice(error: &dyn DatabaseError) -> Option<&'static str> {
    #[cfg(feature = "mysql")]
    if let Some(error) = error.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>() {
        return about_server(error.number());
    }
    about_file(error.code()?.parse().ok()?)
}

/// By MySQL's number (<https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html>).
#[cfg(feature = "mysql")]
fn about_server(number: u16) -> Option<&'static str> {
    match number {
        1045 | 1698 => Some("are user and password in the address right?"),
        1044 | 1142 => Some("the shop's user needs all rights on its database"),
        1049 => Some("create it first, for the shop's user"),
        1040 | 1203 => Some("the server has too few connections for all who want one"),
        1290 | 1792 | 1836 => Some("the shop needs a server that takes changes"),
        1021 | 1114 => Some("make space on the server's disk"),
        _ => None,
    }
}

/// By SQLite's primary code.
fn about_file(code: i32) -> Option<&'static str> {
    match code & 0xff {
        5 | 6 => Some("another program keeps it so; end that one, or try again later"),
        8 => Some("this user needs the right to write the file and to make files beside it"),
        13 => Some("make space and try again"),
        _ => None,
    }
}

/// What SQLite does not say when it cannot open a file.
pub(crate) fn unopened(path: &Path) -> io::Error {
    if path.is_dir() {
        return io::Error::new(io::ErrorKind::IsADirectory, "it is a folder; name a file in it");
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if folder.is_dir() {
        let words = "this user needs the right to read and write the file and to make files beside it, on a disk that is \
                     not read-only";
        return io::Error::new(io::ErrorKind::PermissionDenied, words);
    }
    let words = format!("there is no folder {}; make it first", folder.display());
    io::Error::new(io::ErrorKind::NotADirectory, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_stands_behind_what_is_wrong() {
        let refused = sqlx::Error::Io(io::Error::new(io::ErrorKind::ConnectionRefused, "refused"));
        assert_eq!(told(&refused), "refused; is the server running, and is this its address?");
        assert_eq!(told(&sqlx::Error::Configuration("odd".into())), "odd");
        assert_eq!(about_file(517), about_file(5));
        assert_eq!(about_file(1), None);
    }

    #[test]
    fn a_half_done_migration_is_told_with_our_table() {
        let told = migrating(&MigrateError::Dirty(10));
        assert!(told.starts_with("migration 10 has stopped") && told.contains("_shop_migrations"), "{told}");
    }

    #[test]
    fn paths_are_looked_at() {
        let folder = tempfile::tempdir().expect("a folder");
        let told = |path: &str| unopened(&folder.path().join(path)).to_string();
        assert_eq!(told(""), "it is a folder; name a file in it");
        assert!(told("no/shop.db").starts_with("there is no folder "));
        assert!(told("shop.db").contains("right to read and write"));
        assert!(unopened(Path::new("shop.db")).to_string().contains("right to read and write"));
    }
}
