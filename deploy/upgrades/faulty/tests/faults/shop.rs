//! Bad releases as processes, and what is asked of them.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// A folder that nobody has worked in.
pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// The program with this fault, in this folder.
pub(crate) fn faulty(fault: &str, folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_faulty-shop"));
    command.current_dir(folder).env_clear().env("FAULT", fault);
    command.env("SHOP_PORT", "0").env("SHOP_HEALTH_PORT", "0").env("SHOP_MAIL_URL", "none://");
    command
}

/// Exit code and stderr of a program that has ended by itself.
pub(crate) fn end(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8(output.stderr.clone()).unwrap())
}

/// A shop that runs, on ports that the system has chosen.
pub(crate) struct Shop {
    process: Child,
    storefront: String,
    pub(crate) health: String,
    _folder: TempDir,
}

impl Shop {
    /// Starts it and waits until it listens.
    pub(crate) fn start(fault: &str) -> Self {
        let folder = folder();
        let mut process =
            faulty(fault, folder.path()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut address = |before: &str| {
            let line = lines.next().unwrap().unwrap();
            line.split_once(before).unwrap_or_else(|| panic!("{line}")).1.to_owned()
        };
        let storefront = address(" listens on ");
        let health = address("Health on ").replace("/readiness", "");
        Self { process, storefront, health, _folder: folder }
    }

    /// The status of a page of the storefront.
    pub(crate) fn visit(&self, path: &str) -> u16 {
        get(&format!("{}{path}", self.storefront)).0
    }

    /// The version that a page of the storefront names in its header.
    pub(crate) fn version(&self, path: &str) -> Option<String> {
        let answer = agent().get(format!("{}{path}", self.storefront)).call().unwrap();
        Some(answer.headers().get("x-version")?.to_str().unwrap().to_owned())
    }

    /// Status and text from the health port.
    pub(crate) fn ask(&self, path: &str) -> (u16, String) {
        get(&format!("{}{path}", self.health))
    }

    /// The sum of all values of the metric with this name whose labels hold this text.
    pub(crate) fn metric(&self, name: &str, label: &str) -> f64 {
        let metrics = self.ask("/metrics").1;
        let lines = metrics.lines().filter(|line| line.starts_with(&format!("{name}{{")));
        let values = lines.filter(|line| line.contains(label)).map(|line| line.rsplit(' ').next().unwrap());
        values.map(|value| value.parse::<f64>().unwrap()).sum()
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}

fn get(url: &str) -> (u16, String) {
    let mut answer = agent().get(url).call().unwrap();
    (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
}
