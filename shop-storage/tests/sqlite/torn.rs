//! Power that fails in the middle of a write: wherever the write-ahead log ends, what was acknowledged by
//! then is there, and nothing else.
//!
//! Units race, so that several share a commit, and each notes how long the log is at the moment it is
//! acknowledged. Then the log is torn at every frame, in several ways, and the database is opened as a shop's
//! store.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use shop_core::StoreError;
use shop_core::order::Order;
use shop_core::ports::{Store, Transaction};
use shop_core::stock::Stock;
use shop_storage::{SqliteOptions, SqliteStore};
use sqlx::{Row as _, SqliteConnection};

use crate::samples::{add_products, connect, order, pieces, product, sku, user, user_id};

/// Pieces of the one product; each unit takes one.
const PIECES: u32 = 1_000;
/// Lines of each unit's order.
const LINES: u32 = 9;
/// How many units race; one alone is a group of its own.
const RACES: [u32; 9] = [1, 8, 1, 2, 13, 1, 5, 1, 21];

/// <https://www.sqlite.org/fileformat2.html#the_write_ahead_log>
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// How a unit ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Commit,
    RollBack,
    Drop,
    Conflict,
}

impl End {
    fn of(number: u32) -> Self {
        match number % 11 {
            3 => Self::RollBack,
            5 => Self::Drop,
            8 => Self::Conflict,
            _ => Self::Commit,
        }
    }
}

/// What a unit changes: four tables with their indexes, many pages.
async fn change(unit: &mut dyn Transaction, number: u32) -> Result<(), StoreError> {
    unit.users().insert(&user(number)).await?;
    assert!(unit.stock().take(sku(1), pieces(1)).await?, "there is enough");
    let placed = Order { owner: Some(user_id(number)), ..order(number, LINES) };
    unit.orders().insert(&placed).await?;
    unit.carts().replace(user_id(number), "SKU-1=1", 0).await
}

/// Runs a unit; says how long the log was when it was acknowledged, if it was committed.
async fn run(store: SqliteStore, log: PathBuf, number: u32) -> Option<usize> {
    let mut unit = store.begin().await.expect("a unit");
    change(&mut *unit, number).await.expect("changed");
    match End::of(number) {
        End::Commit => {
            unit.commit().await.expect("committed");
            let length = fs::metadata(log).expect("a log").len();
            Some(usize::try_from(length).expect("a short log"))
        }
        End::RollBack => {
            unit.rollback().await.expect("undone");
            None
        }
        End::Drop => None,
        End::Conflict => {
            let outcome = unit.users().insert(&user(number)).await;
            assert!(matches!(outcome, Err(StoreError::Conflict(_))), "{outcome:?}");
            None
        }
    }
}

/// A database file, its log, and which unit was acknowledged at which length of the log.
struct Written {
    database: Arc<[u8]>,
    log: Vec<u8>,
    acknowledged: BTreeMap<u32, usize>,
}

/// Writes in one log whatever the units change.
async fn written() -> Written {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.db");
    let store = SqliteStore::open(SqliteOptions::new(&path)).await.expect("a fresh file");
    store.migrate().await.expect("a schema");
    let mut sold = product(1);
    sold.variants[0].stock = Stock::Counted(PIECES);
    add_products(&store, [sold]).await;
    store.close().await;

    let database = fs::read(&path).expect("readable");
    let store = SqliteStore::open(SqliteOptions::new(&path)).await.expect("the same file");
    // As long as somebody reads the file as it was, no checkpoint moves anything out of the log.
    let mut reader = connect(&path).await;
    sqlx::raw_sql("BEGIN; SELECT COUNT(*) FROM users").execute(&mut reader).await.expect("a snapshot");
    let log = path.with_extension("db-wal");
    let (mut acknowledged, mut next) = (BTreeMap::new(), 1);
    for race in RACES {
        let units = (next..next + race)
            .map(|number| (number, tokio::spawn(run(store.clone(), log.clone(), number))))
            .collect::<Vec<_>>();
        next += race;
        for (number, unit) in units {
            let length = unit.await.expect("no panic");
            acknowledged.extend(length.map(|length| (number, length)));
        }
    }
    assert_eq!(fs::read(&path).expect("readable"), database, "all is in the log");
    Written { database: database.into(), log: fs::read(log).expect("readable"), acknowledged }
}

/// Where each frame of the log stands, and whether a commit ends with it.
fn frames(log: &[u8]) -> Vec<(Range<usize>, bool)> {
    let number = |at: usize| u32::from_be_bytes(log[at..at + 4].try_into().expect("4 bytes"));
    let length = FRAME_HEADER + usize::try_from(number(8)).expect("a page's size");
    assert_eq!((log.len() - LOG_HEADER) % length, 0, "whole frames");
    (LOG_HEADER..log.len())
        .step_by(length)
        .map(|start| (start..start + length, number(start + 4) != 0))
        .collect()
}

