use std::future::pending;

use super::*;

/// A store with a busy database; one whose outbox is not told hangs.
struct Store(Option<OutboxGauges>);

#[async_trait]
impl StoreGauges for Store {
    fn connections(&self) -> ConnectionGauges {
        ConnectionGauges { busy: 3, idle: 1, most: 8, writers_waiting: Some(2) }
    }

    async fn outbox(&self) -> Option<OutboxGauges> {
        match self.0 {
            Some(gauges) => Some(gauges),
            None => pending().await,
        }
    }
}

async fn scrape(store: Option<&dyn StoreGauges>) -> String {
    let version = Version { version: "1.2.3".into(), commit: "0f3c2a1".into(), track: "canary".into() };
    let started = Timestamp::from_micros(1_700_000_000_250_000);
    let scrape = Scrape::take(Status::default(), version.commit.clone(), started, store).await;
    scrape.render(version).unwrap()
}

/// The lines about metrics whose names begin so, heads and common labels left out.
fn lines(text: &str, name: &str) -> Vec<String> {
    let samples = text.lines().filter(|line| line.starts_with(name));
    samples.map(|line| line.replace("version=\"1.2.3\",track=\"canary\"", "")).collect()
}

#[tokio::test]
async fn what_the_store_knows_is_told() {
    let overdue = Duration::from_millis(1500);
    let text = scrape(Some(&Store(Some(OutboxGauges { waiting: 7, dead: 2, overdue })))).await;
    assert_eq!(lines(&text, "vitrina_store_up"), ["vitrina_store_up{} 1"]);
    let connections = [
        "vitrina_database_connections{,state=\"busy\"} 3",
        "vitrina_database_connections{,state=\"idle\"} 1",
        "vitrina_database_connections_max{} 8",
    ];
    assert_eq!(lines(&text, "vitrina_database_connections"), connections);
    assert_eq!(lines(&text, "vitrina_database_writers"), ["vitrina_database_writers_waiting{} 2"]);
    let outbox = [
        "vitrina_outbox_messages{,state=\"waiting\"} 7",
        "vitrina_outbox_messages{,state=\"dead\"} 2",
        "vitrina_outbox_age_seconds{} 1.5",
    ];
    assert_eq!(lines(&text, "vitrina_outbox"), outbox);
}

#[tokio::test(start_paused = true)]
async fn a_store_that_hangs_holds_up_a_scrape_for_a_second_and_costs_its_own_numbers_alone() {
    let begun = tokio::time::Instant::now();
    let text = scrape(Some(&Store(None))).await;
    assert_eq!(begun.elapsed().as_secs(), 1);
    assert_eq!(lines(&text, "vitrina_store_up"), ["vitrina_store_up{} 0"]);
    assert_eq!(lines(&text, "vitrina_outbox"), [""; 0]);
    assert_eq!(lines(&text, "vitrina_database_connections_max"), ["vitrina_database_connections_max{} 8"]);
    assert_eq!(lines(&text, "vitrina_http_requests_in_flight"), ["vitrina_http_requests_in_flight{} 0"]);
}

#[tokio::test]
async fn nothing_is_told_of_a_store_that_nobody_has_named() {
    let text = scrape(None).await;
    for name in ["vitrina_store", "vitrina_database", "vitrina_outbox", "vitrina_orders", "vitrina_sign_ins"]
    {
        assert_eq!(lines(&text, name), [""; 0]);
    }
    assert_eq!(lines(&text, "process_start"), ["process_start_time_seconds{} 1700000000.25"]);
}

#[tokio::test]
async fn durations_are_a_histogram() {
    let status = Status::default();
    for millis in [1, 30, 20_000] {
        status.traffic().count(None, "GET", hyper::StatusCode::OK, Duration::from_millis(millis));
    }
    let version = Version { version: "1.2.3".into(), commit: String::new(), track: "canary".into() };
    let scrape = Scrape::take(status, String::new(), Timestamp::from_micros(0), None).await;
    let text = scrape.render(version).unwrap();
    assert!(text.contains("# TYPE vitrina_http_request_duration_seconds histogram\n"), "{text}");
    let all = lines(&text, "vitrina_http_request_duration_seconds");
    let of =
        |bound: &str| all.iter().find(|line| line.contains(&format!("le=\"{bound}\""))).cloned().unwrap();
    for (bound, expected) in [("0.001", 1), ("0.025", 1), ("0.05", 2), ("10.0", 2), ("+Inf", 3)] {
        let line = of(bound);
        assert!(line.contains("route=\"unrouted\"") && line.ends_with(&format!(" {expected}")), "{line}");
    }
    assert_eq!(all.len(), 2 + 14);
    assert!(all[0].ends_with(" 20.031") && all[1].ends_with(" 3"), "{all:?}");
}
