//! Repositories: what a unit of work can read and change.
//!
//! "Not found" is `Ok(None)` or `Ok(false)`, never an error. What a unit has written it MUST read back. Every insert MUST fail with `Conflict(Id)` if a
//! record with its id (or hash) exists, and every update of a versioned record that does not exist with `Conflict(Version)`.

use async_trait::async_trait;

use super::ThrottleHash;
use crate::account::{EmailKey, Purpose, Session, SessionKey, StoredToken, TokenHash, User};
use crate::cart::{Cart, Quantity};
use crate::catalog::{Category, Offer, Product, Sku, Slug};
use crate::checkout::IdempotencyKey;
use crate::error::StoreError;
use crate::ids::{MessageId, OrderId, UserId};
use crate::money::Money;
use crate::order::{LineState, Order, OrderNumber, OrderStep};
use crate::outbox::{Claimed, LeaseKey, Message, MessageState};
use crate::stock::Stock;
use crate::time::Timestamp;

/// Accounts.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait UserRepository: Send {
    /// Adds an account. It MUST fail with `Conflict(Email)` if another one has the same [key](crate::account::EmailAddress::key).
    async fn insert(&mut self, user: &User) -> Result<(), StoreError>;

    /// The account with this id. It MUST stay as it is until the unit ends: whoever wants to change it meanwhile waits, or one of both
    /// units fails. Nobody signs in with a password that is being replaced.
    async fn find(&mut self, id: UserId) -> Result<Option<User>, StoreError>;

    /// The account with this address.
    async fn find_by_email(&mut self, email: &EmailKey) -> Result<Option<User>, StoreError>;

    /// Replaces everything but id and creation time, if the stored version is `user.version`; the new one is one more. It MUST fail
    /// with `Conflict(Version)` otherwise, and with `Conflict(Email)` if the address is another account's.
    async fn update(&mut self, user: &User) -> Result<(), StoreError>;

    /// Removes the account and what is its own: tokens, sessions, cart, idempotency keys and messages; says whether it was there.
    ///
    /// Its orders MUST stay, without owner and one version on, so that whoever is about to change one reads it anew. Those that have [ended](crate::order::OrderState::is_final) lose their delivery as well;
    /// the others keep it, since their parcels are still to arrive.
    async fn remove(&mut self, id: UserId) -> Result<bool, StoreError>;
}

/// One-time tokens.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait TokenRepository: Send {
    /// Adds a token. It MUST fail with `Conflict(Owner)` if there is no such account.
    async fn insert(&mut self, token: &StoredToken) -> Result<(), StoreError>;

    /// Takes the token out of the store, if it is there for this purpose. Of any number of units that take one token, one alone MUST
    /// get it. Whether it has expired is for the caller to judge.
    async fn take(&mut self, hash: TokenHash, purpose: Purpose) -> Result<Option<StoredToken>, StoreError>;

    /// Removes every token of this account for this purpose.
    async fn remove_all(&mut self, user: UserId, purpose: Purpose) -> Result<(), StoreError>;

    /// Removes every token of this account for this purpose that expires at `from` or later.
    async fn remove_since(
        &mut self,
        user: UserId,
        purpose: Purpose,
        from: Timestamp,
    ) -> Result<(), StoreError>;

    /// Removes at most `most` tokens that have expired at `now`; says how many.
    async fn remove_expired(&mut self, now: Timestamp, most: u32) -> Result<u32, StoreError>;
}

/// Sessions.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait SessionRepository: Send {
    /// Adds a session. It MUST fail with `Conflict(Owner)` if there is no such account.
    async fn insert(&mut self, session: &Session) -> Result<(), StoreError>;

    /// Writes down when the session was last used; one that has ended stays so, and that is no error.
    async fn touch(&mut self, key: SessionKey, at: Timestamp) -> Result<(), StoreError>;

    /// Ends a session; says whether it was there.
    async fn remove(&mut self, key: SessionKey) -> Result<bool, StoreError>;

    /// Ends a session if it is this account's; says whether it was.
    async fn remove_of(&mut self, user: UserId, key: SessionKey) -> Result<bool, StoreError>;

    /// Ends every session of this account but `except`; says how many.
    async fn remove_all(&mut self, user: UserId, except: Option<SessionKey>) -> Result<u32, StoreError>;

    /// Removes at most `most` sessions that were last used at `seen` or before, or begun at `begun` or before; says how many.
    async fn remove_ended(&mut self, seen: Timestamp, begun: Timestamp, most: u32)
    -> Result<u32, StoreError>;
}

