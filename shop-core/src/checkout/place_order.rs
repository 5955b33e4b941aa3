//! Place an order: everything that a purchase changes, in one unit of work.
//!
//! 1. bind the idempotency key: a second submission meets it and gets the first one's order;
//! 2. load the cart and price it anew;
//! 3. take stock line by line, in the order of SKUs, so that two orders never wait for each other in a circle;
//! 4. write the order, enqueue the "order received" mail, empty the cart;
//! 5. commit.
//!
//! Whatever fails in between drops the unit, and nothing has happened. Reads: the cart, the offers, the owner, each once, however many lines.

use std::net::IpAddr;
use std::time::Duration;

use super::IdempotencyKey;
use crate::Shop;
use crate::account::{PostalAddress, User};
use crate::cart::show::{LineProblem, PricedCart, PricedLine};
use crate::catalog::Sku;
use crate::error::{Constraint, StoreError};
use crate::ids::{OrderId, UserId};
use crate::language::Language;
use crate::money::Money;
use crate::order::{Delivery, LineState, Order, OrderLine, OrderNumber, OrderState};
use crate::outbox::{Mail, Message};
use crate::ports::{Attempt, StoredCart, ThrottleKey, TooManyTries, Transaction, Who};
use crate::retry::{Transient, retry};

/// What a shopper orders: their cart, as it is.
#[derive(Clone, Debug)]
pub struct PlaceOrder {
    /// Who orders.
    pub owner: UserId,
    /// Where the parcel goes.
    pub address: PostalAddress,
    /// Makes a repeated submission the same order.
    pub key: IdempotencyKey,
    /// The total that the shopper has seen; another one is refused. `None` takes any.
    pub seen_total: Option<Money>,
    /// The language in which the lines are named, and in which all mails of the order are written.
    pub language: Language,
    /// Where on the network the shopper is; `None` counts no tries by client.
    pub client: Option<IpAddr>,
}

/// An order that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The order.
    pub order: Order,
    /// Whether an earlier submission under the same key has placed it, so that this one changed nothing.
    pub repeated: bool,
}

/// Why no order was placed.
#[derive(Debug, thiserror::Error)]
pub enum PlaceOrderError {
    /// There is nothing in the cart.
    #[error("the cart is empty")]
    EmptyCart,
    /// Lines that cannot be ordered as they stand.
    #[error("{} lines cannot be ordered", .0.len())]
    Lines(Vec<(Sku, LineProblem)>),
    /// The total is not the one that the shopper has seen; carries today's.
    #[error("the total is {0} now")]
    TotalChanged(Money),
    /// There is no such account.
    #[error("there is no such account")]
    NoSuchOwner,
    /// Too many orders by this account, or by this client.
    #[error("too many tries; the next is allowed in {} s", .0.as_secs())]
    TooManyTries(Duration),
    /// The store failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for PlaceOrderError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict(Constraint::Owner) => Self::NoSuchOwner,
            other => Self::Store(other),
        }
    }
}

impl From<TooManyTries> for PlaceOrderError {
    fn from(error: TooManyTries) -> Self {
        match error {
            TooManyTries::Wait(wait) => Self::TooManyTries(wait),
            TooManyTries::Store(error) => Self::Store(error),
        }
    }
}

impl Transient for PlaceOrderError {
    fn is_transient(&self) -> bool {
        match self {
            // A fresh attempt draws a fresh number.
            Self::Store(StoreError::Conflict(Constraint::OrderNumber)) => true,
            Self::Store(error) => error.is_transient(),
            Self::EmptyCart
            | Self::Lines(_)
            | Self::TotalChanged(_)
            | Self::NoSuchOwner
            | Self::TooManyTries(_) => false,
        }
    }
}

impl Shop {
    /// Places an order for the owner's cart and empties it; under a key used before it returns the order of that time.
    ///
    /// When it returns, the order is durable and its mail is in the outbox.
    pub async fn place_order(&self, command: PlaceOrder) -> Result<Placed, PlaceOrderError> {
        let by_owner = ThrottleKey { attempt: Attempt::Checkout, who: Who::User(command.owner) };
        let by_client = ThrottleKey::of_client(Attempt::Checkout, command.client);
        let keys: Vec<_> = std::iter::once(by_owner).chain(by_client).collect();
        self.throttle().admit(&keys, self.now()).await?;
        retry(self.clock(), self.random(), || async {
            match self.attempt_place_order(&command).await {
                Err(PlaceOrderError::Store(StoreError::Conflict(Constraint::IdempotencyKey))) => {
                    self.placed_before(&command).await
                }
                outcome => outcome,
            }
        })
        .await
    }

