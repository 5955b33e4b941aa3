//! Units at the same moment: one of them wins, and nothing that was promised gets lost.

use std::sync::Arc;

use super::case::cases;
use super::samples::{
    fresh_lease, message, moment, order, parsed, pieces, sku, stocked, token, user, user_id,
};
use super::setup::{
    add_messages, add_orders, add_products, add_users, at_once, order_numbered, persistently, stock_of,
};
use crate::account::{Purpose, StoredToken, User};
use crate::checkout::IdempotencyKey;
use crate::error::{Constraint, StoreError};
use crate::ids::{MessageId, OrderId, UserId};
use crate::order::{Order, OrderState, OrderStep};
use crate::ports::Store;
use crate::stock::Stock;

/// Takes the token; says whether it got it.
async fn take_token(store: Arc<dyn Store>, token: StoredToken) -> Result<bool, StoreError> {
    persistently(async || {
        let mut unit = store.begin().await?;
        let found = unit.tokens().take(token.hash, Purpose::Activation).await?;
        unit.commit().await?;
        Ok(found.is_some())
    })
    .await
}

/// Adds the account; says whether the address was free.
async fn register(store: Arc<dyn Store>, user: User) -> Result<bool, StoreError> {
    persistently(async || {
        let mut unit = store.begin().await?;
        match unit.users().insert(&user).await {
            Err(StoreError::Conflict(Constraint::Email)) => return Ok(false),
            outcome => outcome?,
        }
        unit.commit().await?;
        Ok(true)
    })
    .await
}

/// Binds the key to the order and adds it; comes back with its id if the key was free.
async fn bind_key(
    store: Arc<dyn Store>,
    key: IdempotencyKey,
    order: Order,
) -> Result<Option<OrderId>, StoreError> {
    persistently(async || {
        let mut unit = store.begin().await?;
        match unit.keys().insert(user_id(1), &key, order.id).await {
            Err(StoreError::Conflict(Constraint::IdempotencyKey)) => return Ok(None),
            outcome => outcome?,
        }
        unit.orders().insert(&order).await?;
        unit.commit().await?;
        Ok(Some(order.id))
    })
    .await
}

/// Confirms the order as it was placed; says whether nobody had before.
async fn confirm(store: Arc<dyn Store>, placed: Order) -> Result<bool, StoreError> {
    let step = OrderStep { state: OrderState::Confirmed, at: moment(50) };
    let outcome = persistently(async || {
        let mut unit = store.begin().await?;
        match unit.orders().advance(&placed, step, None).await {
            Err(StoreError::Conflict(Constraint::Version)) => return Ok(false),
            outcome => outcome?,
        }
        unit.commit().await?;
        Ok(true)
    });
    outcome.await
}

/// Renames the account as it was; says whether nobody had before.
async fn rename(store: Arc<dyn Store>, user: User) -> Result<bool, StoreError> {
    persistently(async || {
        let mut unit = store.begin().await?;
        match unit.users().update(&user).await {
            Err(StoreError::Conflict(Constraint::Version)) => return Ok(false),
            outcome => outcome?,
        }
        unit.commit().await?;
        Ok(true)
    })
    .await
}

/// Looks for account 2, and at what is left of a product, in a unit of its own.
async fn look(store: Arc<dyn Store>) -> Result<(Option<User>, Vec<Stock>), StoreError> {
    persistently(async || {
        let mut unit = store.begin().await?;
        let user = unit.users().find(user_id(2)).await?;
        let offers = unit.products().offers(&[sku(1)]).await?;
        unit.rollback().await?;
        Ok((user, offers.into_iter().map(|offer| offer.variant.stock).collect()))
    })
    .await
}

/// Takes pieces; comes back with how many, and whether there were so many.
async fn take_stock(store: Arc<dyn Store>, quantity: u16) -> Result<(u32, bool), StoreError> {
    persistently(async || {
        let mut unit = store.begin().await?;
        let is_taken = unit.stock().take(sku(1), pieces(quantity)).await?;
        unit.commit().await?;
        Ok((u32::from(quantity), is_taken))
    })
    .await
}

/// Takes a piece, or adds two.
async fn sell_or_restock(store: Arc<dyn Store>, sells: bool) -> Result<bool, StoreError> {
    persistently(async || {
        let mut unit = store.begin().await?;
        let is_done = if sells {
            unit.stock().take(sku(1), pieces(1)).await?
        } else {
            unit.stock().adjust(sku(1), 2).await?
        };
        unit.commit().await?;
        Ok(is_done)
    })
    .await
}

