//! What an operator sees of a running shop: its numbers and its log.

use std::collections::BTreeSet;
use std::path::Path;
use std::thread;
use std::time::Duration;

use serde_json::Value;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Executor as _};

use crate::browser::Browser;
#[cfg(feature = "mysql-server")]
use crate::on_mysql::block_on;
use crate::shop::{PASSWORD, Shop, create_users, folder};

/// The metrics of a shop at one moment.
struct Metrics(String);

impl Metrics {
    fn of(shop: &Shop) -> Self {
        Self(Browser::new(&shop.health).get("/metrics").body)
    }

    /// The value of the only line with this name and these labels.
    fn value(&self, name: &str, labels: &[(&str, &str)]) -> Option<f64> {
        let labels: Vec<_> = labels.iter().map(|(label, value)| format!("{label}=\"{value}\"")).collect();
        let has_all = |line: &&str| labels.iter().all(|label| line.contains(label.as_str()));
        let lines: Vec<_> =
            self.0.lines().filter(|line| line.starts_with(&format!("{name}{{"))).filter(has_all).collect();
        assert!(lines.len() <= 1, "{lines:?}");
        Some(lines.first()?.rsplit(' ').next().expect("a value").parse().expect("a number"))
    }

    fn count(&self, name: &str, labels: &[(&str, &str)]) -> u64 {
        self.value(name, labels).map_or(0, |value| format!("{value}").parse().expect("a whole number"))
    }

    fn requests(&self, method: &str, route: &str, status: &str) -> u64 {
        let labels = [("method", method), ("route", route), ("status", status)];
        self.count("vitrina_http_requests_total", &labels)
    }
}

/// A second browser in which somebody else tries the account.
fn refused(shop: &Shop, email: &str) {
    let browser = Browser::new(&shop.url);
    let form = browser.get("/login").form("/login").with("email", email).with("password", "not-the-password");
    assert_eq!(browser.submit(&form).status, 422);
}

#[test]
fn the_numbers_are_those_of_what_was_done() {
    let folder = folder();
    let settings = [("SHOP_MAIL_RELAY", "false"), ("SHOP_LANGUAGE", "ro")];
    let shop = Shop::start(folder.path(), &settings);
    create_users(folder.path(), &["ana@example.com".to_owned()]);
    let stranger = Browser::new(&shop.url);
    for path in ["/", "/ro", "/fr/", "/?q=secret"] {
        assert_eq!(stranger.get(path).status, 200);
    }
    assert_eq!(stranger.get("/products/no-such-thing").status, 404);
    assert_eq!(stranger.get("/wp-admin/secret").status, 404);
    refused(&shop, "ana@example.com");
    let ana = Browser::signed_in(&shop.url, "ana@example.com");
    ana.add("smart-home-hub", 1);
    let form = ana.get("/checkout").form("/checkout");
    for _ in 0..2 {
        // Sent twice, it is one order.
        assert_eq!(ana.submit(&form).status, 303);
    }

    let metrics = Metrics::of(&shop);
    assert_eq!(metrics.requests("GET", "/", "200"), 4);
    assert_eq!(metrics.requests("GET", "/products/<slug>", "404"), 1);
    assert_eq!(metrics.requests("GET", "/products/<slug>", "200"), 1);
    assert_eq!(metrics.requests("GET", "unrouted", "404"), 1);
    assert_eq!(metrics.requests("POST", "/login", "422"), 1);
    assert_eq!(metrics.requests("POST", "/login", "303"), 1);
    assert_eq!(metrics.requests("POST", "/checkout", "303"), 2);
    let timed = metrics.count("vitrina_http_request_duration_seconds_count", &[("route", "/checkout")]);
    assert_eq!(timed, 3, "the form, and twice what it asks for");
    assert_eq!(metrics.count("vitrina_orders_placed_total", &[]), 1);
    for (outcome, expected) in [("ok", 1), ("refused", 1), ("throttled", 0), ("not_activated", 0)] {
        assert_eq!(metrics.count("vitrina_sign_ins_total", &[("outcome", outcome)]), expected, "{outcome}");
    }
    assert_eq!(metrics.count("vitrina_outbox_messages", &[("state", "waiting")]), 1, "the order's mail");
    assert_eq!(metrics.count("vitrina_outbox_messages", &[("state", "dead")]), 0);
    assert!(metrics.value("vitrina_outbox_age_seconds", &[]).is_some_and(|age| age > 0.0 && age < 60.0));
    assert_eq!(metrics.count("vitrina_store_up", &[]), 1);
    assert!(metrics.count("vitrina_database_connections_max", &[]) > 0);
    assert_eq!(metrics.value("vitrina_database_writers_waiting", &[]), Some(0.0));
    assert!(metrics.value("process_start_time_seconds", &[]).is_some_and(|start| start > 1.7e9));
    for line in metrics.0.lines().filter(|line| !line.starts_with('#')) {
        assert!(
            line.contains(concat!("{version=\"", env!("CARGO_PKG_VERSION"), "\",track=\"stable\"")),
            "{line}"
        );
        assert!(!line.contains("secret") && !line.contains("thing"), "{line}");
    }
    shop.stop();
}

