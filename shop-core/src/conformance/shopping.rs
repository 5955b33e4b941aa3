//! Shoppers who order, each through the use cases as on a page.

use std::sync::Arc;

use super::samples::{parsed, user};
use super::setup::{add_users, fill_carts};
use super::{Broken, PlainHasher};
use crate::Shop;
use crate::cart::show::LineProblem;
use crate::catalog::Sku;
use crate::checkout::IdempotencyKey;
use crate::checkout::place_order::{PlaceOrder, PlaceOrderError};
use crate::ids::UserId;
use crate::language::Language;
use crate::order::Order;
use crate::ports::Store;
use crate::system::SystemRandom;

/// A shop on this store, with a hasher that takes no time.
pub(super) fn shop(store: &Arc<dyn Store>) -> Shop {
    Shop::builder_with_hasher(Arc::clone(store), Arc::new(PlainHasher)).build()
}

/// Accounts 1 to `count`, with this cart each.
pub(super) async fn shoppers(store: &dyn Store, count: u32, code: &str) -> Result<Vec<UserId>, Broken> {
    let users: Vec<_> = (1..=count).map(user).collect();
    let owners: Vec<_> = users.iter().map(|user| user.id).collect();
    add_users(store, &users).await?;
    fill_carts(store, &owners, code).await?;
    Ok(owners)
}

pub(super) fn order_of(owner: UserId) -> PlaceOrder {
    PlaceOrder {
        owner,
        address: parsed("Str. Lungă 1\n500035 Brașov"),
        key: IdempotencyKey::fresh(&SystemRandom),
        seen_total: None,
        language: Language::English,
        client: None,
    }
}

/// Places the order; one that falls short comes back with the lines that do.
pub(super) async fn place(
    shop: Shop,
    command: PlaceOrder,
) -> Result<Result<Order, Vec<(Sku, LineProblem)>>, PlaceOrderError> {
    match shop.place_order(command).await {
        Ok(placed) => Ok(Ok(placed.order)),
        Err(PlaceOrderError::Lines(problems)) => Ok(Err(problems)),
        Err(error) => Err(error),
    }
}
