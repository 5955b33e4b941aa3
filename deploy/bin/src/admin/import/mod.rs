//! Moving in from another shop.

mod report;

use std::collections::BTreeMap;

use indicatif::ProgressBar;
use shop_core::account::EmailAddress;
use shop_core::error::Cause;
use shop_core::webapplication::{Import, ImportError, Journal, Phase, Progress, Remark, RowReport, Source};
use shop_storage::webapplication::{Dump, LiveShop};

use self::report::{Done, Report, remark_text, row_text};
use super::Desk;
use super::arguments::{GivenAddress, Webapplication};
use super::output::Output;
use super::progress;
use crate::failure::one_line;
use crate::{Failure, sample};

/// Moves in from `webapplication`, the shop that this one replaces.
pub(super) async fn webapplication(desk: &mut Desk<'_>, arguments: Webapplication) -> Result<(), Failure> {
    let Webapplication { from, report: path, dry_run, map, language, encoding } = arguments;
    let mut source = open(&from, encoding.as_deref()).await?;
    let mut report = Report::create(&path)?;
    let import = Import {
        source: &mut *source,
        language,
        addresses: addresses(map)?,
        pictures: sample::pictures()?,
        dry_run,
    };
    let bar = progress::bar("{msg} {wide_bar} {percent} % {eta}");
    let mut listing = Listing { report: &mut report, output: &mut desk.output, bar: &bar };
    let outcome = desk.shop.import_webapplication(import, &mut listing).await;
    bar.finish_and_clear();
    match outcome {
        Ok(summary) => {
            report.end(&summary)?;
            conclude(desk, &Done { summary, dry_run, report: path })
        }
        Err(error) => {
            // Why the import ended matters more than why its report did.
            let _ = report.fail(&one_line(&error));
            Err(failure(&error))
        }
    }
}

/// The addresses that the operator gives, one a number.
fn addresses(map: Vec<GivenAddress>) -> Result<BTreeMap<i64, EmailAddress>, Failure> {
    let mut addresses = BTreeMap::new();
    for GivenAddress { number, email } in map {
        if addresses.insert(number, email).is_some() {
            return Err(Failure::Usage(format!("--map: user {number} is given two addresses")));
        }
    }
    Ok(addresses)
}

/// The old shop: a server if it is a URL, which may hold a password and is never repeated; else a dump.
async fn open(from: &str, encoding: Option<&str>) -> Result<Box<dyn Source>, Failure> {
    let refused = |error: &dyn std::error::Error| Failure::Usage(format!("--from: {}", one_line(error)));
    if let Some((scheme, rest)) = from.split_once("://") {
        let is_known = ["mysql", "mariadb"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        let url = if is_known { format!("mysql://{rest}") } else { String::new() };
        let options = url.parse().map_err(|error| refused(&error))?;
        let shop = LiveShop::open(options).await.map_err(|error| refused(&error))?;
        return Ok(Box::new(shop));
    }
    let dump = Dump::open(from).map_err(|error| refused(&error))?;
    let dump = match encoding {
        Some(name) => dump.encoding(name).map_err(|error| Failure::Usage(format!("--encoding: {error}")))?,
        None => dump,
    };
    Ok(Box::new(dump))
}

fn conclude(desk: &mut Desk<'_>, done: &Done) -> Result<(), Failure> {
    let shown = desk.output.show(done);
    let summary = done.summary;
    if summary.is_whole() {
        return shown;
    }
    let rows = summary.products.not_whole() + summary.users.not_whole();
    let told =
        format!("rows that were not carried whole: {rows}; remarks about the source: {}", summary.remarks);
    Err(Failure::Incomplete(told))
}

fn failure(error: &ImportError) -> Failure {
    let line = one_line(error);
    match error {
        ImportError::NoSuchUser(_) => Failure::Usage(format!("--map: {line}")),
        ImportError::Source(_) | ImportError::Journal(_) | ImportError::Store(_) => {
            Failure::Incomplete(format!("{line}; what was carried stays, and the same command goes on"))
        }
    }
}

/// Writes what it hears into the report, shows it to who looks on, and moves the bar.
struct Listing<'a> {
    report: &'a mut Report,
    output: &'a mut Output,
    bar: &'a ProgressBar,
}

impl Journal for Listing<'_> {
    fn row(&mut self, row: &RowReport) -> Result<(), Cause> {
        self.report.row(row)?;
        self.bar.suspend(|| self.output.aside(|| row_text(row)));
        Ok(())
    }

    fn remark(&mut self, remark: &Remark) -> Result<(), Cause> {
        self.report.remark(remark)?;
        self.bar.suspend(|| self.output.aside(|| remark_text(remark)));
        Ok(())
    }

    fn progress(&mut self, phase: Phase, progress: Progress) {
        self.bar.set_message(match phase {
            Phase::Survey => "reading",
            Phase::Carry => "carrying",
        });
        self.bar.set_length(progress.whole);
        self.bar.set_position(progress.done);
    }
}
