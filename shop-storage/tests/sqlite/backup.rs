//! Copies of a whole database, made while others work on it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};

use shop_core::account::{Purpose, Session, StoredToken, Token, TokenHash, UserAgent};
use shop_core::order::{OrderState, OrderStep};
use shop_core::ports::{Store, ThrottleHash, Tries};
use shop_storage::{BackupError, Contents, OpenError, RestoreError, SqliteOptions, SqliteStore};
use sqlx::AssertSqlSafe;

use crate::samples::{
    TestStore, add_products, add_user, category, connect, empty, message, moment, order, order_id, parsed,
    product, run, user, user_id,
};

/// A store with rows in every table: 2 accounts, 3 products, 1 order.
pub(crate) async fn filled() -> TestStore {
    let store = empty().await;
    for number in 1..=2 {
        add_user(&*store, number).await;
    }
    add_products(&*store, (1..=3).map(product)).await;
    let mut unit = store.begin().await.expect("a unit");
    unit.categories().insert(&category(1, "tools")).await.expect("inserted");
    unit.carts().replace(user_id(1), "SKU-1=2", 0).await.expect("stored");
    let placed = order(1, 3);
    unit.orders().insert(&placed).await.expect("inserted");
    let step = OrderStep { state: OrderState::Confirmed, at: moment(2) };
    unit.orders().advance(&placed, step, None).await.expect("advanced");
    unit.keys().insert(user_id(1), &parsed("a-key-of-some-length"), order_id(1)).await.expect("bound");
    unit.outbox().enqueue(&message(1)).await.expect("enqueued");
    unit.sessions().insert(&session()).await.expect("inserted");
    unit.tokens().insert(&token()).await.expect("inserted");
    let tries = Tries { last_at: moment(1), forget_at: moment(60) };
    unit.throttles().replace(ThrottleHash::from_bytes([3; 32]), tries, None).await.expect("counted");
    unit.commit().await.expect("committed");
    store
}

fn session() -> Session {
    Session {
        key: TokenHash::from_bytes([7; 32]),
        user: user_id(1),
        created_at: moment(0),
        last_seen_at: moment(1),
        agent: UserAgent::of("Lynx"),
    }
}

fn token() -> StoredToken {
    let hash = parsed::<Token>(&"0a".repeat(32)).hash();
    let email = user(1).email;
    StoredToken { hash, purpose: Purpose::Activation, user: user_id(1), email, expires_at: moment(2) }
}

/// Every row of every table, as text.
pub(crate) async fn dump(path: &Path) -> BTreeMap<String, Vec<String>> {
    const ROWS: &str = "SELECT found.name, 'SELECT ' || \
        group_concat('quote(\"' || field.name || '\")', ' || '','' || ') || \
        ' FROM \"' || found.name || '\" ORDER BY 1' \
        FROM sqlite_master AS found, pragma_table_info(found.name) AS field \
        WHERE found.type = 'table' AND found.name <> '_shop_migrations' GROUP BY found.name";
    let mut connection = connect(path).await;
    let queries: Vec<(String, String)> =
        sqlx::query_as(ROWS).fetch_all(&mut connection).await.expect("the tables");
    let mut dump = BTreeMap::new();
    for (table, query) in queries {
        let rows = sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(&mut connection).await;
        dump.insert(table, rows.expect("the rows"));
    }
    dump
}

/// The names of a folder's files; what SQLite keeps beside an open database does not count.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("text"));
    let mut names: Vec<_> =
        names.filter(|name| !name.ends_with(".db-wal") && !name.ends_with(".db-shm")).collect();
    names.sort_unstable();
    names
}

fn options(store: &TestStore) -> SqliteOptions {
    SqliteOptions::new(store.path())
}

fn beside(store: &TestStore, name: &str) -> PathBuf {
    store.path().with_file_name(name)
}

