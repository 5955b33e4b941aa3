//! Copies of a whole shop, and the way back, while it runs.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use crate::browser::Browser;
use crate::shop::{Shop, ask, create_users, folder, shop_admin, shop_admin_with, stderr_of, stdout_of};

const SHOPPERS: [&str; 3] = ["ana@example.com", "ion@example.com", "eva@example.com"];

fn create_shoppers(folder: &Path) {
    create_users(folder, &SHOPPERS.map(str::to_owned));
}

/// A command that must fail with this code and one line with this text.
fn refused(folder: &Path, settings: &[(&str, &str)], arguments: &[&str], code: i32, told: &str) {
    let output = shop_admin_with(folder, settings, arguments, "");
    let stderr = stderr_of(&output);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {stderr}");
    assert!(stderr.starts_with("shop-admin: ") && stderr.contains(told), "{arguments:?}: {stderr}");
    assert_eq!((stderr.lines().count(), stdout_of(&output).as_str()), (1, ""), "{arguments:?}: {stderr}");
}

/// The names of a folder's files, without those that SQLite keeps beside the database and without mails.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("text"));
    let mut names: Vec<_> = names.filter(|name| !name.starts_with("vitrina.db-") && name != "mail").collect();
    names.sort_unstable();
    names
}

#[test]
fn a_backup_is_whole_while_shoppers_fill_their_carts() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    create_shoppers(folder.path());
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for email in SHOPPERS {
            let (browser, done) = (Browser::signed_in(&shop.url, email), &done);
            scope.spawn(move || {
                while !done.load(Ordering::Relaxed) {
                    browser.add("headphones-hd08", 1);
                    browser.submit_and_follow(&browser.get("/cart").form("/cart/clear"));
                }
            });
        }
        for number in 0..3 {
            let name = format!("copy-{number}.db");
            let backup = ask(folder.path(), &["backup", &name]);
            assert_eq!((&backup["file"], &backup["accounts"]), (&name.as_str().into(), &3.into()));
            assert_eq!((&backup["products"], &backup["orders"]), (&8.into(), &0.into()));
        }
        done.store(true, Ordering::Relaxed);
    });
    shop.stop();
    for number in 0..3 {
        let database = format!("sqlite://copy-{number}.db");
        let checked = shop_admin_with(folder.path(), &[("SHOP_DATABASE_URL", &database)], &["check"], "");
        assert_eq!(stdout_of(&checked), "nothing is wrong\n", "{}", stderr_of(&checked));
    }
}

#[test]
fn a_restore_is_seen_by_the_shop_that_runs() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    create_shoppers(folder.path());
    let browser = Browser::signed_in(&shop.url, SHOPPERS[0]);
    browser.add("headphones-hd08", 2);
    let told = shop_admin(folder.path(), &["backup", "copy.db"]);
    assert_eq!(stdout_of(&told), "copy.db holds 3 accounts, 8 products, 0 orders\n", "{}", stderr_of(&told));

    browser.submit_and_follow(&browser.get("/checkout").form("/checkout"));
    ask(folder.path(), &["product", "set", "HD08", "--price", "777.00"]);
    ask(folder.path(), &["product", "hide", "LPN4"]);
    create_users(folder.path(), &["new@example.com".to_owned()]);
    let page = || Browser::new(&shop.url).get("/products/headphones-hd08").body;
    while !page().contains("777.00") {}

    let restored = ask(folder.path(), &["restore", "copy.db"]);
    let (seen, told) = channel();
    thread::scope(|scope| {
        scope.spawn(|| {
            while !page().contains("199.00") {}
            seen.send(()).expect("somebody waits");
        });
        told.recv_timeout(Duration::from_secs(1)).expect("the old price within a second");
    });
    assert_eq!((&restored["database"], &restored["accounts"]), (&"vitrina.db".into(), &3.into()));
    assert_eq!((&restored["products"], &restored["orders"]), (&8.into(), &0.into()));
    assert_eq!(Browser::new(&shop.url).get("/products/laptop-lpn4").status, 200, "no longer hidden");

    assert_eq!(browser.get("/cart").location.as_deref(), Some("/login?next=%2Fcart"), "signed out");
    let browser = Browser::signed_in(&shop.url, SHOPPERS[0]);
    assert_eq!(browser.get("/cart").one("li[data-sku=HD08]", "data-quantity"), "2");
    assert_eq!(browser.get("/orders").all("[data-order]", "data-order"), [""; 0]);
    assert_eq!(shop_admin(folder.path(), &["user", "show", "new@example.com"]).status.code(), Some(1));
    browser.submit_and_follow(&browser.get("/checkout").form("/checkout"));
    assert_eq!(ask(folder.path(), &["order", "list"]).as_array().map(Vec::len), Some(1), "it sells on");
    assert_eq!(stdout_of(&shop_admin(folder.path(), &["check"])), "nothing is wrong\n");
    shop.stop();
}

