//! Shoppers who order without a pause, remember what they were answered, and hold the store to it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use shop_core::cart::CartRefusal;
use shop_core::cart::set_item::SetItem;
use shop_core::checkout::IdempotencyKey;
use shop_core::checkout::place_order::{PlaceOrder, PlaceOrderError, Placed};
use shop_core::conformance::PlainHasher;
use shop_core::ids::{OrderId, UserId};
use shop_core::ports::{Clock as _, Store as _};
use shop_core::stock::Stock;
use shop_core::system::{SystemClock, SystemRandom};
use shop_core::{Language, Shop, StoreError};
use shop_storage::MySqlStore;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::SOON;
use crate::samples::{add_products, add_user, parsed, pieces, product, sku, user_id};

/// How many shoppers there are, each with an account of their own.
const SHOPPERS: u32 = 6;
/// How many lines an order has, of a piece each.
const LINES: u32 = 3;
/// How many pieces there are of each product: enough.
const STOCK: u32 = 1_000_000;
/// How long it may take until the store works again, once its server does.
const RECOVERY: Duration = Duration::from_secs(5);
/// The longest that anything may take that has no promise of its own.
const PATIENCE: Duration = Duration::from_mins(1);

/// What a shopper has been told so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Told {
    /// How many orders were acknowledged.
    acknowledged: u32,
    /// Those of them that an attempt had placed which was told otherwise.
    placed_unheard: u32,
    /// How many calls were told that the store is not available.
    refused: u32,
    /// The longest that one of these took.
    longest_refusal: Duration,
}

/// A shop with its shoppers, and what they have bought so far.
pub(crate) struct Market {
    pub(crate) store: MySqlStore,
    /// The longest that a shopper waits for an answer.
    limit: Duration,
    /// By shopper.
    placed: Vec<Vec<OrderId>>,
    tally: Tally,
}

/// What came out.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) acknowledged: u32,
    pub(crate) placed_unheard: u32,
    pub(crate) refused: u32,
    pub(crate) longest_refusal: Duration,
    pub(crate) longest_recovery: Duration,
}

impl Market {
    /// Stocks an empty store.
    pub(crate) async fn open(store: MySqlStore) -> Self {
        for number in 1..=SHOPPERS {
            add_user(&store, number).await;
        }
        let products = (1..=LINES).map(|number| {
            let mut product = product(number);
            for variant in &mut product.variants {
                variant.stock = Stock::Counted(STOCK);
            }
            product
        });
        add_products(&store, products).await;
        let placed = vec![Vec::new(); SHOPPERS as usize];
        Self { store, limit: SOON, placed, tally: Tally::default() }
    }

    /// Lets shoppers wait so many times longer.
    pub(crate) fn that_waits(self, times: u32) -> Self {
        Self { limit: SOON * times, ..self }
    }

    /// Lets everybody order without a pause.
    pub(crate) fn begin(&self) -> Load {
        let stop = Arc::new(AtomicBool::new(false));
        let shoppers = (1..=SHOPPERS).map(|number| {
            let shopper = Shopper { limit: self.limit, ..Shopper::new(&self.store, number) };
            (shopper.told.subscribe(), tokio::spawn(shopper.order_until(Arc::clone(&stop))))
        });
        Load { shoppers: shoppers.collect(), stop }
    }

    /// Lets everybody end their order, and compares what they were told with what is there.
    pub(crate) async fn end(&mut self, load: Load) {
        load.stop.store(true, Ordering::Relaxed);
        for ((hears, shopper), placed) in load.shoppers.into_iter().zip(&mut self.placed) {
            placed.extend(timeout(PATIENCE, shopper).await.expect("an end in time").expect("no panic"));
            self.tally.enter(*hears.borrow());
        }
        self.audit().await;
    }

    /// This shopper was told of this order.
    pub(crate) fn remember(&mut self, shopper: usize, order: OrderId) {
        self.placed[shopper - 1].push(order);
    }

    /// Everything acknowledged is there, nothing twice, nothing half, and nothing else.
    pub(crate) async fn audit(&self) {
        for (number, expected) in (1..).zip(&self.placed) {
            let orders = self.store.orders().whole(user_id(number), None, 100_000).await.expect("an answer");
            let mut found: Vec<_> = orders.iter().map(|order| order.id).collect();
            let mut expected = expected.clone();
            found.sort();
            expected.sort();
            assert_eq!(found, expected, "the orders of shopper {number}");
            assert!(orders.iter().all(|order| order.lines.len() == LINES as usize), "half an order");
        }
        let orders = self.placed.iter().map(Vec::len).sum::<usize>();
        let mails = self.store.outbox().list(None, 1_000_000).await.expect("an answer");
        assert_eq!(mails.len(), orders, "mails and orders");
        for line in 1..=LINES {
            let offers = self.store.catalog().offers(&[sku(line)]).await.expect("an answer");
            let left = offers.first().and_then(|offer| offer.variant.stock.counted()).expect("a count");
            assert_eq!((STOCK - left) as usize, orders, "pieces and orders");
        }
        assert_eq!(self.store.audit().await.expect("an answer"), []);
    }

