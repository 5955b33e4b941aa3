//! A row of `produse` as a product with one variant.

use std::collections::BTreeMap;

use super::reading::{Reading, text};
use super::report::{Finding, Problem};
use super::row::{ProductRow, Value};
use crate::catalog::{PictureName, ProductName, Sku, Slug, SlugError};
use crate::money::{Currency, Money};
use crate::text::folded;

/// A product to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Goods {
    pub(super) sku: Sku,
    pub(super) name: ProductName,
    pub(super) price: Money,
    pub(super) picture: Option<PictureName>,
}

impl Goods {
    /// Its name in addresses: made of its name, with something behind it that is its own if it must be told
    /// from another.
    pub(super) fn slug(&self, own: Option<i64>) -> Result<Slug, SlugError> {
        let name = hyphenated(&folded(self.name.as_str()));
        let name = if name.is_empty() { hyphenated(&self.sku.as_str().to_ascii_lowercase()) } else { name };
        let own = own.map_or_else(String::new, |number| format!("-{number}"));
        let room = Slug::MAX_BYTES.saturating_sub(own.len());
        let name = name.get(..room).unwrap_or(&name).trim_end_matches('-');
        format!("{name}{own}").parse()
    }
}

/// The words of `a-z0-9` in a text, with hyphens between.
fn hyphenated(text: &str) -> String {
    let words = text.split(|character: char| !character.is_ascii_lowercase() && !character.is_ascii_digit());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// Reads a row.
pub(super) fn read(
    row: &ProductRow,
    currency: Currency,
    pictures: &BTreeMap<Sku, PictureName>,
) -> Reading<Goods> {
    Reading::of("IDProdus", &row.number, |_, findings| goods(row, currency, pictures, findings))
}

fn goods(
    row: &ProductRow,
    currency: Currency,
    pictures: &BTreeMap<Sku, PictureName>,
    findings: &mut Vec<Finding>,
) -> Result<Goods, Finding> {
    let sku = sku(&row.code, findings)?;
    let price = price(&row.price, currency)?;
    let name = if row.name.text().is_ok_and(|name| name.trim().is_empty()) {
        findings.push(Finding::silent("nume", Problem::Unnamed));
        text("nume", &Value::Text(sku.to_string()), ProductName::MAX_CHARS, findings)?
    } else {
        text("nume", &row.name, ProductName::MAX_CHARS, findings)?
    };
    let picture = pictures.get(&sku).cloned();
    if picture.is_none() && row.picture.shown().is_some_and(|path| !path.trim().is_empty()) {
        findings.push(Finding::of("imagine", Problem::Picture, &row.picture));
    }
    Ok(Goods { sku, name, price, picture })
}

fn sku(value: &Value, findings: &mut Vec<Finding>) -> Result<Sku, Finding> {
    let refused = |problem| Finding::of("cod", problem, value);
    let raw = value.text().map_err(refused)?;
    let sku = raw.trim().to_ascii_uppercase().parse().map_err(|error| refused(Problem::Sku(error)))?;
    if Sku::as_str(&sku) != raw {
        findings.push(Finding::of("cod", Problem::SkuTidied, value));
    }
    Ok(sku)
}

fn price(value: &Value, currency: Currency) -> Result<Money, Finding> {
    let refused = |problem| Finding::of("pret", problem, value);
    match value.text().map(str::trim).map_err(refused)? {
        "" => Err(refused(Problem::NoPrice)),
        amount => Money::parse(amount, currency).map_err(|error| refused(Problem::Price(error))),
    }
}
