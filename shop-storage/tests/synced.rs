//! Whether every commit was synced to the disk before anybody was told of it: `make sync-test`, on Linux with
//! strace.
//!
//! Without an argument it runs itself under strace; with one it is the shop's store at work.

#![cfg(test)]

use std::collections::{HashMap, HashSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use shop_core::catalog::Category;
use shop_core::ids::CategoryId;
use shop_core::ports::Store;
use shop_core::{Language, catalog::Localized};
use shop_storage::{SqliteOptions, SqliteStore};

/// How many units race; one alone is a group of its own.
const RACES: [u8; 5] = [1, 8, 1, 30, 2];
/// What is said of a unit.
const BEGUN: &str = "begun:";
const ACKNOWLEDGED: &str = "acknowledged:";

fn main() {
    match std::env::args_os().nth(1).map(PathBuf::from) {
        Some(path) if path.extension() == Some("db".as_ref()) => work(&path),
        _ => watch(),
    }
}

/// Commits units, and says of each when it has begun and when it was acknowledged.
fn work(database: &Path) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let store = SqliteStore::open(SqliteOptions::new(database)).await.expect("a fresh file");
        store.migrate().await.expect("a schema");
        let mut next = 0;
        for race in RACES {
            let units = (next..next + race).map(|number| tokio::spawn(add(store.clone(), number)));
            for unit in units.collect::<Vec<_>>() {
                unit.await.expect("no panic");
            }
            next += race;
        }
    });
}

async fn add(store: SqliteStore, number: u8) {
    let slug = format!("category-{number}").parse().expect("a slug");
    let name = Localized::only(Language::English, "Tools".parse().expect("a name"));
    let id = CategoryId::from_bytes([number; 16]);
    let mut unit = store.begin().await.expect("a unit");
    say(BEGUN, number);
    unit.categories().insert(&Category { id, slug, name, position: 0 }).await.expect("inserted");
    unit.commit().await.expect("committed");
    say(ACKNOWLEDGED, number);
}

/// In one system call.
fn say(word: &str, number: u8) {
    writeln!(std::io::stdout(), "{word}{number}").expect("written");
}

/// Follows the system calls of a store at work.
fn watch() {
    let folder = tempfile::tempdir().expect("a folder");
    let trace = folder.path().join("trace.txt");
    let output = Command::new("strace")
        .args(["--follow-forks", "--decode-fds=path", "--trace=pwrite64,write,fsync,fdatasync", "--output"])
        .arg(&trace)
        .arg(std::env::current_exe().expect("a program"))
        .arg(folder.path().join("shop.db"))
        .output()
        .expect("strace is installed");
    assert!(output.status.success(), "{output:?}");
    let mut seen = Seen::default();
    std::fs::read_to_string(trace).expect("a trace").lines().for_each(|line| seen.note(line));
    let Seen { told, writes, syncs, .. } = seen;
    println!("{told} units acknowledged, {writes} writes to the log, {syncs} syncs of it");
    assert_eq!(told, RACES.iter().map(|race| usize::from(*race)).sum::<usize>());
    assert!(RACES.len() <= syncs && syncs < told && writes > syncs);
}

/// What the system calls have told so far.
#[derive(Default)]
struct Seen {
    writes: usize,
    syncs: usize,
    told: usize,
    /// Whether something in the log is not synced yet.
    written: bool,
    /// The threads that are about to sync the log.
    syncing: HashSet<String>,
    /// How many syncs there had been when a unit began.
    begun: HashMap<String, usize>,
}

impl Seen {
    /// A line of strace: a thread, its system call, what came out; or the call and its end on a line each.
    fn note(&mut self, line: &str) {
        let thread = line.split(' ').next().unwrap_or_default();
        let (is_log, is_sync) = (line.contains("shop.db-wal>"), line.contains("sync"));
        if is_log && line.contains("write") {
            self.written = true;
            self.writes += 1;
        } else if is_log && is_sync && line.contains("<unfinished") {
            self.syncing.insert(thread.to_owned());
        } else if is_sync && line.ends_with("= 0") && (is_log || self.syncing.remove(thread)) {
            self.written = false;
            self.syncs += 1;
        } else if let Some(unit) = unit_in(line, BEGUN) {
            self.begun.insert(unit, self.syncs);
        } else if let Some(unit) = unit_in(line, ACKNOWLEDGED) {
            assert!(!self.written && self.begun[&unit] < self.syncs, "not synced before: {line}");
            self.told += 1;
        }
    }
}

/// The number of the unit of which this is said.
fn unit_in(line: &str, word: &str) -> Option<String> {
    let (_, rest) = line.split_once(word)?;
    Some(rest.chars().take_while(char::is_ascii_digit).collect())
}
