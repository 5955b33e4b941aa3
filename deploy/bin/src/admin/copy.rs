//! Moving a shop: everything that one database holds, into an empty one.

use serde::Serialize;

use super::arguments::Copy;
use super::output::{Output, View};
use super::progress;
use crate::Failure;
use crate::compose::{self, Schema};
use crate::settings::Database;

pub(super) async fn run(arguments: &Copy, mut output: Output) -> Result<(), Failure> {
    let (from, to) = (database("--from", &arguments.from)?, database("--to", &arguments.to)?);
    let (source, _) = compose::open(&from, Schema::Verify).await?;
    let (target, _) = compose::open(&to, Schema::Migrate).await?;
    let bar = progress::bar("{msg}");
    let copied =
        source.copy_to(&target, &mut |table, rows| bar.set_message(format!("{table}: {rows}"))).await;
    bar.finish_and_clear();
    target.close().await;
    source.close().await;
    let rows = copied.map_err(|error| Failure::Incomplete(crate::failure::one_line(&error)))?;
    output.show(&Copied { rows })
}

fn database(flag: &str, url: &str) -> Result<Database, Failure> {
    url.parse().map_err(|problem| Failure::Usage(format!("{flag}: {problem}")))
}

#[derive(Serialize)]
struct Copied {
    rows: u64,
}

impl View for Copied {
    fn text(&self) -> String {
        format!("{} rows copied and compared", self.rows)
    }
}
