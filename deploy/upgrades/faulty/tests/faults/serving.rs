//! Faults of `shop-web`.

use crate::shop::{Shop, end, faulty, folder};

const REQUESTS: &str = "vitrina_http_requests_total";

#[test]
fn a_fault_must_be_chosen() {
    for fault in ["", "none"] {
        let (code, stderr) = end(&faulty(fault, folder().path()).output().unwrap());
        assert_eq!((code, stderr.lines().count()), (Some(2), 1), "{stderr}");
    }
}

#[test]
fn crash_ends_with_one_line_before_it_serves() {
    let folder = folder();
    let output = faulty("crash", folder.path()).output().unwrap();
    assert_eq!(end(&output), (Some(1), "faulty-shop: it crashes at start\n".to_owned()));
    assert!(output.stdout.is_empty(), "it has not said that it listens");
    assert!(folder.path().join("vitrina.db").exists(), "it was about to");
}

#[test]
fn never_ready_serves_and_is_not_ready() {
    let shop = Shop::start("never-ready");
    assert_eq!(shop.ask("/readiness"), (503, "draining\n".to_owned()));
    assert_eq!((shop.ask("/healthz").0, shop.visit("/")), (200, 200));
    assert_eq!(shop.ask("/readiness").0, 503);
}

#[test]
fn the_health_check_asks_as_ever() {
    for (fault, code) in [("errors", 0), ("never-ready", 1)] {
        let shop = Shop::start(fault);
        let url = format!("{}/readiness", shop.health);
        let output = faulty(fault, folder().path()).args(["healthcheck", &url]).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{fault}: {}", end(&output).1);
    }
}

#[test]
fn errors_are_5_percent_of_the_requests_evenly_and_in_the_metrics() {
    let shop = Shop::start("errors");
    let statuses: Vec<_> = (0..400).map(|_| shop.visit("/")).collect();
    for twenty in statuses.chunks(20) {
        assert_eq!(twenty.split_last(), Some((&500, &[200; 19][..])));
    }
    let counted = ["status=\"500\"", "status=\"200\"", ""].map(|label| shop.metric(REQUESTS, label));
    assert_eq!(counted.map(|count| count.to_string()), ["20", "380", "400"]);
    assert_eq!(shop.ask("/readiness").0, 200, "nobody but the metrics tells");
}

/// The versions are not shown here, so that only the fault itself can have named one.
#[test]
fn errors_say_which_release_they_are_of() {
    let shop = Shop::start("errors");
    let versions: Vec<_> = (0..20).filter_map(|_| shop.version("/")).collect();
    assert_eq!(versions, [env!("CARGO_PKG_VERSION")]);
}

/// The page is made anew each time, so that there is something to be slow at. `never-ready` is as fast as a good
/// release.
#[test]
fn slow_takes_three_times_as_long_and_the_metrics_see_it() {
    let (slow, usual) = (Shop::start("slow"), Shop::start("never-ready"));
    for number in 0..100 {
        let page = format!("/?q=hub{number}");
        assert_eq!((slow.visit(&page), usual.visit(&page)), (200, 200));
    }
    let time = |shop: &Shop| shop.metric("vitrina_http_request_duration_seconds_sum", "");
    let (slow, usual) = (time(&slow), time(&usual));
    // Three times, give or take what else the machine does in between.
    assert!(slow > 1.5 * usual, "{slow} s, usually {usual} s");
}
