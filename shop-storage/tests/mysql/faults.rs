//! A server that goes away, hangs, or takes no changes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use shop_core::StoreError;
use shop_core::ports::Store;
use shop_core::stock::Stock;
use shop_storage::MySqlStore;
use tokio::time::timeout;

use crate::samples::{add_products, add_user, message, options, order, pieces, product, sku, user, user_id};
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

/// Takes a piece, writes an order and its mail, in one unit, again and again; counts what was acknowledged.
async fn sell(
    store: Arc<MySqlStore>,
    numbers: Arc<AtomicU32>,
    acknowledged: Arc<AtomicU32>,
    stop: Arc<AtomicBool>,
) {
    while !stop.load(Ordering::Relaxed) {
        let number = numbers.fetch_add(1, Ordering::Relaxed);
        if sell_one(&store, number).await.is_ok() {
            acknowledged.fetch_add(1, Ordering::Relaxed);
        }
    }
}

async fn sell_one(store: &MySqlStore, number: u32) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    assert!(unit.stock().take(sku(1), pieces(1)).await?);
    unit.orders().insert(&order(number, 3)).await?;
    unit.outbox().enqueue(&message(number)).await?;
    unit.commit().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_is_killed_leaves_no_half_unit_and_loses_none() {
    const STOCK: u32 = 1_000_000;
    let mut server = Server::start(&DURABLE);
    let store = Arc::new(opened(&server.fresh_database().await).await);
    add_user(&*store, 1).await;
    let mut sold = product(1);
    for variant in &mut sold.variants {
        variant.stock = Stock::Counted(STOCK);
    }
    add_products(&*store, [sold]).await;
    let (numbers, acknowledged) = (Arc::new(AtomicU32::new(1)), Arc::new(AtomicU32::new(0)));
    for round in 1..=3 {
        let stop = Arc::new(AtomicBool::new(false));
        let selling = (0..6).map(|_| {
            tokio::spawn(sell(
                Arc::clone(&store),
                Arc::clone(&numbers),
                Arc::clone(&acknowledged),
                Arc::clone(&stop),
            ))
        });
        let selling: Vec<_> = selling.collect();
        while acknowledged.load(Ordering::Relaxed) < round * 50 {
            tokio::task::yield_now().await;
        }
        server.kill();
        stop.store(true, Ordering::Relaxed);
        for seller in selling {
            seller.await.expect("no panic");
        }
        server.start_again();
        let offers = store.catalog().offers(&[sku(1)]).await.expect("an answer");
        let left = offers.first().and_then(|offer| offer.variant.stock.counted()).expect("a count");
        let orders = store.orders().whole(user_id(1), None, 100_000).await.expect("an answer");
        let stored = u32::try_from(orders.len()).expect("few");
        assert_eq!(STOCK - left, stored, "pieces and orders");
        assert_eq!(store.outbox().list(None, 100_000).await.expect("an answer").len(), orders.len());
        assert!(orders.iter().all(|order| order.lines.len() == 3), "half an order");
        let acknowledged = acknowledged.load(Ordering::Relaxed);
        // Of each seller, one commit may have been done without the word of it.
        assert!((acknowledged..=acknowledged + 6 * round).contains(&stored), "{acknowledged} of {stored}");
    }
}