/// Takes a piece of two products in one unit, so many times.
async fn take_pairs(store: Arc<dyn Store>, times: u32) -> Result<(), StoreError> {
    for _ in 0..times {
        persistently(async || {
            let mut unit = store.begin().await?;
            unit.stock().take(sku(1), pieces(1)).await?;
            unit.stock().take(sku(2), pieces(1)).await?;
            unit.commit().await
        })
        .await?;
    }
    Ok(())
}

/// Puts one more line into the cart, by compare and set.
async fn add_line(store: Arc<dyn Store>, owner: UserId, line: u32) -> Result<(), StoreError> {
    persistently(async || {
        let mut unit = store.begin().await?;
        let cart = unit.carts().load(owner).await?;
        let separator = if cart.code.is_empty() { "" } else { ";" };
        let code = format!("{}{separator}SKU-{line}=1", cart.code);
        unit.carts().replace(owner, &code, cart.version).await?;
        unit.commit().await
    })
    .await
}

/// Claims messages, few at a time, until none is due; ends as well when it has got far more than there are.
async fn claim_all(store: Arc<dyn Store>) -> Result<Vec<MessageId>, StoreError> {
    let mut ids = Vec::new();
    while ids.len() < 1_000 && store.outbox().is_due(moment(100)).await? {
        let claimed = persistently(async || {
            let mut unit = store.begin().await?;
            let claimed = unit.outbox().claim(fresh_lease(), moment(100), moment(200), 3).await?;
            unit.commit().await?;
            Ok::<_, StoreError>(claimed)
        })
        .await?;
        ids.extend(claimed.into_iter().map(|claimed| claimed.message.id));
    }
    Ok(ids)
}