#[tokio::test]
async fn a_copy_holds_every_row_and_is_a_shop_itself() {
    let store = filled().await;
    let file = beside(&store, "copy.db");
    let contents = SqliteStore::backup(&options(&store), &file).await.expect("a backup");
    assert_eq!(contents, Contents { accounts: 2, products: 3, orders: 1 });
    let rows = dump(&store.path()).await;
    for (table, rows) in &rows {
        assert!(!rows.is_empty() || table == "schema_floors", "no sample in {table}");
    }
    assert_eq!(dump(&file).await, rows);
    assert_eq!(names(file.parent().expect("a folder")), ["copy.db", "shop.db"]);
    let second = SqliteStore::open(SqliteOptions::new(&file)).await.expect("a shop");
    second.check().await.expect("a schema that fits");
    add_user(&second, 3).await;
}

#[tokio::test]
async fn a_copy_is_one_plain_file_for_its_owner_alone() {
    let store = filled().await;
    let file = beside(&store, "copy.db");
    SqliteStore::backup(&options(&store), &file).await.expect("a backup");
    let bytes = fs::read(&file).expect("readable");
    assert_eq!(bytes[18..20], [1, 1], "no write-ahead log belongs to it");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&file).expect("metadata").permissions().mode() & 0o777, 0o600);
    }
}

