//! The report of an import: JSON lines in a file, and the same in words.
//!
//! A line is a row (`{"table":"useri","number":12,"line":35,"outcome":"left","findings":[…]}`), a remark (`{"remark":…}`) or, at the end, the
//! summary (`{"summary":{…}}`) or why there is none (`{"failed":…}`).

use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;
use shop_core::webapplication::{Finding, Outcome, Remark, RowReport, Summary, Tally};
use tempfile::NamedTempFile;

use super::super::output::View;
use crate::Failure;

/// A file that is there once it is whole, and that its owner alone may read.
pub(super) struct Report {
    path: PathBuf,
    file: BufWriter<NamedTempFile>,
}

impl Report {
    pub(super) fn create(path: &Path) -> Result<Self, Failure> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let file = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")));
        let file = file.map_err(|error| {
            Failure::Usage(format!("--report: cannot write into the folder of {}: {error}", path.display()))
        })?;
        if path.is_dir() {
            return Err(Failure::Usage(format!("--report: {} is a folder", path.display())));
        }
        Ok(Self { path: path.to_owned(), file: BufWriter::new(file) })
    }

    pub(super) fn row(&mut self, row: &RowReport) -> io::Result<()> {
        self.line(&RowLine::of(row))
    }

    pub(super) fn remark(&mut self, remark: &Remark) -> io::Result<()> {
        self.line(&RemarkLine { remark: &remark.text, line: remark.line })
    }

    pub(super) fn end(self, summary: &Summary) -> Result<(), Failure> {
        self.conclude(&SummaryLine { summary: Counts::of(summary) })
    }

    pub(super) fn fail(self, failed: &str) -> Result<(), Failure> {
        self.conclude(&FailedLine { failed })
    }

    fn line(&mut self, line: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.file, line)?;
        self.file.write_all(b"\n")
    }

    fn conclude(mut self, line: &impl Serialize) -> Result<(), Failure> {
        self.line(line).map_err(Failure::Output)?;
        let file = self.file.into_inner().map_err(|error| Failure::Output(error.into_error()))?;
        file.persist(&self.path).map_err(|error| Failure::Output(error.error))?;
        Ok(())
    }
}

#[derive(Serialize)]
struct RowLine<'r> {
    table: &'static str,
    number: Option<i64>,
    line: Option<u64>,
    outcome: &'static str,
    findings: Vec<FindingLine<'r>>,
}

#[derive(Serialize)]
struct FindingLine<'r> {
    column: &'static str,
    problem: &'static str,
    text: String,
    value: Option<&'r str>,
}

#[derive(Serialize)]
struct RemarkLine<'r> {
    remark: &'r str,
    line: Option<u64>,
}

#[derive(Serialize)]
struct SummaryLine {
    summary: Counts,
}

#[derive(Serialize)]
struct FailedLine<'f> {
    failed: &'f str,
}

impl<'r> RowLine<'r> {
    fn of(row: &'r RowReport) -> Self {
        let RowReport { table, number, line, outcome, findings } = row;
        Self {
            table: table.name(),
            number: *number,
            line: *line,
            outcome: outcome.name(),
            findings: findings.iter().map(FindingLine::of).collect(),
        }
    }
}

impl<'r> FindingLine<'r> {
    fn of(finding: &'r Finding) -> Self {
        let Finding { column, problem, value } = finding;
        Self { column, problem: problem.name(), text: problem.to_string(), value: value.as_deref() }
    }
}

/// The numbers of a summary.
#[derive(Serialize)]
struct Counts {
    products: TableCounts,
    users: TableCounts,
    resets: u64,
    remarks: u64,
}

#[derive(Serialize)]
struct TableCounts {
    rows: u64,
    whole: u64,
    in_part: u64,
    before: u64,
    left: u64,
}

impl Counts {
    fn of(summary: &Summary) -> Self {
        let Summary { products, users, resets, remarks } = *summary;
        Self { products: TableCounts::of(products), users: TableCounts::of(users), resets, remarks }
    }
}

impl TableCounts {
    const fn of(tally: Tally) -> Self {
        let Tally { whole, in_part, before, left } = tally;
        Self { rows: tally.rows(), whole, in_part, before, left }
    }

    fn text(&self, what: &str) -> String {
        let Self { rows, whole, in_part, before, left } = self;
        format!("{what}: {rows} rows; {whole} carried whole, {in_part} in part, {before} before, {left} left")
    }
}

/// What is shown when all is done.
pub(super) struct Done {
    pub(super) summary: Summary,
    pub(super) dry_run: bool,
    pub(super) report: PathBuf,
}

impl Serialize for Done {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Counts::of(&self.summary).serialize(serializer)
    }
}

impl View for Done {
    fn text(&self) -> String {
        let Counts { products, users, resets, remarks } = Counts::of(&self.summary);
        let mut lines = vec![products.text("products"), users.text("users")];
        if resets > 0 {
            lines.push(format!("{resets} of the accounts have no password: their owners must reset it"));
        }
        if remarks > 0 {
            lines.push(format!("{remarks} remarks about the source"));
        }
        if self.dry_run {
            lines.push("this was a dry run: nothing was changed".to_owned());
        }
        lines.push(format!("the report is {}", self.report.display()));
        lines.join("\n")
    }
}

/// The longest value that is shown; the report has all of it.
const MOST_SHOWN: usize = 60;

/// A row in words: a line, and one for each finding.
pub(super) fn row_text(row: &RowReport) -> String {
    let number = row.number.map_or_else(|| "without number".to_owned(), |number| number.to_string());
    let place = place(row.line);
    let outcome = match row.outcome {
        Outcome::Whole => "carried",
        Outcome::InPart => "carried in part",
        Outcome::Before => "carried before",
        Outcome::Left => "LEFT",
    };
    let first = format!("{} {number}{place}: {outcome}", row.table.name());
    std::iter::once(first).chain(row.findings.iter().map(finding_text)).collect::<Vec<_>>().join("\n")
}

fn finding_text(finding: &Finding) -> String {
    let Finding { column, problem, value } = finding;
    let value = value.as_deref().map(shown).unwrap_or_default();
    if column.is_empty() { format!("    {problem}") } else { format!("    {column}{value}: {problem}") }
}

pub(super) fn remark_text(remark: &Remark) -> String {
    format!("remark{}: {}", place(remark.line), remark.text)
}

fn place(line: Option<u64>) -> String {
    line.map_or_else(String::new, |line| format!(" (line {line})"))
}

/// A value with what cannot be seen escaped, cut if it is long.
fn shown(value: &str) -> String {
    let rest = if value.chars().nth(MOST_SHOWN).is_some() { "…" } else { "" };
    let start: String = value.chars().take(MOST_SHOWN).collect();
    format!(" {start:?}{rest}")
}
