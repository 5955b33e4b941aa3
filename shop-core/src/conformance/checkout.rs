//! Orders placed at the same moment, through the use cases as shoppers do.

use std::sync::Arc;

use super::Broken;
use super::case::cases;
use super::samples::{lei, pieces, sku, stocked, user, user_id};
use super::scene::polled;
use super::setup::{add_products, add_users, at_once, codes_of, fill_carts, stock_of};
use super::shopping::{order_of, place, shop, shoppers};
use crate::Shop;
use crate::cart::add_item::AddItem;
use crate::cart::show::LineProblem;
use crate::cart::{Cart, CartRefusal};
use crate::catalog::Sku;
use crate::checkout::place_order::PlaceOrder;
use crate::ports::Store;
use crate::stock::Stock;

/// Puts two pieces into the cart, five times.
async fn click(shop: Shop, sku: Sku) -> Result<(), CartRefusal> {
    for _ in 0..5 {
        shop.add_item(AddItem { owner: user_id(1), sku, quantity: pieces(2) }).await?;
    }
    Ok(())
}

/// Ten pieces, and many shoppers who want one each.
async fn sell_the_last_ten(store: Arc<dyn Store>, shopper_count: u32) -> Result<(), Broken> {
    add_products(&*store, &[stocked(1, 10)]).await?;
    let owners = shoppers(&*store, shopper_count, "SKU-1=1").await?;
    let shop = shop(&store);
    let outcomes = at_once(owners.iter().map(|&owner| place(shop.clone(), order_of(owner)))).await?;
    let codes = codes_of(&*store, &owners).await?;
    let mut sold = 0;
    for (outcome, code) in outcomes.into_iter().zip(codes) {
        match outcome {
            Ok(order) => {
                sold += 1;
                assert_eq!((order.total, code.as_str()), (lei(10), ""), "the cart of who got one is empty");
            }
            Err(problems) => {
                assert_eq!(problems, [(sku(1), LineProblem::Short(0))]);
                assert_eq!(code, "SKU-1=1", "the cart of who came too late is kept");
            }
        }
    }
    assert_eq!(sold, 10);
    assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Counted(0));
    assert_eq!(store.orders().list(None, None, 1_000).await?.len(), 10);
    assert_eq!(store.outbox().list(None, 1_000).await?.len(), 10);
    Ok(())
}

/// Whether the order under this key has happened; fails if it has happened in part.
async fn has_happened(store: &dyn Store, command: &PlaceOrder) -> Result<bool, Broken> {
    let mut unit = store.begin().await?;
    let id = unit.keys().find(command.owner, &command.key).await?;
    let order = match id {
        Some(id) => unit.orders().find(id).await?,
        None => None,
    };
    let cart = unit.carts().load(command.owner).await?;
    unit.rollback().await?;
    assert_eq!((id.is_some(), order.is_some()), (cart.code.is_empty(), cart.code.is_empty()));
    Ok(id.is_some())
}

