//! The server's disk is full.

use shop_core::ports::Store as _;

use super::load::Market;
use super::opened;
use crate::disk::Disk;
use crate::server::Server;

async fn on_a_disk(settings: &[&str]) -> (Disk, Server, Market) {
    let (disk, server) = Disk::with_server(settings);
    let store = opened(&server.fresh_database().await).await;
    (disk, server, Market::open(store).await)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_full_disk_takes_no_orders_and_loses_none() {
    let (disk, _server, mut market) = on_a_disk(&[]).await;
    let mut load = market.begin();
    load.runs().await;
    disk.fill();
    // Some space was left inside of the tables.
    load.is_refused(load.told()).await;
    load.is_refused(load.told()).await;
    market.store.check().await.expect("it can be read");
    disk.clear();
    market.recovers(&mut load).await;
    market.end(load).await;
}

/// A server that keeps a log of its commits holds each back until there is space. For a minute it does not even
/// look, and MariaDB's may end itself; so it is started again, by whoever has made the space.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_cannot_write_its_log_loses_nothing() {
    let (disk, mut server, market) = on_a_disk(&["--log-bin=log", "--server-id=1"]).await;
    // The wait for a neighbor whose commit is held back, then that for one's own.
    let mut market = market.that_waits(2);
    let mut load = market.begin();
    load.runs().await;
    disk.fill();
    load.is_refused(load.told()).await;
    load.is_refused(load.told()).await;
    disk.clear();
    server.kill();
    server.start_again();
    market.recovers(&mut load).await;
    market.end(load).await;
}
