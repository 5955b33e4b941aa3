#![expect(clippy::float_cmp, reason = "whole milliseconds are exact")]

use std::io;

use super::*;

/// A tally with a beginning, and its moments.
fn tally() -> (Tally, impl Fn(u64) -> Instant) {
    let begin = Instant::now();
    (Tally::new(begin, 7), move |millis| begin + Duration::from_millis(millis))
}

fn answer(at: Instant, latency: u64, version: &str) -> Entry {
    let latency = Duration::from_millis(latency);
    let (name, version) = ("GET /".to_owned(), version.to_owned());
    Entry::Request { name, kind: Kind::Browse, at, latency, version, outcome: Ok(()) }
}

fn failure(at: Instant, kind: Kind) -> Entry {
    let outcome = Err(Failure::Connect(io::ErrorKind::ConnectionRefused));
    let (name, version, latency) = ("POST /checkout".to_owned(), String::new(), Duration::from_secs(9));
    Entry::Request { name, kind, at, latency, version, outcome }
}

#[test]
fn each_request_is_counted_once_everywhere() {
    let (mut tally, at) = tally();
    for entry in [answer(at(100), 10, "1"), answer(at(1_100), 30, "2"), answer(at(1_200), 20, "2")] {
        tally.enter(entry);
    }
    tally.enter(failure(at(1_300), Kind::Order));
    tally.enter(Entry::Retried);
    tally.enter(Entry::Skipped);
    let report = tally.finish(at(2_000));
    assert_eq!((report.started_at, report.seconds), (7, 2.0));
    assert_eq!((report.sent, report.failed, report.retried, report.skipped), (4, 1, 1, 1));
    assert_eq!(report.by_version, [("1".to_owned(), 1), ("2".to_owned(), 2)].into());
    assert_eq!(report.failed_by_version, [(String::new(), 1)].into());
    assert_eq!(report.sent, report.failed + report.by_version.values().sum::<u64>());
    assert_eq!((report.by_kind[&Kind::Browse].sent, report.by_kind[&Kind::Browse].failed), (3, 0));
    assert_eq!((report.by_kind[&Kind::Order].sent, report.by_kind[&Kind::Order].failed), (1, 1));
    let of_timeline = |second: &TimelineSecond| second.failed + second.by_version.values().sum::<u64>();
    assert_eq!(report.timeline.iter().map(of_timeline).collect::<Vec<_>>(), [1, 3]);
    let (kind, request) = (Kind::Order, "POST /checkout".to_owned());
    let reason = "no connection: connection refused".to_owned();
    assert_eq!(report.first_errors, [ErrorReport { second: 1, kind, request, reason }]);
}

#[test]
fn times_are_those_of_answers_alone() {
    let (mut tally, at) = tally();
    (1..=200).for_each(|latency| tally.enter(answer(at(latency), latency, "1")));
    tally.enter(failure(at(300), Kind::Browse));
    let report = tally.finish(at(300));
    assert_eq!((report.p50_ms, report.p99_ms, report.slowest_ms), (100.0, 198.0, 200.0));
    assert_eq!(report.by_kind[&Kind::Browse].slowest_ms, 200.0);
    let (empty, at) = self::tally();
    assert_eq!(empty.finish(at(1)).slowest_ms, 0.0);
}

/// The longest gap of a run of 10 s with answers at these moments.
fn gap(answers: &[u64]) -> f64 {
    let (mut tally, at) = tally();
    for &moment in answers {
        tally.enter(answer(at(moment), 1, "1"));
    }
    // What fails ends no gap.
    tally.enter(failure(at(5_000), Kind::Browse));
    tally.finish(at(10_000)).longest_gap_ms
}

#[test]
fn a_gap_is_the_longest_time_without_an_answer() {
    assert_eq!(gap(&[1_000, 2_000, 6_500, 8_000, 9_000]), 4_500.0);
    assert_eq!(gap(&[]), 10_000.0);
    assert_eq!(gap(&[7_000, 8_000]), 7_000.0, "before the first answer");
    assert_eq!(gap(&[1_000, 2_000]), 8_000.0, "after the last one");
    assert_eq!(gap(&[2_000, 6_000, 4_000, 9_000]), 3_000.0, "entries may come late");
    assert_eq!(gap(&[3_000, 6_000, 9_900, 14_000]), 3_900.0, "the silence after the end is none");
    assert_eq!(gap(&[3_000, 6_000, 14_000]), 4_000.0, "up to the end it is");
}

#[test]
fn only_the_first_failures_are_told() {
    let (mut tally, at) = tally();
    (0..50).for_each(|_| tally.enter(failure(at(1), Kind::Browse)));
    let report = tally.finish(at(2));
    assert_eq!((report.failed, report.first_errors.len()), (50, 20));
}
