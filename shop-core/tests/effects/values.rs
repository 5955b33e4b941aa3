use shop_core::account::{PasswordHash, User, UserState};
use shop_core::catalog::{Localized, Offer, Product, ProductText, Sku, Variant};
use shop_core::ids::{ProductId, UserId};
use shop_core::stock::Stock;
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
