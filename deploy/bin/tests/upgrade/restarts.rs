//! A hundred restarts under load, from one release to the other and back: no request fails, no order is lost.

use std::collections::HashSet;
use std::time::Duration;

use serde_json::Value;
use shop_core::ports::Clock as _;
use shop_core::system::SystemClock;

use crate::load::{Load, Report};
use crate::place::Place;
use crate::proxy::{Ports, Proxy, free_port};
use crate::release::Release;
use crate::shop::{PASSWORD, Shop};

const RESTARTS: usize = 100;
const INSTANCES: usize = 3;

/// Actions a second, of one request or more: about 100 requests.
const RATE: u32 = 70;

/// Each signs in and orders, but not more often than an account may.
const ACCOUNTS: usize = 60;

/// Shops behind a proxy, on one database.
struct Row {
    place: Place,
    proxy: Proxy,
    ports: Vec<Ports>,
    shops: Vec<Option<Shop>>,
    releases: [Release; 2],
    longest_restart: Duration,
}

impl Row {
    /// All of the release before.
    fn start() -> Self {
        let ports: Vec<_> = (0..INSTANCES).map(|_| (free_port(), free_port())).collect();
        let (place, proxy) = (Place::on_mariadb(), Proxy::start(&ports));
        let releases = [Release::before(), Release::this()];
        place.migrate(&releases[1]);
        let shops = ports.iter().map(|_| None).collect();
        let mut row = Self { place, proxy, ports, shops, releases, longest_restart: Duration::ZERO };
        for number in 0..INSTANCES {
            row.shops[number] = Some(row.launch(number, 0));
        }
        row.proxy.wait_for(INSTANCES);
        row
    }

    fn launch(&self, number: usize, release: usize) -> Shop {
        let (web, health) = self.ports[number];
        let settings = [
            ("SHOP_PORT", web.to_string()),
            ("SHOP_HEALTH_PORT", health.to_string()),
            ("SHOP_PUBLIC_URL", self.proxy.url.clone()),
            ("SHOP_TRUSTED_PROXIES", "127.0.0.1".to_owned()),
            ("SHOP_DRAIN_SECONDS", "1".to_owned()),
            ("SHOP_MIGRATE", "false".to_owned()),
            ("SHOP_MAIL_URL", "none://".to_owned()),
            ("SHOP_SHOW_INSTANCE", "true".to_owned()),
        ];
        let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.place.start(&self.releases[release], &settings)
    }

    /// Ends one shop as an orchestrator does, and puts one of the other release into its place.
    fn restart(&mut self, turn: usize) {
        let begin = SystemClock.now();
        let number = turn % INSTANCES;
        // It asserts that the exit code is 0.
        self.shops[number].take().expect("it runs").stop();
        let release = (turn / INSTANCES + 1) % 2;
        self.shops[number] = Some(self.launch(number, release));
        self.longest_restart = self.longest_restart.max(SystemClock.now().since(begin));
    }

    fn ask(&self, arguments: &[&str]) -> Vec<Value> {
        self.place.ask(&self.releases[1], arguments).as_array().expect("a list").clone()
    }

    /// Accounts that may sign in at once, and goods that do not run out.
    fn prepare(&self) -> Vec<String> {
        for product in self.ask(&["product", "list"]) {
            for variant in product["variants"].as_array().expect("a list") {
                let sku = variant["sku"].as_str().expect("a text");
                self.place.ask(&self.releases[1], &["product", "set", sku, "--stock", "uncounted"]);
            }
        }
        let emails: Vec<_> = (0..ACCOUNTS).map(|number| format!("shopper{number}@example.com")).collect();
        for email in &emails {
            let arguments = ["user", "create", "--email", email, "--last-name", "Pop", "--first-name", "Ana"];
            let more = ["--address", "Strada Lungă 1, Brașov", "--password-stdin", "--activated"];
            self.place.ask_with(&self.releases[1], &[&arguments[..], &more].concat(), PASSWORD);
        }
        emails
    }

    /// What the books say, compared with what shoppers were told.
    fn audit(&self, report: &Report) {
        let told: HashSet<_> = report.orders.acknowledged.iter().map(String::as_str).collect();
        assert_eq!(told.len(), report.orders.acknowledged.len(), "two orders have one number");
        let listed = self.ask(&["order", "list"]);
        let numbers: Vec<_> = listed.iter().map(|order| order["number"].as_str().expect("a text")).collect();
        let found: HashSet<_> = numbers.iter().copied().collect();
        assert_eq!(found.len(), numbers.len(), "an order is listed twice");
        assert_eq!(told.difference(&found).collect::<Vec<_>>(), [&""; 0], "acknowledged, and lost");
        assert_eq!(found.difference(&told).collect::<Vec<_>>(), [&""; 0], "placed, and nobody was told");
        let mails = self.ask(&["outbox", "list", "--limit", "1000000"]);
        let received = mails.iter().filter(|mail| mail["kind"] == "order_received").count();
        assert_eq!(received, numbers.len(), "one mail an order");
        self.place.is_sound(self.releases.each_ref());
    }
}

fn print(report: &Report, row: &Row) {
    let [before, this] = row.releases.each_ref().map(Release::version);
    println!("{RESTARTS} restarts of {INSTANCES} shops under load, {before} <-> {this}");
    for (name, number) in [
        ("requests", report.sent),
        ("failed", report.failed),
        ("sent again by the shoppers", report.retried),
        ("actions skipped, no account was free", report.skipped),
        ("orders acknowledged", report.orders.acknowledged.len() as u64),
        ("checkouts without an answer", report.orders.unanswered),
    ] {
        println!("{name:<52} {number:>8}");
    }
    for (name, number) in row.proxy.faults() {
        println!("{:<52} {number:>8}", format!("{name}, as the proxy saw it"));
    }
    for (version, number) in &report.by_version {
        println!("{:<52} {number:>8}", format!("answered by {version}"));
    }
    println!(
        "median {:.0} ms, 99 % {:.0} ms, slowest {:.0} ms",
        report.p50_ms, report.p99_ms, report.slowest_ms
    );
    println!("{:.0} s in all, longest restart {:.1?}", report.seconds, row.longest_restart);
}

#[test]
fn a_hundred_restarts_fail_no_request_and_lose_no_order() {
    let mut row = Row::start();
    let load = Load::start(&row.proxy.url, RATE, &row.prepare());
    for turn in 0..RESTARTS {
        row.restart(turn);
    }
    let report = load.end();
    print(&report, &row);

    assert_eq!(report.failed, 0, "{:#?}", report.first_errors);
    assert_eq!((report.retried, report.orders.unanswered), (0, 0));
    assert!(row.proxy.faults().iter().all(|(_, count)| *count == 0), "{:?}", row.proxy.faults());
    row.audit(&report);
    let versions: HashSet<_> = row.releases.iter().map(Release::version).collect();
    assert_eq!(report.by_version.into_keys().collect::<HashSet<_>>(), versions, "both have served");
    let idle: Vec<_> = report.by_kind.iter().filter(|(_, kind)| kind.sent < 10).collect();
    assert!(report.by_kind.len() == 6 && idle.is_empty(), "too little load: {:?}", report.by_kind);
    for shop in row.shops.drain(..).flatten() {
        shop.stop();
    }
}
