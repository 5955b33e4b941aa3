//! The report of an import: JSON lines in a file, and the same in words.
//!
//! A line is a row (`{"table":"useri","number":12,"line":35,"outcome":"left","findings":[…]}`), a remark
//! (`{"remark":…}`) or, at the end, the summary (`{"summary":{…}}`) or why there is none (`{"failed":…}`).

use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use serde::Serialize;
use shop_core::webapplication::{Finding, Outcome, Remark, RowReport, Summary, Tally};

use super::super::output::View;
use crate::Failure;

/// A file that is there once it is whole, and that its owner alone may read. Until then it is beside, as
/// `….partial`.
pub(super) struct Report {
    path: PathBuf,
    partial: PathBuf,
    file: BufWriter<File>,
}

impl Report {
    /// Begins a report. What stands at the path is replaced only if it is a report itself.
    pub(super) fn create(path: &Path) -> Result<Self, Failure> {
        let refused = |why: String| Failure::Usage(format!("--report: {}: {why}", path.display()));
        if !is_free(path).map_err(|error| refused(error.to_string()))? {
            return Err(refused("is there already and is no report".to_owned()));
        }
        let mut name = path.as_os_str().to_owned();
        name.push(".partial");
        let partial = PathBuf::from(name);
        let file = begin(&partial).map_err(|error| refused(error.to_string()))?;
        Ok(Self { path: path.to_owned(), partial, file: BufWriter::new(file) })
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
        self.line(line).and_then(|()| self.file.flush()).map_err(Failure::Output)?;
        fs::rename(&self.partial, &self.path).map_err(Failure::Output)
    }
}

/// A fresh file for its owner alone, in place of what a run that was killed has left.
fn begin(partial: &Path) -> io::Result<File> {
    if fs::symlink_metadata(partial).is_ok_and(|there| there.is_file()) {
        fs::remove_file(partial)?;
    }
    File::options().write(true).create_new(true).mode(0o600).open(partial)
}

/// Whether nothing is there, or an earlier report.
fn is_free(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(there) if there.is_file() => is_report(path),
        Ok(_) => Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

fn is_report(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    File::open(path)?.take(16).read_to_end(&mut start)?;
    let kinds: [&[u8]; 4] = [b"{\"table\":", b"{\"remark\":", b"{\"summary\":", b"{\"failed\":"];
    Ok(kinds.iter().any(|kind| start.starts_with(kind)))
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
    before_in_part: u64,
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
        let Tally { whole, in_part, before, before_in_part, left } = tally;
        Self { rows: tally.rows(), whole, in_part, before, before_in_part, left }
    }

    fn text(&self, what: &str) -> String {
        let Self { rows, whole, in_part, before, before_in_part, left } = self;
        format!(
            "{what}: {rows} rows; carried whole {whole}, in part {in_part}; before whole {before}, in part \
            {before_in_part}; left {left}"
        )
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
            lines.push(format!("accounts without a password, whose owners must reset it: {resets}"));
        }
        if remarks > 0 {
            lines.push(format!("remarks about the source: {remarks}"));
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
        Outcome::BeforeInPart => "carried before, in part",
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
