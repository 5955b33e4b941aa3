//! The fault of `shop-admin migrate`.

use std::path::Path;

use crate::shop::{end, faulty, folder};

/// Runs it with a database; gives exit code, stdout and stderr.
fn admin(fault: &str, folder: &Path, url: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = faulty(fault, folder).env("SHOP_DATABASE_URL", url).args(arguments).output().unwrap();
    let (code, stderr) = end(&output);
    (code, String::from_utf8(output.stdout).unwrap(), stderr)
}

/// It fails however often it is tried, in the server's own words, and the schema stays what it was.
fn fails_and_leaves_nothing(url: &str, told: &str) {
    let folder = folder();
    let migrate = || admin("migration", folder.path(), url, &["migrate"]);
    let (code, stdout, stderr) = migrate();
    assert_eq!((code, stderr.lines().count()), (Some(1), 1), "{stderr}");
    assert!(stdout.ends_with(" migrations ran\n"), "the good ones ran: {stdout}");
    assert!(stderr.starts_with("faulty-shop: cannot migrate the database: "), "{stderr}");
    assert!(stderr.contains(told), "{stderr}");
    let again = (Some(1), "the schema is up to date\n".to_owned(), stderr);
    assert_eq!(migrate(), again, "nothing of it was noted");
    assert_eq!(admin("migration", folder.path(), url, &["check"]).0, Some(0), "other commands do their work");
}

#[test]
fn it_fails_on_a_file_and_leaves_nothing() {
    let folder = folder();
    let url = format!("sqlite://{}", folder.path().join("shop.db").display());
    fails_and_leaves_nothing(&url, "unrecognized token");
}

#[cfg(feature = "mysql-server")]
#[tokio::test]
async fn it_fails_on_a_server_and_leaves_nothing() {
    let url = crate::server::fresh_database().await;
    fails_and_leaves_nothing(&url, "JSONB");
}

#[test]
fn the_address_may_lie_in_a_file() {
    let folder = folder();
    std::fs::write(folder.path().join("url"), "sqlite://shop.db\n").unwrap();
    let mut command = faulty("migration", folder.path());
    let (code, stderr) = end(&command.env("SHOP_DATABASE_URL_FILE", "url").arg("migrate").output().unwrap());
    assert!(code == Some(1) && stderr.contains("9999"), "{stderr}");
}
