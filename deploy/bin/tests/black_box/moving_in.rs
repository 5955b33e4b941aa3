//! Moving in from the old shop, with its dump.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;
use tempfile::TempDir;

use crate::browser::{Browser, Page};
use crate::shop::{Shop, ask, folder, shop_admin_with, stderr_of, stdout_of};

pub(crate) const DUMP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/webapplication/webapplication.sql");
const PASSWORDS: &str = include_str!("../webapplication/passwords.tsv");

const REPORT: &str = "report.jsonl";

/// What an import has said.
pub(crate) struct Told {
    pub(crate) code: Option<i32>,
    pub(crate) summary: Value,
    pub(crate) rows: HashMap<(String, i64), Value>,
}

impl Told {
    /// The outcome of a user's row, and what was said of it.
    fn user(&self, number: i64) -> (String, Vec<String>) {
        let Some(row) = self.rows.get(&("useri".to_owned(), number)) else {
            return ("whole".to_owned(), Vec::new());
        };
        let findings = row["findings"].as_array().expect("findings").iter();
        let problems = findings.map(|finding| finding["problem"].as_str().expect("a name").to_owned());
        (row["outcome"].as_str().expect("an outcome").to_owned(), problems.collect())
    }
}

/// A folder with an empty shop.
fn empty() -> TempDir {
    let folder = folder();
    ask(folder.path(), &["migrate"]);
    folder
}

/// Runs the import in JSON, and reads its report.
pub(crate) fn import(folder: &Path, settings: &[(&str, &str)], from: &str, more: &[&str]) -> Told {
    let arguments = ["import", "webapplication", "--json", "--from", from, "--report", REPORT];
    let output = shop_admin_with(folder, settings, &[&arguments[..], more].concat(), "");
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    let report = fs::read_to_string(folder.join(REPORT)).expect("a report");
    let mut lines: Vec<Value> =
        report.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.pop().expect("a line")["summary"], summary, "the report ends with the summary");
    for table in ["products", "users"] {
        let count = |name: &str| summary[table][name].as_u64().expect("a number");
        let ended = ["whole", "in_part", "before", "before_in_part", "left"].map(count).iter().sum::<u64>();
        assert_eq!(count("rows"), ended, "{table}");
    }
    let row = |line: Value| {
        let table = line["table"].as_str()?.to_owned();
        Some(((table, line["number"].as_i64().expect("a number")), line))
    };
    Told { code: output.status.code(), summary, rows: lines.into_iter().filter_map(row).collect() }
}

/// Everything that a table may hold, row by row.
const ROWS: &str = "SELECT group_concat(line, char(10)) FROM (\
    SELECT 'u' || quote(id) || quote(email) || quote(last_name) || quote(password_hash) || version AS line FROM users UNION ALL \
    SELECT 'c' || quote(owner_id) || quote(code) || version FROM carts UNION ALL \
    SELECT 'p' || quote(id) || quote(slug) || quote(texts) || version FROM products UNION ALL \
    SELECT 'v' || quote(sku) || price FROM variants UNION ALL \
    SELECT 'o' || quote(id) FROM outbox ORDER BY line)";

/// The rows that an import could change.
fn rows(folder: &Path) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let options = SqliteConnectOptions::new().filename(folder.join("vitrina.db")).read_only(true);
        let mut connection = options.connect().await.expect("a database");
        sqlx::query_scalar(ROWS).fetch_one(&mut connection).await.expect("rows")
    })
}

/// Tries a password, each time from another client, so that nobody has tried too often.
fn sign_in(shop: &Shop, number: usize, email: &str, password: &str) -> Page {
    let browser = Browser::behind_proxy(&shop.url, &format!("192.0.2.{number}"));
    let form = browser.get("/login").form("/login").with("email", email).with("password", password);
    browser.submit(&form)
}

pub(crate) const OPEN: [(&str, &str); 2] =
    [("SHOP_SAMPLE_CATALOG", "false"), ("SHOP_TRUSTED_PROXIES", "127.0.0.1")];

#[test]
fn the_dump_moves_in() {
    let folder = empty();
    let told = import(folder.path(), &[], DUMP, &[]);
    assert_eq!(told.code, Some(1), "some rows could not be carried");
    let counts =
        |table: &str| ["whole", "in_part", "before", "left"].map(|name| told.summary[table][name].as_u64());
    assert_eq!(counts("products"), [Some(8), Some(0), Some(0), Some(0)]);
    assert_eq!(counts("users"), [Some(18), Some(5), Some(0), Some(2)]);
    assert_eq!((&told.summary["resets"], &told.summary["remarks"]), (&2.into(), &0.into()));
    for (number, outcome, problems) in [
        (2, "whole", &["cart-unknown"][..]),
        (7, "left", &["email-of-row"]),
        (8, "whole", &[]),
        (10, "whole", &["email-tidied", "cart-merged"]),
        (11, "in part", &["cart-line"]),
        (12, "left", &["email"]),
        (13, "in part", &["cart-line"]),
        (14, "in part", &["no-password", "cart-line"]),
        (15, "in part", &["cart-line"]),
        (16, "in part", &["password", "cart-line"]),
        (19, "whole", &[]),
    ] {
        let (found, said) = told.user(number);
        assert_eq!(
            (&*found, said),
            (outcome, problems.iter().map(|&name| name.to_owned()).collect()),
            "{number}"
        );
    }
    let report = fs::read_to_string(folder.path().join(REPORT)).expect("a report");
    for secret in ["plaintext-password", "pbkdf2:", "scrypt:", "32391674ca2a0b7c54d3b4a8b4e1ca7c76155f3c"] {
        assert!(!report.contains(secret), "{secret}");
    }
    assert_eq!(ask(folder.path(), &["check"])["findings"], Value::Array(Vec::new()));
    let picture = ask(folder.path(), &["product", "show", "SH03"])["picture"].clone();
    assert!(picture.is_string(), "the sample's picture: {picture}");
}

