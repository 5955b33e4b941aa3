use std::io;
use std::path::Path;

use serde::Serialize;
use shop_storage::{BackupError, Contents, SqliteOptions, SqliteStore};
use shop_web::server::Stop;

use super::arguments::Backup;
use super::output::{Output, View};
use crate::Failure;
use crate::failure::one_line;
use crate::settings::{Database, Settings};

pub(super) async fn run(settings: &Settings, arguments: &Backup, mut output: Output) -> Result<(), Failure> {
    let options = file(&settings.database.location)?;
    must_exist(options)?;
    let work = SqliteStore::backup(options, &arguments.file);
    let contents = unless_stopped(work).await?.map_err(refusal)?;
    output.show(&BackupView::new(&arguments.file, contents))
}

fn must_exist(options: &SqliteOptions) -> Result<(), Failure> {
    match options.path().metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(Failure::NoDatabase(options.path().to_owned()))
        }
        // Whatever else is wrong with it is told by whoever opens it.
        _ => Ok(()),
    }
}

fn refusal(error: BackupError) -> Failure {
    match error {
        BackupError::Open(error) => Failure::Database(error),
        refusal @ (BackupError::Exists(_)
        | BackupError::File { .. }
        | BackupError::Copy { .. }
        | BackupError::NotAShop { .. }
        | BackupError::Damaged { .. }) => Failure::Incomplete(one_line(&refusal)),
    }
}

/// Works until it is done, or until a signal comes: then what is half done is put away before the program
/// ends.
pub(super) async fn unless_stopped<T>(work: impl Future<Output = T>) -> Result<T, Failure> {
    let stop = Stop::on_signals().map_err(Failure::System)?;
    tokio::select! {
        outcome = work => Ok(outcome),
        () = stop.requested() => Err(Failure::Incomplete("stopped by a signal".to_owned())),
    }
}

/// The file that holds the shop's data; whoever wants to save or load a MySQL database learns what does that.
pub(super) fn file(database: &Database) -> Result<&SqliteOptions, Failure> {
    match database {
        Database::Sqlite(options) => Ok(options),
        Database::MySql(_) => {
            let advice = "SHOP_DATABASE_URL names a MySQL database: save it with \
                          mysqldump --single-transaction and load it with mysql";
            Err(Failure::Usage(advice.to_owned()))
        }
    }
}

#[derive(Serialize)]
struct BackupView {
    file: String,
    accounts: u64,
    products: u64,
    orders: u64,
}

impl BackupView {
    fn new(file: &Path, contents: Contents) -> Self {
        let Contents { accounts, products, orders } = contents;
        Self { file: file.display().to_string(), accounts, products, orders }
    }
}

impl View for BackupView {
    fn text(&self) -> String {
        let Self { file, accounts, products, orders } = self;
        format!("{file} holds {accounts} accounts, {products} products, {orders} orders")
    }
}
