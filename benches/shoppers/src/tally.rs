//! Counting what shoppers tell.

use std::time::Duration;

use tokio::time::Instant;

use crate::failure::Failure;
use crate::journal::Entry;
use crate::mix::Kind;
use crate::report::{ErrorReport, Report, TimelineSecond};

/// How many failures are told in words.
const ERRORS_TOLD: usize = 20;

/// The counts of a run that goes on.
#[derive(Debug)]
pub(crate) struct Tally {
    begin: Instant,
    report: Report,
    latencies: Vec<Duration>,
    /// The ends of the answers that did not fail.
    answered: Vec<Instant>,
}

impl Tally {
    /// Nothing has happened yet; `started_at` is the beginning in milliseconds since 1970.
    pub(crate) fn new(begin: Instant, started_at: i64) -> Self {
        let report = Report { started_at, ..Report::default() };
        Self { begin, report, latencies: Vec::new(), answered: Vec::new() }
    }

    /// Counts something.
    pub(crate) fn enter(&mut self, entry: Entry) {
        match entry {
            Entry::Request { name, kind, at, latency, version, outcome } => {
                self.report.sent += 1;
                self.report.by_kind.entry(kind).or_default().sent += 1;
                match outcome {
                    Ok(()) => self.enter_answer(kind, at, latency, version),
                    Err(failure) => {
                        *self.report.failed_by_version.entry(version).or_default() += 1;
                        self.enter_failure(name, kind, at, &failure);
                    }
                }
            }
            Entry::Retried => self.report.retried += 1,
            Entry::Skipped => self.report.skipped += 1,
            Entry::Acknowledged(number) => self.report.orders.acknowledged.push(number),
            Entry::Unanswered => self.report.orders.unanswered += 1,
        }
    }

    fn enter_answer(&mut self, kind: Kind, at: Instant, latency: Duration, version: String) {
        self.answered.push(at);
        self.latencies.push(latency);
        let of_kind = self.report.by_kind.entry(kind).or_default();
        of_kind.slowest_ms = of_kind.slowest_ms.max(millis(latency));
        if let Some(second) = self.second(at) {
            *second.by_version.entry(version.clone()).or_default() += 1;
        }
        *self.report.by_version.entry(version).or_default() += 1;
    }

    fn enter_failure(&mut self, request: String, kind: Kind, at: Instant, failure: &Failure) {
        self.report.failed += 1;
        self.report.by_kind.entry(kind).or_default().failed += 1;
        if let Some(second) = self.second(at) {
            second.failed += 1;
        }
        if self.report.first_errors.len() < ERRORS_TOLD {
            let second = at.duration_since(self.begin).as_secs();
            let reason = failure.to_string();
            self.report.first_errors.push(ErrorReport { second, kind, request, reason });
        }
    }

    /// The second of this moment, after all those before it.
    fn second(&mut self, at: Instant) -> Option<&mut TimelineSecond> {
        let timeline = &mut self.report.timeline;
        let index = usize::try_from(at.duration_since(self.begin).as_secs()).ok()?;
        while timeline.len() <= index {
            timeline.push(TimelineSecond { second: timeline.len() as u64, ..TimelineSecond::default() });
        }
        timeline.get_mut(index)
    }

    /// The report of a run in which no request was planned after this moment.
    ///
    /// What is answered later counts, but the silence between is no gap: nobody asks then.
    pub(crate) fn finish(mut self, end: Instant) -> Report {
        self.answered.sort_unstable();
        self.latencies.sort_unstable();
        let quantile = |percent| millis(quantile(&self.latencies, percent));
        Report {
            seconds: end.duration_since(self.begin).as_secs_f64(),
            slowest_ms: quantile(100),
            p50_ms: quantile(50),
            p99_ms: quantile(99),
            longest_gap_ms: millis(longest_gap(self.begin, &self.answered, end)),
            ..self.report
        }
    }
}

/// The shortest of these times that so many percent of them do not exceed; zero if there is none.
fn quantile(sorted: &[Duration], percent: usize) -> Duration {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}

/// The longest time from one of these moments to the next, between beginning and end.
fn longest_gap(begin: Instant, sorted: &[Instant], end: Instant) -> Duration {
    let next = sorted.iter().copied().filter(|moment| *moment < end).chain([end]);
    let gaps = next.scan(begin, |last, next| Some(next.duration_since(std::mem::replace(last, next))));
    gaps.max().unwrap_or_default()
}

/// Milliseconds, to the microsecond.
fn millis(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e3
}

#[cfg(test)]
mod tests;
