use std::io::Cursor;
use std::path::Path;

use shop_core::webapplication::{Entry, Source, Table, Value};

use super::charset::Charset;
use super::input::Input;
use super::rows::Rows;
use super::{CHUNK, Dump, DumpError};

mod cuts;
mod damage;
mod dialects;
mod random;
mod round_trip;
mod settings;

/// Everything that a dump gives.
fn read(dump: &[u8]) -> Vec<Entry> {
    read_by(dump, CHUNK, None)
}

fn read_by(dump: &[u8], chunk: usize, encoding: Option<Charset>) -> Vec<Entry> {
    let mut rows = Rows::new(Input::new(Cursor::new(dump), chunk), encoding);
    let mut entries = Vec::new();
    while let Some(entry) = rows.next().expect("memory can be read") {
        entries.push(entry);
    }
    assert_eq!(rows.taken(), dump.len() as u64, "all of it was read");
    entries
}

/// A value in words: `NULL`, `'text'`, `x'ff'`.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Text(text) => format!("'{text}'"),
        Value::Bytes(bytes) => {
            let digits = |text, byte: &u8| format!("{text}{byte:02x}");
            format!("x'{}'", bytes.iter().fold(String::new(), digits))
        }
    }
}

/// An entry in words, with its line.
fn told(entry: &Entry) -> String {
    let line = |line: Option<u64>| line.map_or_else(String::new, |line| format!("{line}: "));
    let row = |at, values: &[&Value]| {
        let values: Vec<_> = values.iter().map(|value| shown(value)).collect();
        format!("{}{}", line(at), values.join(" "))
    };
    match entry {
        Entry::Product(p) => row(p.line, &[&p.number, &p.name, &p.code, &p.picture, &p.price]),
        Entry::User(u) => row(
            u.line,
            &[
                &u.number,
                &u.last_name,
                &u.first_name,
                &u.email,
                &u.password,
                &u.address,
                &u.cart,
                &u.activated,
            ],
        ),
        Entry::Unreadable(u) => format!("{}{}: {}", line(u.line), u.table.name(), u.reason),
        Entry::Remark(r) => format!("{}{}", line(r.line), r.text),
    }
}

/// What a dump gives, in words.
fn all_told(dump: &[u8]) -> Vec<String> {
    read(dump).iter().map(told).collect()
}

/// The same without remarks that the tables are not there.
fn told_of(dump: &[u8]) -> Vec<String> {
    let mut told = all_told(dump);
    told.retain(|line| !line.contains("the dump has no table"));
    told
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

fn sample() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy/bin/tests/webapplication/webapplication.sql")
}

#[tokio::test]
async fn the_sample_is_read_whole_and_alike_after_each_rewind() {
    let mut dump = Dump::open(sample()).expect("a dump");
    let entries = all(&mut dump).await;
    let of = |table| {
        entries.iter().filter(move |entry| {
            matches!((entry, table), (Entry::Product(_), Table::Produse) | (Entry::User(_), Table::Useri))
        })
    };
    assert_eq!((of(Table::Produse).count(), of(Table::Useri).count(), entries.len()), (8, 25, 33));
    assert_eq!(told(&entries[0]), "25: '1' 'Amprenta USB AMTR01' 'AMTR01' 'static/images/AMTR01.jpg' '189'");
    assert!(told(&entries[8]).ends_with(" 'Str. Opulentei, nr. 1' 'SH03=3;AMTR01=1;KN04=12' '1'"));
    assert!(told(&entries[13]).contains(" NULL NULL"), "{}", told(&entries[13]));
    assert!(told(&entries[17]).starts_with("42: '11' 'D'Angelo' 'Ștefan' 'user8@example.com' 'pbkdf2:"));
    let progress = dump.progress();
    assert_eq!(progress.done, progress.whole);
    for _ in 0..2 {
        dump.rewind().await.expect("the file is there");
        assert_eq!(dump.progress().done, 0);
        assert_eq!(all(&mut dump).await, entries);
    }
}

#[tokio::test]
async fn a_dump_that_changes_between_two_reads_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("dump.sql");
    std::fs::write(&path, "INSERT INTO produse VALUES (1,'a','b','c',1);").expect("written");
    let mut dump = Dump::open(&path).expect("a dump");
    all(&mut dump).await;
    std::fs::write(&path, "").expect("written");
    let error = dump.rewind().await.expect_err("it is another file").to_string();
    assert!(error.ends_with("dump.sql has changed since it was opened"), "{error}");
}

#[tokio::test]
async fn an_encoding_can_be_forced_upon_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("dump.sql");
    std::fs::write(&path, b"SET NAMES utf8;INSERT INTO produse VALUES (1,'caf\xE9','b','c',1);")
        .expect("written");
    let bytes = all(&mut Dump::open(&path).expect("a dump")).await;
    assert!(told(&bytes[0]).starts_with("1: '1' x'636166e9' "), "{}", told(&bytes[0]));
    let mut dump = Dump::open(&path).and_then(|dump| dump.encoding("latin1")).expect("a dump");
    for _ in 0..2 {
        assert!(told(&all(&mut dump).await[0]).starts_with("1: '1' 'café' "));
        dump.rewind().await.expect("the file is there");
    }
    let unknown = Dump::open(&path).and_then(|dump| dump.encoding("klingon"));
    assert!(matches!(unknown, Err(DumpError::UnknownEncoding)));
}

#[test]
fn files_that_are_something_else_are_refused_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("file");
    for (head, what) in [
        (&b"\x1F\x8B\x08\0"[..], "gzip"),
        (b"PK\x03\x04..", "zip"),
        (b"\x28\xB5\x2F\xFD..", "zstd"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\xFF\xFE-\0-\0", "UTF-16"),
        (b"-\0-\0 \0", "UTF-16"),
        (b"\0-\0-\0 ", "UTF-16"),
        (b"<?xml version=\"1.0\"?>", "XML"),
        (b"INSERT\0\x01", "a binary file"),
    ] {
        std::fs::write(&path, head).expect("written");
        let error = Dump::open(&path).expect_err("no dump").to_string();
        assert!(error.contains(what), "{error}");
    }
    let error = Dump::open(folder.path()).expect_err("a folder").to_string();
    assert!(error.contains("it is no file"), "{error}");
    let error = Dump::open(folder.path().join("none")).expect_err("nothing").to_string();
    assert!(error.starts_with("cannot read "), "{error}");
}

#[tokio::test]
async fn a_byte_order_mark_is_no_part_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("dump.sql");
    std::fs::write(&path, "\u{FEFF}INSERT INTO produse VALUES (1,'a','b','c',1);").expect("written");
    let entries = all(&mut Dump::open(&path).expect("a dump")).await;
    assert_eq!(told(&entries[0]), "1: '1' 'a' 'b' 'c' '1'");
}

#[tokio::test]
async fn a_dump_of_something_else_is_refused_when_all_of_it_was_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("dump.sql");
    for dump in
        ["", "\n", "-- nothing\n", "IDUser,numeUser\n1,O'Brien\n", "INSERT INTO x_useri VALUES (1,'a');\n"]
    {
        std::fs::write(&path, dump).expect("written");
        let error = Dump::open(&path).expect("a dump").next().await.expect_err("no table").to_string();
        assert!(error.ends_with("dump.sql has neither of the tables useri and produse"), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("pipe");
    let outcome = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(outcome.expect("mkfifo runs").success());
    let error = Dump::open(&path).expect_err("a pipe").to_string();
    assert!(error.contains("it is no file"), "{error}");
}