#[test]
fn an_outbox_that_is_delivered_is_not_behind() {
    let folder = folder();
    let mut shop = Shop::start(folder.path(), &[]);
    create_users(folder.path(), &["ana@example.com".to_owned()]);
    let ana = Browser::signed_in(&shop.url, "ana@example.com");
    ana.add("smart-home-hub", 1);
    ana.submit(&ana.get("/checkout").form("/checkout"));
    shop.link_to("ana@example.com");
    // The mail is written; a moment later that is written down.
    let waits = || Metrics::of(&shop).count("vitrina_outbox_messages", &[("state", "waiting")]) > 0;
    let tries =
        (0..3000).take_while(|_| waits()).inspect(|_| thread::sleep(Duration::from_millis(20))).count();
    assert!(tries < 3000, "the mail that was written still waits");
    assert_eq!(Metrics::of(&shop).value("vitrina_outbox_age_seconds", &[]), Some(0.0));
}

/// An answer's status and name, with its body.
fn ask(url: &str) -> (u16, String, String) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut answer = agent.get(url).call().expect("an answer");
    let id = answer.headers().get("x-request-id").expect("a name").to_str().expect("text").to_owned();
    (answer.status().as_u16(), id, answer.body_mut().read_to_string().expect("text"))
}

fn events(log: &str) -> Vec<Value> {
    log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect()
}

fn keys(object: &Value) -> BTreeSet<&str> {
    object.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn the_json_log_tells_of_every_request_and_nothing_of_a_person() {
    let folder = folder();
    let mut shop = Shop::start(folder.path(), &[("SHOP_LOG", "json")]);
    let (_, id, _) = ask(&format!("{}/ro/products/smart-home-hub?from=ana.pop", shop.url));

    let browser = Browser::new(&shop.url);
    let form = browser.get("/register").form("/register").with("email", "ana.pop@example.com");
    let form = form.with("last_name", "Ștefănescu").with("first_name", "Ana-Maria");
    let form = form.with("address", "Strada Lungă 1, Brașov").with("password", PASSWORD);
    assert_eq!(browser.submit(&form.with("password_confirmation", PASSWORD)).status, 303);
    let link = shop.link_to("ana.pop@example.com");
    let path = link.strip_prefix(&shop.url).expect("our own link");
    assert_eq!(browser.submit(&browser.get(path).form(path)).status, 303);
    refused(&shop, "ana.pop@example.com");
    let browser = browser.sign_in("ana.pop@example.com");
    browser.add("smart-home-hub", 2);
    let order = browser.submit(&browser.get("/checkout").form("/checkout")).location.expect("an order");
    assert_eq!(browser.get(&order).status, 200);
    assert_eq!(browser.submit(&browser.get("/account").form("/logout")).status, 303);
    let log = shop.stop();

    let token = path.rsplit('/').next().expect("a token");
    let number = order.rsplit('/').next().expect("a number");
    let personal = [
        "ana.pop",
        "example.com",
        "tefănescu",
        "Ana-Maria",
        "Lungă",
        PASSWORD,
        "not-the-password",
        token,
        number,
    ];
    for told in personal {
        assert!(!log.contains(told), "{told} is in {log}");
    }
    let events = events(&log);
    let access: Vec<_> = events.iter().filter(|event| event["target"] == "access").collect();
    for event in &access {
        let expected =
            ["duration_ms", "level", "message", "method", "route", "span", "status", "target", "timestamp"];
        assert_eq!(keys(event), expected.into(), "{event}");
        assert_eq!(keys(&event["span"]), ["id", "name"].into(), "{event}");
        assert_eq!(event["level"], "INFO");
        assert!(event["duration_ms"].as_f64().is_some_and(|duration| duration > 0.0), "{event}");
    }
    let first = access.iter().find(|event| event["span"]["id"] == id.as_str()).expect("the first request");
    assert_eq!((&first["method"], &first["route"]), (&"GET".into(), &"/products/<slug>".into()));
    assert_eq!(first["status"], 200);
    let ids: BTreeSet<_> = access.iter().map(|event| event["span"]["id"].as_str().expect("a name")).collect();
    assert_eq!(ids.len(), access.len(), "every request has a name of its own");
    let routes: BTreeSet<_> = access.iter().map(|event| event["route"].as_str().expect("a route")).collect();
    for route in ["/register", "/activate/<token>", "/login", "/checkout", "/orders/<number>", "/logout"] {
        assert!(routes.contains(route), "{route} is not in {routes:?}");
    }
}

/// Takes something from under the shop that every page of the catalog needs.
async fn break_the_catalog(folder: &Path) {
    let options = SqliteConnectOptions::new().filename(folder.join("vitrina.db"));
    let mut database: SqliteConnection = options.connect().await.expect("the shop's database");
    database.execute("ALTER TABLE products RENAME TO lost").await.expect("renamed");
}

#[test]
fn an_error_page_names_the_lines_of_the_log_about_it() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[("SHOP_LOG", "json")]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(break_the_catalog(folder.path()));
    let (status, id, page) = ask(&shop.url);
    assert_eq!(status, 500);
    assert!(page.contains(&format!("<code data-request=\"{id}\">{id}</code>")), "{page}");
    assert!(!page.contains("no such table"), "{page}");
    let (status, other, page) = ask(&format!("{}/no-such-page", shop.url));
    assert_eq!(status, 404);
    assert!(!page.contains(&other), "what is no fault of the shop's names nothing: {page}");

    let events = events(&shop.stop());
    let about: Vec<_> = events.iter().filter(|event| event["span"]["id"] == id.as_str()).collect();
    let errors: Vec<_> = about.iter().filter(|event| event["level"] == "ERROR").collect();
    assert!(
        errors.iter().any(|event| event["error"].to_string().contains("no such table: products")),
        "{about:?}"
    );
    let access = about.iter().find(|event| event["target"] == "access").expect("the line about the request");
    assert_eq!((&access["status"], &access["route"]), (&500.into(), &"/".into()));
}

