//! A database server of the tests' own, in a temporary folder.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use sqlx::mysql::{MySqlConnectOptions, MySqlConnection};
use sqlx::{AssertSqlSafe, ConnectOptions};

/// Waits until the tests close the pipe, by ending in whatever way, then ends the server and puts its folder away.
const WATCHDOG: &str = r#"cat >/dev/null; kill -KILL $(cat "$0/pid") 2>/dev/null; umount -l "$0/data" 2>/dev/null
    rm -rf "$0" || { sleep 1; rm -rf "$0"; }"#;

/// Small and in a hurry: nobody needs this data after a power failure. And unlike what the store needs, wherever a
/// connection can set that for itself.
const SETTINGS: [&str; 13] = [
    "--innodb-buffer-pool-size=64M",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-file-per-table=OFF",
    "--skip-log-bin",
    "--skip-name-resolve",
    "--performance-schema=OFF",
    "--max-connections=300",
    "--loose-mysqlx=OFF",
    "--sql-mode=",
    "--character-set-server=latin1",
    "--default-time-zone=-07:00",
    "--transaction-isolation=SERIALIZABLE",
    "--autocommit=OFF",
];

/// A server; it ends when this is dropped, or with the process.
#[derive(Debug)]
pub(crate) struct Server {
    folder: PathBuf,
    program: PathBuf,
    settings: Vec<String>,
    running: Option<Child>,
    watchdog: Child,
}

/// The server of all tests that do nothing to it.
static SHARED: LazyLock<Server> = LazyLock::new(|| Server::start(&["--skip-networking"]));

/// An address on the shared server, of an empty database.
pub(crate) async fn fresh_database() -> String {
    SHARED.fresh_database().await
}

impl Server {
    /// Makes an empty server in a folder of its own, and starts it.
    pub(crate) fn start(settings: &[&str]) -> Self {
        Self::start_in(|_| {}, settings)
    }

    /// The same, in a folder that was prepared.
    pub(crate) fn start_in(prepare: impl FnOnce(&Path), settings: &[&str]) -> Self {
        let program = program();
        let folder = tempfile::Builder::new().prefix("vitrina-mysql-").tempdir().expect("a folder").keep();
        // It exists before the server does.
        let mut watchdog = Command::new("sh");
        watchdog.args(["-c", WATCHDOG]).arg(&folder).stdin(Stdio::piped()).process_group(0);
        let watchdog = watchdog.spawn().expect("sh runs");
        prepare(&folder);
        initialize(&program, &folder);
        let settings: Vec<_> = SETTINGS.iter().chain(settings).map(|&setting| setting.to_owned()).collect();
        let mut server = Self { folder, program, settings, running: None, watchdog };
        server.start_again();
        server
    }

    /// Kills the server; what it has not written down is lost.
    pub(crate) fn kill(&mut self) {
        self.signal("KILL");
        if let Some(mut running) = self.running.take() {
            running.wait().expect("it ends");
        }
    }

    /// Starts it on what it has left.
    pub(crate) fn start_again(&mut self) {
        let running = self.running.insert(spawn(&self.program, &self.folder, &self.settings));
        let socket = self.folder.join("socket");
        for _ in 0..1_200 {
            if UnixStream::connect(&socket).is_ok() {
                return;
            }
            let ended = running.try_wait().expect("a child of ours");
            assert!(ended.is_none(), "the server has ended: {}", log(&self.folder));
            thread::sleep(Duration::from_millis(50));
        }
        panic!("the server does not come up: {}", log(&self.folder));
    }

    /// Sends it a signal, such as `STOP`.
    pub(crate) fn signal(&self, name: &str) {
        let process = self.running.as_ref().expect("it runs").id().to_string();
        let done = Command::new("kill").args(["-s", name, &process]).status();
        assert!(done.expect("kill runs").success());
    }

