//! The last look before an order is placed.

use serde::Serialize;
use shop_core::account::User;
use shop_core::cart::show::{PricedCart, PricedLine};
use shop_core::checkout::IdempotencyKey;
use shop_core::{Currency, Language, Money};

use super::{Field, Phrase, View};

/// The form by which an order is placed: POST `/checkout`.
///
/// Its hidden field `total` carries the total in minor units that the shopper has seen.
#[derive(Clone, Debug, Serialize)]
pub struct CheckoutView {
    /// Who receives the parcel.
    pub recipient: String,
    /// `address`: where the parcel goes.
    pub address: Field,
    /// `idempotency_key`: makes a form that is sent twice one order.
    pub idempotency_key: String,
    /// What is ordered.
    pub rows: Vec<CheckoutRow>,
    /// What it costs.
    pub total: Money,
    /// Why no order was placed.
    pub problem: Option<Phrase>,
}

/// A line of what is ordered.
#[derive(Clone, Debug, Serialize)]
pub struct CheckoutRow {
    /// The variant's code.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// How many pieces.
    pub pieces: u16,
    /// What they cost together.
    pub total: Money,
}

impl CheckoutView {
    /// The form for this cart, with the owner's own address.
    #[must_use]
    pub fn new(owner: &User, cart: &PricedCart, key: &IdempotencyKey, language: Language) -> Self {
        Self {
            recipient: owner.full_name(),
            address: Field::new(owner.address.as_str()),
            idempotency_key: key.to_string(),
            rows: cart.lines.iter().filter_map(|line| CheckoutRow::new(line, language)).collect(),
            total: cart.total,
            problem: None,
        }
    }
}

impl CheckoutRow {
    fn new(line: &PricedLine, language: Language) -> Option<Self> {
        Some(Self {
            sku: line.line.sku.to_string(),
            name: line.offer.as_ref()?.full_name(language),
            pieces: line.line.quantity.get(),
            total: line.total?,
        })
    }
}

impl View for CheckoutView {
    const TEMPLATE: &'static str = "checkout.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let price = |minor| Money::from_minor(minor, Currency::RON);
        let row = |sku: &str, name: &str, pieces, minor| CheckoutRow {
            sku: sku.to_owned(),
            name: name.to_owned(),
            pieces,
            total: price(minor),
        };
        let ready = Self {
            recipient: "Ana Pop".to_owned(),
            address: Field::new("Strada Lungă 4\n500058 Brașov\nRomânia"),
            idempotency_key: "6f1d0c7a5b3e4f28".to_owned(),
            rows: vec![
                row("SH03", "Smart home hub", 3, 104_700),
                row("USB02-64", "USB flash drive (64 GB)", 12, 94_800),
            ],
            total: price(199_500),
            problem: None,
        };
        let changed = Self {
            problem: Some(Phrase::new("checkout-total-changed").with_money("total", ready.total)),
            ..ready.clone()
        };
        let refused = Self { address: Field::default().refused(Phrase::new("fault-empty")), ..ready.clone() };
        vec![("ready", ready), ("total changed", changed), ("refused", refused)]
    }
}