/// Puts the same code into the carts of two accounts, again and again.
async fn write_pairs(store: Arc<SqliteStore>, pair: [u32; 2], stop: Arc<AtomicBool>) -> u64 {
    let mut written = 0;
    while !stop.load(Ordering::Relaxed) {
        let mut unit = store.begin().await.expect("a unit");
        for owner in pair {
            let code = format!("SKU-1={}", written % 900 + 1);
            unit.carts().replace(user_id(owner), &code, written).await.expect("stored");
        }
        unit.commit().await.expect("committed");
        written += 1;
    }
    written
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_copy_is_one_moment_of_a_shop_that_goes_on() {
    let test = empty().await;
    for number in 0..8 {
        add_user(&*test, number).await;
    }
    let (store, stop) = (Arc::new(test.neighbor().await), Arc::new(AtomicBool::new(false)));
    let writers = [[0, 1], [2, 3], [4, 5], [6, 7]];
    let writers = writers.map(|pair| tokio::spawn(write_pairs(Arc::clone(&store), pair, Arc::clone(&stop))));
    let mut versions = Vec::new();
    for number in 0..8 {
        let file = beside(&test, &format!("copy-{number}.db"));
        SqliteStore::backup(&options(&test), &file).await.expect("a backup");
        let carts = dump(&file).await.remove("carts").expect("the table");
        let carts: Vec<_> = carts.iter().map(|cart| cart.split_once(',').expect("an owner").1).collect();
        for pair in carts.chunks(2) {
            assert_eq!(pair.first(), pair.last(), "half of a unit in copy {number}: {carts:?}");
        }
        versions.push(carts.concat());
    }
    stop.store(true, Ordering::Relaxed);
    for writer in writers {
        assert!(writer.await.expect("no writer was refused") > 0);
    }
    versions.dedup();
    assert!(versions.len() > 1, "nobody wrote meanwhile");
}

#[tokio::test]
async fn a_file_that_exists_is_left_alone() {
    let store = filled().await;
    let file = beside(&store, "holiday.jpg");
    fs::write(&file, "a picture").expect("written");
    let refused = SqliteStore::backup(&options(&store), &file).await;
    assert!(matches!(&refused, Err(BackupError::Exists(path)) if *path == file), "{refused:?}");
    assert_eq!(fs::read(&file).expect("readable"), b"a picture");
    let refused = SqliteStore::backup(&options(&store), file.parent().expect("a folder")).await;
    assert!(matches!(refused, Err(BackupError::Exists(_))), "{refused:?}");
    #[cfg(unix)]
    {
        let link = beside(&store, "link.db");
        std::os::unix::fs::symlink("elsewhere.db", &link).expect("a link to nothing");
        let refused = SqliteStore::backup(&options(&store), &link).await;
        assert!(matches!(refused, Err(BackupError::Exists(_))), "{refused:?}");
        fs::remove_file(&link).expect("removed");
    }
    assert_eq!(names(file.parent().expect("a folder")), ["holiday.jpg", "shop.db"]);
}

#[tokio::test]
async fn of_two_copies_with_one_name_one_is_made() {
    let store = filled().await;
    let file = beside(&store, "copy.db");
    let options = options(&store);
    let (one, other) =
        tokio::join!(SqliteStore::backup(&options, &file), SqliteStore::backup(&options, &file));
    let refused = if one.is_ok() { other } else { one };
    assert!(matches!(refused, Err(BackupError::Exists(_))), "{refused:?}");
    assert_eq!(dump(&file).await, dump(&store.path()).await);
    assert_eq!(names(file.parent().expect("a folder")), ["copy.db", "shop.db"]);
}

#[tokio::test]
async fn what_a_killed_process_left_is_put_away_and_what_another_works_on_is_not() {
    let store = filled().await;
    for name in [".copy.db.draft-0", ".copy.db.draft-0-wal", ".copy.db.draft-1"] {
        fs::write(beside(&store, name), "half a copy").expect("written");
    }
    let held = fs::File::open(beside(&store, ".copy.db.draft-1")).expect("a file");
    held.lock().expect("locked");
    fs::create_dir(beside(&store, ".copy.db.draft-2")).expect("a folder in the way");
    let file = beside(&store, "copy.db");
    SqliteStore::backup(&options(&store), &file).await.expect("a backup");
    let left = [".copy.db.draft-1", ".copy.db.draft-2", "copy.db", "shop.db"];
    assert_eq!(names(file.parent().expect("a folder")), left);
    assert_eq!(dump(&file).await, dump(&store.path()).await);
}

#[tokio::test]
async fn without_its_folder_there_is_no_copy() {
    let store = filled().await;
    let file = beside(&store, "no/such/folder/copy.db");
    let refused = SqliteStore::backup(&options(&store), &file).await.expect_err("no folder");
    assert!(matches!(refused, BackupError::File { .. }), "{refused:?}");
    assert!(refused.to_string().contains("no/such/folder/copy.db"), "{refused}");
}

#[tokio::test]
async fn what_is_no_shop_is_not_copied() {
    let folder = tempfile::tempdir().expect("a folder");
    let (database, file) = (folder.path().join("places.db"), folder.path().join("copy.db"));
    let missing = SqliteStore::backup(&SqliteOptions::new(&database), &file).await;
    assert!(matches!(missing, Err(BackupError::Open(OpenError::Unreachable { .. }))), "{missing:?}");
    assert_eq!(names(folder.path()), [""; 0], "nor is it made");
    run(&database, "CREATE TABLE bookmarks (id INTEGER PRIMARY KEY)").await;
    let foreign = SqliteStore::backup(&SqliteOptions::new(&database), &file).await;
    assert!(matches!(foreign, Err(BackupError::NotAShop { .. })), "{foreign:?}");
    fs::write(&database, "certainly a picture ".repeat(100)).expect("written");
    let garbage = SqliteStore::backup(&SqliteOptions::new(&database), &file).await;
    assert!(matches!(garbage, Err(BackupError::Open(OpenError::NotADatabase { .. }))), "{garbage:?}");
    assert_eq!(names(folder.path()), ["places.db"]);
}

#[tokio::test]
async fn a_shop_with_a_broken_reference_is_not_copied() {
    let store = filled().await;
    store.tamper("PRAGMA foreign_keys = OFF; INSERT INTO carts VALUES (x'01', '', 0)").await;
    let refused = SqliteStore::backup(&options(&store), &beside(&store, "copy.db")).await;
    let Err(BackupError::Damaged { finding, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!(finding, "a row of carts refers to one of users that is not there");
    assert_eq!(names(store.path().parent().expect("a folder")), ["shop.db"]);
}

#[test]
fn without_a_runtime_there_is_an_error_and_no_panic() {
    let (options, file) = (SqliteOptions::new("shop.db"), Path::new("copy.db"));
    let mut context = Context::from_waker(Waker::noop());
    let backup = pin!(SqliteStore::backup(&options, file)).poll(&mut context);
    assert!(matches!(backup, Poll::Ready(Err(BackupError::Open(OpenError::NoRuntime)))), "{backup:?}");
    let restore = pin!(SqliteStore::restore(&options, file)).poll(&mut context);
    assert!(matches!(restore, Poll::Ready(Err(RestoreError::Open(OpenError::NoRuntime)))), "{restore:?}");
}