    /// Waits until everybody has ordered something since now, so soon.
    pub(crate) async fn recovers(&mut self, load: &mut Load) {
        let begin = SystemClock.now();
        load.each(load.told(), RECOVERY, |told| told.acknowledged).await;
        self.tally.longest_recovery = self.tally.longest_recovery.max(SystemClock.now().since(begin));
    }

    pub(crate) const fn tally(&self) -> Tally {
        self.tally
    }
}

impl Tally {
    fn enter(&mut self, told: Told) {
        self.acknowledged += told.acknowledged;
        self.placed_unheard += told.placed_unheard;
        self.refused += told.refused;
        self.longest_refusal = self.longest_refusal.max(told.longest_refusal);
    }
}

/// Shoppers at work.
pub(crate) struct Load {
    shoppers: Vec<(watch::Receiver<Told>, JoinHandle<Vec<OrderId>>)>,
    stop: Arc<AtomicBool>,
}

impl Load {
    /// What everybody has been told until now.
    pub(crate) fn told(&self) -> Vec<Told> {
        self.shoppers.iter().map(|(hears, _)| *hears.borrow()).collect()
    }

    /// Waits until everybody has ordered something since now.
    pub(crate) async fn runs(&mut self) {
        self.each(self.told(), PATIENCE, |told| told.acknowledged).await;
    }

    /// Waits until everybody has been told more than this: that the store is not available.
    pub(crate) async fn is_refused(&mut self, before: Vec<Told>) {
        self.each(before, PATIENCE, |told| told.refused).await;
    }

    /// Waits until this count of everybody has grown.
    async fn each(&mut self, before: Vec<Told>, limit: Duration, count: fn(&Told) -> u32) {
        let growing = async {
            for ((hears, _), before) in self.shoppers.iter_mut().zip(before) {
                hears.wait_for(|told| count(told) > count(&before)).await.expect("no shopper panics");
            }
        };
        timeout(limit, growing).await.expect("in time");
    }
}

/// One who fills a cart and orders it.
pub(crate) struct Shopper {
    shop: Shop,
    id: UserId,
    limit: Duration,
    told: watch::Sender<Told>,
}

impl Shopper {
    pub(crate) fn new(store: &MySqlStore, number: u32) -> Self {
        let shop = Shop::builder_with_hasher(Arc::new(store.clone()), Arc::new(PlainHasher)).build();
        Self { shop, id: user_id(number), limit: SOON, told: watch::Sender::default() }
    }

    /// Fills the cart and orders, again and again.
    async fn order_until(self, stop: Arc<AtomicBool>) -> Vec<OrderId> {
        let mut placed = Vec::new();
        while !stop.load(Ordering::Relaxed) {
            self.fill_cart().await;
            let order = self.order();
            let Placed { order, repeated } = self.insist(|| self.place(order.clone())).await;
            placed.push(order.id);
            self.told.send_modify(|told| {
                told.acknowledged += 1;
                told.placed_unheard += u32::from(repeated);
            });
        }
        placed
    }

    /// Tries until it succeeds. What is told in between must be, and soon, that the store is not available.
    async fn insist<T, F>(&self, attempt: impl Fn() -> F + Send) -> T
    where
        T: Send,
        F: Future<Output = Result<T, StoreError>> + Send,
    {
        loop {
            let begin = SystemClock.now();
            match timeout(self.limit, attempt()).await.expect("an answer in time") {
                Ok(value) => return value,
                // Whichever it is, the shopper is told to come back later.
                Err(StoreError::Unavailable(_) | StoreError::Retryable(_)) => {}
                Err(other) => panic!("{other:?}"),
            }
            let took = SystemClock.now().since(begin);
            self.told.send_modify(|told| {
                told.refused += 1;
                told.longest_refusal = told.longest_refusal.max(took);
            });
        }
    }

    pub(crate) async fn fill_cart(&self) {
        for line in 1..=LINES {
            self.insist(|| self.set_item(line)).await;
        }
    }

    async fn set_item(&self, line: u32) -> Result<(), StoreError> {
        let item = SetItem { owner: self.id, sku: sku(line), quantity: Some(pieces(1)) };
        match self.shop.set_item(item).await {
            Ok(_) => Ok(()),
            Err(CartRefusal::Store(error)) => Err(error),
            Err(other) => panic!("{other:?}"),
        }
    }

    /// An order under a fresh key.
    pub(crate) fn order(&self) -> PlaceOrder {
        PlaceOrder {
            owner: self.id,
            address: parsed("Str. Lungă 1"),
            key: IdempotencyKey::fresh(&SystemRandom),
            seen_total: None,
            language: Language::English,
            client: None,
        }
    }

    pub(crate) async fn place(&self, order: PlaceOrder) -> Result<Placed, StoreError> {
        match self.shop.place_order(order).await {
            Ok(placed) => Ok(placed),
            Err(PlaceOrderError::Store(error)) => Err(error),
            Err(other) => panic!("{other:?}"),
        }
    }
}
