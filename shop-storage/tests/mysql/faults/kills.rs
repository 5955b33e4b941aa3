//! The server is killed in the middle of its work, again and again.

use std::time::Duration;

use shop_core::ports::RandomSource as _;
use shop_core::system::SystemRandom;

use super::load::Market;
use super::{DURABLE, opened};
use crate::server::Server;

const KILLS: u32 = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_acknowledged_outlives_20_kills() {
    let mut server = Server::start(&DURABLE);
    let mut market = Market::open(opened(&server.fresh_database().await).await).await;
    for round in 1..=KILLS {
        let mut load = market.begin();
        load.runs().await;
        // Whatever they do then: the moment must not depend on any answer.
        tokio::time::sleep(some_time()).await;
        let told = load.told();
        server.kill();
        // What was on its way is told at once. What comes later waits as long as it may: tried now and then.
        load.is_refused(told).await;
        if round % 5 == 0 {
            load.is_refused(load.told()).await;
        }
        server.start_again();
        market.recovers(&mut load).await;
        market.end(load).await;
    }
    let tally = market.tally();
    println!("{KILLS} kills of the server: {tally:#?}");
    assert!(tally.acknowledged >= 20 * KILLS, "too little load: {tally:?}");
}

/// Up to half a second.
fn some_time() -> Duration {
    let mut bytes = [0; 2];
    SystemRandom.fill(&mut bytes);
    Duration::from_micros(u64::from(u16::from_le_bytes(bytes)) * 8)
}
