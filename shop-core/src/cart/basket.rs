use std::fmt;
use std::str::FromStr;

use super::code::{self, CodeError};
use super::{Quantity, QuantityError};
use crate::catalog::Sku;

/// What a shopper means to buy: at most 100 lines, each of another SKU, in the order in which they came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cart {
    lines: Vec<CartLine>,
}

/// One line of a cart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CartLine {
    /// What.
    pub sku: Sku,
    /// How many pieces.
    pub quantity: Quantity,
}

/// A change that a cart has no room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CartFull {
    /// 100 lines are the most.
    #[error("a cart has at most {} lines", Cart::MAX_LINES)]
    Lines,
    /// 999 pieces a line are the most.
    #[error("a line has at most {} pieces", Quantity::MAX)]
    Pieces,
}

impl Cart {
    /// The greatest number of lines.
    pub const MAX_LINES: usize = 100;

    /// The cart with these lines, which the caller has checked to be few and of different SKUs.
    pub(super) const fn from_checked(lines: Vec<CartLine>) -> Self {
        Self { lines }
    }

    /// The lines, in the order in which they came in.
    #[must_use]
    pub fn lines(&self) -> &[CartLine] {
        &self.lines
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The number of pieces in all lines, as the badge beside the cart shows it.
    #[must_use]
    pub fn pieces(&self) -> u32 {
        self.lines.iter().map(|line| u32::from(line.quantity.get())).sum()
    }

    /// The SKUs of all lines.
    #[must_use]
    pub fn skus(&self) -> Vec<Sku> {
        self.lines.iter().map(|line| line.sku).collect()
    }

    /// How many pieces of this SKU it holds, if any.
    #[must_use]
    pub fn quantity(&self, sku: Sku) -> Option<Quantity> {
        self.lines.iter().find(|line| line.sku == sku).map(|line| line.quantity)
    }

    /// Adds to what is there.
    pub fn add(&mut self, sku: Sku, quantity: Quantity) -> Result<(), CartFull> {
        let sum = match self.quantity(sku) {
            Some(there) => there.plus(quantity).map_err(|_: QuantityError| CartFull::Pieces)?,
            None => quantity,
        };
        self.set(sku, Some(sum))
    }

    /// Sets the quantity of a line; `None` takes it out.
    pub fn set(&mut self, sku: Sku, quantity: Option<Quantity>) -> Result<(), CartFull> {
        let Some(quantity) = quantity else {
            self.lines.retain(|line| line.sku != sku);
            return Ok(());
        };
        if let Some(line) = self.lines.iter_mut().find(|line| line.sku == sku) {
            line.quantity = quantity;
        } else if self.lines.len() < Self::MAX_LINES {
            self.lines.push(CartLine { sku, quantity });
        } else {
            return Err(CartFull::Lines);
        }
        Ok(())
    }
}

impl FromStr for Cart {
    type Err = CodeError;

    /// Reads a [cart code](code).
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        code::parse(text)
    }
}

impl fmt::Display for Cart {
    /// Writes the [cart code](code).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        code::write(self, f)
    }
}
