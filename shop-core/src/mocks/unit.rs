use async_trait::async_trait;

use super::{
    MockCartRepository, MockCategoryRepository, MockIdempotencyRepository, MockOrderRepository,
    MockOutboxRepository, MockProductRepository, MockSessionRepository, MockStockRepository,
    MockThrottleRepository, MockTokenRepository, MockUserRepository,
};
use crate::error::StoreError;
use crate::ports::{
    CartRepository, CategoryRepository, IdempotencyRepository, OrderRepository, OutboxRepository,
    ProductRepository, SessionRepository, StockRepository, ThrottleRepository, TokenRepository, Transaction,
    UnitOfWork, UserRepository,
};

mockall::mock! {
    /// How a unit of work ends: at most one of its methods is called, once; none if the unit is dropped.
    #[derive(Debug)]
    pub Ending {
        /// Stands for [`Transaction::commit`].
        pub fn commit(&mut self) -> Result<(), StoreError>;

        /// Stands for [`Transaction::rollback`].
        pub fn rollback(&mut self) -> Result<(), StoreError>;
    }
}

/// A unit of work with a mock for each repository, and one for its end.
#[derive(Debug, Default)]
pub struct MockUnit {
    /// Accounts.
    pub users: MockUserRepository,
    /// One-time tokens.
    pub tokens: MockTokenRepository,
    /// Sessions.
    pub sessions: MockSessionRepository,
    /// Carts.
    pub carts: MockCartRepository,
    /// Categories.
    pub categories: MockCategoryRepository,
    /// Products and their variants.
    pub products: MockProductRepository,
    /// Stock.
    pub stock: MockStockRepository,
    /// Orders.
    pub orders: MockOrderRepository,
    /// Idempotency keys.
    pub keys: MockIdempotencyRepository,
    /// The outbox.
    pub outbox: MockOutboxRepository,
    /// Tries that are counted.
    pub throttles: MockThrottleRepository,
    /// Commit or rollback. A unit that is to be dropped expects neither.
    pub ending: MockEnding,
}

impl UnitOfWork for MockUnit {
    fn users(&mut self) -> &mut dyn UserRepository {
        &mut self.users
    }

    fn tokens(&mut self) -> &mut dyn TokenRepository {
        &mut self.tokens
    }

    fn sessions(&mut self) -> &mut dyn SessionRepository {
        &mut self.sessions
    }

    fn carts(&mut self) -> &mut dyn CartRepository {
        &mut self.carts
    }

    fn categories(&mut self) -> &mut dyn CategoryRepository {
        &mut self.categories
    }

    fn products(&mut self) -> &mut dyn ProductRepository {
        &mut self.products
    }

    fn stock(&mut self) -> &mut dyn StockRepository {
        &mut self.stock
    }

    fn orders(&mut self) -> &mut dyn OrderRepository {
        &mut self.orders
    }

    fn keys(&mut self) -> &mut dyn IdempotencyRepository {
        &mut self.keys
    }

    fn outbox(&mut self) -> &mut dyn OutboxRepository {
        &mut self.outbox
    }

    fn throttles(&mut self) -> &mut dyn ThrottleRepository {
        &mut self.throttles
    }
}

#[async_trait]
impl Transaction for MockUnit {
    async fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        self.ending.commit()
    }

    async fn rollback(mut self: Box<Self>) -> Result<(), StoreError> {
        self.ending.rollback()
    }
}
