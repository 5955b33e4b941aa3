//! What cases do before, around and after the step that they test.

use std::fmt::Debug;
use std::sync::Arc;

use async_lock::Barrier;
use futures_util::future::join_all;

use super::Broken;
use crate::account::{Session, StoredToken, User};
use crate::catalog::{Category, Product, Sku};
use crate::error::{Constraint, StoreError};
use crate::ids::UserId;
use crate::order::{Order, OrderNumber};
use crate::outbox::{Message, MessageSummary};
use crate::ports::{Store, StoredCart};
use crate::retry::{Transient, retry};
use crate::stock::Stock;
use crate::system::{SystemClock, SystemRandom};

pub(super) async fn add_users(store: &dyn Store, users: &[User]) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    for user in users {
        unit.users().insert(user).await?;
    }
    unit.commit().await
}

pub(super) async fn add_categories(store: &dyn Store, categories: &[Category]) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    for category in categories {
        unit.categories().insert(category).await?;
    }
    unit.commit().await
}

pub(super) async fn add_products(store: &dyn Store, products: &[Product]) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    for product in products {
        unit.products().insert(product).await?;
    }
    unit.commit().await
}

pub(super) async fn add_messages(store: &dyn Store, messages: &[Message]) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    for message in messages {
        unit.outbox().enqueue(message).await?;
    }
    unit.commit().await
}

pub(super) async fn add_orders(store: &dyn Store, orders: &[Order]) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    for order in orders {
        unit.orders().insert(order).await?;
    }
    unit.commit().await
}

pub(super) async fn add_tokens(store: &dyn Store, tokens: &[StoredToken]) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    for token in tokens {
        unit.tokens().insert(token).await?;
    }
    unit.commit().await
}

pub(super) async fn add_sessions(store: &dyn Store, sessions: &[Session]) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    for session in sessions {
        unit.sessions().insert(session).await?;
    }
    unit.commit().await
}

/// Gives each of these owners, who have no cart yet, a cart with this code.
pub(super) async fn fill_carts(store: &dyn Store, owners: &[UserId], code: &str) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    for &owner in owners {
        unit.carts().replace(owner, code, 0).await?;
    }
    unit.commit().await
}

/// The stock of a variant that there is.
pub(super) async fn stock_of(store: &dyn Store, sku: Sku) -> Result<Stock, Broken> {
    let offers = store.catalog().offers(&[sku]).await?;
    let offer = offers.first().ok_or_else(|| format!("{sku} is gone"))?;
    Ok(offer.variant.stock)
}

pub(super) async fn codes_of(store: &dyn Store, owners: &[UserId]) -> Result<Vec<String>, StoreError> {
    let mut codes = Vec::new();
    for &owner in owners {
        let StoredCart { code, .. } = store.carts().load(owner).await?;
        codes.push(code);
    }
    Ok(codes)
}

/// The order with this number, which there is.
pub(super) async fn order_numbered(store: &dyn Store, number: OrderNumber) -> Result<Order, Broken> {
    let order = store.orders().find(number).await?;
    Ok(order.ok_or("an order is gone")?)
}

/// The one message of that id.
pub(super) async fn summary_of(store: &dyn Store, message: &Message) -> Result<MessageSummary, Broken> {
    let messages = store.outbox().list(None, 1_000).await?;
    let summary = messages.into_iter().find(|summary| summary.id == message.id);
    Ok(summary.ok_or("a message is missing")?)
}

/// Fails unless the outcome is this conflict.
#[track_caller]
pub(super) fn assert_conflict<T: Debug>(outcome: Result<T, StoreError>, expected: Constraint) {
    let error = outcome.expect_err("a conflict was expected");
    let is_expected = matches!(&error, StoreError::Conflict(constraint) if *constraint == expected);
    assert!(is_expected, "expected Conflict({expected:?}), got {error:?}");
}

/// Runs the tasks on the runtime's threads; none begins before all are there. Comes back with what they came
/// back with, in their order.
pub(super) async fn at_once<T, E, F>(tasks: impl IntoIterator<Item = F>) -> Result<Vec<T>, E>
where
    T: Send + 'static,
    E: Send + 'static,
    F: Future<Output = Result<T, E>> + Send + 'static,
{
    let tasks: Vec<_> = tasks.into_iter().collect();
    let start = Arc::new(Barrier::new(tasks.len()));
    let running = tasks.into_iter().map(|task| {
        let start = Arc::clone(&start);
        tokio::spawn(async move {
            start.wait().await;
            task.await
        })
    });
    let ended = join_all(running.collect::<Vec<_>>()).await;
    ended.into_iter().map(|outcome| outcome.expect("no task panics")).collect()
}

/// Tries a unit again while neighbors are in its way, as the use cases do.
pub(super) async fn persistently<T, E, F>(attempt: impl FnMut() -> F + Send) -> Result<T, E>
where
    T: Send,
    E: Transient + Send,
    F: Future<Output = Result<T, E>> + Send,
{
    retry(&SystemClock, &SystemRandom, attempt).await
}
