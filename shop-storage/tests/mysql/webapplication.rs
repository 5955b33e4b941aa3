//! The old shop's tables, read from a live database and from what the real programs dump of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use shop_core::webapplication::{Entry, ProductRow, Remark, Source, Table, UserRow, Value};
use shop_storage::webapplication::{Dump, LiveShop, LiveShopError};

use crate::samples::options;
use crate::server::{connect, fresh_database, run};

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy/bin/tests/webapplication/webapplication.sql")
}

/// A database with the sample in it; its address.
async fn old_shop() -> String {
    let url = fresh_database().await;
    run(&url, &fs::read_to_string(sample()).expect("the sample")).await;
    url
}

async fn all(source: &mut impl Source) -> Vec<Entry> {
    let mut entries = Vec::new();
    loop {
        let some = source.next().await.expect("it can be read");
        if some.is_empty() {
            return entries;
        }
        entries.extend(some);
    }
}

async fn live(url: &str) -> Vec<Entry> {
    let mut shop = LiveShop::open(options(url)).await.expect("the old shop");
    all(&mut shop).await
}

/// The rows without their lines, and the remarks.
fn rows_and_remarks(entries: Vec<Entry>) -> (Vec<Entry>, Vec<String>) {
    let (mut rows, mut remarks) = (Vec::new(), Vec::new());
    for entry in entries {
        match entry {
            Entry::Product(row) => rows.push(Entry::Product(ProductRow { line: None, ..row })),
            Entry::User(row) => rows.push(Entry::User(Box::new(UserRow { line: None, ..*row }))),
            Entry::Unreadable(row) => rows.push(Entry::Unreadable(row)),
            Entry::Remark(Remark { text, .. }) => remarks.push(text),
        }
    }
    (rows, remarks)
}

/// What `mariadb-dump` makes of the database at this address.
fn dumped(url: &str, settings: &[&str], folder: &Path) -> PathBuf {
    let (address, socket) = url.split_once("?socket=").expect("a socket");
    let name = address.rsplit('/').next().expect("a database");
    let file = folder.join("dump.sql");
    let mut command = Command::new("mariadb-dump");
    command.arg("--no-defaults").arg(format!("--socket={socket}")).arg("--user=root");
    command.arg(format!("--result-file={}", file.display())).args(settings).arg(name);
    let output = command.output().expect("mariadb-dump runs; see shop-storage/tests/mysql/install");
    assert!(output.status.success(), "{output:?}");
    file
}

