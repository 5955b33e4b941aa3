//! The last look before an order is placed.

use serde::Serialize;
use shop_core::account::User;
use shop_core::cart::show::{LineProblem, PricedCart, PricedLine};
use shop_core::catalog::Sku;
use shop_core::checkout::IdempotencyKey;
use shop_core::{Currency, Language, Money};

use super::{Field, Phrase, RowProblem, View};

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
    /// What it costs, as far as it has a price.
    pub total: Money,
    /// Why no order was placed.
    pub problem: Option<Phrase>,
}

/// A line of what is ordered.
#[derive(Clone, Debug, Serialize)]
pub struct CheckoutRow {
    /// The variant's code.
    pub sku: String,
    /// Its name; the code, if the shop does not know it any more.
    pub name: String,
    /// How many pieces.
    pub pieces: u16,
    /// What they cost together, if they are for sale.
    pub total: Option<Money>,
    /// Why the line cannot be ordered as it stands.
    pub problem: Option<RowProblem>,
}

impl CheckoutView {
    /// The form for this cart, with the owner's own address.
    #[must_use]
    pub fn new(owner: &User, cart: &PricedCart, key: &IdempotencyKey, language: Language) -> Self {
        Self {
            recipient: owner.full_name(),
            address: Field::new(owner.address.as_str()),
            idempotency_key: key.to_string(),
            rows: cart.lines.iter().map(|line| CheckoutRow::new(line, language)).collect(),
            total: cart.total,
            problem: None,
        }
    }

    /// The form after the order ran into lines that cannot be ordered, which the cart may not have told yet.
    #[must_use]
    pub fn marking(mut self, lines: &[(Sku, LineProblem)]) -> Self {
        for (sku, problem) in lines {
            if let Some(row) = self.rows.iter_mut().find(|row| row.sku == sku.as_str()) {
                row.problem = Some((*problem).into());
            }
        }
        self
    }
}

impl CheckoutRow {
    fn new(line: &PricedLine, language: Language) -> Self {
        let sku = line.line.sku.to_string();
        Self {
            name: line.offer.as_ref().map_or_else(|| sku.clone(), |offer| offer.full_name(language)),
            pieces: line.line.quantity.get(),
            total: line.total,
            problem: line.problem.map(RowProblem::from),
            sku,
        }
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
            total: Some(price(minor)),
            problem: None,
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
        let faulty = |sku: &str, problem: LineProblem| CheckoutRow {
            total: None,
            problem: Some(problem.into()),
            ..row(sku, sku, 1, 0)
        };
        let short = CheckoutRow {
            problem: Some(LineProblem::Short(2).into()),
            ..row("HD08", "Hard disk", 3, 59_700)
        };
        let lines = Self {
            rows: vec![faulty("KN04", LineProblem::Gone), faulty("MB06", LineProblem::Hidden), short],
            problem: Some(Phrase::new("checkout-lines")),
            ..ready.clone()
        };
        let empty = Self {
            rows: Vec::new(),
            total: price(0),
            problem: Some(Phrase::new("cart-empty")),
            ..ready.clone()
        };
        vec![
            ("ready", ready),
            ("total changed", changed),
            ("refused", refused),
            ("lines", lines),
            ("empty", empty),
        ]
    }
}
