//! Moving a shop: everything that one database holds, into an empty one.

use std::io::{IsTerminal as _, Write as _, stderr};

use serde::Serialize;

use super::arguments::Copy;
use super::output::{Output, View};
use crate::Failure;
use crate::compose::{self, Schema};
use crate::settings::Database;

pub(super) async fn run(arguments: &Copy, mut output: Output) -> Result<(), Failure> {
    let (from, to) = (database("--from", &arguments.from)?, database("--to", &arguments.to)?);
    let (source, _) = compose::open(&from, Schema::Verify).await?;
    let (target, _) = compose::open(&to, Schema::Migrate).await?;
    let shows = stderr().is_terminal();
    let copied = source
        .copy_to(&target, &mut |table, rows| {
            if shows {
                // Whoever closed stderr does not want to know.
                let _ = write!(stderr(), "\r\x1b[K{table}: {rows}");
            }
        })
        .await;
    if shows {
        let _ = write!(stderr(), "\r\x1b[K");
    }
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
