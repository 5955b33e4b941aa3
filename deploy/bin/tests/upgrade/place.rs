//! Where programs of both releases work.

use std::thread;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::browser::Browser;
use crate::release::Release;
use crate::server::{self, fresh_database};
use crate::shop::{PATIENCE, Shop, folder, run, stderr_of, stdout_of};

/// The pause between two looks at something that is awaited.
const PAUSE: Duration = Duration::from_millis(20);

/// The same on every instance, as sessions and forms of one are for all.
const SECRET_KEY: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

fn block_on<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(work)
}

/// An empty database, and a folder for what lies beside it.
pub(crate) struct Place {
    folder: TempDir,
    url: String,
}

impl Place {
    /// In a file.
    pub(crate) fn on_sqlite() -> Self {
        Self { folder: folder(), url: "sqlite://vitrina.db".to_owned() }
    }

    /// On the MariaDB server that all of these tests share.
    pub(crate) fn on_mariadb() -> Self {
        Self { folder: folder(), url: block_on(fresh_database()) }
    }

    /// Runs SQL on the MariaDB server.
    pub(crate) fn sql(&self, sql: &str) {
        block_on(server::run(&self.url, sql));
    }

    /// The same place for a user of the MariaDB server who has no password.
    pub(crate) fn of_user(&self, user: &str) -> Self {
        Self { folder: folder(), url: self.url.replace("root@", &format!("{user}@")) }
    }

    fn settings<'s>(&'s self, more: &[(&'s str, &'s str)]) -> Vec<(&'s str, &'s str)> {
        let all = [("SHOP_SECRET_KEY", SECRET_KEY), ("SHOP_DATABASE_URL", self.url.as_str())];
        all.iter().chain(more).copied().collect()
    }

    /// Starts a shop and waits until it is ready.
    pub(crate) fn start(&self, release: &Release, more: &[(&str, &str)]) -> Shop {
        let shop = Shop::start_program(&release.web, self.folder.path(), &self.settings(more));
        let health = Browser::new(&shop.health);
        for _ in 0..PATIENCE.as_millis() / PAUSE.as_millis() {
            if health.get("/readiness").status == 200 {
                return shop;
            }
            thread::sleep(PAUSE);
        }
        panic!("not ready: {}", health.get("/readiness").body);
    }

    /// Starts a shop that must not migrate and cannot work; tells the exit code and what it says.
    pub(crate) fn start_in_vain(&self, release: &Release) -> (Option<i32>, String) {
        let settings =
            self.settings(&[("SHOP_MIGRATE", "false"), ("SHOP_PORT", "0"), ("SHOP_HEALTH_PORT", "0")]);
        let output = run(&release.web, self.folder.path(), &settings, &[], "");
        (output.status.code(), stderr_of(&output))
    }

    /// Asks `shop-admin`; it must succeed.
    pub(crate) fn ask(&self, release: &Release, arguments: &[&str]) -> Value {
        self.ask_with(release, arguments, "")
    }

    /// The same with something on stdin.
    pub(crate) fn ask_with(&self, release: &Release, arguments: &[&str], stdin: &str) -> Value {
        let arguments = [arguments, &["--json"]].concat();
        let output = run(&release.admin, self.folder.path(), &self.settings(&[]), &arguments, stdin);
        assert!(output.status.success(), "{release:?} {arguments:?}: {}", stderr_of(&output));
        serde_json::from_slice(&output.stdout).unwrap_or(Value::Null)
    }

    /// Tries to bring the schema up to date; tells the exit code and what it says.
    pub(crate) fn migrate_in_vain(&self, release: &Release) -> (Option<i32>, String) {
        let output = run(&release.admin, self.folder.path(), &self.settings(&[]), &["migrate"], "");
        (output.status.code(), stderr_of(&output))
    }

    /// Brings the schema up to date; says how many migrations ran.
    pub(crate) fn migrate(&self, release: &Release) -> u64 {
        self.ask(release, &["migrate"])["migrations"].as_u64().expect("a number")
    }

    /// Delivers the mails that the release knows; tells the links, as `Mail to ADDRESS: LINK`.
    pub(crate) fn deliver(&self, release: &Release) -> String {
        let output = run(&release.mailer, self.folder.path(), &self.settings(&[]), &["--once"], "");
        assert!(output.status.success(), "{release:?}: {}", stderr_of(&output));
        stdout_of(&output)
    }

    /// Neither release finds anything wrong.
    pub(crate) fn is_sound(&self, releases: [&Release; 2]) {
        for release in releases {
            let findings = self.ask(release, &["check"])["findings"].clone();
            assert_eq!(findings, Value::Array(Vec::new()), "{release:?}");
        }
    }
}
