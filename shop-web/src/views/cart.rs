//! The cart.

use serde::Serialize;
use shop_core::cart::show::{LineProblem, PricedCart, PricedLine};
use shop_core::{Currency, Language, Money};

use super::{Field, Phrase, View};

/// The cart: GET `/cart`, and the answer to a change of it that was refused.
#[derive(Clone, Debug, Serialize)]
pub struct CartView {
    /// Its lines.
    pub rows: Vec<CartRow>,
    /// The sum of all lines that have a price.
    pub total: Money,
    /// Whether there is something to order and nothing in the way.
    pub orderable: bool,
    /// What was to be put into the cart and could not be, if it has neither a line nor a page where that could
    /// be said.
    pub addition: Option<Addition>,
}

/// The form by which something is put into the cart by its code: POST `/cart/items`.
#[derive(Clone, Debug, Serialize)]
pub struct Addition {
    /// `sku`.
    pub sku: Field,
    /// `quantity`.
    pub quantity: Field,
}

/// A line of the cart.
#[derive(Clone, Debug, Serialize)]
pub struct CartRow {
    /// The variant's code.
    pub sku: String,
    /// Its name; the code, if the shop does not know it any more.
    pub name: String,
    /// The product's name in addresses, if it has a page.
    pub slug: Option<String>,
    /// The name of the product's picture.
    pub picture: Option<String>,
    /// What one piece costs, if it is for sale.
    pub unit_price: Option<Money>,
    /// How many pieces lie in the cart.
    pub pieces: u16,
    /// `quantity`: what stands in the field.
    pub quantity: Field,
    /// What the pieces cost together, if they are for sale.
    pub total: Option<Money>,
    /// Why the line cannot be ordered as it stands.
    pub problem: Option<RowProblem>,
}

/// Why a line cannot be ordered as it stands.
#[derive(Clone, Debug, Serialize)]
pub struct RowProblem {
    /// `gone`, `hidden` or `short`, as the page carries it in `data-problem`.
    pub kind: &'static str,
    /// What to do about it.
    pub text: Phrase,
}

impl CartView {
    /// The cart as it is.
    #[must_use]
    pub fn new(cart: &PricedCart, language: Language) -> Self {
        Self {
            rows: cart.lines.iter().map(|line| CartRow::new(line, language)).collect(),
            total: cart.total,
            orderable: cart.is_orderable(),
            addition: None,
        }
    }

    /// The cart after a change of it was refused; the fault stands beside the line that it is about, or beside
    /// what was typed again if that line is not there any more.
    #[must_use]
    pub fn refused(mut self, sku: &str, typed: String, fault: Phrase) -> Self {
        let quantity = Field { value: typed, fault: Some(fault) };
        if let Some(row) = self.rows.iter_mut().find(|row| row.sku == sku) {
            row.quantity = quantity;
        } else {
            self.addition = Some(Addition { sku: Field::new(sku), quantity });
        }
        self
    }
}

impl CartRow {
    fn new(line: &PricedLine, language: Language) -> Self {
        let sku = line.line.sku.to_string();
        let offer = line.offer.as_ref();
        let pieces = line.line.quantity.get();
        Self {
            name: offer.map_or_else(|| sku.clone(), |offer| offer.full_name(language)),
            slug: offer.filter(|offer| offer.active).map(|offer| offer.slug.to_string()),
            picture: offer.and_then(|offer| offer.picture.as_ref()).map(ToString::to_string),
            unit_price: offer.filter(|_| line.total.is_some()).map(|offer| offer.variant.price),
            pieces,
            quantity: Field::new(pieces.to_string()),
            total: line.total,
            problem: line.problem.map(RowProblem::from),
            sku,
        }
    }
}

impl From<LineProblem> for RowProblem {
    fn from(problem: LineProblem) -> Self {
        match problem {
            LineProblem::Gone => Self { kind: "gone", text: Phrase::new("cart-gone") },
            LineProblem::Hidden => Self { kind: "hidden", text: Phrase::new("cart-hidden") },
            LineProblem::Short(left) => {
                Self { kind: "short", text: Phrase::new("cart-short").with("left", left) }
            }
        }
    }
}

impl View for CartView {
    const TEMPLATE: &'static str = "cart.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let good = || CartRow::sample("SH03", "Smart home hub", None);
        let orderable = Self { rows: vec![good()], total: sample_price(3), orderable: true, addition: None };
        let rows = vec![
            CartRow {
                unit_price: None,
                total: None,
                slug: None,
                picture: None,
                ..CartRow::sample("KN04", "KN04", Some(LineProblem::Gone))
            },
            CartRow {
                unit_price: None,
                total: None,
                ..CartRow::sample("MB06", "Main board", Some(LineProblem::Hidden))
            },
            CartRow::sample("HD08", "Hard disk (2 TB)", Some(LineProblem::Short(2))),
            good(),
        ];
        let problems = Self { rows, total: sample_price(6), orderable: false, addition: None };
        let refused = orderable.clone().refused("SH03", "many".to_owned(), Phrase::new("fault-number"));
        let elsewhere =
            orderable.clone().refused("WH14", String::new(), Phrase::new("fault-short").with("left", 4));
        let empty = Self { rows: Vec::new(), total: sample_price(0), orderable: false, addition: None };
        let unknown = Addition {
            sku: Field::new("NO-SUCH").refused(Phrase::new("fault-not-for-sale")),
            quantity: Field::new("0").refused(Phrase::new("fault-quantity").with("most", 999)),
        };
        let unknown = Self { addition: Some(unknown), ..empty.clone() };
        vec![
            ("orderable", orderable),
            ("problems", problems),
            ("refused", refused),
            ("refused elsewhere", elsewhere),
            ("empty", empty),
            ("unknown product", unknown),
        ]
    }
}

impl CartRow {
    fn sample(sku: &str, name: &str, problem: Option<LineProblem>) -> Self {
        Self {
            sku: sku.to_owned(),
            name: name.to_owned(),
            slug: Some(name.to_lowercase().replace(' ', "-")),
            picture: Some(format!("{}.svg", sku.to_lowercase())),
            unit_price: Some(sample_price(1)),
            pieces: 3,
            quantity: Field::new("3"),
            total: Some(sample_price(3)),
            problem: problem.map(RowProblem::from),
        }
    }
}

/// The price of some pieces that cost 349.00 each.
fn sample_price(pieces: i64) -> Money {
    Money::from_minor(34_900 * pieces, Currency::RON)
}
