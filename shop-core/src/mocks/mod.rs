//! Mocks of every port, for tests of programs that embed the core.
//!
//! Each port has a mock by [mockall] with an `expect_…` method for each of its own; what is called without having been expected panics, and so
//! does what was expected and never called. [`MockStore`] puts them together: it hands out the units that a test has prepared, one for each
//! `begin`, in their order.
//!
//! # To test a use case with mocks
//! 1. Prepare a [`MockUnit`] for each attempt: what its repositories are asked, what they answer, and how it ends.
//! 2. Give the units to a [`MockStore`] and expect the reads on its readers.
//! 3. Build a [`Shop`](crate::Shop) on it and call the use case.
//!
//! ```
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use std::sync::Arc;
//! use shop_core::account::{sign_out::SignOut, Token};
//! use shop_core::mocks::{MockPasswordHasher, MockStore, MockUnit};
//! use shop_core::system::SystemRandom;
//! use shop_core::{Shop, StoreError};
//!
//! let session = Token::fresh(&SystemRandom).hash();
//! let mut torn = MockUnit::default();
//! torn.sessions.expect_remove().return_once(|_| Err(StoreError::Retryable("a neighbor was in the way".into())));
//! let mut whole = MockUnit::default();
//! whole.sessions.expect_remove().withf(move |&key| key == session).times(1).return_once(|_| Ok(true));
//! whole.ending.expect_commit().times(1).return_once(|| Ok(()));
//!
//! let store = MockStore::default();
//! store.hand_out(torn);
//! store.hand_out(whole);
//! let shop = Shop::builder_with_hasher(Arc::new(store), Arc::new(MockPasswordHasher::new())).build();
//! shop.sign_out(SignOut { session }).await?;
//! # Ok(())
//! # }
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(example()).unwrap();
//! ```
//!
//! A use case that only has to work is tested with less effort on a [`MemoryStore`](crate::memory::MemoryStore).

mod store;
#[cfg(test)]
mod tests;
mod unit;

pub use self::store::{MockHealth, MockStore};
pub use self::unit::{MockEnding, MockUnit};
pub use crate::ports::readers::{
    MockAccountReader, MockCartReader, MockCatalogReader, MockOrderReader, MockOutboxReader,
};
pub use crate::ports::repositories::{
    MockCartRepository, MockCategoryRepository, MockIdempotencyRepository, MockOrderRepository,
    MockOutboxRepository, MockProductRepository, MockSessionRepository, MockStockRepository,
    MockThrottleRepository, MockTokenRepository, MockUserRepository,
};
pub use crate::ports::{MockClock, MockMailer, MockPasswordHasher, MockRandomSource, MockThrottle};
