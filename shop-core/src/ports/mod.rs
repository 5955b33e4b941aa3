//! Ports: what the core needs from the outside, as traits that can be made into objects.
//!
//! | port | receiver | it promises | implemented by |
//! |---|---|---|---|
//! | [`Store`] | `&self` | begins units of work, lends the readers | memory, `shop-storage` |
//! | [`Transaction`] | `Box<Self>` | a unit of work that can be committed | memory, `shop-storage` |
//! | [`UnitOfWork`] | `&mut self` | lends one repository at a time | whatever has all repositories |
//! | [repositories] | `&mut self` | changes inside a unit | memory, `shop-storage` |
//! | [readers] | `&self` | reads outside any unit, which may lag | memory, `shop-storage` |
//! | [`Clock`] | `&self` | the time, and sleep | [`SystemClock`](crate::system::SystemClock) |
//! | [`RandomSource`] | `&self` | bytes that nobody can guess | [`SystemRandom`](crate::system::SystemRandom) |
//! | [`PasswordHasher`] | `&self` | slow hashes of passwords | `argon2` feature |
//! | [`Mailer`] | `&self` | delivers one letter | `shop-mailer` |
//! | [`Throttle`] | `&self` | slows down who tries too often | [`StoreThrottle`](crate::throttle::StoreThrottle) |
//!
//! # To write a store
//! 1. One struct for a unit of work that implements every repository; [`UnitOfWork`] then comes by itself. Add [`Transaction`].
//! 2. One struct that implements every reader and [`Store`].
//! 3. Run [`conformance`](crate::conformance) against it: the suite is the contract in executable form.

mod clock;
mod hasher;
mod mailer;
mod random;
pub mod readers;
pub mod repositories;
mod store;
mod throttle;

pub use clock::Clock;
pub use hasher::{HasherError, PasswordHasher, Verdict};
pub use mailer::{DeliveryError, Mailer};
pub use random::RandomSource;
pub use readers::{
    AccountReader, CartReader, CatalogPage, CatalogQuery, CatalogReader, OrderReader, OutboxReader, Sort,
    Visit,
};
pub use repositories::{
    CartRepository, CategoryRepository, IdempotencyRepository, OrderRepository, OutboxRepository,
    ProductRepository, SessionRepository, StockRepository, StoredCart, ThrottleRepository, TokenRepository,
    Tries, UserRepository,
};
pub use store::{Store, Transaction, UnitOfWork};
pub use throttle::{Attempt, Throttle, ThrottleHash, ThrottleKey, TooManyTries, Who};

#[cfg(any(test, feature = "mocks"))]
pub use self::{
    clock::MockClock, hasher::MockPasswordHasher, mailer::MockMailer, random::MockRandomSource,
    throttle::MockThrottle,
};
