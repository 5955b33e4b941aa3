//! Values that the cases put into a store.

use std::fmt::Debug;
use std::str::FromStr;

use crate::account::{
    PasswordHash, Purpose, Session, StoredToken, Token, TokenHash, User, UserAgent, UserState,
};
use crate::cart::Quantity;
use crate::catalog::{Category, Localized, Product, ProductText, Sku, Variant};
use crate::ids::{CategoryId, MessageId, OrderId, ProductId, UserId};
use crate::language::Language;
use crate::money::{Currency, Money};
use crate::order::{Delivery, LineState, Order, OrderLine, OrderNumber, OrderState};
use crate::outbox::{LeaseKey, Mail, Message};
use crate::ports::RandomSource;
use crate::stock::Stock;
use crate::system::SystemRandom;
use crate::time::Timestamp;

/// A value of any type of the core from its text.
#[track_caller]
pub(super) fn parsed<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().expect("a sample is valid")
}

/// So many seconds after the start of 2026.
pub(super) fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_micros(1_767_225_600_000_000 + seconds * 1_000_000)
}

/// 16 bytes that sort by the number.
fn id(number: u32) -> [u8; 16] {
    (0x0190_0000_0000_7000_8000_0000_0000_0000_u128 + u128::from(number)).to_be_bytes()
}

pub(super) fn user_id(number: u32) -> UserId {
    UserId::from_bytes(id(number))
}

pub(super) fn category_id(number: u32) -> CategoryId {
    CategoryId::from_bytes(id(number))
}

pub(super) fn product_id(number: u32) -> ProductId {
    ProductId::from_bytes(id(number))
}

pub(super) fn order_id(number: u32) -> OrderId {
    OrderId::from_bytes(id(number))
}

pub(super) fn message_id(number: u32) -> MessageId {
    MessageId::from_bytes(id(number))
}

pub(super) fn fresh_hash() -> TokenHash {
    Token::fresh(&SystemRandom).hash()
}

pub(super) fn fresh_lease() -> LeaseKey {
    let mut lease = LeaseKey([0; 16]);
    SystemRandom.fill(&mut lease.0);
    lease
}

pub(super) fn lei(amount: i64) -> Money {
    Money::from_minor(amount * 100, Currency::RON)
}

pub(super) fn pieces(number: u16) -> Quantity {
    Quantity::new(number).expect("a sample is valid")
}

pub(super) fn user(number: u32) -> User {
    User {
        id: user_id(number),
        email: parsed(&format!("shopper{number}@example.com")),
        last_name: parsed("Pop"),
        first_name: parsed("Ana"),
        address: parsed("Str. Lungă 1\n500035 Brașov"),
        password: PasswordHash::new("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".to_owned()),
        language: Language::Romanian,
        state: UserState::Active,
        created_at: moment(0),
        secured_at: moment(0),
        version: 0,
    }
}

pub(super) fn token(user: UserId) -> StoredToken {
    StoredToken {
        hash: fresh_hash(),
        purpose: Purpose::Activation,
        user,
        email: parsed("Ana@example.com"),
        expires_at: moment(3_600),
    }
}

pub(super) fn session(user: UserId) -> Session {
    let agent = UserAgent::of("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0");
    Session { key: fresh_hash(), user, created_at: moment(1), last_seen_at: moment(2), agent }
}

pub(super) fn category(number: u32) -> Category {
    Category {
        id: category_id(number),
        slug: parsed(&format!("category-{number}")),
        name: Localized::only(Language::English, parsed("Tools")).with(Language::Romanian, parsed("Unelte")),
        position: number,
    }
}

pub(super) fn sku(number: u32) -> Sku {
    parsed(&format!("SKU-{number}"))
}

pub(super) fn variant(sku: Sku) -> Variant {
    Variant { sku, options: Vec::new(), price: lei(10), weight_grams: None, stock: Stock::Counted(10) }
}

/// A product with one variant, `SKU-{number}`: 10 lei, 10 pieces.
pub(super) fn product(number: u32) -> Product {
    Product {
        id: product_id(number),
        slug: parsed(&format!("product-{number}")),
        category: None,
        text: words("Hammer", None),
        picture: None,
        active: true,
        variants: vec![variant(sku(number))],
        created_at: moment(i64::from(number)),
        version: 0,
    }
}

/// The product whose one variant, of this number, has so many pieces.
pub(super) fn stocked(number: u32, pieces: u32) -> Product {
    let variant = Variant { stock: Stock::Counted(pieces), ..variant(sku(number)) };
    Product { variants: vec![variant], ..product(number) }
}

pub(super) fn words(name: &str, description: Option<&str>) -> Localized<ProductText> {
    let text = ProductText { name: parsed(name), description: description.map(parsed) };
    Localized::only(Language::English, text)
}

pub(super) fn order(number: u32, owner: UserId) -> Order {
    Order {
        id: order_id(number),
        number: OrderNumber::fresh(&SystemRandom),
        owner: Some(owner),
        state: OrderState::Placed,
        placed_at: moment(i64::from(number)),
        delivery: Some(Delivery {
            recipient: "Ana Pop".to_owned(),
            address: parsed("Str. Lungă 1\n500035 Brașov"),
        }),
        language: Language::English,
        lines: vec![line(1)],
        total: lei(30),
        steps: Vec::new(),
        version: 0,
    }
}

pub(super) fn line(number: u32) -> OrderLine {
    OrderLine {
        sku: sku(number),
        name: "Hammer (red)".to_owned(),
        unit_price: lei(10),
        quantity: pieces(3),
        total: lei(30),
        state: LineState::Processing,
    }
}

/// A message that was written so many seconds after the start of 2026.
pub(super) fn message(number: u32) -> Message {
    Message {
        id: message_id(number),
        user: None,
        to: parsed("ana@example.com"),
        name: "Ana Pop".to_owned(),
        language: Language::English,
        mail: Mail::AlreadyRegistered,
        created_at: moment(i64::from(number)),
    }
}

/// A mail of every kind.
pub(super) fn mails() -> [Mail; 10] {
    let number = OrderNumber::fresh(&SystemRandom);
    let (placed_at, total) = (moment(7), lei(3_000));
    let lines = || (1..=100).map(line).collect::<Vec<_>>();
    let recipient = || "Ana \"Ace\" O'Pop \\ 👩‍🔬".to_owned();
    let address = || parsed("Str. Lungă 1\nBrașov");
    [
        Mail::Activation,
        Mail::AlreadyRegistered,
        Mail::Reset,
        Mail::PasswordChanged,
        Mail::EmailChange,
        Mail::EmailChanged { email: parsed("Ana.New+shop@Example.com") },
        Mail::AccountDeleted,
        Mail::OrderReceived {
            number,
            placed_at,
            lines: lines(),
            total,
            recipient: recipient(),
            address: address(),
        },
        Mail::OrderShipped { number, placed_at, lines: lines(), recipient: recipient(), address: address() },
        Mail::OrderCanceled { number, placed_at, lines: lines(), total, by_shop: true },
    ]
}
