//! The program against the shop itself, healthy and failing now and then.

#![cfg(test)]

mod shop;

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;
use tokio::task::spawn_blocking;

use crate::shop::{PASSWORD, RunningShop, SKU, emails};

/// Runs the program to its end.
async fn shoppers(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shoppers"));
    command.args(arguments).current_dir(folder.path());
    spawn_blocking(move || command.output()).await.expect("a task").expect("shoppers runs")
}

/// A folder with the file `accounts`.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let lines: Vec<_> = emails().map(|email| format!("{email} {PASSWORD}")).collect();
    std::fs::write(folder.path().join("accounts"), lines.join("\n")).expect("a file");
    folder
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON")
}

/// Three seconds of load, and the report.
async fn load(shop: &RunningShop, folder: &TempDir) -> Value {
    let arguments = ["load", "--url", &shop.url, "--rate", "40", "--for", "3s", "--skus", SKU];
    let more = ["--accounts", "accounts", "--slow-every", "1s", "--timeout", "30s", "--forwarded-for"];
    let files = ["--report", "report.json", "--stop-file", "stop"];
    let output = shoppers(folder, &[&arguments[..], &more, &files].concat()).await;
    assert!(output.status.success(), "{}", stderr(&output));
    json(&folder.path().join("report.json"))
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What `shoppers settle` says of these orders, and its exit code.
async fn settle(folder: &TempDir, orders: &[Value]) -> (String, Option<i32>) {
    let listed = serde_json::to_string(orders).expect("JSON");
    std::fs::write(folder.path().join("orders.json"), listed).expect("a file");
    let output = shoppers(folder, &["settle", "report.json", "orders.json"]).await;
    (String::from_utf8(output.stdout).expect("text"), output.status.code())
}

fn number(report: &Value, pointer: &str) -> u64 {
    report.pointer(pointer).and_then(Value::as_u64).expect("a number")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_healthy_shop_fails_nobody_and_has_all_orders() {
    let (shop, folder) = (RunningShop::start(None).await, folder());
    let report = load(&shop, &folder).await;
    assert_eq!(report["first_errors"], Value::Array(Vec::new()));
    assert_eq!((number(&report, "/failed"), number(&report, "/skipped")), (0, 0));
    // 120 actions, most of them one request, the others up to nine.
    assert!(number(&report, "/sent") > 120, "{report:#}");
    for kind in ["browse", "product", "cart", "sign_in", "order", "slow_order"] {
        assert!(number(&report, &format!("/by_kind/{kind}/sent")) > 0, "{kind} in {report:#}");
    }
    let acknowledged = report["orders"]["acknowledged"].as_array().expect("a list").len();
    let mut orders = shop.orders().await;
    assert_eq!(orders.len(), acknowledged);
    let fits = format!("acknowledged {acknowledged} found {acknowledged} lost 0 doubled 0\n");
    assert_eq!(settle(&folder, &orders).await, (fits, Some(0)));
    orders.pop();
    let lost = format!("acknowledged {acknowledged} found {} lost 1 doubled 0\n", acknowledged - 1);
    assert_eq!(settle(&folder, &orders).await, (lost, Some(1)));
    shop.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_request_that_fails_is_counted() {
    let (shop, folder) = (RunningShop::start(Some(10)).await, folder());
    let report = load(&shop, &folder).await;
    assert!(shop.failures() >= 10, "{report:#}");
    assert_eq!(number(&report, "/failed"), shop.failures());
    let reasons = report["first_errors"].as_array().expect("a list").iter().map(|error| &error["reason"]);
    assert!(reasons.clone().all(|reason| reason == "status 500"), "{report:#}");
    // A checkout that failed after its work was done is one in doubt.
    let (said, code) = settle(&folder, &shop.orders().await).await;
    assert_eq!(code, Some(0), "{said}");
    shop.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn visitors_of_one_version_all_meet_it() {
    let (shop, folder) = (RunningShop::start(None).await, folder());
    let arguments = ["visitors", "--url", &shop.url, "--count", "100", "--rate", "50", "--cookie", "side"];
    let more = ["--accounts", "accounts", "--timeout", "30s", "--forwarded-for", "--report", "report.json"];
    let output = shoppers(&folder, &[&arguments[..], &more].concat()).await;
    assert!(output.status.success(), "{}", stderr(&output));
    let report = json(&folder.path().join("report.json"));
    assert_eq!((number(&report, "/visitors"), number(&report, "/failed")), (100, 0), "{report:#}");
    assert_eq!((number(&report, "/signed_in"), number(&report, "/without_cookie")), (2, 100), "{report:#}");
    assert_eq!(number(&report, "/sides//visitors"), 100, "{report:#}");
    assert_eq!((number(&report, "/changed_during_visit"), number(&report, "/changed_at_sign_in")), (0, 0));
    shop.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_listens_nothing_is_measured() {
    let folder = folder();
    let arguments = ["load", "--url", "http://shop.invalid", "--accounts", "accounts"];
    let output = shoppers(&folder, &arguments).await;
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).starts_with("shoppers: shop.invalid:80 cannot be resolved: "),
        "{}",
        stderr(&output)
    );
}
