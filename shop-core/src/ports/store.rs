use async_trait::async_trait;

use super::readers::{AccountReader, CartReader, CatalogReader, OrderReader, OutboxReader};
use super::repositories::{
    CartRepository, CategoryRepository, IdempotencyRepository, OrderRepository, OutboxRepository,
    ProductRepository, SessionRepository, StockRepository, ThrottleRepository, TokenRepository,
    UserRepository,
};
use crate::error::StoreError;

/// Where the shop keeps everything.
///
/// Changes go through a unit of work that [`begin`](Store::begin) opens; pages read through the readers, outside of any unit.
#[async_trait]
pub trait Store: Send + Sync {
    /// Opens a unit of work for writing. It MAY wait for another unit to end.
    async fn begin(&self) -> Result<Box<dyn Transaction>, StoreError>;

    /// Reads of accounts and sessions.
    fn accounts(&self) -> &dyn AccountReader;

    /// Reads of carts.
    fn carts(&self) -> &dyn CartReader;

    /// Reads of the catalog.
    fn catalog(&self) -> &dyn CatalogReader;

    /// Reads of orders.
    fn orders(&self) -> &dyn OrderReader;

    /// Reads of the outbox.
    fn outbox(&self) -> &dyn OutboxReader;

    /// Whether the store answers and its schema is one that this program can work with.
    async fn check(&self) -> Result<(), StoreError>;
}

/// A unit of work: changes that happen together or not at all.
///
/// - [`commit`](Transaction::commit) MUST come back only when the changes are durable.
/// - [`Unavailable`](StoreError::Unavailable) from `commit` means that nobody knows whether the changes were made; whoever repeats them
///   needs a key that tells (see [`IdempotencyRepository`]).
/// - A unit that is dropped MUST leave no trace, whoever rolls it back (its destructor, or the next one to use the connection).
/// - After the first error a unit MUST NOT be used again; the caller drops it.
/// - Any call MAY fail with [`StoreError::Retryable`] because of a neighbor, `commit` too: a store may commit several units in one go.
/// - Callers await nothing but the unit's own repositories while they hold it, and do not hold it long.
#[async_trait]
pub trait Transaction: UnitOfWork {
    /// Makes the changes durable and visible, all of them.
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;

    /// Undoes the changes and waits until that is done. Dropping the unit does the same without waiting.
    async fn rollback(self: Box<Self>) -> Result<(), StoreError>;
}

/// The repositories of one unit of work, lent one at a time.
///
/// A store never implements it by hand: any type that has all repositories is one. (Mocks and decorators do.)
pub trait UnitOfWork: Send {
    /// Accounts.
    fn users(&mut self) -> &mut dyn UserRepository;
    /// One-time tokens.
    fn tokens(&mut self) -> &mut dyn TokenRepository;
    /// Sessions.
    fn sessions(&mut self) -> &mut dyn SessionRepository;
    /// Carts.
    fn carts(&mut self) -> &mut dyn CartRepository;
    /// Categories.
    fn categories(&mut self) -> &mut dyn CategoryRepository;
    /// Products and their variants.
    fn products(&mut self) -> &mut dyn ProductRepository;
    /// Stock.
    fn stock(&mut self) -> &mut dyn StockRepository;
    /// Orders.
    fn orders(&mut self) -> &mut dyn OrderRepository;
    /// Idempotency keys.
    fn keys(&mut self) -> &mut dyn IdempotencyRepository;
    /// The outbox.
    fn outbox(&mut self) -> &mut dyn OutboxRepository;
    /// Tries that are counted.
    fn throttles(&mut self) -> &mut dyn ThrottleRepository;
}

impl<T> UnitOfWork for T
where
    T: UserRepository
        + TokenRepository
        + SessionRepository
        + CartRepository
        + CategoryRepository
        + ProductRepository
        + StockRepository
        + OrderRepository
        + IdempotencyRepository
        + OutboxRepository
        + ThrottleRepository,
{
    fn users(&mut self) -> &mut dyn UserRepository {
        self
    }

    fn tokens(&mut self) -> &mut dyn TokenRepository {
        self
    }

    fn sessions(&mut self) -> &mut dyn SessionRepository {
        self
    }

    fn carts(&mut self) -> &mut dyn CartRepository {
        self
    }

    fn categories(&mut self) -> &mut dyn CategoryRepository {
        self
    }

    fn products(&mut self) -> &mut dyn ProductRepository {
        self
    }

    fn stock(&mut self) -> &mut dyn StockRepository {
        self
    }

    fn orders(&mut self) -> &mut dyn OrderRepository {
        self
    }

    fn keys(&mut self) -> &mut dyn IdempotencyRepository {
        self
    }

    fn outbox(&mut self) -> &mut dyn OutboxRepository {
        self
    }

    fn throttles(&mut self) -> &mut dyn ThrottleRepository {
        self
    }
}