#[test]
fn the_text_log_is_quiet_about_requests_unless_it_is_asked() {
    for (setting, lines) in [("info", 1), ("info,access=warn", 0)] {
        let folder = folder();
        let shop = Shop::start(folder.path(), &[("RUST_LOG", setting)]);
        ask(&shop.url);
        let log = shop.stop();
        assert_eq!(log.lines().filter(|line| line.contains("answered")).count(), lines, "{setting}: {log}");
    }
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    ask(&shop.url);
    let log = shop.stop();
    assert!(log.contains("ready") && !log.contains("answered"), "{log}");
}

#[cfg(feature = "mysql-server")]
#[test]
fn outbox_and_connections_are_told_on_mysql() {
    let (folder, url) = (folder(), block_on(crate::server::fresh_database()));
    let settings = [("SHOP_DATABASE_URL", url.as_str()), ("SHOP_MAIL_RELAY", "false")];
    let shop = Shop::start(folder.path(), &settings);
    let browser = Browser::new(&shop.url);
    let form = browser.get("/register").form("/register").with("email", "ana@example.com");
    let form = form.with("last_name", "Pop").with("first_name", "Ana").with("address", "Str. 1, Brașov");
    let form = form.with("password", PASSWORD).with("password_confirmation", PASSWORD);
    assert_eq!(browser.submit(&form).status, 303);
    let metrics = Metrics::of(&shop);
    assert_eq!(metrics.count("vitrina_store_up", &[]), 1);
    assert_eq!(metrics.count("vitrina_outbox_messages", &[("state", "waiting")]), 1);
    assert!(metrics.value("vitrina_outbox_age_seconds", &[]).is_some_and(|age| age > 0.0));
    let open =
        ["busy", "idle"].map(|state| metrics.count("vitrina_database_connections", &[("state", state)]));
    assert!(
        (1..=metrics.count("vitrina_database_connections_max", &[])).contains(&open.iter().sum::<u64>()),
        "{open:?}"
    );
    assert_eq!(
        metrics.value("vitrina_database_writers_waiting", &[]),
        None,
        "each unit has its own connection"
    );
    shop.stop();
}