    async fn attempt_place_order(&self, command: &PlaceOrder) -> Result<Placed, PlaceOrderError> {
        let id = self.new_order_id();
        let mut unit = self.store().begin().await?;
        unit.keys().insert(command.owner, &command.key, id).await?;
        let (stored, cart) = self.load_and_price(&mut *unit, command).await?;
        take_stock(&mut *unit, &cart).await?;
        let owner = unit.users().find(command.owner).await?.ok_or(PlaceOrderError::NoSuchOwner)?;
        let order = self.order_of(id, command, &owner, &cart);
        unit.orders().insert(&order).await?;
        unit.outbox().enqueue(&self.order_received(&order, &owner, command.address.clone())).await?;
        unit.carts().replace(command.owner, "", stored.version).await?;
        unit.commit().await?;
        Ok(Placed { order, repeated: false })
    }

    async fn load_and_price(
        &self,
        unit: &mut dyn Transaction,
        command: &PlaceOrder,
    ) -> Result<(StoredCart, PricedCart), PlaceOrderError> {
        let stored = unit.carts().load(command.owner).await?;
        let cart = stored.parse()?;
        if cart.is_empty() {
            return Err(PlaceOrderError::EmptyCart);
        }
        let offers = unit.products().offers(&cart.skus()).await?;
        let cart = self.priced(&cart, offers)?;
        let problems = cart.problems();
        if !problems.is_empty() {
            return Err(PlaceOrderError::Lines(problems));
        }
        match command.seen_total {
            Some(seen) if seen != cart.total => Err(PlaceOrderError::TotalChanged(cart.total)),
            _ => Ok((stored, cart)),
        }
    }

    fn order_of(&self, id: OrderId, command: &PlaceOrder, owner: &User, cart: &PricedCart) -> Order {
        Order {
            id,
            number: OrderNumber::fresh(self.random()),
            owner: Some(command.owner),
            state: OrderState::Placed,
            placed_at: self.now(),
            delivery: Some(Delivery { recipient: owner.full_name(), address: command.address.clone() }),
            language: command.language,
            lines: cart.lines.iter().filter_map(|line| order_line(line, command.language)).collect(),
            total: cart.total,
            steps: Vec::new(),
            version: 0,
        }
    }

    fn order_received(&self, order: &Order, owner: &User, address: PostalAddress) -> Message {
        let mail = Mail::OrderReceived {
            number: order.number,
            placed_at: order.placed_at,
            lines: order.lines.clone(),
            total: order.total,
            recipient: owner.full_name(),
            address,
        };
        Message { created_at: order.placed_at, ..self.message_about(order, owner, mail) }
    }

    /// The order that an earlier submission under the same key has placed.
    async fn placed_before(&self, command: &PlaceOrder) -> Result<Placed, PlaceOrderError> {
        let mut unit = self.store().begin().await?;
        let Some(id) = unit.keys().find(command.owner, &command.key).await? else {
            // The submission that had bound it was undone a moment ago; this one may be the first now.
            return Err(StoreError::Retryable("the idempotency key is free again".into()).into());
        };
        let order = unit.orders().find(id).await?;
        unit.rollback().await?;
        let order = order.ok_or_else(|| StoreError::Corrupt("idempotency key without its order".into()))?;
        Ok(Placed { order, repeated: true })
    }
}

/// Takes every line's pieces, or says which line fell short in the meantime.
async fn take_stock(unit: &mut dyn Transaction, cart: &PricedCart) -> Result<(), PlaceOrderError> {
    let mut lines: Vec<_> = cart.lines.iter().map(|priced| priced.line).collect();
    lines.sort_by_key(|line| line.sku);
    for line in lines {
        if !unit.stock().take(line.sku, line.quantity).await? {
            let offers = unit.products().offers(&[line.sku]).await?;
            let left = offers.first().and_then(|offer| offer.variant.stock.counted()).unwrap_or(0);
            return Err(PlaceOrderError::Lines(vec![(line.sku, LineProblem::Short(left))]));
        }
    }
    Ok(())
}

fn order_line(priced: &PricedLine, language: Language) -> Option<OrderLine> {
    let offer = priced.offer.as_ref()?;
    Some(OrderLine {
        sku: priced.line.sku,
        name: offer.full_name(language),
        unit_price: offer.variant.price,
        quantity: priced.line.quantity,
        total: priced.total?,
        state: LineState::Processing,
    })
}
