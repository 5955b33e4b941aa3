//! What happens to a file before the first statement of the shop.

use std::fs;
use std::path::Path;

use shop_core::StoreError;
use shop_core::ports::Store;
use shop_storage::{OpenError, SqliteOptions, SqliteStore};

use crate::samples::{add_user, empty, run, user, with};

async fn open(path: impl AsRef<Path>) -> Result<SqliteStore, OpenError> {
    SqliteStore::open(SqliteOptions::new(path.as_ref())).await
}

#[tokio::test]
async fn a_path_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("no/such/folder/shop.db");
    let error = open(&path).await.expect_err("there is no such folder");
    assert!(matches!(error, OpenError::Unreachable { .. }), "{error:?}");
    assert!(error.to_string().contains("no/such/folder/shop.db"), "{error}");
    let error = open(folder.path()).await.expect_err("a folder is no file");
    assert!(matches!(error, OpenError::Unreachable { .. }), "{error:?}");
}

#[tokio::test]
async fn a_missing_file_is_created_only_on_request() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.db");
    let error = SqliteStore::open(SqliteOptions::new(&path).create(false)).await.expect_err("no file");
    assert!(matches!(error, OpenError::Unreachable { .. }), "{error:?}");
    assert!(!path.exists());
    open(&path).await.expect("a new file").close().await;
    SqliteStore::open(SqliteOptions::new(&path).create(false)).await.expect("it is there now");
}

#[tokio::test]
async fn another_kind_of_file_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("holiday.jpg");
    let picture = b"\xff\xd8\xff\xe0 certainly a picture ".repeat(100);
    fs::write(&path, &picture).expect("written");
    let error = open(&path).await.expect_err("not a database");
    assert!(matches!(error, OpenError::NotADatabase { .. }), "{error:?}");
    assert_eq!(fs::read(&path).expect("readable"), picture);
}

#[tokio::test]
async fn a_file_that_was_cut_off_is_damaged() {
    let store = empty().await;
    store.close().await;
    let whole = fs::read(store.path()).expect("readable");
    fs::write(store.path(), &whole[..whole.len() / 2]).expect("written");
    let error = open(store.path()).await.expect_err("half of a database");
    assert!(matches!(error, OpenError::Damaged { .. }), "{error:?}");
}

#[tokio::test]
async fn another_programs_database_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("places.db");
    run(&path, "CREATE TABLE bookmarks (id INTEGER PRIMARY KEY); INSERT INTO bookmarks VALUES (1)").await;
    let before = fs::read(&path).expect("readable");
    let error = open(&path).await.expect_err("not ours");
    assert!(matches!(error, OpenError::Foreign { .. }), "{error:?}");
    assert_eq!(fs::read(&path).expect("readable"), before, "not even the journal mode was touched");
}

#[tokio::test]
async fn what_was_committed_is_there_after_reopening() {
    let store = empty().await;
    add_user(&*store, 1).await;
    store.close().await;
    let again = store.neighbor().await;
    let found = again.accounts().find_by_email(&user(1).email.key()).await.expect("an answer");
    assert_eq!(found, Some(user(1)));
}

#[tokio::test]
async fn a_closed_store_says_so() {
    let store = empty().await;
    store.check().await.expect("open");
    store.close().await;
    assert!(matches!(store.begin().await.err(), Some(StoreError::Unavailable(_))));
    assert!(matches!(store.check().await, Err(StoreError::Unavailable(_))));
    assert!(!store.path().with_extension("db-wal").exists(), "all is in the one file");
    store.close().await;
}

#[test]
fn without_a_runtime_there_is_an_error_and_no_panic() {
    let folder = tempfile::tempdir().expect("a folder");
    let opening = std::pin::pin!(SqliteStore::open(SqliteOptions::new(folder.path().join("shop.db"))));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let outcome = opening.poll(&mut context);
    assert!(matches!(outcome, std::task::Poll::Ready(Err(OpenError::NoRuntime))), "{outcome:?}");
}

#[tokio::test]
async fn a_process_that_writes_makes_the_others_try_again() {
    let store = with(|options| options.patience(std::time::Duration::ZERO)).await;
    let neighbor = store.neighbor().await;
    let held = neighbor.begin().await.expect("the file's lock");
    let error = store.begin().await.err().expect("locked");
    assert!(matches!(error, StoreError::Retryable(_)), "{error:?}");
    held.rollback().await.expect("given back");
    store.begin().await.expect("free again");
}