#[test]
fn every_password_of_the_old_shop_signs_in() {
    let folder = empty();
    import(folder.path(), &[], DUMP, &[]);
    all_sign_in(Shop::start(folder.path(), &OPEN));
}

/// Tries every password, and a wrong one before it.
pub(crate) fn all_sign_in(shop: Shop) {
    let lost = ["user4@example.com", "not-an-email", "user11@example.com", "user13@example.com"];
    let (mut opened, mut pending, mut refused) = (0, 0, 0);
    for (number, line) in PASSWORDS.lines().skip(1).enumerate() {
        let [email, password, _, activated] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        for wrong_first in [true, false] {
            let password = if wrong_first { format!("{password}x") } else { password.to_owned() };
            let page = sign_in(&shop, number + 1, email.trim(), &password);
            let offered = page.all("form[action='/activate']", "action");
            if wrong_first || lost.contains(&email) {
                assert!(page.location.is_none() && offered.is_empty(), "{email}");
                refused += 1;
            } else if activated == "1" {
                assert_eq!((page.status, page.location.as_deref()), (303, Some("/account")), "{email}");
                opened += 1;
            } else {
                assert_eq!((page.status, offered.len()), (422, 1), "{email}");
                pending += 1;
            }
        }
    }
    assert_eq!((opened, pending, refused), (14, 6, 28));
    let again = sign_in(&shop, 99, "user6@example.com", "emoji 🛒 in parola mea6");
    assert_eq!(again.location.as_deref(), Some("/account"), "its hash was replaced at the first sign-in");
    shop.stop();
}

#[test]
fn carts_come_along() {
    let folder = empty();
    import(folder.path(), &[], DUMP, &["--map", "12=found@example.com"]);
    let shop = Shop::start(folder.path(), &OPEN);
    for (email, password, lines) in [
        ("user0@example.com", "pppppppppppppppppppp0", &[("SH03", "3"), ("AMTR01", "1")][..]),
        ("spaced@example.com", "emoji 🛒 in parola mea7", &[("SH03", "5")]),
        ("user16@example.com", "emoji 🛒 in parola mea16", &[("SH03", "2"), ("USB02", "1")]),
    ] {
        let browser = Browser::new(&shop.url);
        let form = browser.get("/login").form("/login").with("email", email).with("password", password);
        browser.submit_and_follow(&form);
        let cart = browser.get("/cart");
        let shown =
            cart.all("li[data-sku]", "data-sku").into_iter().zip(cart.all("li[data-sku]", "data-quantity"));
        let expected = lines.iter().map(|&(sku, quantity)| (sku.to_owned(), quantity.to_owned()));
        assert!(shown.eq(expected), "{email}: {}", cart.body);
        assert!(cart.all("[data-problem]", "data-problem").is_empty());
    }
    shop.stop();
    assert_eq!(ask(folder.path(), &["user", "show", "found@example.com"])["state"], "pending");
}

#[test]
fn a_second_run_and_a_dry_run_change_nothing() {
    let folder = empty();
    let none = rows(folder.path());
    let would = import(folder.path(), &[], DUMP, &["--dry-run"]);
    assert_eq!(rows(folder.path()), none);
    let did = import(folder.path(), &[], DUMP, &[]);
    assert_eq!((would.code, would.summary), (did.code, did.summary));
    let once = rows(folder.path());
    assert_ne!(once, none);
    let again = import(folder.path(), &[], DUMP, &[]);
    assert_eq!(rows(folder.path()), once);
    assert_eq!(
        (&again.summary["users"]["before"], &again.summary["users"]["before_in_part"]),
        (&18.into(), &5.into())
    );
    assert_eq!((&again.summary["products"]["before"], again.code), (&8.into(), Some(1)));
}

