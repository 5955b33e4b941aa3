//! A server that goes away, hangs, or takes no changes.

mod commits;
mod disk;
mod kills;
mod load;
mod migrations;
mod proxy;

use std::sync::Arc;
use std::time::Duration;

use shop_core::StoreError;
use shop_core::ports::Store;
use shop_storage::MySqlStore;
use tokio::time::timeout;

use crate::samples::{add_user, options, user, user_id};
use crate::server::Server;

/// What is acknowledged outlives the server's process.
const DURABLE: [&str; 2] = ["--skip-networking", "--innodb-flush-log-at-trx-commit=1"];

/// The longest that a shopper waits for the word that something is wrong.
const SOON: Duration = Duration::from_secs(3);

async fn opened(url: &str) -> MySqlStore {
    let store = MySqlStore::open(options(url)).await.expect("a fresh database");
    store.migrate().await.expect("a schema");
    store
}

async fn is_unavailable(work: impl Future<Output = Result<(), StoreError>>) {
    let outcome = timeout(SOON, work).await.expect("an answer in time");
    assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{outcome:?}");
}

#[tokio::test]
async fn after_a_restart_the_store_goes_on_by_itself() {
    let mut server = Server::start(&DURABLE);
    let store = opened(&server.fresh_database().await).await;
    let units = [store.begin().await.expect("a unit"), store.begin().await.expect("a unit")];
    server.kill();
    for unit in units {
        is_unavailable(unit.commit()).await;
    }
    is_unavailable(store.check()).await;
    is_unavailable(async { store.begin().await.map(drop) }).await;
    server.start_again();
    timeout(SOON, store.check()).await.expect("an answer in time").expect("up again");
    add_user(&store, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_hangs_is_told_in_time() {
    let server = Server::start(&["--skip-networking"]);
    let store = Arc::new(opened(&server.fresh_database().await).await);
    add_user(&*store, 1).await;
    let mut unit = store.begin().await.expect("a unit");
    server.signal("STOP");
    is_unavailable(async { unit.users().find(user_id(1)).await.map(drop) }).await;
    drop(unit);
    let asking = (0..30).map(|_| {
        let store = Arc::clone(&store);
        tokio::spawn(async move { is_unavailable(store.check()).await })
    });
    for asked in asking.collect::<Vec<_>>() {
        asked.await.expect("no panic");
    }
    server.signal("CONT");
    // The connections that nobody has answered on are given up within five seconds.
    let recovery = async {
        while store.check().await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(5), recovery).await.expect("it recovers by itself");
    add_user(&*store, 2).await;
}

#[tokio::test]
async fn a_read_only_server_is_read_and_takes_no_changes() {
    let server = Server::start(&["--skip-networking"]);
    let url = server.fresh_database().await;
    // The server's root may write even then.
    server.run("CREATE USER shop@localhost; GRANT ALL ON `shop\\_%`.* TO shop@localhost").await;
    let store = opened(&url.replace("root@", "shop@")).await;
    add_user(&store, 1).await;
    server.run("SET GLOBAL read_only = 1").await;
    let mut unit = store.begin().await.expect("a unit");
    is_unavailable(unit.users().insert(&user(2))).await;
    drop(unit);
    let found = store.accounts().find(user_id(1)).await.expect("it can be read");
    assert_eq!(found, Some(user(1)));
    server.run("SET GLOBAL read_only = 0").await;
    add_user(&store, 2).await;
}
