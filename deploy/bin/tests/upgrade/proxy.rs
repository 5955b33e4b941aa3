//! A proxy (`haproxy`) before the shops: it asks each whether it is ready, and hides nothing.

use std::collections::HashMap;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use crate::browser::Browser;
use crate::shop::{PATIENCE, folder};

/// Where one shop listens: the storefront's port and the health port.
pub(crate) type Ports = (u16, u16);

/// A shop is left out 0.2 s after it has said that it drains, and taken back as soon; that a busy machine is slow to
/// say anything is no reason. No request is sent twice: what a shop does not answer, a shopper learns.
const CONFIGURATION: &str = "
defaults
    mode http
    timeout connect 2s
    timeout client 75s
    timeout server 30s
    timeout queue 1s
    timeout check 5s
    retries 0
    option httpchk GET /readiness
    default-server check inter 200ms fall 1 rise 1
";

const PAUSE: Duration = Duration::from_millis(20);

/// A running proxy.
pub(crate) struct Proxy {
    process: Child,
    /// Of the shop behind it.
    pub(crate) url: String,
    status: String,
    _folder: TempDir,
}

impl Proxy {
    /// Starts it before shops that may not run yet.
    pub(crate) fn start(shops: &[Ports]) -> Self {
        let folder = folder();
        let (front, status) = (free_port(), free_port());
        let servers: Vec<_> = shops
            .iter()
            .map(|(web, health)| format!("    server shop-{web} 127.0.0.1:{web} port {health}"))
            .collect();
        let configuration = format!(
            "{CONFIGURATION}listen shop\n    bind 127.0.0.1:{front}\n{}\n\
             frontend status\n    bind 127.0.0.1:{status}\n    stats enable\n    stats uri /\n",
            servers.join("\n")
        );
        fs::write(folder.path().join("haproxy.cfg"), configuration).expect("written");
        let process = Command::new("haproxy")
            .current_dir(folder.path())
            .args(["-db", "-q", "-f", "haproxy.cfg"])
            .stderr(Stdio::null())
            .spawn()
            .expect("HAProxy is installed: deploy/bin/tests/upgrade/install");
        let [url, status] = [front, status].map(|port| format!("http://127.0.0.1:{port}"));
        let proxy = Self { process, url, status, _folder: folder };
        proxy.wait_until(|| TcpStream::connect(("127.0.0.1", front)).is_ok());
        proxy
    }

    /// Waits until it sends requests to so many shops.
    pub(crate) fn wait_for(&self, shops: usize) {
        self.wait_until(|| {
            self.rows().iter().filter(|row| is_shop(row) && row["status"] == "UP").count() == shops
        });
    }

    /// What it has noticed that a shopper may not have: by name, the sum over all shops.
    pub(crate) fn faults(&self) -> Vec<(&'static str, u64)> {
        let rows = self.rows();
        let sum = |column| rows.iter().filter(|row| is_shop(row)).map(|row| number(&row[column])).sum();
        [
            ("econ", "connections that failed"),
            ("eresp", "answers that broke off"),
            ("wretr", "requests sent twice"),
            ("hrsp_5xx", "answers 5xx"),
        ]
        .map(|(column, name)| (name, sum(column)))
        .to_vec()
    }

    fn wait_until(&self, is_so: impl Fn() -> bool) {
        for _ in 0..PATIENCE.as_millis() / PAUSE.as_millis() {
            if is_so() {
                return;
            }
            thread::sleep(PAUSE);
        }
        panic!("the proxy does not get there: {:?}", self.rows());
    }

    /// Its statistics, a row for each server and each side.
    fn rows(&self) -> Vec<HashMap<String, String>> {
        let page = Browser::new(&self.status).get("/;csv").body;
        let mut lines = page.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        let columns = lines.next().expect("a header");
        lines.map(|values| columns.iter().cloned().zip(values).collect()).collect()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn is_shop(row: &HashMap<String, String>) -> bool {
    row["svname"].starts_with("shop-")
}

fn number(text: &str) -> u64 {
    if text.is_empty() { 0 } else { text.parse().expect("a number") }
}

/// A free port below those that a system gives to connections: it is still free after a restart. None is given
/// twice.
pub(crate) fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(20_000);
    loop {
        let port = NEXT.fetch_add(1, Ordering::Relaxed);
        assert!(port < 32_000, "no port is free");
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