#[test]
fn what_is_said_to_people_names_every_row() {
    let folder = empty();
    let arguments = ["import", "webapplication", "--from", DUMP, "--report", REPORT];
    let output = shop_admin_with(folder.path(), &[], &arguments, "");
    let (text, errors) = (stdout_of(&output), stderr_of(&output));
    for told in [
        "useri 12 (line 43): LEFT\n    email \"not-an-email\": ",
        "useri 7 (line 38): LEFT\n    email: row 8 has the same address, and precedence",
        "useri 11 (line 42): carried in part\n    shopping \"SH03\": ",
        "users: 25 rows; carried whole 18, in part 5; before whole 0, in part 0; left 2\n",
        "accounts without a password, whose owners must reset it: 2\n",
    ] {
        assert!(text.contains(told), "{told} in {text}");
    }
    assert!(text.ends_with("the report is report.jsonl\n"), "{text}");
    assert_eq!(errors, "shop-admin: rows that were not carried whole: 7; remarks about the source: 0\n");
}

/// A dump of so many users, with their carts.
fn dump_of(users: u32) -> String {
    let hash =
        "pbkdf2:sha256:50000$seGFleoM$c78987a943a81ff40a61c892e5c0e87f8c3972e2ebb00e4531b713f68b1fe378";
    let row =
        |number| format!("({number},'Pop','Ana','user{number}@example.com','{hash}','Iași','SH03=1',1,NULL)");
    let rows: Vec<_> = (1..=users).map(row).collect();
    let inserts: Vec<_> =
        rows.chunks(500).map(|rows| format!("INSERT INTO `useri` VALUES {};\n", rows.join(","))).collect();
    inserts.concat()
}

#[test]
fn a_run_that_was_killed_goes_on() {
    const USERS: u32 = 30_000;
    let folder = empty();
    fs::write(folder.path().join("old.sql"), dump_of(USERS)).expect("written");
    let arguments = ["import", "webapplication", "--from", "old.sql", "--report", REPORT];
    let mut command = Command::new(env!("CARGO_BIN_EXE_shop-admin"));
    command.current_dir(folder.path()).env_clear().args(arguments).stdout(Stdio::null());
    let mut process = command.spawn().expect("shop-admin runs");
    let has_come_so_far = || {
        shop_admin_with(folder.path(), &[], &["user", "show", "user1000@example.com"], "").status.success()
    };
    assert!((1..2_000).any(|_| has_come_so_far()), "it does not come so far");
    process.kill().expect("it runs");
    process.wait().expect("it ends");
    assert!(!folder.path().join(REPORT).exists(), "a report is whole or not there");
    let told = import(folder.path(), &[], "old.sql", &[]);
    let count = |name: &str| told.summary["users"][name].as_u64().expect("a number");
    assert_eq!(count("whole") + count("before"), u64::from(USERS));
    assert!(count("before") >= 1_000 && count("whole") > 0, "{}", told.summary);
}

#[test]
fn what_cannot_be_read_is_refused_in_a_line() {
    let folder = empty();
    let before = rows(folder.path());
    fs::write(folder.path().join("dump.sql.gz"), [0x1f, 0x8b, 8, 0, 0, 0]).expect("written");
    fs::create_dir(folder.path().join("folder")).expect("made");
    for (from, more, told) in [
        ("none.sql", &[][..], "--from: "),
        ("folder", &[], "--from: "),
        ("dump.sql.gz", &[], "--from: "),
        ("mysql://hush:hush@127.0.0.1:1/shop", &[], "--from: "),
        ("mysql://hush:hush@", &[], "--from: "),
        ("MariaDB://hush:hush@127.0.0.1:1/shop", &[], "--from: "),
        ("http://hush:hush@127.0.0.1:1/shop", &[], "--from: "),
        (DUMP, &["--map", "7=a@example.com", "--map", "7=b@example.com"], "--map: "),
        (DUMP, &["--map", "99=a@example.com"], "--map: "),
        (DUMP, &["--map", "7"], "--map"),
        (DUMP, &["--map", "7=none"], "--map"),
        (DUMP, &["--encoding", "klingon"], "--encoding: "),
        (DUMP, &["--language", "tlh"], "--language"),
    ] {
        let arguments = ["import", "webapplication", "--from", from, "--report", REPORT];
        let output = shop_admin_with(folder.path(), &[], &[&arguments[..], more].concat(), "");
        assert_eq!(output.status.code(), Some(2), "{from} {more:?}: {output:?}");
        assert!(stderr_of(&output).contains(told), "{}", stderr_of(&output));
        assert!(!stderr_of(&output).contains("hush") && stdout_of(&output).is_empty());
    }
    std::os::unix::fs::symlink("vitrina.db", folder.path().join("link")).expect("made");
    for report in ["none/report.jsonl", "folder", "vitrina.db", "link", "dump.sql.gz"] {
        let arguments = ["import", "webapplication", "--from", DUMP, "--report", report];
        let output = shop_admin_with(folder.path(), &[], &arguments, "");
        assert_eq!((output.status.code(), stdout_of(&output).as_str()), (Some(2), ""), "{report}");
        assert!(stderr_of(&output).contains("--report: "), "{}", stderr_of(&output));
    }
    assert_eq!(rows(folder.path()), before, "nothing was carried");
}