/// What is left of a log when its writing is cut off in this frame.
///
/// A disk that has not been told to sync may have written some sectors and others not, in any order, or may
/// have lengthened the file only.
fn torn(log: &[u8], frame: &Range<usize>) -> [(&'static str, Vec<u8>); 5] {
    // Another place in each frame, its header among them.
    let middle = frame.start + 1 + frame.start * 7 / 5 % (frame.len() - 1);
    let header = frame.start + frame.start / 7 % FRAME_HEADER;
    let with = |range: Range<usize>, change: fn(&mut u8)| {
        let mut log = log.to_vec();
        log[range].iter_mut().for_each(change);
        log
    };
    let mut bent = with(middle..middle + 1, |byte| *byte ^= 0x10);
    bent.truncate(frame.end);
    [
        ("cut before", log[..frame.start].to_vec()),
        ("cut in the middle", log[..middle].to_vec()),
        ("bent", bent),
        ("bent in the header, more behind it", with(header..header + 1, |byte| *byte ^= 1)),
        ("lengthened only", with(frame.start..log.len(), |byte| *byte = 0)),
    ]
}

/// Opens the database with this log, as a shop does at its start; says which units are there.
async fn survivors(database: Arc<[u8]>, log: Vec<u8>) -> BTreeSet<u32> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.db");
    fs::write(&path, database).expect("written");
    fs::write(path.with_extension("db-wal"), log).expect("written");
    let store = SqliteStore::open(SqliteOptions::new(&path)).await.expect("it opens");
    assert_eq!(store.migrate().await.expect("a schema"), 0);
    store.check().await.expect("a schema that fits");
    whole_units(&path).await
}

/// Which units are in the file. None may be there in part, nor anything else.
async fn whole_units(path: &Path) -> BTreeSet<u32> {
    let mut connection = connect(path).await;
    let sound = ask(&mut connection, "SELECT integrity_check = 'ok' FROM pragma_integrity_check").await;
    assert_eq!(sound, [1]);
    let units: BTreeSet<_> = ask(
        &mut connection,
        "SELECT CAST(SUBSTR(email, LENGTH('shopper') + 1) AS INTEGER) FROM users WHERE state <> 'nobody'",
    )
    .await
    .into_iter()
    .collect();
    let found = ask(
        &mut connection,
        "SELECT COUNT(*) FROM carts \
         UNION ALL SELECT COUNT(DISTINCT owner_id) FROM orders \
         UNION ALL SELECT COUNT(*) FROM orders \
         UNION ALL SELECT COUNT(*) FROM order_lines \
         UNION ALL SELECT stock FROM variants",
    )
    .await;
    let count = u32::try_from(units.len()).expect("few");
    assert_eq!(found, [count, count, count, count * LINES, PIECES - count], "{units:?}");
    units
}

async fn ask(connection: &mut SqliteConnection, sql: &'static str) -> Vec<u32> {
    let rows = sqlx::query(sql).fetch_all(connection).await.expect("rows");
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn a_torn_log_holds_exactly_what_was_acknowledged() {
    let Written { database, log, acknowledged } = written().await;
    let frames = frames(&log);
    // A unit was told when the commit that it shares was in the log, and not later.
    let commits: BTreeSet<_> =
        frames.iter().filter(|(_, commits)| *commits).map(|(frame, _)| frame.end).collect();
    assert_eq!(acknowledged.values().copied().collect::<BTreeSet<_>>(), commits);
    assert!(
        commits.len() * 2 < acknowledged.len(),
        "{} units, {} commits",
        acknowledged.len(),
        commits.len()
    );

    let acknowledged_at = |length: usize| -> BTreeSet<u32> {
        acknowledged.iter().filter(|(_, told)| **told <= length).map(|(number, _)| *number).collect()
    };
    let whole = ("whole", log.len(), log.clone());
    let mut logs = vec![whole, ("half of the header", 0, log[..LOG_HEADER / 2].to_vec())];
    for (frame, _) in frames {
        logs.extend(torn(&log, &frame).map(|(how, log)| (how, frame.start, log)));
    }
    // Several at once: most of the time is the disk's.
    for logs in logs.chunks(8) {
        let open = |(how, length, log): &(_, _, Vec<u8>)| {
            (*how, *length, tokio::spawn(survivors(Arc::clone(&database), log.clone())))
        };
        for (how, length, survivors) in logs.iter().map(open).collect::<Vec<_>>() {
            assert_eq!(
                survivors.await.expect("no panic"),
                acknowledged_at(length),
                "{how}, good for {length} bytes"
            );
        }
    }
}
