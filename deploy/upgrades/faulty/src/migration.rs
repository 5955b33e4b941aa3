//! The release whose migration fails.

use std::env;
use std::fs;
use std::io;
use std::process::ExitCode;

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::mysql::MySqlConnection;
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection as _, SqlSafeStr as _};

/// Written for Postgres, which alone understands it: no database of the shop's begins with it.
const SQL: &str = "ALTER TABLE orders ADD COLUMN gift_note JSONB NOT NULL DEFAULT '{}'::jsonb";
/// Beyond all numbers of the shop's own migrations.
const NUMBER: i64 = 9_999;

/// Why it ends.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("the file of SHOP_DATABASE_URL_FILE cannot be read: {0}")]
    File(#[source] io::Error),
    #[error("the system refuses what the program needs: {0}")]
    System(#[source] io::Error),
    #[error("cannot migrate the database: {0}")]
    Migration(#[from] MigrateError),
}

/// Runs `shop-admin` with the arguments of this process; behind `migrate`, one migration more.
pub(crate) fn main() -> ExitCode {
    let migrates = env::args().any(|argument| argument == "migrate");
    let code = vitrina::admin::main();
    if !migrates || code != ExitCode::SUCCESS {
        return code;
    }
    match migrate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            crate::tell(failure);
            ExitCode::FAILURE
        }
    }
}

fn migrate() -> Result<(), Failure> {
    let url = database()?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::System)?;
    Ok(runtime.block_on(run(&url))?)
}

/// The address of the database, from where containers have it.
fn database() -> Result<String, Failure> {
    if let Some(file) = env::var_os("SHOP_DATABASE_URL_FILE") {
        let text = fs::read_to_string(file).map_err(Failure::File)?;
        return Ok(text.trim_end().to_owned());
    }
    Ok(env::var("SHOP_DATABASE_URL").unwrap_or_else(|_| "sqlite://vitrina.db".to_owned()))
}

async fn run(url: &str) -> Result<(), MigrateError> {
    if url.starts_with("mysql://") {
        migrator().run(&mut MySqlConnection::connect(url).await?).await
    } else {
        migrator().run(&mut SqliteConnection::connect(url).await?).await
    }
}

/// As shop-storage makes its own.
fn migrator() -> Migrator {
    let migration =
        Migration::new(NUMBER, "gift_note".into(), MigrationType::Simple, SQL.into_sql_str(), false);
    let mut migrator = Migrator::with_migrations(vec![migration]);
    migrator.dangerous_set_table_name("_shop_migrations");
    migrator.set_locking(false);
    migrator.set_ignore_missing(true);
    migrator
}
