//! The metrics as a real Prometheus reads them.
//!
//! `make prometheus-test` installs what is missing and runs this.

use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use ureq::Agent;

use crate::browser::Browser;
use crate::shop::{Shop, create_users, folder};

/// How often a question is put, and the pause after each time: one minute in all.
const TRIES: usize = 1200;
const PAUSE: Duration = Duration::from_millis(50);

/// A Prometheus that reads one shop, on a free port and with a folder of its own.
struct Prometheus {
    process: Child,
    url: String,
    _folder: TempDir,
}

impl Prometheus {
    fn start(shop: &Shop) -> Self {
        let folder = folder();
        let target = shop.health.strip_prefix("http://").expect("an address");
        let config = format!(
            "global: {{ scrape_interval: 1s }}\n\
             scrape_configs: [{{ job_name: shop, static_configs: [{{ targets: ['{target}'] }}] }}]\n"
        );
        fs::write(folder.path().join("prometheus.yml"), config).expect("written");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        drop(listener);
        let process = Command::new("prometheus")
            .current_dir(folder.path())
            .args(["--config.file=prometheus.yml", "--storage.tsdb.path=data"])
            .arg(format!("--web.listen-address={address}"))
            .stderr(Stdio::null())
            .spawn()
            .expect("Prometheus is installed");
        Self { process, url: format!("http://{address}"), _folder: folder }
    }

    /// What it answers to this question, as soon as there is an answer.
    fn query(&self, expression: &str) -> Vec<Value> {
        let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
        for _ in 0..TRIES {
            let asked = agent.get(format!("{}/api/v1/query", self.url)).query("query", expression).call();
            if let Ok(mut answer) = asked {
                let text = answer.body_mut().read_to_string().expect("text");
                let answer: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
                match answer["data"]["result"].as_array() {
                    Some(series) if !series.is_empty() => return series.clone(),
                    _ => {}
                }
            }
            thread::sleep(PAUSE);
        }
        panic!("no answer to {expression}");
    }

    /// The value of the only series that the question finds.
    fn value(&self, expression: &str) -> String {
        let series = self.query(expression);
        assert_eq!(series.len(), 1, "{expression}: {series:?}");
        series[0]["value"][1].as_str().expect("a value").to_owned()
    }
}

impl Drop for Prometheus {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A shop in which a little of everything has happened.
fn shop_in_use(folder: &TempDir) -> Shop {
    let shop = Shop::start(folder.path(), &[("SHOP_MAIL_RELAY", "false")]);
    create_users(folder.path(), &["ana@example.com".to_owned()]);
    let browser = Browser::new(&shop.url);
    for path in ["/", "/ro", "/no-such-page"] {
        browser.get(path);
    }
    let ana = browser.sign_in("ana@example.com");
    ana.add("smart-home-hub", 1);
    assert_eq!(ana.submit(&ana.get("/checkout").form("/checkout")).status, 303);
    shop
}

#[test]
fn a_real_prometheus_reads_all_metrics() {
    let folder = folder();
    let shop = shop_in_use(&folder);
    let prometheus = Prometheus::start(&shop);
    assert_eq!(prometheus.value("up == 1"), "1");
    for (expression, expected) in [
        ("vitrina_build_info", "1"),
        ("vitrina_orders_placed_total", "1"),
        ("vitrina_sign_ins_total{outcome=\"ok\"}", "1"),
        ("vitrina_http_requests_total{route=\"/\",method=\"GET\",status=\"200\"}", "2"),
        ("vitrina_http_requests_total{route=\"unrouted\"}", "1"),
        ("vitrina_http_request_duration_seconds_count{route=\"/\"}", "2"),
        ("vitrina_http_request_duration_seconds_bucket{route=\"/\",le=\"+Inf\"}", "2"),
        ("vitrina_store_up", "1"),
        ("vitrina_outbox_messages{state=\"waiting\"}", "1"),
        ("vitrina_outbox_age_seconds > bool 0", "1"),
        ("time() - process_start_time_seconds < bool 600", "1"),
        ("vitrina_connections_open >= bool 0", "1"),
    ] {
        assert_eq!(prometheus.value(expression), expected, "{expression}");
    }
    let version = concat!("{version=\"", env!("CARGO_PKG_VERSION"), "\",track=\"stable\"}");
    let all = prometheus.query("count({job=\"shop\",version!=\"\"})");
    let ours = prometheus.query(&format!("count({version})"));
    assert_eq!(all[0]["value"][1], ours[0]["value"][1], "every series has the version's labels");
    shop.stop();
}

#[test]
fn promtool_finds_nothing_to_mend() {
    let folder = folder();
    let shop = shop_in_use(&folder);
    let metrics = Browser::new(&shop.health).get("/metrics").body;
    let mut promtool = Command::new("promtool")
        .args(["check", "metrics"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("promtool is installed");
    promtool.stdin.take().expect("a pipe").write_all(metrics.as_bytes()).expect("written");
    let told = promtool.wait_with_output().expect("promtool ends");
    let words = [told.stdout, told.stderr].concat();
    assert!(told.status.success() && words.is_empty(), "{}", String::from_utf8_lossy(&words));
    shop.stop();
}
