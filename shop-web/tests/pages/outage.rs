//! When the shop cannot keep up it says so, and when to come back.

use std::sync::Arc;

use rocket::async_trait;
use shop_core::account::{
    EmailKey, NewPassword, PasswordAttempt, PasswordHash, Purpose, Session, SessionKey, StoredToken,
    TokenHash, User,
};
use shop_core::catalog::{Category, Offer, Product, Sku, Slug};
use shop_core::ids::{OrderId, UserId};
use shop_core::memory::MemoryStore;
use shop_core::order::{Order, OrderNumber, OrderSummary};
use shop_core::ports::{
    AccountReader, CartReader, CatalogPage, CatalogQuery, CatalogReader, HasherError, OrderReader,
    OutboxReader, PasswordHasher, Store, StoredCart, Transaction, Verdict, Visit,
};
use shop_core::{Shop, StoreError};

use crate::scene::{self, Browser, config};

/// A store whose database cannot be reached.
struct Down;

fn down<T>() -> Result<T, StoreError> {
    Err(StoreError::Unavailable("the database at db.internal is down".into()))
}

#[async_trait]
impl Store for Down {
    async fn begin(&self) -> Result<Box<dyn Transaction>, StoreError> {
        down()
    }
    fn accounts(&self) -> &dyn AccountReader {
        self
    }
    fn carts(&self) -> &dyn CartReader {
        self
    }
    fn catalog(&self) -> &dyn CatalogReader {
        self
    }
    fn orders(&self) -> &dyn OrderReader {
        self
    }
    fn outbox(&self) -> &dyn OutboxReader {
        unreachable!("pages do not read the outbox")
    }
    async fn check(&self) -> Result<(), StoreError> {
        down()
    }
}

#[async_trait]
impl AccountReader for Down {
    async fn find(&self, _: UserId) -> Result<Option<User>, StoreError> {
        down()
    }
    async fn find_by_email(&self, _: &EmailKey) -> Result<Option<User>, StoreError> {
        down()
    }
    async fn visit(&self, _: SessionKey) -> Result<Option<Visit>, StoreError> {
        down()
    }
    async fn sessions(&self, _: UserId) -> Result<Vec<Session>, StoreError> {
        down()
    }
    async fn token(&self, _: TokenHash, _: Purpose) -> Result<Option<StoredToken>, StoreError> {
        down()
    }
}

#[async_trait]
impl CartReader for Down {
    async fn load(&self, _: UserId) -> Result<StoredCart, StoreError> {
        down()
    }
}

#[async_trait]
impl CatalogReader for Down {
    async fn page(&self, _: &CatalogQuery) -> Result<CatalogPage, StoreError> {
        down()
    }
    async fn product(&self, _: &Slug) -> Result<Option<Product>, StoreError> {
        down()
    }
    async fn categories(&self) -> Result<Vec<Category>, StoreError> {
        down()
    }
    async fn offers(&self, _: &[Sku]) -> Result<Vec<Offer>, StoreError> {
        down()
    }
}

#[async_trait]
impl OrderReader for Down {
    async fn list(
        &self,
        _: Option<UserId>,
        _: Option<OrderId>,
        _: u32,
    ) -> Result<Vec<OrderSummary>, StoreError> {
        down()
    }
    async fn find(&self, _: OrderNumber) -> Result<Option<Order>, StoreError> {
        down()
    }
    async fn whole(&self, _: UserId, _: Option<OrderId>, _: u32) -> Result<Vec<Order>, StoreError> {
        down()
    }
}

/// A hasher with a full queue.
struct Busy;

#[async_trait]
impl PasswordHasher for Busy {
    async fn hash(&self, _: &NewPassword) -> Result<PasswordHash, HasherError> {
        Err(HasherError::Overloaded)
    }
    async fn verify(&self, _: &PasswordAttempt, _: Option<PasswordHash>) -> Result<Verdict, HasherError> {
        Err(HasherError::Overloaded)
    }
}

async fn browser(shop: Shop) -> Browser {
    Browser::new(
        scene::launch(rocket::custom(shop_web::figment()).attach(shop_web::stage(shop, config()))).await,
    )
}

fn assert_come_back_later(answer: &scene::Seen, what: &str) {
    assert_eq!((answer.status, answer.header("Retry-After")), (503, Some("2")), "{what}");
    assert!(
        answer.body.contains("<title>") && !answer.body.contains("db.internal"),
        "{what}: {}",
        answer.body
    );
    assert_eq!(answer.header("Cache-Control"), Some("no-store"), "{what}");
}

#[rocket::async_test]
async fn a_store_that_is_down() {
    let browser = browser(Shop::builder(Arc::new(Down)).build()).await;
    for path in ["/", "/products/smart-hub", "/ro/"] {
        assert_come_back_later(&browser.get(path).await, path);
    }
    assert_eq!(browser.get("/login").await.status, 200, "a form needs no store");
    assert_eq!(browser.get("/nothing").await.status, 404);
    assert_come_back_later(&browser.register("ana@example.com").await, "registering");
    assert_come_back_later(&browser.sign_in("ana@example.com", scene::PASSWORD).await, "signing in");
    browser.set_cookie("shop_session", &"0".repeat(64));
    for path in ["/", "/cart", "/account", "/login"] {
        assert_come_back_later(&browser.get(path).await, path);
    }
}

#[rocket::async_test]
async fn a_hasher_that_is_busy() {
    let shop = Shop::builder_with_hasher(Arc::new(MemoryStore::default()), Arc::new(Busy)).build();
    let browser = browser(shop).await;
    assert_come_back_later(&browser.register("ana@example.com").await, "registering");
    assert_come_back_later(&browser.sign_in("ana@example.com", scene::PASSWORD).await, "signing in");
}
