//! Many shoppers on few pieces of many products, in every order of lines.

use std::collections::HashMap;
use std::sync::Arc;

use super::Broken;
use super::case::cases;
use super::samples::{lei, sku, stocked, user};
use super::setup::{add_products, add_users, at_once, codes_of, stock_of};
use super::shopping::{order_of, place, shop};
use crate::cart::Cart;
use crate::cart::show::LineProblem;
use crate::catalog::Sku;
use crate::ids::UserId;
use crate::order::Order;
use crate::ports::{RandomSource, Store};
use crate::stock::Stock;
use crate::system::SystemRandom;

const PRODUCTS: u32 = 8;

/// Three of the eight products in random order, one to three pieces of each.
fn random_code() -> String {
    let mut bytes = [0; PRODUCTS as usize];
    SystemRandom.fill(&mut bytes);
    let mut drawn: Vec<_> = bytes.into_iter().zip(1..=PRODUCTS).collect();
    drawn.sort_unstable();
    let line = |&(byte, number): &(u8, u32)| format!("SKU-{number}={}", 1 + byte % 3);
    drawn.iter().take(3).map(line).collect::<Vec<_>>().join(";")
}

async fn shoppers(store: &dyn Store, codes: &[String]) -> Result<Vec<UserId>, Broken> {
    let users: Vec<_> = (1..).zip(codes).map(|(number, _)| user(number)).collect();
    let owners: Vec<_> = users.iter().map(|user| user.id).collect();
    add_users(store, &users).await?;
    let mut unit = store.begin().await?;
    for (&owner, code) in owners.iter().zip(codes) {
        unit.carts().replace(owner, code, 0).await?;
    }
    unit.commit().await?;
    Ok(owners)
}

/// Adds what the order took, which is what its cart asked for.
fn count(order: &Order, code: &str, sold: &mut HashMap<Sku, u32>) -> Result<(), Broken> {
    let cart: Cart = code.parse()?;
    assert_eq!(order.lines.len(), cart.lines().len(), "{code}");
    for line in &order.lines {
        assert_eq!(cart.quantity(line.sku), Some(line.quantity), "{code}");
        *sold.entry(line.sku).or_default() += u32::from(line.quantity.get());
    }
    let pieces: i64 = order.lines.iter().map(|line| i64::from(line.quantity.get())).sum();
    assert_eq!(order.total, lei(10 * pieces), "{code}");
    Ok(())
}

/// Fails unless each line that was named was short then, and is still: nothing has come back since.
async fn were_short(store: &dyn Store, code: &str, problems: &[(Sku, LineProblem)]) -> Result<(), Broken> {
    let cart: Cart = code.parse()?;
    assert!(!problems.is_empty(), "{code} was refused for nothing");
    for &(sku, problem) in problems {
        let wanted = cart.quantity(sku).map(|quantity| u32::from(quantity.get()));
        let left = stock_of(store, sku).await?.counted();
        let then = match problem {
            LineProblem::Short(then) => Some(then),
            LineProblem::Gone | LineProblem::Hidden => None,
        };
        assert!(then.is_some() && then < wanted, "{code}: {sku} is {problem:?}");
        assert!(left <= then, "{code}: {sku} was {problem:?}, but {left:?} are left");
    }
    Ok(())
}

async fn sell_out(store: Arc<dyn Store>, shopper_count: usize, each: u32) -> Result<(), Broken> {
    let products: Vec<_> = (1..=PRODUCTS).map(|number| stocked(number, each)).collect();
    add_products(&*store, &products).await?;
    let codes: Vec<_> = (0..shopper_count).map(|_| random_code()).collect();
    let owners = shoppers(&*store, &codes).await?;
    let shop = shop(&store);
    let outcomes = at_once(owners.iter().map(|&owner| place(shop.clone(), order_of(owner)))).await?;
    let kept = codes_of(&*store, &owners).await?;
    let (mut sold, mut orders) = (HashMap::new(), 0);
    for ((outcome, code), kept) in outcomes.iter().zip(&codes).zip(&kept) {
        match outcome {
            Ok(order) => {
                orders += 1;
                assert_eq!(kept, "", "the cart of who got theirs is empty");
                count(order, code, &mut sold)?;
            }
            Err(problems) => {
                assert_eq!(kept, code, "the cart of who came too late is kept");
                were_short(&*store, code, problems).await?;
            }
        }
    }
    for sku in (1..=PRODUCTS).map(sku) {
        let left = each.checked_sub(sold.get(&sku).copied().unwrap_or(0)).ok_or("oversold")?;
        assert_eq!(stock_of(&*store, sku).await?, Stock::Counted(left), "{sku}");
    }
    assert_eq!(store.orders().list(None, None, 1_000).await?.len(), orders);
    assert_eq!(store.outbox().list(None, 1_000).await?.len(), orders);
    Ok(())
}

cases! {
    ($) mixed __conformance_mixed

    /// Of 25 shoppers with carts of three products each in random order, those get theirs whose every line
    /// there is enough of: nothing is oversold, and nothing is lost.
    async fn no_oversell_of_mixed_carts_with_25_shoppers(store) {
        sell_out(store, 25, 4).await?;
    }

    /// Of 200 shoppers with carts of three products each in random order, those get theirs whose every line
    /// there is enough of: nothing is oversold, and nothing is lost.
    async fn no_oversell_of_mixed_carts_with_200_shoppers(store) {
        sell_out(store, 200, 7).await?;
    }
}