/// A cart as the store keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredCart {
    /// Its [code](crate::cart::code).
    pub code: String,
    /// How often it was replaced; 0 for a cart that was never stored.
    pub version: u64,
}

impl StoredCart {
    /// The cart that the code stands for.
    pub fn parse(&self) -> Result<Cart, StoreError> {
        self.code.parse().map_err(|error| StoreError::Corrupt(format!("cart code, {error}")))
    }
}

/// Carts: one an owner.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait CartRepository: Send {
    /// The owner's cart; the empty one with version 0 if there is none.
    async fn load(&mut self, owner: UserId) -> Result<StoredCart, StoreError>;

    /// Replaces the code, if the stored version is `expected` (0 means: not stored yet); the new version is one more. It MUST fail with
    /// `Conflict(Version)` otherwise, and with `Conflict(Owner)` if there is no such account.
    async fn replace(&mut self, owner: UserId, code: &str, expected: u64) -> Result<(), StoreError>;
}

/// Categories.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait CategoryRepository: Send {
    /// Adds a category. It MUST fail with `Conflict(Slug)` if another one has its slug.
    async fn insert(&mut self, category: &Category) -> Result<(), StoreError>;

    /// The category with this slug.
    async fn find(&mut self, slug: &Slug) -> Result<Option<Category>, StoreError>;
}

/// Products and their variants.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait ProductRepository: Send {
    /// Adds a product with its variants. It MUST fail with `Conflict(Slug)` if another product has its slug, and with `Conflict(Sku)` if
    /// another product, or a second one of these variants, has one of its SKUs.
    async fn insert(&mut self, product: &Product) -> Result<(), StoreError>;

    /// The product that has this variant, with all its variants.
    async fn find_by_sku(&mut self, sku: Sku) -> Result<Option<Product>, StoreError>;

    /// Shows or hides a product, if its stored version is `product.version`; the new one is one more. It MUST fail with
    /// `Conflict(Version)` otherwise.
    async fn set_active(&mut self, product: &Product, active: bool) -> Result<(), StoreError>;

    /// Sets a variant's price; says whether there is such a variant.
    async fn set_price(&mut self, sku: Sku, price: Money) -> Result<bool, StoreError>;

    /// What the shop knows of these SKUs, in any order; unknown ones are left out. The number of reads MUST NOT depend on theirs.
    async fn offers(&mut self, skus: &[Sku]) -> Result<Vec<Offer>, StoreError>;
}

/// Stock.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait StockRepository: Send {
    /// Takes pieces out, if there are so many (or they are not counted); says whether it did. It MUST be one atomic step that never goes
    /// below zero, however many units take at once. Callers take in the order of SKUs.
    async fn take(&mut self, sku: Sku, quantity: Quantity) -> Result<bool, StoreError>;

    /// Puts pieces back, if they are counted; says whether there is such a variant. The count stops at the greatest that there is.
    async fn put_back(&mut self, sku: Sku, quantity: Quantity) -> Result<bool, StoreError>;

    /// Adds `by` pieces to those that there are, or takes them out if it is negative; says whether it did.
    /// It MUST NOT if there is no such variant, if its pieces are not counted, or if there would be fewer than
    /// none or more than `u32::MAX` of them. Like `take` it MUST be one atomic step: what other units take or
    /// put back meanwhile counts.
    async fn adjust(&mut self, sku: Sku, by: i32) -> Result<bool, StoreError>;

    /// Sets the number of pieces; says whether there is such a variant.
    async fn set(&mut self, sku: Sku, stock: Stock) -> Result<bool, StoreError>;
}

/// Orders.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait OrderRepository: Send {
    /// Adds an order with its lines. It MUST fail with `Conflict(OrderNumber)` if another one has its number, and with
    /// `Conflict(Owner)` if its owner has no account.
    async fn insert(&mut self, order: &Order) -> Result<(), StoreError>;

    /// The order with this id, with its lines in the order in which they were inserted.
    async fn find(&mut self, id: OrderId) -> Result<Option<Order>, StoreError>;

    /// The order with this number, likewise.
    async fn find_by_number(&mut self, number: OrderNumber) -> Result<Option<Order>, StoreError>;

    /// Takes the order to the step's state, and all its lines to `lines` (unless it is `None`), notes the step as its last one and
    /// counts the version up. It MUST fail with `Conflict(Version)` if the stored version is not `order.version`.
    async fn advance(
        &mut self,
        order: &Order,
        step: OrderStep,
        lines: Option<LineState>,
    ) -> Result<(), StoreError>;

    /// Forgets who receives the order, and where; the version stays.
    async fn forget_delivery(&mut self, id: OrderId) -> Result<(), StoreError>;
}

