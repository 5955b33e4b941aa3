//! The connection is cut in the middle of a commit: nobody knows how it has ended, and the key tells.

use tokio::time::timeout;

use super::load::{Market, Shopper};
use super::proxy::{Cut, Proxy};
use super::{SOON, is_unavailable, opened};
use crate::server::fresh_database;

/// A shopper orders in two units: the try is counted, the order is placed.
const COMMITS: u32 = 2;

#[tokio::test]
async fn a_commit_without_an_answer_is_one_order_or_none() {
    for cut in [Cut::Before, Cut::Within, Cut::After] {
        for passing in 0..COMMITS {
            place_with_a_cut(cut, passing).await;
        }
    }
}

async fn place_with_a_cut(cut: Cut, passing: u32) {
    let url = fresh_database().await;
    let mut market = Market::open(opened(&url).await).await;
    let proxy = Proxy::start(&url);
    let shopper = Shopper::new(&opened(&proxy.url(&url)).await, 1);
    shopper.fill_cart().await;
    let order = shopper.order();
    proxy.cut(cut, passing);
    is_unavailable(async { shopper.place(order.clone()).await.map(drop) }).await;
    let stands = cut == Cut::After && passing + 1 == COMMITS;
    assert_eq!(market.store.audit().await.expect("an answer"), [], "{cut:?} {passing}");
    let again = timeout(SOON, shopper.place(order.clone())).await.expect("in time").expect("placed");
    assert_eq!(again.repeated, stands, "{cut:?} of commit {passing}");
    let once_more = shopper.place(order).await.expect("placed");
    assert_eq!(
        (once_more.order.id, once_more.repeated),
        (again.order.id, true),
        "{cut:?} of commit {passing}"
    );
    market.remember(1, again.order.id);
    market.audit().await;
}