    /// An address of an empty database.
    pub(crate) async fn fresh_database(&self) -> String {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("shop_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        self.run(&format!("CREATE DATABASE {name}")).await;
        self.url(&name)
    }

    /// Runs statements as the server's root.
    pub(crate) async fn run(&self, sql: &str) {
        run(&self.url(""), sql).await;
    }

    /// The address of a database, over the socket, as the server's root.
    pub(crate) fn url(&self, database: &str) -> String {
        format!("mysql://root@localhost/{database}?socket={}", self.folder.join("socket").display())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.running.is_some() {
            self.kill();
        }
        drop(self.watchdog.stdin.take());
        self.watchdog.wait().expect("it puts the folder away");
    }
}

/// Runs statements over a connection of their own.
pub(crate) async fn run(url: &str, sql: &str) {
    let sql = AssertSqlSafe(sql.to_owned());
    sqlx::raw_sql(sql).execute(&mut connect(url).await).await.expect("the statements run");
}

pub(crate) async fn connect(url: &str) -> MySqlConnection {
    let options: MySqlConnectOptions = url.parse().expect("an address");
    let mut connection = options.connect().await.expect("a connection");
    sqlx::raw_sql("SET autocommit = 1").execute(&mut connection).await.expect("set");
    connection
}

/// The server to test with.
fn program() -> PathBuf {
    if let Some(program) = env::var_os("VITRINA_MYSQLD") {
        return program.into();
    }
    let known =
        ["/usr/sbin/mariadbd", "/usr/local/sbin/mariadbd", "/usr/bin/mariadbd", "/usr/libexec/mariadbd"];
    let found = known.into_iter().map(PathBuf::from).find(|program| program.exists());
    found.expect(
        "these tests need MariaDB's server; run: shop-storage/tests/mysql/install (or set VITRINA_MYSQLD)",
    )
}

fn is_mariadb(program: &Path) -> bool {
    program.file_name().is_some_and(|name| name == "mariadbd")
}

fn user() -> String {
    let output = Command::new("id").arg("-un").output().expect("id runs");
    String::from_utf8(output.stdout).expect("text").trim().to_owned()
}

/// Makes the server's own tables; its user root has no password.
fn initialize(program: &Path, folder: &Path) {
    let data = folder.join("data");
    let mut command = if is_mariadb(program) {
        let mut command = Command::new("mariadb-install-db");
        command.args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"]);
        command
    } else {
        let mut command = Command::new(program);
        command.args(["--no-defaults", "--initialize-insecure", "--innodb-flush-log-at-trx-commit=0"]);
        command
    };
    command.arg(format!("--datadir={}", data.display())).arg(format!("--user={}", user()));
    // Two of them at once would meet in the system's.
    command.env("TMPDIR", folder);
    let output = command.output().unwrap_or_else(|error| match error.kind() {
        ErrorKind::NotFound => panic!("{command:?} is not there; run: shop-storage/tests/mysql/install"),
        _ => panic!("{command:?}: {error}"),
    });
    assert!(output.status.success(), "{command:?}: {output:?}");
}

fn log(folder: &Path) -> String {
    fs::read_to_string(folder.join("log")).unwrap_or_default()
}

fn spawn(program: &Path, folder: &Path, settings: &[String]) -> Child {
    let path = |name: &str| folder.join(name).display().to_string();
    let log = fs::File::options().create(true).append(true).open(path("log")).expect("a log");
    let mut command = Command::new(program);
    command.arg("--no-defaults").arg(format!("--user={}", user()));
    for (setting, name) in [
        ("datadir", "data"),
        ("socket", "socket"),
        ("tmpdir", ""),
        ("secure-file-priv", ""),
        ("pid-file", "pid-of-server"),
    ] {
        command.arg(format!("--{setting}={}", path(name)));
    }
    command.args(settings).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
    // Ctrl-C is for the tests; the server ends with them.
    let running = command.process_group(0).spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    fs::write(path("pid"), running.id().to_string()).expect("written");
    running
}
