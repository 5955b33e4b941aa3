//! Putting a backup in place of what a database holds.

use std::borrow::Cow;
use std::fs;
use std::future::{Future, poll_fn};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;

use shop_core::ports::Store;
use shop_storage::{Contents, RestoreError, SqliteOptions, SqliteStore};
use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

use crate::backup::{dump, filled, names};
use crate::samples::{TestStore, add_products, add_user, connect, empty, product, run, user, user_id};

/// What is emptied and not restored.
const EMPTIED: [&str; 3] = ["sessions", "tokens", "throttles"];

fn options(store: &TestStore) -> SqliteOptions {
    SqliteOptions::new(store.path())
}

/// A backup of the store as it is now, in its folder.
async fn backup(store: &TestStore, name: &str) -> PathBuf {
    let file = store.path().with_file_name(name);
    SqliteStore::backup(&options(store), &file).await.expect("a backup");
    file
}

#[tokio::test]
async fn all_comes_back_but_sessions_and_tokens() {
    let store = filled().await;
    let file = backup(&store, "copy.db").await;
    let bytes = fs::read(&file).expect("readable");
    let mut expected = dump(&store.path()).await;
    for table in EMPTIED {
        expected.entry(table.to_owned()).and_modify(Vec::clear);
    }
    store
        .tamper("UPDATE outbox SET state = 'sent'; DELETE FROM order_lines; UPDATE variants SET stock = 1")
        .await;
    add_user(&*store, 3).await;
    let restored = SqliteStore::restore(&options(&store), &file).await.expect("restored");
    assert_eq!(restored, Contents { accounts: 2, products: 3, orders: 1 });
    assert_eq!(dump(&store.path()).await, expected);
    assert_eq!(fs::read(&file).expect("readable"), bytes, "the backup was not touched");
    assert_eq!(names(file.parent().expect("a folder")), ["copy.db", "shop.db"]);
    // The store that was open all the time goes on.
    assert_eq!(store.accounts().find_by_email(&user(3).email.key()).await.expect("an answer"), None);
    add_user(&*store, 3).await;
    store.check().await.expect("a schema that fits");
}

#[tokio::test]
async fn a_database_that_does_not_exist_is_made() {
    let store = filled().await;
    let file = backup(&store, "copy.db").await;
    let database = store.path().with_file_name("new.db");
    let restored = SqliteStore::restore(&SqliteOptions::new(&database), &file).await.expect("restored");
    assert_eq!(restored.accounts, 2);
    assert_eq!(dump(&database).await["orders"], dump(&store.path()).await["orders"]);
    SqliteStore::open(SqliteOptions::new(&database)).await.expect("a shop").check().await.expect("it fits");
}

