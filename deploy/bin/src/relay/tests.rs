use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use shop_core::Language;
use shop_core::Timestamp;
use shop_core::ids::{MessageId, UserId};
use shop_core::memory::{Mailbox, ManualClock, MemoryStore};
use shop_core::outbox::{Letter, Mail, Message, MessageState, MessageSummary};
use shop_core::ports::{
    AccountReader, CartReader, CatalogReader, DeliveryError, OrderReader, OutboxReader, Store, Transaction,
};
use tokio::time::Instant;

use super::*;

/// A shop with so many mails in its outbox.
async fn shop_with_mails(store: impl Store + 'static, count: usize) -> Shop {
    let shop = Shop::builder(Arc::new(store)).build();
    for _ in 0..count {
        enqueue(&shop).await;
    }
    shop
}

/// Puts a mail into the outbox.
pub(crate) async fn enqueue(shop: &Shop) {
    let message = Message {
        id: MessageId::fresh(shop.clock(), shop.random()),
        user: None,
        to: "ana@example.com".parse().expect("an address"),
        name: "Ana Pop".to_owned(),
        language: Language::English,
        mail: Mail::AlreadyRegistered,
        created_at: shop.clock().now(),
    };
    let mut unit = shop.store().begin().await.expect("a working store");
    unit.outbox().enqueue(&message).await.expect("enqueued");
    unit.commit().await.expect("committed");
}

/// Tells the relay to end as soon as it has delivered so many mails.
struct EndAfter {
    left: AtomicU32,
    stopper: shop_web::server::Stopper,
}

#[async_trait]
impl Mailer for EndAfter {
    async fn deliver(&self, _: &Letter) -> Result<(), DeliveryError> {
        if self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.stopper.stop();
        }
        Ok(())
    }
}

async fn waiting(shop: &Shop) -> usize {
    shop.store().outbox().list(Some(MessageState::Waiting), 1_000).await.expect("a working store").len()
}

#[tokio::test]
async fn delivers_until_it_is_told_to_stop_and_finishes_the_mail_at_hand() {
    let shop = shop_with_mails(MemoryStore::default(), 40).await;
    let (stopper, halt) = Stop::new();
    let mailer = EndAfter { left: AtomicU32::new(20), stopper };
    run(&shop, &mailer, &halt).await;
    assert_eq!(waiting(&shop).await, 20, "the 20th mail was finished, another one not begun");
}

#[tokio::test]
async fn once_delivers_all_that_is_due() {
    let shop = shop_with_mails(MemoryStore::default(), 40).await;
    let mailbox = Mailbox::default();
    let report = run_once(&shop, &mailbox).await.expect("a working store");
    assert_eq!((report.sent, report.postponed, report.dead), (40, 0, 0));
    assert_eq!(mailbox.letters().len(), 40);
}

/// A mailer whose server hangs until it is given up, a minute a mail.
struct Hanging(ManualClock);

#[async_trait]
impl Mailer for Hanging {
    async fn deliver(&self, _: &Letter) -> Result<(), DeliveryError> {
        self.0.advance(Duration::from_mins(1));
        Err(DeliveryError::Temporary("451 try again later".into()))
    }
}

#[tokio::test]
async fn once_ends_though_what_it_has_postponed_comes_due_meanwhile() {
    let clock = ManualClock::default();
    let shop = Shop::builder(Arc::new(MemoryStore::default())).clock(Arc::new(clock.clone())).build();
    for _ in 0..3 {
        enqueue(&shop).await;
    }
    let report = run_once(&shop, &Hanging(clock)).await.expect("a working store");
    assert_eq!(report, RelayReport { postponed: 3, ..RelayReport::default() });
}

#[tokio::test(start_paused = true)]
async fn looks_again_after_a_pause() {
    let shop = shop_with_mails(MemoryStore::default(), 0).await;
    let (stopper, halt) = Stop::new();
    let mailer = EndAfter { left: AtomicU32::new(1), stopper };
    let began = Instant::now();
    let later = async {
        tokio::time::sleep(IDLE * 5 / 2).await;
        enqueue(&shop).await;
    };
    tokio::join!(run(&shop, &mailer, &halt), later);
    assert_eq!(began.elapsed(), IDLE * 3);
}

/// A store whose outbox cannot be read the first few times.
struct Stumbling {
    store: MemoryStore,
    failures: AtomicU32,
}

#[async_trait]
impl Store for Stumbling {
    async fn begin(&self) -> Result<Box<dyn Transaction>, StoreError> {
        self.store.begin().await
    }

    fn accounts(&self) -> &dyn AccountReader {
        self.store.accounts()
    }

    fn carts(&self) -> &dyn CartReader {
        self.store.carts()
    }

    fn catalog(&self) -> &dyn CatalogReader {
        self.store.catalog()
    }

    fn orders(&self) -> &dyn OrderReader {
        self.store.orders()
    }

    fn outbox(&self) -> &dyn OutboxReader {
        self
    }

    async fn check(&self) -> Result<(), StoreError> {
        self.store.check().await
    }
}

#[async_trait]
impl OutboxReader for Stumbling {
    async fn list(&self, state: Option<MessageState>, limit: u32) -> Result<Vec<MessageSummary>, StoreError> {
        self.store.outbox().list(state, limit).await
    }

    async fn find(&self, id: MessageId) -> Result<Option<(Message, MessageSummary)>, StoreError> {
        self.store.outbox().find(id).await
    }

    async fn of_user(&self, user: UserId) -> Result<Vec<(Message, MessageSummary)>, StoreError> {
        self.store.outbox().of_user(user).await
    }

    async fn is_due(&self, now: Timestamp) -> Result<bool, StoreError> {
        let left = self.failures.load(Ordering::SeqCst);
        if left == 0 {
            return self.store.outbox().is_due(now).await;
        }
        self.failures.store(left - 1, Ordering::SeqCst);
        Err(StoreError::Unavailable("on purpose".into()))
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_fails_is_asked_less_and_less_often() {
    let store = Stumbling { store: MemoryStore::default(), failures: AtomicU32::new(8) };
    let shop = shop_with_mails(store, 1).await;
    let (stopper, halt) = Stop::new();
    let mailer = EndAfter { left: AtomicU32::new(1), stopper };
    let began = Instant::now();
    run(&shop, &mailer, &halt).await;
    assert_eq!(began.elapsed().as_secs(), 1 + 2 + 4 + 8 + 16 + 32 + 60 + 60);
    assert_eq!(waiting(&shop).await, 0);
}