/// Idempotency keys of orders.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait IdempotencyRepository: Send {
    /// Binds the key to an order. It MUST fail with `Conflict(IdempotencyKey)` if the owner has used the key before, and with
    /// `Conflict(Owner)` if there is no such account; of any number of units that bind one key, one alone may be committed.
    async fn insert(&mut self, owner: UserId, key: &IdempotencyKey, order: OrderId)
    -> Result<(), StoreError>;

    /// The order that the owner placed under this key.
    async fn find(&mut self, owner: UserId, key: &IdempotencyKey) -> Result<Option<OrderId>, StoreError>;
}

/// The outbox.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait OutboxRepository: Send {
    /// Adds a message, due at once.
    async fn enqueue(&mut self, message: &Message) -> Result<(), StoreError>;

    /// Claims at most `most` waiting messages that are due at `now`, oldest first, until `until`. A claimed message MUST NOT be claimed
    /// again before that moment, however many units claim at once; after it, it may.
    ///
    /// A message of a kind that this program does not know ([`Mail::KINDS`](crate::outbox::Mail::KINDS)) MUST NOT be claimed, stays as it
    /// is and keeps no other from being claimed: a newer program that works on the same store has written it, and delivers it. One that
    /// cannot be read for another reason is left out, and keeps no other from being claimed either.
    async fn claim(
        &mut self,
        lease: LeaseKey,
        now: Timestamp,
        until: Timestamp,
        most: u32,
    ) -> Result<Vec<Claimed>, StoreError>;

    /// Notes whose message it is that was claimed under this lease. Says `false`, and does nothing, if the message is gone or the lease is
    /// no longer its own.
    async fn assign(&mut self, id: MessageId, lease: LeaseKey, user: UserId) -> Result<bool, StoreError>;

    /// Removes the waiting messages to this account that tell of a change of its address at `since` or later.
    async fn withdraw_changes(&mut self, user: UserId, since: Timestamp) -> Result<(), StoreError>;

    /// Notes that a message was delivered; late, too, as long as nobody else has claimed it. Says `false`, and does nothing, if the lease is no longer the message's.
    async fn settle(&mut self, id: MessageId, lease: LeaseKey, at: Timestamp) -> Result<bool, StoreError>;

    /// Puts a message back until `due`, with the error. Says `false`, and does nothing, if the lease is no longer the message's.
    async fn postpone(
        &mut self,
        id: MessageId,
        lease: LeaseKey,
        due: Timestamp,
        error: &str,
    ) -> Result<bool, StoreError>;

    /// Gives a message up, with the error. Says `false`, and does nothing, if the lease is no longer the message's.
    async fn give_up(&mut self, id: MessageId, lease: LeaseKey, error: &str) -> Result<bool, StoreError>;

    /// Removes a message that need not go out, or need not be kept. Says `false`, and does nothing, if the lease is no longer the message's.
    async fn discard(&mut self, id: MessageId, lease: LeaseKey) -> Result<bool, StoreError>;

    /// Makes a message that is not sent wait anew: due at `now`, no attempts counted, nobody's lease. Says whether it did.
    async fn requeue(&mut self, id: MessageId, now: Timestamp) -> Result<bool, StoreError>;

    /// Removes a message, whatever its state; says whether it was there.
    async fn remove(&mut self, id: MessageId) -> Result<bool, StoreError>;

    /// Removes at most `most` messages in this state that were last due at `before` or earlier; says how many.
    async fn purge(&mut self, state: MessageState, before: Timestamp, most: u32) -> Result<u32, StoreError>;
}

/// What is kept of somebody's tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tries {
    /// When the last one was.
    pub last_at: Timestamp,
    /// When the last of them is forgotten.
    pub forget_at: Timestamp,
}

/// Tries that a [`Throttle`](super::Throttle) counts.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait ThrottleRepository: Send {
    /// The tries under this key.
    async fn load(&mut self, key: ThrottleHash) -> Result<Option<Tries>, StoreError>;

    /// Replaces the tries under this key, if those that are stored are `expected` (`None`: none are). It MUST fail with
    /// `Conflict(Version)` otherwise.
    async fn replace(
        &mut self,
        key: ThrottleHash,
        tries: Tries,
        expected: Option<Tries>,
    ) -> Result<(), StoreError>;

    /// Forgets the tries under this key.
    async fn remove(&mut self, key: ThrottleHash) -> Result<(), StoreError>;

    /// Forgets at most `most` tries whose time has come at `now`; says how many.
    async fn remove_forgotten(&mut self, now: Timestamp, most: u32) -> Result<u32, StoreError>;
}