/// How many accounts and products one look finds.
async fn look(path: &Path) -> (i64, i64) {
    const LOOK: &str =
        "SELECT (SELECT COUNT(*) FROM users WHERE state <> 'nobody'), (SELECT COUNT(*) FROM products)";
    sqlx::query_as(LOOK).fetch_one(&mut connect(path).await).await.expect("nobody waits to read")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn readers_see_the_old_or_the_new() {
    let store = empty().await;
    let bare = backup(&store, "bare.db").await;
    for number in 1..=50 {
        add_user(&*store, number).await;
    }
    add_products(&*store, (1..=50).map(product)).await;
    let full = backup(&store, "full.db").await;
    let stop = Arc::new(AtomicBool::new(false));
    let readers = [(); 3].map(|()| {
        let (path, stop) = (store.path(), Arc::clone(&stop));
        tokio::spawn(async move {
            let mut seen = Vec::new();
            while !stop.load(Ordering::Relaxed) {
                seen.push(look(&path).await);
            }
            seen
        })
    });
    for _ in 0..5 {
        for file in [&bare, &full] {
            SqliteStore::restore(&options(&store), file).await.expect("restored");
        }
    }
    stop.store(true, Ordering::Relaxed);
    let mut seen = Vec::new();
    for reader in readers {
        seen.extend(reader.await.expect("no reader was refused"));
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen, [(0, 0), (50, 50)]);
}

/// Raises two carts together, again and again; says how often.
async fn raise_pairs(store: Arc<SqliteStore>, pair: [u32; 2], stop: Arc<AtomicBool>) -> u64 {
    let mut raised = 0;
    while !stop.load(Ordering::Relaxed) {
        let mut unit = store.begin().await.expect("a unit");
        let mut codes = Vec::new();
        for owner in pair {
            let cart = unit.carts().load(user_id(owner)).await.expect("a cart");
            let code = format!("SKU-1={}", (cart.version + 1) % 900 + 1);
            unit.carts().replace(user_id(owner), &code, cart.version).await.expect("stored");
            codes.push(code);
        }
        assert_eq!(codes.first(), codes.last(), "a restore came into the middle of a unit");
        unit.commit().await.expect("committed");
        raised += 1;
    }
    raised
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_shop_that_sells_without_a_pause_lets_it_in() {
    let store = empty().await;
    for number in 0..8 {
        add_user(&*store, number).await;
    }
    let file = backup(&store, "copy.db").await;
    let (seller, stop) = (Arc::new(store.neighbor().await), Arc::new(AtomicBool::new(false)));
    let pairs = [[0, 1], [2, 3], [4, 5], [6, 7]];
    let shoppers = pairs.map(|pair| tokio::spawn(raise_pairs(Arc::clone(&seller), pair, Arc::clone(&stop))));
    let patient = options(&store).patience(Duration::from_secs(30));
    for _ in 0..10 {
        SqliteStore::restore(&patient, &file).await.expect("restored");
    }
    stop.store(true, Ordering::Relaxed);
    for shopper in shoppers {
        assert!(shopper.await.expect("no shopper was refused") > 0);
    }
}

/// Polls a future so many times at most; then it is dropped, wherever it was.
async fn cut<T>(future: impl Future<Output = T>, polls: u32) -> Option<T> {
    let (mut future, mut left) = (pin!(future), polls);
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}

#[tokio::test]
async fn cut_off_anywhere_it_leaves_all_or_nothing() {
    let store = filled().await;
    let full = backup(&store, "full.db").await;
    store.tamper("DELETE FROM variants; DELETE FROM product_texts; DELETE FROM products").await;
    store.tamper("DELETE FROM carts; UPDATE users SET first_name = 'Ion'").await;
    let bare = backup(&store, "bare.db").await;
    SqliteStore::restore(&options(&store), &full).await.expect("restored");
    let new = dump(&store.path()).await;
    SqliteStore::restore(&options(&store), &bare).await.expect("restored");
    let old = dump(&store.path()).await;
    assert_ne!(old, new);
    let (mut polls, mut kept) = (0, 0);
    let restored = loop {
        if let Some(outcome) = cut(SqliteStore::restore(&options(&store), &full), polls).await {
            break outcome.expect("restored, however the others ended");
        }
        polls += 1;
        // A unit waits until the connection that was cut off is closed.
        store.begin().await.expect("a unit").rollback().await.expect("undone");
        let found = dump(&store.path()).await;
        if found == old {
            kept += 1;
        } else {
            assert_eq!(found, new, "after {polls} polls");
            SqliteStore::restore(&options(&store), &bare).await.expect("restored");
        }
    };
    assert_eq!(restored.products, 3);
    assert!(kept > 20, "it was cut {kept} times before its commit");
    assert_eq!(dump(&store.path()).await, new);
    assert_eq!(names(full.parent().expect("a folder")), ["bare.db", "full.db", "shop.db"]);
}

/// A restore that must be refused, and must change nothing.
async fn refused(store: &TestStore, file: &Path) -> RestoreError {
    let folder = file.parent().expect("a folder");
    let (rows, files, bytes) = (dump(&store.path()).await, names(folder), fs::read(file).ok());
    let error = SqliteStore::restore(&options(store), file).await.expect_err("refused");
    assert_eq!(dump(&store.path()).await, rows, "{error}");
    assert_eq!((names(folder), fs::read(file).ok()), (files, bytes), "{error}");
    error
}

#[tokio::test]
async fn a_backup_of_a_newer_program_is_refused_by_number() {
    let store = filled().await;
    let file = backup(&store, "copy.db").await;
    run(
        &file,
        "UPDATE _shop_migrations SET version = 9000 \
         WHERE version = (SELECT MAX(version) FROM _shop_migrations)",
    )
    .await;
    let error = refused(&store, &file).await;
    assert!(matches!(&error, RestoreError::Newer { path, has: 9000, .. } if *path == file), "{error:?}");
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_not_replaced() {
    let store = filled().await;
    let file = backup(&store, "copy.db").await;
    store
        .tamper(
            "INSERT INTO _shop_migrations (version, description, success, checksum, execution_time) \
             VALUES (9000, '9000_wishes', TRUE, x'00', 0)",
        )
        .await;
    let error = refused(&store, &file).await;
    assert!(
        matches!(&error, RestoreError::Newer { path, has: 9000, .. } if *path == store.path()),
        "{error:?}"
    );
}

#[tokio::test]
async fn what_is_no_backup_is_refused() {
    let store = filled().await;
    let file = store.path().with_file_name("file.bin");
    let error = refused(&store, &file).await;
    assert!(matches!(&error, RestoreError::File { path, .. } if *path == file), "{error:?}");
    let folder = store.path().with_file_name("folder");
    fs::create_dir(&folder).expect("a folder");
    assert!(matches!(refused(&store, &folder).await, RestoreError::NotABackup(_)));
    for garbage in [String::new(), "certainly a picture ".repeat(1_000)] {
        fs::write(&file, garbage).expect("written");
        let error = refused(&store, &file).await;
        assert!(matches!(&error, RestoreError::NotABackup(path) if *path == file), "{error:?}");
    }
    let foreign = store.path().with_file_name("places.db");
    run(&foreign, "CREATE TABLE bookmarks (id INTEGER PRIMARY KEY)").await;
    assert!(matches!(refused(&store, &foreign).await, RestoreError::NotABackup(_)));
}

#[tokio::test]
async fn half_a_backup_is_refused() {
    let store = filled().await;
    let file = backup(&store, "copy.db").await;
    let bytes = fs::read(&file).expect("readable");
    fs::write(&file, &bytes[..bytes.len() / 2]).expect("written");
    let error = refused(&store, &file).await;
    assert!(matches!(error, RestoreError::NotABackup(_) | RestoreError::Damaged { .. }), "{error:?}");
    let mut bent = bytes.clone();
    let middle = bytes.len() / 2;
    bent[middle..middle + 4_096].fill(0xA5);
    fs::write(&file, bent).expect("written");
    let error = refused(&store, &file).await;
    assert!(matches!(error, RestoreError::NotABackup(_) | RestoreError::Damaged { .. }), "{error:?}");
}

#[tokio::test]
async fn a_database_in_use_is_no_backup() {
    let (store, other) = (filled().await, filled().await);
    let error = refused(&store, &other.path()).await;
    assert!(matches!(&error, RestoreError::InUse { path, .. } if *path == other.path()), "{error:?}");
    other.close().await;
    SqliteStore::restore(&options(&store), &other.path()).await.expect("it is whole now");
}

#[tokio::test]
async fn rows_that_break_a_rule_are_refused() {
    let store = filled().await;
    let file = backup(&store, "orphan.db").await;
    run(&file, "PRAGMA foreign_keys = OFF; DELETE FROM users").await;
    let error = refused(&store, &file).await;
    assert!(matches!(&error, RestoreError::Damaged { path, .. } if *path == file), "{error:?}");
    let file = backup(&store, "short.db").await;
    run(&file, "ALTER TABLE orders DROP COLUMN total").await;
    let error = refused(&store, &file).await;
    assert!(matches!(&error, RestoreError::Unfit { path, .. } if *path == file), "{error:?}");
    let file = backup(&store, "changed.db").await;
    run(&file, "UPDATE _shop_migrations SET checksum = zeroblob(48) WHERE version = 3").await;
    let error = refused(&store, &file).await;
    assert!(matches!(&error, RestoreError::Migration { path, .. } if *path == file), "{error:?}");
}

#[tokio::test]
async fn it_does_not_wait_for_ever() {
    let store = filled().await;
    let file = backup(&store, "copy.db").await;
    let held = store.begin().await.expect("a unit");
    let hurried = options(&store).patience(Duration::ZERO);
    let error = SqliteStore::restore(&hurried, &file).await.expect_err("somebody writes");
    assert!(matches!(error, RestoreError::Busy { .. }), "{error:?}");
    held.rollback().await.expect("undone");
    SqliteStore::restore(&hurried, &file).await.expect("nobody writes");
}

/// The first migrations as files, as a program of that time had them.
fn first_migrations(count: usize) -> Migrator {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path()).collect();
    files.sort_unstable();
    let migrations = (1..).zip(&files).take(count).map(|(number, file)| {
        let sql = fs::read_to_string(file).expect("text");
        let name = file.file_stem().expect("a name").to_str().expect("text").to_owned();
        let sql = sqlx::AssertSqlSafe(sql).into_sql_str();
        Migration::new(number, Cow::Owned(name), MigrationType::Simple, sql, true)
    });
    let mut migrator = Migrator::with_migrations(migrations.collect());
    migrator.dangerous_set_table_name("_shop_migrations");
    migrator
}

#[tokio::test]
async fn an_older_backup_is_brought_up_to_date() {
    let store = filled().await;
    let file = store.path().with_file_name("old.db");
    let mut connection = connect(&file).await;
    first_migrations(5).run(&mut connection).await.expect("an old schema");
    drop(connection);
    run(
        &file,
        "INSERT INTO users (id, email, email_key, last_name, first_name, address, password_hash, \
         language, state, created_at, version) VALUES (randomblob(16), 'old@example.com', 'old@example.com', \
         'Pop', 'Ion', 'Cluj', '$', 'ro', 'active', 1, 0)",
    )
    .await;
    let bytes = fs::read(&file).expect("readable");
    let restored = SqliteStore::restore(&options(&store), &file).await.expect("restored");
    assert_eq!(restored, Contents { accounts: 1, products: 0, orders: 0 });
    store.check().await.expect("a schema that fits");
    let found = store
        .accounts()
        .find_by_email(&"old@example.com".parse::<shop_core::account::EmailAddress>().expect("valid").key())
        .await;
    assert_eq!(found.expect("an answer").map(|user| user.last_name), Some("Pop".parse().expect("a name")));
    assert_eq!(fs::read(&file).expect("readable"), bytes, "the backup was not touched");
}
