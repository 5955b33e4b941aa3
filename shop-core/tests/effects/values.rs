use shop_core::account::{PasswordHash, User, UserState};
use shop_core::cart::Quantity;
use shop_core::catalog::{Localized, Offer, Product, ProductText, Sku, Variant};
use shop_core::ids::{OrderId, ProductId, UserId};
use shop_core::order::{Delivery, LineState, Order, OrderLine, OrderNumber, OrderState};
use shop_core::stock::Stock;
use shop_core::system::SystemRandom;
use shop_core::{Currency, Language, Money, Timestamp};

pub(crate) fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().expect(text)
}

pub(crate) fn ana(state: UserState) -> User {
    User {
        id: UserId::from_bytes([1; 16]),
        email: parsed("ana@example.com"),
        last_name: parsed("Pop"),
        first_name: parsed("Ana"),
        address: parsed("Str. Florilor 1"),
        password: PasswordHash::new("hash".into()),
        language: Language::Romanian,
        state,
        created_at: Timestamp::default(),
        secured_at: Timestamp::default(),
        version: 0,
    }
}

fn variant(sku: &str) -> Variant {
    let price = Money::from_minor(100, Currency::RON);
    Variant { sku: parsed(sku), options: vec![], price, weight_grams: None, stock: Stock::Counted(5) }
}

fn text() -> Localized<ProductText> {
    Localized::only(Language::English, ProductText { name: parsed("Thing"), description: None })
}

pub(crate) fn offer(sku: Sku) -> Offer {
    let variant = variant(sku.as_str());
    Offer { variant, slug: parsed("thing"), text: text(), picture: None, active: true }
}

pub(crate) fn product(sku: &str) -> Product {
    Product {
        id: ProductId::from_bytes([2; 16]),
        slug: parsed("thing"),
        category: None,
        text: text(),
        picture: None,
        active: true,
        variants: vec![variant(sku)],
        created_at: Timestamp::default(),
        version: 0,
    }
}

fn line(sku: &str) -> OrderLine {
    let price = Money::from_minor(100, Currency::RON);
    OrderLine {
        sku: parsed(sku),
        name: "Thing".into(),
        unit_price: price,
        quantity: Quantity::new(1).expect("a quantity"),
        total: price,
        state: LineState::Processing,
    }
}

pub(crate) fn order(owner: Option<UserId>, state: OrderState) -> Order {
    Order {
        id: OrderId::from_bytes([3; 16]),
        number: OrderNumber::fresh(&SystemRandom),
        owner,
        state,
        placed_at: Timestamp::default(),
        delivery: Some(Delivery { recipient: "Ana Pop".into(), address: parsed("Str. Florilor 1") }),
        language: Language::English,
        lines: vec![line("SH03"), line("AMTR01")],
        total: Money::from_minor(200, Currency::RON),
        steps: Vec::new(),
        version: 4,
    }
}
