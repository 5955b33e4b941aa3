//! Shoppers who do not wait: the program of `benches/shoppers`.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Child, Command, Stdio};

use serde::Deserialize;
use tempfile::TempDir;

use crate::release::Release;
use crate::shop::{PASSWORD, folder};

/// Load that goes on until it is ended.
pub(crate) struct Load {
    process: Child,
    folder: TempDir,
}

/// What came of it.
#[derive(Debug, Deserialize)]
pub(crate) struct Report {
    pub(crate) seconds: f64,
    pub(crate) sent: u64,
    pub(crate) failed: u64,
    pub(crate) retried: u64,
    pub(crate) skipped: u64,
    pub(crate) slowest_ms: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
    pub(crate) by_kind: BTreeMap<String, Kind>,
    pub(crate) by_version: BTreeMap<String, u64>,
    pub(crate) orders: Orders,
    pub(crate) first_errors: Vec<serde_json::Value>,
}

/// Requests of one kind.
#[derive(Debug, Deserialize)]
pub(crate) struct Kind {
    pub(crate) sent: u64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Orders {
    pub(crate) acknowledged: Vec<String>,
    pub(crate) unanswered: u64,
}

impl Load {
    /// Begins with so many requests a second by these accounts.
    pub(crate) fn start(url: &str, rate: u32, emails: &[String]) -> Self {
        let folder = folder();
        let accounts: Vec<_> = emails.iter().map(|email| format!("{email} {PASSWORD}")).collect();
        fs::write(folder.path().join("accounts"), accounts.join("\n")).expect("written");
        // Built beside the programs.
        let program = Release::this().web.with_file_name("shoppers");
        let process = Command::new(program)
            .current_dir(folder.path())
            .args(["load", "--url", url, "--rate", &rate.to_string(), "--for", "30m", "--forwarded-for"])
            .args(["--slow-every", "10s", "--accounts", "accounts", "--report", "report.json"])
            .args(["--stop-file", "stop"])
            .stdout(Stdio::null())
            .spawn()
            .expect("the shoppers are built: cargo build -p shoppers");
        Self { process, folder }
    }

    /// Ends it, once every request that was begun has its answer.
    pub(crate) fn end(mut self) -> Report {
        fs::write(self.folder.path().join("stop"), "").expect("written");
        let status = self.process.wait().expect("a child of ours");
        assert!(status.success(), "{status}");
        let report = fs::read(self.folder.path().join("report.json")).expect("a report");
        serde_json::from_slice(&report).expect("a report")
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
