//! Stock: how many pieces of a variant there are.
//!
//! Stock is only ever taken by one conditional step of the store
//! ([`StockRepository::take`](crate::ports::StockRepository::take), and
//! [`adjust`](crate::ports::StockRepository::adjust) for operators); what is read here is for showing.

use serde::{Deserialize, Serialize};

use crate::cart::Quantity;

/// How many pieces of a variant there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Stock {
    /// Not counted: there is always enough.
    Uncounted,
    /// So many pieces.
    Counted(u32),
}

impl Stock {
    /// Whether so many pieces could be sold.
    #[must_use]
    pub fn covers(self, quantity: Quantity) -> bool {
        match self {
            Self::Uncounted => true,
            Self::Counted(pieces) => pieces >= u32::from(quantity.get()),
        }
    }

    /// Whether there is nothing left.
    #[must_use]
    pub const fn is_sold_out(self) -> bool {
        matches!(self, Self::Counted(0))
    }

    /// The number of pieces, if they are counted.
    #[must_use]
    pub const fn counted(self) -> Option<u32> {
        match self {
            Self::Uncounted => None,
            Self::Counted(pieces) => Some(pieces),
        }
    }
}

/// What an operator does with the stock of a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StockChange {
    /// From now on there is this, whatever was sold since somebody looked: for what has just been counted.
    Set(Stock),
    /// So many pieces are added to those that there are at that moment, or taken from them if it is negative.
    By(i32),
}

impl From<Stock> for StockChange {
    fn from(stock: Stock) -> Self {
        Self::Set(stock)
    }
}

impl From<Option<u32>> for Stock {
    fn from(pieces: Option<u32>) -> Self {
        pieces.map_or(Self::Uncounted, Self::Counted)
    }
}
