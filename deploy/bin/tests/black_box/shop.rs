//! The programs as processes.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// The longest time that anything here may take.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// A shop that runs, on ports that the system has chosen.
pub(crate) struct Shop {
    process: Child,
    /// `http://127.0.0.1:PORT`, of the storefront.
    pub(crate) url: String,
    /// The same of the health port.
    pub(crate) health: String,
    lines: Receiver<String>,
    stderr: Option<JoinHandle<String>>,
}

/// Scheme, host and port of the address at the end of a line.
fn origin_in(line: &str) -> String {
    let address = line.rsplit(' ').next().expect("an address");
    address.split('/').take(3).collect::<Vec<_>>().join("/")
}

/// A folder that nobody has worked in.
pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// A program with no setting but these, in this folder.
fn program(path: &Path, folder: &Path, settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(path);
    command.current_dir(folder).env_clear().envs(settings.iter().copied());
    command
}

impl Shop {
    /// Starts the shop and waits until it listens.
    pub(crate) fn start(folder: &Path, settings: &[(&str, &str)]) -> Self {
        Self::start_program(Path::new(env!("CARGO_BIN_EXE_shop-web")), folder, settings)
    }

    /// The same with another build of it.
    pub(crate) fn start_program(path: &Path, folder: &Path, settings: &[(&str, &str)]) -> Self {
        let mut command = program(path, folder, &[("SHOP_PORT", "0"), ("SHOP_HEALTH_PORT", "0")]);
        command.envs(settings.iter().copied()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().expect("the shop starts");
        let stdout = BufReader::new(process.stdout.take().expect("a pipe"));
        let mut stderr = process.stderr.take().expect("a pipe");
        let stderr = thread::spawn(move || {
            let mut text = String::new();
            stderr.read_to_string(&mut text).expect("text");
            text
        });
        let (sender, lines) = channel();
        thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let mut shop =
            Self { process, url: String::new(), health: String::new(), lines, stderr: Some(stderr) };
        shop.url = origin_in(&shop.line(" listens on "));
        shop.health = origin_in(&shop.line("Health on "));
        shop
    }

    /// The next line on stdout with this text in it.
    pub(crate) fn line(&mut self, text: &str) -> String {
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(text) => return line,
                Ok(_) => {}
                Err(_) => {
                    let _ = self.process.kill();
                    panic!("no line with {text:?}; stderr: {}", self.stderr());
                }
            }
        }
    }

    /// The link of the next mail to this address.
    pub(crate) fn link_to(&mut self, address: &str) -> String {
        let line = self.line(&format!("Mail to {address}: "));
        line.rsplit(": ").next().expect("a link").to_owned()
    }

    /// Sends a signal, such as `TERM`.
    pub(crate) fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([format!("-{signal}"), self.process.id().to_string()]).status();
        assert!(sent.expect("kill runs").success(), "the shop has ended by itself");
    }

    /// Waits for its end.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        self.process.wait().expect("the shop is a child of ours")
    }

    fn wait_patiently(&mut self) -> ExitStatus {
        const PAUSE: Duration = Duration::from_millis(10);
        for _ in 0..PATIENCE.as_millis() / PAUSE.as_millis() {
            if let Some(status) = self.process.try_wait().expect("the shop is a child of ours") {
                return status;
            }
            thread::sleep(PAUSE);
        }
        panic!("the shop does not end");
    }

    /// Ends it as an orchestrator does, and tells what it wrote on stderr.
    pub(crate) fn stop(mut self) -> String {
        self.signal("TERM");
        let status = self.wait_patiently();
        let stderr = self.stderr();
        assert!(status.success(), "{status}: {stderr}");
        stderr
    }

    fn stderr(&mut self) -> String {
        self.stderr.take().map(|text| text.join().expect("text")).unwrap_or_default()
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Runs `shop-web` where it cannot start, to its end.
pub(crate) fn shop_web(folder: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> Output {
    run(Path::new(env!("CARGO_BIN_EXE_shop-web")), folder, settings, arguments, "")
}

/// Runs `shop-mailer` to its end.
pub(crate) fn shop_mailer(folder: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> Output {
    run(Path::new(env!("CARGO_BIN_EXE_shop-mailer")), folder, settings, arguments, "")
}

/// Runs `shop-admin` to its end.
pub(crate) fn shop_admin(folder: &Path, arguments: &[&str]) -> Output {
    shop_admin_with(folder, &[], arguments, "")
}

/// Runs `shop-admin` to its end with settings and something on stdin.
pub(crate) fn shop_admin_with(
    folder: &Path,
    settings: &[(&str, &str)],
    arguments: &[&str],
    stdin: &str,
) -> Output {
    run(Path::new(env!("CARGO_BIN_EXE_shop-admin")), folder, settings, arguments, stdin)
}

/// Runs a program to its end.
pub(crate) fn run(
    path: &Path,
    folder: &Path,
    settings: &[(&str, &str)],
    arguments: &[&str],
    stdin: &str,
) -> Output {
    let mut command = program(path, folder, settings);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().expect("the program runs");
    let written = process.stdin.take().expect("a pipe").write_all(stdin.as_bytes());
    // A command that is refused does not read.
    drop(written);
    process.wait_with_output().expect("it ends")
}

/// Runs `shop-admin` with `--json`; it must succeed.
pub(crate) fn ask(folder: &Path, arguments: &[&str]) -> Value {
    let output = shop_admin(folder, &[arguments, &["--json"]].concat());
    assert!(output.status.success(), "{arguments:?}: {}", stderr_of(&output));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Makes accounts that may sign in at once.
pub(crate) fn create_users(folder: &Path, emails: &[String]) {
    for email in emails {
        let arguments = ["user", "create", "--email", email, "--last-name", "Pop", "--first-name", "Ana"];
        let more = ["--address", "Strada Lungă 1, Brașov", "--password-stdin", "--activated"];
        let output = shop_admin_with(folder, &[], &[&arguments[..], &more].concat(), PASSWORD);
        assert!(output.status.success(), "{email}: {}", stderr_of(&output));
    }
}

/// The password of every shopper.
pub(crate) const PASSWORD: &str = "corect-cal-baterie";

pub(crate) fn stderr_of(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

pub(crate) fn stdout_of(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}
