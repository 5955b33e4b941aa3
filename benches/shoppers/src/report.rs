//! What a load has measured, as it is written down: one JSON document.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::mix::Kind;
use crate::trouble::Trouble;

/// What a load has measured. `sent` is always `failed` and all of `by_version` together.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(crate) struct Report {
    /// When it began, in milliseconds since 1970.
    pub(crate) started_at: i64,
    /// How long requests were planned.
    pub(crate) seconds: f64,
    /// Requests; one that was sent again counts once.
    pub(crate) sent: u64,
    /// Requests without a 2xx or 3xx answer, read to its end in time, with what belonged in it.
    pub(crate) failed: u64,
    /// GET requests that were sent again, for their kept connection had ended before the answer began.
    pub(crate) retried: u64,
    /// Actions that were planned when no account was free; none of their requests was sent.
    pub(crate) skipped: u64,
    /// The longest time from the planned moment of a request to the end of its answer, of those that did not
    /// fail.
    pub(crate) slowest_ms: f64,
    /// The median of these times.
    pub(crate) p50_ms: f64,
    /// 99 % were no longer.
    pub(crate) p99_ms: f64,
    /// The longest time without the end of any answer that did not fail: the outage, if there was one.
    pub(crate) longest_gap_ms: f64,
    /// The same by what the requests were part of.
    pub(crate) by_kind: BTreeMap<Kind, KindReport>,
    /// Requests that did not fail, by the `X-Version` of the answer; empty if it has none.
    pub(crate) by_version: BTreeMap<String, u64>,
    /// Requests that failed, by the `X-Version` of the answer that was not as it should be; empty if there was none.
    pub(crate) failed_by_version: BTreeMap<String, u64>,
    /// Each second of the run, by when requests were over.
    pub(crate) timeline: Vec<TimelineSecond>,
    /// What became of orders.
    pub(crate) orders: Orders,
    /// The first failures, at most 20.
    pub(crate) first_errors: Vec<ErrorReport>,
}

/// Requests of one kind.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(crate) struct KindReport {
    /// All.
    pub(crate) sent: u64,
    /// Of them failed.
    pub(crate) failed: u64,
    /// The longest time of those that did not fail.
    pub(crate) slowest_ms: f64,
}

/// Requests that were over within one second.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(crate) struct TimelineSecond {
    /// Since the beginning; the first is 0.
    pub(crate) second: u64,
    /// Those that did not fail.
    pub(crate) by_version: BTreeMap<String, u64>,
    /// Those that failed.
    pub(crate) failed: u64,
}

/// Orders.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(crate) struct Orders {
    /// The numbers that the shop has told.
    pub(crate) acknowledged: Vec<String>,
    /// Checkouts of which nobody can tell whether they became orders.
    pub(crate) unanswered: u64,
}

/// A failure.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct ErrorReport {
    /// When, since the beginning.
    pub(crate) second: u64,
    /// What the request was part of.
    pub(crate) kind: Kind,
    /// Its method and path.
    pub(crate) request: String,
    /// Why.
    pub(crate) reason: String,
}

/// Writes a report, to stdout for the path `-`.
pub(crate) fn write(report: &impl Serialize, path: &Path) -> Result<(), Trouble> {
    let text = serde_json::to_string_pretty(report).map_err(|error| Trouble::content(path, &error))?;
    let written = match path.to_str() {
        Some("-") => writeln!(io::stdout(), "{text}"),
        _ => fs::write(path, text + "\n"),
    };
    written.map_err(Trouble::file(path))
}

/// Reads a JSON document.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Result<T, Trouble> {
    let text = fs::read_to_string(path).map_err(Trouble::file(path))?;
    serde_json::from_str(&text).map_err(|error| Trouble::content(path, &error))
}
