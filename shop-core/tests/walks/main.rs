//! Walks over the whole core: what shoppers, the operator and the relay do one after the other, on the store in memory.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a walk ends where it fails")]

mod accounts;
mod buying;
mod fulfilling;
mod keeping;
mod mails;
mod moving_in;

use std::sync::Arc;

use shop_core::account::activate::Activate;
use shop_core::account::register::Register;
use shop_core::account::sign_in::{Browser, SignIn, SignInError, SignedIn};
use shop_core::account::{EmailAddress, SessionToken, Token, User};
use shop_core::catalog::add_product::AddProduct;
use shop_core::catalog::{Localized, Product, ProductText, Sku, Variant};
use shop_core::checkout::IdempotencyKey;
use shop_core::checkout::place_order::PlaceOrder;
use shop_core::conformance::PlainHasher;
use shop_core::memory::{Mailbox, ManualClock, MemoryStore};
use shop_core::outbox::Letter;
use shop_core::ports::{PasswordHasher, Store};
use shop_core::stock::Stock;
use shop_core::system::SystemRandom;
use shop_core::{Currency, Language, Money, Shop};

const PASSWORD: &str = "seven brown teapots";

/// A shop with a clock that the test moves and a mailbox that it reads.
struct World {
    shop: Shop,
    store: MemoryStore,
    clock: ManualClock,
    mailbox: Mailbox,
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().expect("valid in a test")
}

fn lei(amount: i64) -> Money {
    Money::from_minor(amount * 100, Currency::RON)
}

impl World {
    fn new() -> Self {
        Self::with_hasher(Arc::new(PlainHasher))
    }

    fn with_hasher(hasher: Arc<dyn PasswordHasher>) -> Self {
        let (store, clock) = (MemoryStore::default(), ManualClock::default());
        let shop =
            Shop::builder_with_hasher(Arc::new(store.clone()), hasher).clock(Arc::new(clock.clone())).build();
        Self { shop, store, clock, mailbox: Mailbox::default() }
    }

    async fn register(&self, email: &str) {
        let command = Register {
            email: parsed(email),
            last_name: parsed("Pop"),
            first_name: parsed("Ana"),
            address: parsed("Str. Lungă 1\n500035 Brașov"),
            password: parsed(PASSWORD),
            language: Language::Romanian,
            client: None,
        };
        self.shop.register(command).await.expect("registered");
    }

    /// Delivers what is due, and returns the last letter.
    async fn last_letter(&self) -> Letter {
        self.shop.relay_outbox(&self.mailbox).await.expect("relayed");
        self.mailbox.letters().pop().expect("a letter")
    }

    /// The secret of the link in the last letter.
    async fn last_token(&self) -> Token {
        self.last_letter().await.token.expect("a letter with a link")
    }

    async fn sign_in(&self, email: &str, password: &str) -> Result<SignedIn, SignInError> {
        let browser = Browser::default();
        let command = SignIn { email: parsed(email), password: parsed(password), previous: None, browser };
        self.shop.sign_in(command).await
    }

    /// An account that is registered, activated and signed in.
    async fn signed_in(&self, email: &str) -> (User, SessionToken) {
        self.register(email).await;
        let token = self.last_token().await;
        self.shop.activate(Activate { token }).await.expect("activated");
        let SignedIn { token, user } = self.sign_in(email, PASSWORD).await.expect("signed in");
        (user, token)
    }

    async fn stored_user(&self, email: &str) -> Option<User> {
        let email: EmailAddress = parsed(email);
        self.store.accounts().find_by_email(&email.key()).await.expect("read")
    }

    /// Adds a product with one variant, whose slug is the SKU in small letters.
    async fn sell(&self, sku: &str, price: Money, stock: Stock) -> Product {
        let text = ProductText { name: parsed(&format!("Product {sku}")), description: None };
        let command = AddProduct {
            slug: parsed(&sku.to_lowercase()),
            category: None,
            text: Localized::only(Language::English, text),
            picture: None,
            variants: vec![Variant { sku: parsed(sku), options: vec![], price, weight_grams: None, stock }],
        };
        self.shop.add_product(command).await.expect("added")
    }

    async fn stock(&self, sku: &str) -> Stock {
        let sku: Sku = parsed(sku);
        self.store.catalog().offers(&[sku]).await.expect("read")[0].variant.stock
    }

    /// Puts a cart of another time into the store.
    async fn store_cart(&self, user: &User, code: &str) {
        let mut unit = self.store.begin().await.expect("begun");
        unit.carts().replace(user.id, code, 0).await.expect("replaced");
        unit.commit().await.expect("committed");
    }

    async fn stored_code(&self, user: &User) -> String {
        self.store.carts().load(user.id).await.expect("read").code
    }
}

fn order_of(user: &User) -> PlaceOrder {
    PlaceOrder {
        owner: user.id,
        address: user.address.clone(),
        key: IdempotencyKey::fresh(&SystemRandom),
        seen_total: None,
        language: Language::English,
        client: None,
    }
}