/// Values that need care, in columns of different encodings.
const HOSTILE: &str = r#"
    ALTER TABLE useri MODIFY adresa VARCHAR(300) CHARACTER SET latin2, MODIFY parola VARBINARY(256),
        MODIFY shopping BLOB,
        MODIFY activated BIT(1), ADD COLUMN telefon VARCHAR(30) AFTER email;
    INSERT INTO useri (IDUser, numeUser, prenumeUser, email, telefon, parola, adresa, shopping, activated)
        VALUES
        (100, 'a\\b''c"d`e', '),(\n\r\t;--', '/*! x */ # \Z\0', '''', X'FF00', 'Štefan', X'C3A9', b'1'),
        (101, '', ' ', '%_\%\_', NULL, NULL, '', '', NULL),
        (-5, 'É€', 'NULL', '-- Dump completed', 'x', '\'', 'DELIMITER ;;\n', X'00', b'0');
    CREATE TRIGGER copies AFTER INSERT ON produse FOR EACH ROW BEGIN
        INSERT INTO useri (numeUser, prenumeUser, email) VALUES ('a', 'b', 'c'); SET @x = 'it''s'; END;
    CREATE VIEW active AS SELECT * FROM useri WHERE activated = 1;
    CREATE PROCEDURE more() BEGIN INSERT INTO produse VALUES (9,'','','',9); END;
"#;

const SETTINGS: [&[&str]; 15] = [
    &[],
    &["--skip-extended-insert"],
    &["--complete-insert"],
    &["--hex-blob"],
    &["--skip-opt"],
    &["--skip-opt", "--extended-insert", "--skip-quote-names"],
    &["--compact"],
    &["--compact", "--no-create-info", "--complete-insert"],
    // By itself it writes latin1 and does not say so.
    &["--compatible=ansi", "--default-character-set=utf8mb4"],
    &["--compatible=no_field_options,no_table_options", "--default-character-set=utf8mb4"],
    &["--replace", "--order-by-primary", "--routines", "--triggers"],
    &["--insert-ignore", "--single-transaction", "--skip-dump-date"],
    &["--skip-comments", "--skip-set-charset"],
    &["--default-character-set=utf8mb3"],
    &["--max-allowed-packet=4096", "--net-buffer-length=4096"],
];

#[tokio::test]
async fn what_the_programs_dump_is_what_the_server_has() {
    let url = old_shop().await;
    run(&url, HOSTILE).await;
    let (rows, remarks) = rows_and_remarks(live(&url).await);
    assert_eq!(rows.len(), 8 + 25 + 3);
    assert_eq!(remarks, ["useri has columns that are not carried: telefon"]);
    let folder = tempfile::tempdir().expect("a folder");
    for settings in SETTINGS {
        let file = dumped(&url, settings, folder.path());
        let (read, told) = rows_and_remarks(all(&mut Dump::open(&file).expect("a dump")).await);
        assert_eq!(told, remarks, "{settings:?}");
        assert_eq!(by_number(read), by_number(rows.clone()), "{settings:?}");
    }
}

/// The server itself puts a question mark where the encoding has no character, in the dump as in an answer.
#[tokio::test]
async fn a_dump_in_latin1_is_read_as_such() {
    let url = fresh_database().await;
    let rows =
        "INSERT INTO useri VALUES (1,'Müller','Zoë €','é@example.com','x','\\'œuvre\\'','SH03=1',1,NULL)";
    run(&url, &format!("{} {rows}", tables())).await;
    let (expected, _) = rows_and_remarks(live(&url).await);
    let folder = tempfile::tempdir().expect("a folder");
    for settings in [
        &["--default-character-set=latin1"][..],
        &["--default-character-set=latin1", "--skip-extended-insert"],
    ] {
        let file = dumped(&url, settings, folder.path());
        assert!(std::str::from_utf8(&fs::read(&file).expect("a dump")).is_err(), "it is no UTF-8");
        let (read, _) = rows_and_remarks(all(&mut Dump::open(&file).expect("a dump")).await);
        assert_eq!(read, expected);
    }
}

/// The sample's tables without rows.
fn tables() -> String {
    let sample = fs::read_to_string(sample()).expect("the sample");
    sample.split("INSERT INTO").next().expect("its tables").to_owned()
}

/// Rows by their numbers, for a table without a key may be dumped in any order.
fn by_number(rows: Vec<Entry>) -> BTreeMap<(u8, String), Entry> {
    let count = rows.len();
    let key = |entry: &Entry| match entry {
        Entry::Product(row) => (0, format!("{:?}", text(&row.number))),
        Entry::User(row) => (1, format!("{:?}", text(&row.number))),
        Entry::Unreadable(_) | Entry::Remark(_) => panic!("{entry:?}"),
    };
    let rows: BTreeMap<_, _> = rows.into_iter().map(|entry| (key(&entry), entry)).collect();
    assert_eq!(rows.len(), count);
    rows
}

fn text(value: &Value) -> &str {
    match value {
        Value::Text(text) => text,
        Value::Null | Value::Bytes(_) => panic!("no number: {value:?}"),
    }
}

#[tokio::test]
async fn the_moment_of_opening_is_what_is_read_each_time() {
    let url = old_shop().await;
    let mut shop = LiveShop::open(options(&url)).await.expect("the old shop");
    run(
        &url,
        "DELETE FROM useri WHERE IDUser > 5; UPDATE produse SET pret = 1; INSERT INTO produse \
    VALUES (99,'','','',1)",
    )
    .await;
    let entries = all(&mut shop).await;
    assert_eq!(entries.len(), 33);
    assert_eq!((shop.progress().done, shop.progress().whole), (33, 33));
    for _ in 0..2 {
        shop.rewind().await.expect("the same moment");
        assert_eq!(shop.progress().done, 0);
        assert_eq!(all(&mut shop).await, entries);
    }
    assert_eq!(live(&url).await.len(), 9 + 4);
}

/// More rows than fit on a page.
const MANY: &str = "
    CREATE TABLE d (n INT); INSERT INTO d VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
    INSERT INTO produse SELECT 100 + a.n + 10 * b.n + 100 * c.n,
        'a', CONCAT('SKU', a.n, b.n, c.n), 'i', a.n FROM d a, d b, d c
";

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_overlap() {
    let url = old_shop().await;
    run(&url, MANY).await;
    let numbers: Vec<_> = numbers(&live(&url).await);
    assert_eq!(numbers, (1..=8).chain(100..1_100).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_table_without_a_key_loses_no_row() {
    let url = old_shop().await;
    run(&url, MANY).await;
    run(
        &url,
        "ALTER TABLE produse MODIFY IDProdus INT NULL, DROP PRIMARY KEY; \
        INSERT INTO produse SELECT * FROM produse; INSERT INTO produse VALUES (NULL,'a','b','c',1)",
    )
    .await;
    let mut shop = LiveShop::open(options(&url)).await.expect("the old shop");
    let entries = all(&mut shop).await;
    assert_eq!(entries.len(), 2 * 1_008 + 1 + 25);
    // Rewound in the middle of the stream.
    shop.rewind().await.expect("the same moment");
    for _ in 0..2 {
        assert!(!shop.next().await.expect("rows").is_empty());
    }
    shop.rewind().await.expect("the same moment");
    assert_eq!(all(&mut shop).await, entries);
}

/// The numbers of the products.
fn numbers(entries: &[Entry]) -> Vec<i32> {
    let number = |entry: &Entry| match entry {
        Entry::Product(row) => text(&row.number).parse().ok(),
        Entry::User(_) | Entry::Unreadable(_) | Entry::Remark(_) => None,
    };
    entries.iter().filter_map(number).collect()
}

#[tokio::test]
async fn what_does_not_fit_is_remarked() {
    let url = fresh_database().await;
    let error = LiveShop::open(options(&url)).await.expect_err("an empty database");
    assert!(matches!(error, LiveShopError::NotTheOldShop { .. }), "{error}");
    assert!(error.to_string().contains("has neither of the tables useri and produse"), "{error}");
    run(
        &url,
        "CREATE TABLE Produse (COD varchar(9), stoc int, idprodus bigint unsigned primary key, pret \
    double) ENGINE=MyISAM; \
        INSERT INTO Produse VALUES ('b', 7, 18446744073709551615, 1.5)",
    )
    .await;
    let (rows, remarks) = rows_and_remarks(live(&url).await);
    assert_eq!(
        remarks,
        [
            "Produse is kept by MyISAM, without snapshots: nobody should write to it meanwhile",
            "produse has no column nume, imagine: read as NULL",
            "produse has columns that are not carried: stoc",
            "the database has no table useri",
        ]
    );
    let text = |text: &str| Value::Text(text.to_owned());
    let values = [text("18446744073709551615"), Value::Null, text("b"), Value::Null, text("1.5")];
    assert_eq!(rows, [Table::Produse.row(None, values)]);
}

#[tokio::test]
async fn who_writes_does_not_wait_for_the_reading() {
    let url = old_shop().await;
    let shop = LiveShop::open(options(&url)).await.expect("the old shop");
    // A lock that reading took would make this wait.
    run(
        &url,
        "SET SESSION lock_wait_timeout = 1, innodb_lock_wait_timeout = 1; UPDATE useri SET activated = 1",
    )
    .await;
    drop(shop);
    let mut connection = connect(&url).await;
    for sql in ["SET SESSION lock_wait_timeout = 30", "DROP TABLE useri"] {
        sqlx::raw_sql(sql).execute(&mut connection).await.expect("nobody holds it any more");
    }
}

#[tokio::test]
async fn the_server_cuts_what_is_too_long() {
    let url = old_shop().await;
    run(
        &url,
        "ALTER TABLE produse MODIFY nume LONGTEXT; \
        INSERT INTO produse SELECT 100 + IDProdus, REPEAT('ș', 1 << 19), cod, imagine, pret FROM produse; \
        INSERT INTO produse SELECT 200 + IDProdus, REPEAT('x', 2 << 20), cod, imagine, pret FROM produse \
        WHERE IDProdus < 100",
    )
    .await;
    let mut shop = LiveShop::open(options(&url)).await.expect("the old shop");
    let (mut rows, mut unreadable) = (0, 0);
    loop {
        let page = shop.next().await.expect("rows");
        let Some(first) = page.first() else { break };
        assert!(page.len() <= 4 || !matches!(first, Entry::Product(_)), "a page of {} rows", page.len());
        for entry in page {
            match entry {
                Entry::Unreadable(row) => {
                    assert_eq!(row.reason, "a value is longer than 1 MiB");
                    unreadable += 1;
                }
                Entry::Product(_) => rows += 1,
                Entry::User(_) | Entry::Remark(_) => {}
            }
        }
    }
    assert_eq!((rows, unreadable), (16, 8));
}

#[tokio::test]
async fn a_view_is_read_and_remarked() {
    let url = old_shop().await;
    run(&url, "RENAME TABLE useri TO members; CREATE VIEW useri AS SELECT * FROM members").await;
    let (rows, remarks) = rows_and_remarks(live(&url).await);
    assert_eq!(rows.len(), 33);
    assert_eq!(
        remarks,
        ["useri is a view, and the tables behind it may have no snapshots: \
            nobody should write to it meanwhile"]
    );
}