cases! {
    ($) checkout __conformance_checkout

    /// Of 25 shoppers who order one of the last 10 pieces at once, 10 get one, and the others keep their
    /// carts.
    async fn no_oversell_with_25_shoppers(store) {
        sell_the_last_ten(store, 25).await?;
    }

    /// Of 200 shoppers who order one of the last 10 pieces at once, 10 get one, and the others keep their
    /// carts.
    async fn no_oversell_with_200_shoppers(store) {
        sell_the_last_ten(store, 200).await?;
    }

    /// Carts with the same SKUs in opposite orders are ordered at once without a deadlock.
    async fn opposite_carts_do_not_deadlock(store) {
        add_products(&*store, &[stocked(1, 100), stocked(2, 100), stocked(3, 100)]).await?;
        let users: Vec<_> = (1..=40).map(user).collect();
        add_users(&*store, &users).await?;
        let owners: Vec<_> = users.iter().map(|user| user.id).collect();
        let (up, down) = owners.split_at(20);
        fill_carts(&*store, up, "SKU-1=1;SKU-2=2;SKU-3=1").await?;
        fill_carts(&*store, down, "SKU-3=1;SKU-2=2;SKU-1=1").await?;
        let shop = shop(&store);
        let turns = up.iter().zip(down).flat_map(|(&up, &down)| [up, down]);
        for outcome in at_once(turns.map(|owner| place(shop.clone(), order_of(owner)))).await? {
            assert_eq!(outcome.map(|order| order.total), Ok(lei(40)));
        }
        for (number, left) in [(1, 60), (2, 20), (3, 60)] {
            assert_eq!(stock_of(&*store, sku(number)).await?, Stock::Counted(left));
        }
    }

    /// An order that falls short in one line takes nothing of the others.
    async fn a_short_line_gives_the_others_back(store) {
        add_products(&*store, &[stocked(1, 100), stocked(2, 5), stocked(3, 100)]).await?;
        let owners = shoppers(&*store, 20, "SKU-1=1;SKU-2=1;SKU-3=1").await?;
        let shop = shop(&store);
        let outcomes = at_once(owners.iter().map(|&owner| place(shop.clone(), order_of(owner)))).await?;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 5);
        for (number, left) in [(1, 95), (2, 0), (3, 95)] {
            assert_eq!(stock_of(&*store, sku(number)).await?, Stock::Counted(left));
        }
    }

    /// Ten submissions of one form are one order, and each gets it.
    async fn ten_submissions_are_one_order(store) {
        add_products(&*store, &[stocked(1, 10)]).await?;
        let owners = shoppers(&*store, 1, "SKU-1=2").await?;
        let (shop, command) = (shop(&store), order_of(owners[0]));
        let outcomes = at_once((0..10).map(|_| place(shop.clone(), command.clone()))).await?;
        assert!(outcomes.iter().all(|outcome| outcome.is_ok() && *outcome == outcomes[0]), "{outcomes:#?}");
        assert_eq!(place(shop, command).await?, outcomes[0], "a late one too");
        assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Counted(8));
        assert_eq!(store.orders().list(None, None, 10).await?.len(), 1);
        assert_eq!(store.outbox().list(None, 10).await?.len(), 1);
        assert_eq!(codes_of(&*store, &owners).await?, [""]);
    }

    /// What four browsers put into one cart at once is all there in the end.
    async fn browsers_lose_nothing(store) {
        add_products(&*store, &[stocked(1, 900), stocked(2, 900)]).await?;
        add_users(&*store, &[user(1)]).await?;
        let shop = shop(&store);
        at_once([1, 2, 1, 2].map(|number| click(shop.clone(), sku(number)))).await?;
        let cart: Cart = store.carts().load(user_id(1)).await?.parse()?;
        assert_eq!([1, 2].map(|number| cart.quantity(sku(number))), [Some(pieces(20)); 2]);
    }

    /// An order whose shopper went away in the middle has happened whole or not at all.
    async fn a_canceled_order_is_whole_or_nothing(store) {
        const MOST: u32 = 500;
        add_products(&*store, &[stocked(1, MOST)]).await?;
        let owners = shoppers(&*store, MOST, "SKU-1=1").await?;
        let shop = shop(&store);
        let mut is_done = false;
        for (polls, owner) in (0..).zip(owners) {
            let command = order_of(owner);
            is_done = polled(shop.place_order(command.clone()), polls).await.transpose()?.is_some();
            assert!(has_happened(&*store, &command).await? || !is_done, "lost after {polls} polls");
            if is_done {
                break;
            }
        }
        assert!(is_done, "an order takes fewer than {MOST} steps");
        let orders = store.orders().list(None, None, 1_000).await?.len();
        assert_eq!(store.outbox().list(None, 1_000).await?.len(), orders);
        let left = stock_of(&*store, sku(1)).await?.counted().map(|left| MOST - left);
        assert_eq!(left.map(usize::try_from), Some(Ok(orders)));
    }
}
