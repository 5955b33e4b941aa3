//! What was committed is there when the store is opened anew; what was not is gone.

use super::case::cases;
use super::outbox::{claim, numbers, try_to_end};
use super::samples::{fresh_lease, message, moment, pieces, sku, stocked, user};
use super::scene::{Scene, WRITES};
use super::setup::{add_messages, add_products, codes_of, order_numbered, stock_of, summary_of};
use super::shopping::{order_of, shop, shoppers};
use crate::outbox::MessageState;
use crate::stock::Stock;

cases! {
    ($) reopening lasting __conformance_lasting

    /// Every kind of change that was committed is there when the store is opened anew, for readers and for
    /// units.
    async fn every_change_outlasts_the_store(store, reopen) {
        let scene = Scene::set(&*store).await?;
        for write in WRITES.iter().filter(|write| write.name != "remove_user") {
            let mut unit = store.begin().await?;
            (write.apply)(&mut *unit, &scene).await?;
            unit.commit().await?;
        }
        let (seen, shown) = (scene.seen(&*store).await?, scene.shown(&*store).await?);
        let reopened = reopen.instead_of(store).await;
        let store = reopened.store();
        scene.shown(&*store).await?.assert_same(&shown, "readers after reopening");
        scene.seen(&*store).await?.assert_same(&seen, "units after reopening");
    }

    /// A commit is durable when it comes back, the last one before the end too: an order that was
    /// acknowledged is there whole, and its form sent again is the same order.
    async fn the_last_order_outlasts_the_store(store, reopen) {
        add_products(&*store, &[stocked(1, 10)]).await?;
        let owners = shoppers(&*store, 1, "SKU-1=2").await?;
        let command = order_of(owners[0]);
        let placed = shop(&store).place_order(command.clone()).await?.order;
        let reopened = reopen.instead_of(store).await;
        let store = reopened.store();
        assert_eq!(order_numbered(&*store, placed.number).await?, placed);
        assert_eq!(shop(&store).place_order(command).await?.order, placed);
        assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Counted(8));
        assert_eq!(codes_of(&*store, &owners).await?, [""]);
        assert_eq!(store.outbox().list(Some(MessageState::Waiting), 10).await?.len(), 1);
    }

    /// A unit that was dropped before the end has left no trace when the store is opened anew.
    async fn a_dropped_unit_does_not_outlast_the_store(store, reopen) {
        let scene = Scene::set(&*store).await?;
        let (seen, shown) = (scene.seen(&*store).await?, scene.shown(&*store).await?);
        let mut unit = store.begin().await?;
        for write in WRITES {
            (write.apply)(&mut *unit, &scene).await?;
        }
        drop(unit);
        let reopened = reopen.instead_of(store).await;
        let store = reopened.store();
        scene.shown(&*store).await?.assert_same(&shown, "readers after reopening");
        scene.seen(&*store).await?.assert_same(&seen, "units after reopening");
    }

    /// Leases hold and end as if the store had never been closed.
    async fn a_lease_outlasts_the_store(store, reopen) {
        add_messages(&*store, &[message(1), message(2)]).await?;
        let lease = fresh_lease();
        assert_eq!(numbers(&claim(&*store, lease, 10, 20, 2).await?), [(1, 0), (2, 0)]);
        let reopened = reopen.instead_of(store).await;
        let store = reopened.store();
        assert_eq!(numbers(&claim(&*store, fresh_lease(), 19, 40, 9).await?), []);
        assert_eq!(try_to_end(&*store, &message(1), lease).await?, [true, false, false, false]);
        assert_eq!(numbers(&claim(&*store, fresh_lease(), 21, 40, 9).await?), [(2, 1)]);
        assert_eq!(summary_of(&*store, &message(1)).await?.state, MessageState::Sent);
    }

    /// What was made before the end can be built on after it: versions, stock and uniqueness go on from
    /// there.
    async fn work_goes_on_after_reopening(store, reopen) {
        add_products(&*store, &[stocked(1, 10)]).await?;
        let owners = shoppers(&*store, 1, "SKU-1=2").await?;
        let reopened = reopen.instead_of(store).await;
        let store = reopened.store();
        let mut unit = store.begin().await?;
        assert!(unit.stock().take(sku(1), pieces(4)).await?);
        unit.carts().replace(owners[0], "SKU-1=3", 1).await?;
        unit.users().update(&user(1)).await?;
        unit.commit().await?;
        let owner = store.accounts().find(owners[0]).await?.ok_or("the account is gone")?;
        assert_eq!((owner.version, owner.created_at), (1, moment(0)));
        let placed = shop(&store).place_order(order_of(owners[0])).await?.order;
        assert_eq!(placed.lines[0].quantity, pieces(3));
        assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Counted(3));
    }
}
