//! Show: the cart with today's prices, and what is wrong with it.

use std::collections::HashMap;

use super::{Cart, CartLine};
use crate::Shop;
use crate::catalog::{Offer, Sku};
use crate::error::StoreError;
use crate::money::Money;

/// A cart with today's prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricedCart {
    /// The lines, in the order of the cart.
    pub lines: Vec<PricedLine>,
    /// The sum of all lines that have a price.
    pub total: Money,
}

/// A line of a cart with today's price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricedLine {
    /// The line.
    pub line: CartLine,
    /// What the shop knows of it; nothing if the SKU has vanished.
    pub offer: Option<Offer>,
    /// What its pieces cost together, if it is for sale.
    pub total: Option<Money>,
    /// Why it cannot be ordered as it stands.
    pub problem: Option<LineProblem>,
}

/// Why a line cannot be ordered as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineProblem {
    /// The shop does not know the SKU any more.
    Gone,
    /// The shop does not sell it just now.
    Hidden,
    /// Fewer pieces are left than the line asks for; carries how many.
    Short(u32),
}

impl PricedCart {
    /// Whether there is something to order and nothing in the way.
    #[must_use]
    pub fn is_orderable(&self) -> bool {
        !self.lines.is_empty() && self.lines.iter().all(|line| line.problem.is_none())
    }

    /// The lines that cannot be ordered as they stand.
    #[must_use]
    pub fn problems(&self) -> Vec<(Sku, LineProblem)> {
        self.lines.iter().filter_map(|line| Some((line.line.sku, line.problem?))).collect()
    }
}

impl Shop {
    /// The cart with today's prices and problems: one read, however many lines.
    pub async fn price(&self, cart: &Cart) -> Result<PricedCart, StoreError> {
        let skus = cart.skus();
        let offers = if skus.is_empty() { Vec::new() } else { self.store().catalog().offers(&skus).await? };
        self.priced(cart, offers)
    }

    /// Whether shoppers may buy it.
    pub(crate) fn is_for_sale(&self, offer: &Offer) -> bool {
        offer.active && offer.variant.price.currency() == self.currency()
    }

    pub(crate) fn priced(&self, cart: &Cart, offers: Vec<Offer>) -> Result<PricedCart, StoreError> {
        let mut offers: HashMap<Sku, Offer> =
            offers.into_iter().map(|offer| (offer.variant.sku, offer)).collect();
        let lines: Vec<_> =
            cart.lines().iter().map(|&line| self.priced_line(line, offers.remove(&line.sku))).collect();
        let totals = lines.iter().filter_map(|line| line.total);
        let sum = totals.into_iter().try_fold(Money::zero(self.currency()), Money::checked_add);
        // 100 lines of 999 pieces at 10^12 minor units stay far below 2^63: only a price beyond its limit leads here.
        let total = sum.ok_or_else(|| StoreError::Corrupt("variant price beyond its limit".into()))?;
        Ok(PricedCart { lines, total })
    }

    fn priced_line(&self, line: CartLine, offer: Option<Offer>) -> PricedLine {
        let for_sale = offer.as_ref().filter(|offer| self.is_for_sale(offer));
        let problem = match (&offer, for_sale) {
            (None, _) => Some(LineProblem::Gone),
            (Some(_), None) => Some(LineProblem::Hidden),
            (Some(_), Some(offer)) => {
                let stock = offer.variant.stock;
                stock.counted().filter(|_| !stock.covers(line.quantity)).map(LineProblem::Short)
            }
        };
        let total = for_sale.and_then(|offer| offer.variant.price.checked_times(line.quantity));
        PricedLine { line, offer, total, problem }
    }
}
