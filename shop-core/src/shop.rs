//! The facade: what an embedder holds.

use std::sync::Arc;

use crate::account::Token;
use crate::ids::{MessageId, OrderId, ProductId, UserId};
use crate::money::Currency;
use crate::ports::{Clock, PasswordHasher, RandomSource, Store, Throttle};
use crate::system::{SystemClock, SystemRandom};
use crate::throttle::StoreThrottle;
use crate::time::Timestamp;

/// A shop: the use cases over the ports it was built with.
///
/// Each use case is a method that takes one command; its file holds the command, the errors and the method. A clone is another handle
/// to the same shop.
///
/// ```
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use std::sync::Arc;
/// use shop_core::{Shop, memory::MemoryStore};
///
/// let shop = Shop::builder(Arc::new(MemoryStore::default())).build();
/// assert!(shop.browse(Default::default()).await?.products.is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Shop {
    inner: Arc<Inner>,
}

struct Inner {
    store: Arc<dyn Store>,
    hasher: Arc<dyn PasswordHasher>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn RandomSource>,
    throttle: Arc<dyn Throttle>,
    currency: Currency,
}

/// Puts a [`Shop`] together. Whatever is not given is what the system offers.
pub struct ShopBuilder {
    store: Arc<dyn Store>,
    hasher: Arc<dyn PasswordHasher>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn RandomSource>,
    throttle: Option<Arc<dyn Throttle>>,
    currency: Currency,
}

impl Shop {
    /// Begins a shop on a store, with Argon2id for passwords.
    #[cfg(feature = "argon2")]
    #[must_use]
    pub fn builder(store: Arc<dyn Store>) -> ShopBuilder {
        Self::builder_with_hasher(store, Arc::new(crate::argon2::Argon2Hasher::default()))
    }

    /// Begins a shop on a store, with a password hasher of your own.
    #[must_use]
    pub fn builder_with_hasher(store: Arc<dyn Store>, hasher: Arc<dyn PasswordHasher>) -> ShopBuilder {
        ShopBuilder {
            store,
            hasher,
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom),
            throttle: None,
            currency: Currency::default(),
        }
    }

    /// The store, for what has no use case: readiness, operators' lists.
    #[must_use]
    pub fn store(&self) -> &dyn Store {
        &*self.inner.store
    }

    /// The currency of all prices.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.inner.currency
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        &*self.inner.clock
    }

    /// The random source.
    #[must_use]
    pub fn random(&self) -> &dyn RandomSource {
        &*self.inner.random
    }

    pub(crate) fn hasher(&self) -> &dyn PasswordHasher {
        &*self.inner.hasher
    }

    pub(crate) fn throttle(&self) -> &dyn Throttle {
        &*self.inner.throttle
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    pub(crate) fn new_user_id(&self) -> UserId {
        UserId::fresh(self.clock(), self.random())
    }

    pub(crate) fn new_product_id(&self) -> ProductId {
        ProductId::fresh(self.clock(), self.random())
    }

    pub(crate) fn new_order_id(&self) -> OrderId {
        OrderId::fresh(self.clock(), self.random())
    }

    pub(crate) fn new_message_id(&self) -> MessageId {
        MessageId::fresh(self.clock(), self.random())
    }

    pub(crate) fn new_token(&self) -> Token {
        Token::fresh(self.random())
    }
}

impl std::fmt::Debug for Shop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shop").field("currency", &self.inner.currency).finish_non_exhaustive()
    }
}

impl ShopBuilder {
    /// Takes this clock.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Takes this random source; it MUST be fit for secrets outside of tests.
    #[must_use]
    pub fn random(mut self, random: Arc<dyn RandomSource>) -> Self {
        self.random = random;
        self
    }

    /// Takes this throttle instead of one that counts in the store.
    #[must_use]
    pub fn throttle(mut self, throttle: Arc<dyn Throttle>) -> Self {
        self.throttle = Some(throttle);
        self
    }

    /// Sells in this currency. Variants priced in another one are not for sale.
    #[must_use]
    pub fn currency(mut self, currency: Currency) -> Self {
        self.currency = currency;
        self
    }

    /// The shop.
    #[must_use]
    pub fn build(self) -> Shop {
        let Self { store, hasher, clock, random, throttle, currency } = self;
        let throttle = throttle.unwrap_or_else(|| {
            Arc::new(StoreThrottle::new(Arc::clone(&store), Arc::clone(&clock), Arc::clone(&random)))
        });
        Shop { inner: Arc::new(Inner { store, hasher, clock, random, throttle, currency }) }
    }
}

impl std::fmt::Debug for ShopBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ShopBuilder").field("currency", &self.currency).finish_non_exhaustive()
    }
}
