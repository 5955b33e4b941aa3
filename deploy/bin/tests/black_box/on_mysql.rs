//! The shop on a MariaDB or MySQL server, which the tests start themselves.

use std::path::Path;

use serde_json::Value;

use crate::browser::Browser;
use crate::server::fresh_database;
use crate::shop::{PASSWORD, Shop, folder, shop_admin_with, shop_mailer, shop_web, stderr_of};

pub(crate) const DATABASE: &str = "SHOP_DATABASE_URL";

/// The address of a fresh database.
pub(crate) fn database() -> String {
    block_on(fresh_database())
}

pub(crate) fn block_on<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(work)
}

/// Runs `shop-admin` with `--json` on this database; it must succeed.
pub(crate) fn ask(folder: &Path, url: &str, arguments: &[&str], stdin: &str) -> Value {
    let output = shop_admin_with(folder, &[(DATABASE, url)], &[arguments, &["--json"]].concat(), stdin);
    assert!(output.status.success(), "{arguments:?}: {}", stderr_of(&output));
    serde_json::from_slice(&output.stdout).unwrap_or(Value::Null)
}

pub(crate) fn create_user(folder: &Path, url: &str, email: &str) {
    let arguments = ["user", "create", "--email", email, "--last-name", "Pop", "--first-name", "Ana"];
    let more = ["--address", "Strada Lungă 1, Brașov", "--password-stdin", "--activated"];
    ask(folder, url, &[&arguments[..], &more].concat(), PASSWORD);
}

#[test]
fn a_shopper_buys_and_an_operator_ships() {
    let (folder, url) = (folder(), database());
    let path = folder.path();
    let mut shop = Shop::start(path, &[(DATABASE, &url)]);
    create_user(path, &url, "ana@example.com");
    let browser = Browser::signed_in(&shop.url, "ana@example.com");
    browser.add("smart-home-hub", 2);
    let order = browser.submit_and_follow(&browser.get("/checkout").form("/checkout"));
    assert_eq!(order.one("[data-order]", "data-state"), "placed");
    assert_eq!(order.one("[data-total]", "data-total"), (2 * 34_900).to_string());
    let number = order.one("[data-order]", "data-order");
    assert!(shop.link_to("ana@example.com").ends_with(&format!("/orders/{number}")), "the order's mail");
    assert_eq!(ask(path, &url, &["product", "show", "SH03"], "")["variants"][0]["stock"], 28);
    for step in ["confirm", "ship", "deliver"] {
        ask(path, &url, &["order", step, &number], "");
    }
    let seen = browser.get(&format!("/orders/{number}"));
    assert_eq!(seen.one("[data-order]", "data-state"), "completed");
    ask(path, &url, &["check"], "");
    shop.stop();
    let shop = Shop::start(path, &[(DATABASE, &url)]);
    let history = Browser::signed_in(&shop.url, "ana@example.com").get("/orders");
    assert_eq!(history.all("[data-order]", "data-order"), [number], "it remembers");
    assert!(!path.join("vitrina.db").exists());
}

#[test]
fn two_shops_serve_from_one_database() {
    let (one, other, url) = (folder(), folder(), database());
    let shops = [one.path(), other.path()].map(|path| Shop::start(path, &[(DATABASE, &url)]));
    create_user(one.path(), &url, "ana@example.com");
    let [first, second] = shops.each_ref().map(|shop| Browser::signed_in(&shop.url, "ana@example.com"));
    first.add("laptop-lpn4", 1);
    let cart = second.add("smart-home-hub", 1);
    assert_eq!(cart.all("li[data-sku]", "data-sku"), ["LPN4", "SH03"]);
    second.submit_and_follow(&second.get("/checkout").form("/checkout"));
    assert_eq!(first.get("/cart").all("li[data-sku]", "data-sku"), [""; 0]);
}

#[test]
fn what_is_wrong_with_the_database_is_one_line() {
    let (folder, url) = (folder(), database());
    let missing = url.replace("/shop_", "/no_such_shop_");
    let faults = [
        (missing.as_str(), "no_such_shop_"),
        ("mysql://root:hush@localhost/shop?socket=/no/such/socket", "/no/such/socket"),
        (&url, "the schema lacks"),
    ];
    for (url, told) in faults {
        let settings = [(DATABASE, url), ("SHOP_MIGRATE", "false")];
        let admin = shop_admin_with(folder.path(), &settings, &["order", "list"], "");
        for output in
            [shop_web(folder.path(), &settings, &[]), shop_mailer(folder.path(), &settings, &[]), admin]
        {
            let stderr = stderr_of(&output);
            assert_eq!((output.status.code(), stderr.lines().count()), (Some(2), 1), "{stderr}");
            assert!(stderr.contains(told) && !stderr.contains("hush"), "{stderr}");
        }
    }
}

#[test]
fn an_outgrown_file_moves_to_a_server_and_back() {
    let (folder, url) = (folder(), database());
    let path = folder.path();
    let shop = Shop::start(path, &[]);
    crate::shop::create_users(path, &["ana@example.com".to_owned()]);
    let browser = Browser::signed_in(&shop.url, "ana@example.com");
    browser.add("smart-home-hub", 2);
    let order = browser.submit_and_follow(&browser.get("/checkout").form("/checkout"));
    let number = order.one("[data-order]", "data-order");
    shop.stop();
    let rows = ask(path, &url, &["copy", "--from", "sqlite://vitrina.db", "--to", &url], "")["rows"].clone();
    let back = ask(path, &url, &["copy", "--from", &url, "--to", "sqlite://back.db"], "");
    assert_eq!(back["rows"], rows, "each copy compares every row with its source");
    for database in [url.as_str(), "sqlite://back.db"] {
        let shop = Shop::start(path, &[(DATABASE, database)]);
        let browser = Browser::signed_in(&shop.url, "ana@example.com");
        let seen = browser.get(&format!("/orders/{number}"));
        assert_eq!(seen.one("[data-order]", "data-state"), "placed", "{database}");
        ask(path, database, &["check"], "");
    }
}
