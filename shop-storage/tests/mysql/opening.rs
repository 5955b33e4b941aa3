//! What an address leads to, and what is said where it leads nowhere.

use std::net::TcpListener;
use std::time::Duration;

use shop_core::StoreError;
use shop_core::ports::Store;
use shop_storage::{MySqlStore, OpenError};

use crate::samples::{add_user, empty, options, user};
use crate::server::{connect, fresh_database, run};

/// Why the store at this address does not open.
async fn refusal(url: &str) -> OpenError {
    MySqlStore::open(options(url)).await.expect_err("it does not open")
}

async fn unreachable(url: &str) -> String {
    let error = refusal(url).await;
    assert!(matches!(error, OpenError::Unreachable { .. }), "{error:?}");
    let text = error.to_string();
    assert!(!text.contains('\n') && !text.contains("hush"), "{text}");
    text
}

#[tokio::test]
async fn a_wrong_password_is_told() {
    let url = fresh_database().await.replace("root@", "root:hush@");
    run(&fresh_database().await, "CREATE USER IF NOT EXISTS guarded@localhost IDENTIFIED BY 'right'").await;
    let error = unreachable(&url.replace("root:", "guarded:")).await;
    assert!(error.contains("Access denied"), "{error}");
}

#[tokio::test]
async fn a_missing_database_is_told_by_name() {
    let url = fresh_database().await.replace("/shop_", "/no_such_shop_");
    let error = unreachable(&url).await;
    assert!(error.contains("no_such_shop_"), "{error}");
}

#[tokio::test]
async fn where_nobody_listens_is_told_at_once() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let error = unreachable(&format!("mysql://root:hush@127.0.0.1:{port}/shop")).await;
    assert!(error.contains(&port.to_string()) && error.contains("refused"), "{error}");
    let error = unreachable("mysql://root@localhost/shop?socket=/no/such/socket").await;
    assert!(error.contains("/no/such/socket"), "{error}");
}

/// The system takes the connection, and nobody ever answers.
#[tokio::test]
async fn a_server_that_does_not_answer_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let options = options(&format!("mysql://root@127.0.0.1:{port}/shop"));
    let opening = MySqlStore::open(options.patience(Duration::from_millis(100)));
    let error = opening.await.expect_err("no answer").to_string();
    assert!(error.contains(": no answer within 0.1 s; is the server running"), "{error}");
}

#[tokio::test]
async fn another_programs_database_is_refused_and_left_alone() {
    let url = fresh_database().await;
    run(&url, "CREATE TABLE bookmarks (id BIGINT PRIMARY KEY)").await;
    let error = refusal(&url).await;
    assert!(matches!(error, OpenError::Foreign { .. }), "{error:?}");
    let tables = sqlx::query("SHOW TABLES").fetch_all(&mut connect(&url).await).await.expect("a list");
    assert_eq!(tables.len(), 1);
}

#[tokio::test]
async fn a_closed_store_says_so() {
    let store = empty().await;
    add_user(&*store, 1).await;
    store.close().await;
    assert!(matches!(store.begin().await.err(), Some(StoreError::Unavailable(_))));
    assert!(matches!(store.check().await, Err(StoreError::Unavailable(_))));
    store.close().await;
    let again = store.neighbor().await;
    let found = again.accounts().find_by_email(&user(1).email.key()).await.expect("an answer");
    assert_eq!(found, Some(user(1)));
}

#[test]
fn without_a_runtime_there_is_an_error_and_no_panic() {
    let opening = std::pin::pin!(MySqlStore::open(options("mysql://root@127.0.0.1/shop")));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let outcome = opening.poll(&mut context);
    assert!(matches!(outcome, std::task::Poll::Ready(Err(OpenError::NoRuntime))), "{outcome:?}");
}
