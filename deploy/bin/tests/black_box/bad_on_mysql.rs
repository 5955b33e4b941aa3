//! Servers and databases that the shop cannot work with: one line that says what is wrong and what to do.

use std::net::TcpListener;
use std::thread;

use crate::bad_databases::refusal;
use crate::server::{Server, fresh_database, run};
use crate::shop::{folder, shop_admin_with, stderr_of, stdout_of};

fn block_on<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(work)
}

/// What the programs say about this address, without the password in it.
fn told(url: &str) -> String {
    let line = refusal(folder().path(), url);
    assert!(!line.contains("hush"), "{line}");
    line
}

#[test]
fn where_no_server_is() {
    let port =
        TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let refused = told(&format!("mysql://root:hush@127.0.0.1:{port}/shop"));
    let expected = format!("cannot open the database 127.0.0.1:{port}/shop: Connection refused");
    assert!(refused.starts_with(&expected) && refused.ends_with("is this its address?"), "{refused}");
    let missing = told("mysql://root:hush@localhost/shop?socket=/no/such/socket");
    assert!(missing.contains("/no/such/socket") && missing.ends_with("is this its address?"), "{missing}");
}

#[test]
fn where_the_server_refuses() {
    let server = Server::start(&["--skip-networking"]);
    block_on(server.run("CREATE DATABASE shop; CREATE USER plain@localhost IDENTIFIED BY 'hush'"));
    let url = |user: &str, name: &str| server.url(name).replace("root@", &format!("{user}@"));
    for (url, expected, advice) in [
        (
            url("plain:hushhush", "shop"),
            "Access denied for user",
            "are user and password in the address right?",
        ),
        (url("plain:hush", "shop"), "Access denied for user", "needs all rights on its database"),
        (url("root", "none"), "Unknown database 'none'", "create it first, for the shop's user"),
    ] {
        let line = told(&url);
        assert!(line.contains(expected) && line.ends_with(advice), "{line}");
    }
}

#[test]
fn another_programs_tables_are_left_alone() {
    let url = block_on(fresh_database());
    block_on(run(&url, "CREATE TABLE bookmarks (id BIGINT PRIMARY KEY)"));
    let line = told(&url);
    assert!(line.ends_with("holds another program's tables; the shop needs a database of its own"), "{line}");
    // It is the only table still.
    block_on(run(&url, "DROP TABLE bookmarks"));
    let settings = [("SHOP_DATABASE_URL", url.as_str())];
    let migrated = shop_admin_with(folder().path(), &settings, &["migrate"], "");
    assert_eq!(stdout_of(&migrated), "22 migrations ran\n", "{}", stderr_of(&migrated));
}

#[test]
fn a_server_that_takes_no_changes_is_told_and_works_once_it_does() {
    let server = Server::start(&["--skip-networking"]);
    let url = block_on(server.fresh_database()).replace("root@", "plain:hush@");
    // Root may write all the same.
    block_on(server.run(
        "CREATE USER plain@localhost IDENTIFIED BY 'hush'; GRANT ALL ON `shop_%`.* TO plain@localhost; \
         SET GLOBAL read_only = 1",
    ));
    let folder = folder();
    let migrate = || shop_admin_with(folder.path(), &[("SHOP_DATABASE_URL", &url)], &["migrate"], "");
    let refused = migrate();
    let line = crate::bad_databases::line("shop-admin", &refused);
    assert!(line.starts_with("cannot migrate ") && line.contains("read"), "{line}");
    assert!(
        line.ends_with("; the shop needs a server that takes changes") && !line.contains("hush"),
        "{line}"
    );
    block_on(server.run("SET GLOBAL read_only = 0"));
    assert_eq!(stdout_of(&migrate()), "22 migrations ran\n");
}

#[test]
fn processes_that_migrate_at_once_take_turns() {
    let url = block_on(fresh_database());
    let folder = folder();
    let migrate = || {
        let output = shop_admin_with(folder.path(), &[("SHOP_DATABASE_URL", &url)], &["migrate"], "");
        assert!(output.status.success(), "{}", stderr_of(&output));
        stdout_of(&output)
    };
    let mut told: Vec<_> = thread::scope(|scope| {
        let runs = [(); 4].map(|()| scope.spawn(migrate));
        runs.into_iter().map(|run| run.join().expect("migrated")).collect()
    });
    told.sort_unstable();
    assert_eq!(
        told,
        [
            "22 migrations ran\n",
            "the schema is up to date\n",
            "the schema is up to date\n",
            "the schema is up to date\n"
        ]
    );
}