#[test]
fn a_restore_makes_the_database_where_there_is_none() {
    let (here, there) = (folder(), folder());
    assert!(shop_admin(here.path(), &["migrate"]).status.success());
    assert!(shop_admin(here.path(), &["seed", "sample"]).status.success());
    let file = there.path().join("copy.db");
    let file = file.to_str().expect("text");
    ask(here.path(), &["backup", file]);
    let told = shop_admin(there.path(), &["restore", file]);
    let line = "vitrina.db holds 0 accounts, 8 products, 0 orders again; everybody signs in anew\n";
    assert_eq!(stdout_of(&told), line, "{}", stderr_of(&told));
    assert_eq!(ask(there.path(), &["product", "list"]), ask(here.path(), &["product", "list"]));
    assert_eq!(names(there.path()), ["copy.db", "vitrina.db"]);
}

#[test]
fn what_cannot_be_done_is_one_line_and_leaves_nothing() {
    let folder = folder();
    let path = folder.path();
    refused(path, &[], &["backup", "copy.db"], 2, "there is no database vitrina.db");
    assert_eq!(names(path), [""; 0]);
    assert!(shop_admin(path, &["migrate"]).status.success());
    fs::write(path.join("holiday.jpg"), "a picture").expect("written");
    refused(path, &[], &["backup", "holiday.jpg"], 1, "holiday.jpg exists; a backup never replaces a file");
    refused(path, &[], &["backup", "no/folder/copy.db"], 1, "cannot write no/folder/copy.db: ");
    refused(path, &[], &["restore", "holiday.jpg"], 1, "holiday.jpg is not a backup of a shop");
    refused(path, &[], &["restore", "."], 1, ". is not a backup of a shop");
    refused(path, &[], &["restore", "missing.db"], 1, "missing.db: ");
    let mysql = [("SHOP_DATABASE_URL", "mysql://shop:hush@localhost/shop")];
    refused(path, &mysql, &["backup", "copy.db"], 2, "mysqldump");
    refused(path, &mysql, &["restore", "copy.db"], 2, "mysqldump");
    for command in ["backup", "restore"] {
        let output = shop_admin(path, &[command]);
        assert_eq!(output.status.code(), Some(2), "no file: {}", stderr_of(&output));
    }
    assert_eq!(names(path), ["holiday.jpg", "vitrina.db"]);
    assert_eq!(fs::read(path.join("holiday.jpg")).expect("readable"), b"a picture");
}

/// A shell lowers the greatest size that a file may get, for a full disk looks the same to SQLite.
#[cfg(unix)]
#[test]
fn where_there_is_no_space_nothing_is_left() {
    let folder = folder();
    assert!(shop_admin(folder.path(), &["migrate"]).status.success());
    assert!(shop_admin(folder.path(), &["seed", "sample"]).status.success());
    // 80 blocks of 512 bytes: enough for what SQLite keeps beside the database, not for its copy.
    let script =
        format!("trap '' XFSZ; ulimit -f 80; exec {} backup copy.db", env!("CARGO_BIN_EXE_shop-admin"));
    let mut shell = std::process::Command::new("/bin/sh");
    let output = shell.args(["-c", &script]).current_dir(folder.path()).env_clear().output();
    let output = output.expect("a shell");
    let stderr = stderr_of(&output);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.starts_with("shop-admin: cannot copy vitrina.db to copy.db: "), "{stderr}");
    assert_eq!((stderr.lines().count(), names(folder.path())), (1, vec!["vitrina.db".to_owned()]));
}

#[test]
fn a_shop_is_copied_into_an_empty_database_and_opens_there() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    create_users(folder.path(), &["ana@example.com".to_owned()]);
    let browser = Browser::signed_in(&shop.url, "ana@example.com");
    browser.add("headphones-hd08", 2);
    shop.stop();
    let (from, to) = ("sqlite://vitrina.db", "sqlite://moved.db");
    let copied = ask(folder.path(), &["copy", "--from", from, "--to", to]);
    assert!(copied["rows"].as_u64().expect("rows") > 20, "{copied}");
    let again = shop_admin(folder.path(), &["copy", "--from", from, "--to", to]);
    assert_eq!(again.status.code(), Some(1));
    assert!(stderr_of(&again).contains("the target has rows in users"), "{}", stderr_of(&again));
    let usage = shop_admin(folder.path(), &["copy", "--from", "ftp://x", "--to", to]);
    assert_eq!(usage.status.code(), Some(2), "{}", stderr_of(&usage));

    let moved = Shop::start(folder.path(), &[("SHOP_DATABASE_URL", to)]);
    let browser = Browser::signed_in(&moved.url, "ana@example.com");
    assert_eq!(browser.get("/cart").one("li[data-sku=HD08]", "data-quantity"), "2");
    moved.stop();
}
