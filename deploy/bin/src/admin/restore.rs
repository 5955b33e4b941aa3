use std::io::{self, BufRead, IsTerminal as _, Write};
use std::path::Path;
use std::time::Duration;

use serde::Serialize;
use shop_storage::{Contents, RestoreError, SqliteStore};

use super::arguments::Restore;
use super::backup::{self, unless_stopped};
use super::output::{Output, View};
use crate::Failure;
use crate::failure::one_line;
use crate::settings::Settings;

/// How long to wait for a shop that writes without a pause.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) async fn run(settings: &Settings, arguments: &Restore, mut output: Output) -> Result<(), Failure> {
    let options = backup::file(&settings.database.location)?.clone();
    let Restore { file, yes } = arguments;
    if !yes && io::stdin().is_terminal() {
        confirm(&mut io::stdin().lock(), &mut io::stderr(), file, options.path())?;
    }
    let options = options.patience(PATIENCE);
    let contents = unless_stopped(SqliteStore::restore(&options, file)).await?.map_err(refusal)?;
    output.show(&RestoreView::new(options.path(), contents))
}

/// Asks whoever sits there; only a whole `yes` counts.
fn confirm(
    answers: &mut impl BufRead,
    questions: &mut impl Write,
    file: &Path,
    database: &Path,
) -> Result<(), Failure> {
    let (file, database) = (file.display(), database.display());
    let mut answer = String::new();
    write!(
        questions,
        "All that {database} holds is replaced by what {file} holds; \
         orders and accounts since then are lost. Type yes to go on: "
    )
    .and_then(|()| questions.flush())
    .and_then(|()| answers.read_line(&mut answer))
    .map_err(Failure::System)?;
    if answer.trim() == "yes" {
        return Ok(());
    }
    Err(Failure::Incomplete("not confirmed; nothing was restored".to_owned()))
}

fn refusal(error: RestoreError) -> Failure {
    match error {
        RestoreError::Open(error) => Failure::Database(error),
        RestoreError::Store(error) => Failure::Store(error),
        refusal @ (RestoreError::File { .. }
        | RestoreError::NotABackup(_)
        | RestoreError::InUse { .. }
        | RestoreError::Damaged { .. }
        | RestoreError::Newer { .. }
        | RestoreError::Migration { .. }
        | RestoreError::Unfit { .. }
        | RestoreError::Busy { .. }) => Failure::Incomplete(one_line(&refusal)),
    }
}

#[derive(Serialize)]
struct RestoreView {
    database: String,
    accounts: u64,
    products: u64,
    orders: u64,
}

impl RestoreView {
    fn new(database: &Path, contents: Contents) -> Self {
        let Contents { accounts, products, orders } = contents;
        Self { database: database.display().to_string(), accounts, products, orders }
    }
}

impl View for RestoreView {
    fn text(&self) -> String {
        let Self { database, accounts, products, orders } = self;
        format!(
            "{database} holds {accounts} accounts, {products} products, {orders} orders again; \
             everybody signs in anew"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_yes_confirms() {
        let ask = |answer: &str| {
            let mut question = Vec::new();
            let outcome =
                confirm(&mut answer.as_bytes(), &mut question, Path::new("copy.db"), Path::new("shop.db"));
            (outcome.is_ok(), String::from_utf8(question).expect("text"))
        };
        assert!(ask("yes\n").0 && ask(" yes \r\n").0);
        for answer in ["", "\n", "y\n", "no\n", "yes please\n", "no\nyes\n"] {
            let (confirmed, question) = ask(answer);
            assert!(!confirmed, "{answer:?}");
            assert!(question.contains("copy.db") && question.contains("shop.db"), "{question}");
        }
    }
}
