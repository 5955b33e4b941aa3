//! Values to put into a store.

use std::fmt::Debug;
use std::str::FromStr;

use shop_core::account::{
    PasswordHash, Purpose, Session, StoredToken, TokenHash, User, UserAgent, UserState,
};
use shop_core::cart::Quantity;
use shop_core::catalog::{Category, Localized, Product, ProductText, Sku, Variant};
use shop_core::ids::{CategoryId, MessageId, OrderId, ProductId, UserId};
use shop_core::order::{Delivery, LineState, Order, OrderLine, OrderNumber, OrderState};
use shop_core::outbox::{Mail, Message};
use shop_core::ports::Store;
use shop_core::stock::Stock;
use shop_core::system::SystemRandom;
use shop_core::{Currency, Language, Money, Timestamp};

#[track_caller]
pub(crate) fn parsed<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().expect("a sample is valid")
}

fn id(number: u32) -> [u8; 16] {
    (0x0190_0000_0000_7000_8000_0000_0000_0000_u128 + u128::from(number)).to_be_bytes()
}

pub(crate) fn user_id(number: u32) -> UserId {
    UserId::from_bytes(id(number))
}

pub(crate) fn order_id(number: u32) -> OrderId {
    OrderId::from_bytes(id(number))
}

pub(crate) fn message_id(number: u32) -> MessageId {
    MessageId::from_bytes(id(number))
}

pub(crate) const fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_micros(1_767_225_600_000_000 + seconds * 1_000_000)
}

pub(crate) fn lei(amount: i64) -> Money {
    Money::from_minor(amount * 100, Currency::RON)
}

pub(crate) fn pieces(number: u16) -> Quantity {
    Quantity::new(number).expect("a sample is valid")
}

pub(crate) fn user(number: u32) -> User {
    User {
        id: user_id(number),
        email: parsed(&format!("shopper{number}@example.com")),
        last_name: parsed("Pop"),
        first_name: parsed("Ana"),
        address: parsed("Str. Lungă 1"),
        password: PasswordHash::new("$argon2id$".to_owned()),
        language: Language::Romanian,
        state: UserState::Active,
        created_at: moment(0),
        secured_at: moment(0),
        version: 0,
    }
}

pub(crate) fn category(number: u32, slug: &str) -> Category {
    let name = Localized::only(Language::English, parsed("Tools"));
    Category { id: CategoryId::from_bytes(id(number)), slug: parsed(slug), name, position: number }
}

pub(crate) fn sku(number: u32) -> Sku {
    parsed(&format!("SKU-{number}"))
}

pub(crate) fn text(name: &str, description: Option<&str>) -> ProductText {
    ProductText { name: parsed(name), description: description.map(parsed) }
}

/// A product that costs as many lei as its number says, and came in so many seconds after the start of 2026.
pub(crate) fn product(number: u32) -> Product {
    Product {
        id: ProductId::from_bytes(id(number)),
        slug: parsed(&format!("product-{number}")),
        category: None,
        text: Localized::only(Language::English, text("Hammer", None)),
        picture: None,
        active: true,
        variants: vec![Variant {
            sku: sku(number),
            options: Vec::new(),
            price: lei(i64::from(number)),
            weight_grams: None,
            stock: Stock::Counted(10),
        }],
        created_at: moment(i64::from(number)),
        version: 0,
    }
}

pub(crate) fn line(number: u32) -> OrderLine {
    OrderLine {
        sku: sku(number),
        name: format!("Hammer {number}"),
        unit_price: lei(10),
        quantity: pieces(3),
        total: lei(30),
        state: LineState::Processing,
    }
}

pub(crate) fn order(number: u32, lines: u32) -> Order {
    Order {
        id: order_id(number),
        number: OrderNumber::fresh(&SystemRandom),
        owner: Some(user_id(1)),
        state: OrderState::Placed,
        placed_at: moment(i64::from(number)),
        delivery: Some(Delivery { recipient: "Ana Pop".to_owned(), address: parsed("Str. Lungă 1") }),
        language: Language::English,
        lines: (1..=lines).map(line).collect(),
        total: lei(30 * i64::from(lines)),
        steps: Vec::new(),
        version: 0,
    }
}

pub(crate) fn message(number: u32) -> Message {
    Message {
        id: message_id(number),
        user: Some(user_id(1)),
        to: parsed("ana@example.com"),
        name: "Ana Pop".to_owned(),
        language: Language::English,
        mail: Mail::AlreadyRegistered,
        created_at: moment(i64::from(number)),
    }
}

pub(crate) fn token(number: u8) -> StoredToken {
    let email = user(u32::from(number)).email;
    let (hash, user) = (TokenHash::from_bytes([number; 32]), user_id(u32::from(number)));
    StoredToken { hash, purpose: Purpose::Reset, user, email, expires_at: moment(2) }
}

pub(crate) fn session(number: u8) -> Session {
    Session {
        key: TokenHash::from_bytes([number; 32]),
        user: user_id(u32::from(number)),
        created_at: moment(0),
        last_seen_at: moment(1),
        agent: UserAgent::of("Lynx"),
    }
}

pub(crate) async fn add_user(store: &dyn Store, number: u32) {
    let mut unit = store.begin().await.expect("a unit");
    unit.users().insert(&user(number)).await.expect("inserted");
    unit.commit().await.expect("committed");
}

pub(crate) async fn add_products(store: &dyn Store, products: impl IntoIterator<Item = Product> + Send) {
    let products: Vec<_> = products.into_iter().collect();
    let mut unit = store.begin().await.expect("a unit");
    for product in products {
        unit.products().insert(&product).await.expect("inserted");
    }
    unit.commit().await.expect("committed");
}