cases! {
    ($) races __conformance_races

    /// Of 16 units that take one token, one gets it.
    async fn one_unit_gets_a_token(store) {
        add_users(&*store, &[user(1)]).await?;
        let token = token(user_id(1));
        let mut unit = store.begin().await?;
        unit.tokens().insert(&token).await?;
        unit.commit().await?;
        let winners = at_once((0..16).map(|_| take_token(Arc::clone(&store), token.clone()))).await?;
        assert_eq!(winners.iter().filter(|&&has_won| has_won).count(), 1);
    }

    /// Of 16 units that register one address, one makes the account.
    async fn one_unit_gets_an_address(store) {
        let users = (1..=16).map(|number| User { email: parsed("ana@example.com"), ..user(number) });
        let winners = at_once(users.map(|user| register(Arc::clone(&store), user))).await?;
        assert_eq!(winners.iter().filter(|&&has_won| has_won).count(), 1);
    }

    /// Of 16 units that bind one key to an order of their own, one is committed, and the key leads to its
    /// order.
    async fn one_unit_gets_a_key(store) {
        add_users(&*store, &[user(1)]).await?;
        let key: IdempotencyKey = parsed("the-same-key");
        let orders = (1..=16).map(|number| order(number, user_id(1)));
        let bound = at_once(orders.map(|order| bind_key(Arc::clone(&store), key.clone(), order))).await?;
        let winners: Vec<_> = bound.into_iter().flatten().collect();
        assert_eq!(winners.len(), 1);
        let mut unit = store.begin().await?;
        assert_eq!(unit.keys().find(user_id(1), &key).await?, Some(winners[0]));
        let orders = store.orders().list(None, None, 20).await?;
        assert_eq!(orders.iter().map(|order| order.id).collect::<Vec<_>>(), winners);
    }

    /// Of 16 units that take one order the same step on, one does.
    async fn one_unit_advances_an_order(store) {
        add_users(&*store, &[user(1)]).await?;
        let placed = order(1, user_id(1));
        add_orders(&*store, std::slice::from_ref(&placed)).await?;
        let winners = at_once((0..16).map(|_| confirm(Arc::clone(&store), placed.clone()))).await?;
        assert_eq!(winners.iter().filter(|&&has_won| has_won).count(), 1);
        let stored = order_numbered(&*store, placed.number).await?;
        assert_eq!((stored.version, stored.steps.len()), (1, 1));
    }

    /// Of 16 units that replace one account as it was, one does, and what it wrote stays.
    async fn one_unit_replaces_an_account(store) {
        add_users(&*store, &[user(1)]).await?;
        let names = (1..=16).map(|number| User { first_name: parsed(&format!("Ana {number}")), ..user(1) });
        let names: Vec<_> = names.collect();
        let turns = names.iter().map(|user| rename(Arc::clone(&store), user.clone()));
        let outcomes = at_once(turns).await?;
        let mut winners = names.into_iter().zip(outcomes).filter(|&(_, has_won)| has_won);
        let expected = winners.next().map(|(user, _)| User { version: 1, ..user });
        assert!(expected.is_some() && winners.next().is_none());
        assert_eq!(store.accounts().find(user_id(1)).await?, expected);
    }

    /// A unit that runs beside another one, or waits for it, never sees what that one has not committed.
    async fn no_unit_sees_half_of_another(store) {
        add_users(&*store, &[user(1)]).await?;
        add_products(&*store, &[stocked(1, 10)]).await?;
        for _ in 0..5 {
            let mut unit = store.begin().await?;
            unit.users().insert(&user(2)).await?;
            assert!(unit.stock().take(sku(1), pieces(4)).await?);
            let looking = tokio::spawn(look(Arc::clone(&store)));
            // Gives the other one time to look, if it need not wait.
            for _ in 0..2_000 {
                tokio::task::yield_now().await;
            }
            drop(unit);
            assert_eq!(looking.await??, (None, vec![Stock::Counted(10)]));
        }
    }

    /// What 40 units take and what is left make what was there; who was refused asked for more than is left.
    async fn stock_adds_up(store) {
        add_products(&*store, &[stocked(1, 50)]).await?;
        let units = (0..40).map(|number| take_stock(Arc::clone(&store), 1 + number % 3));
        let (taken, refused): (Vec<_>, Vec<_>) =
            at_once(units).await?.into_iter().partition(|&(_, is_taken)| is_taken);
        let left = stock_of(&*store, sku(1)).await?.counted().ok_or("stock is not counted any more")?;
        assert_eq!(taken.iter().map(|&(quantity, _)| quantity).sum::<u32>() + left, 50);
        assert!(
            refused.iter().all(|&(quantity, _)| quantity > left),
            "{left} left, but refused: {refused:?}"
        );
    }

    /// What 20 units add while 20 others take pieces is there afterwards, and what these took is not.
    async fn restocking_meets_selling(store) {
        add_products(&*store, &[stocked(1, 50)]).await?;
        let units = (0..40).map(|number| sell_or_restock(Arc::clone(&store), number % 2 == 0));
        assert_eq!(at_once(units).await?, [true; 40]);
        assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Counted(70));
    }

    /// Of 8 units that add a line each to one cart by compare and set, none undoes another's.
    async fn no_line_of_a_cart_gets_lost(store) {
        add_users(&*store, &[user(1)]).await?;
        at_once((1..=8).map(|line| add_line(Arc::clone(&store), user_id(1), line))).await?;
        let cart = store.carts().load(user_id(1)).await?;
        assert_eq!(cart.version, 8);
        assert_eq!(cart.parse()?.lines().len(), 8);
    }

    /// Eight relays that claim at once get every message, each once.
    async fn no_message_is_claimed_twice(store) {
        let messages: Vec<_> = (1..=60).map(message).collect();
        add_messages(&*store, &messages).await?;
        let mut ids = at_once((0..8).map(|_| claim_all(Arc::clone(&store)))).await?.concat();
        ids.sort_unstable();
        assert_eq!(ids, messages.iter().map(|message| message.id).collect::<Vec<_>>());
        let listed = store.outbox().list(None, 100).await?;
        assert!(listed.iter().all(|message| message.attempts == 1));
    }

    /// Readers see the two halves of a change together, whenever they look.
    async fn readers_never_see_half_a_change(store) {
        add_products(&*store, &[stocked(1, 100), stocked(2, 100)]).await?;
        let writers: Vec<_> = (0..4).map(|_| take_pairs(Arc::clone(&store), 10)).collect();
        let writing = tokio::spawn(at_once(writers));
        while !writing.is_finished() {
            let offers = store.catalog().offers(&[sku(1), sku(2)]).await?;
            let stocks: Vec<_> = offers.iter().map(|offer| offer.variant.stock).collect();
            assert_eq!(stocks.first(), stocks.last());
            // Lets the writers go on where there is one thread alone.
            tokio::task::yield_now().await;
        }
        writing.await??;
        assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Counted(60));
    }
}
