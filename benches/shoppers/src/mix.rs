//! What shoppers do, and how often.

use fastrand::Rng;
use serde::{Deserialize, Serialize};

/// What a request is part of.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// The first page, a search, a category, or a stylesheet.
    Browse,
    /// A product's page.
    Product,
    /// A signed-in shopper changes the cart.
    Cart,
    /// A shopper signs in.
    SignIn,
    /// A shopper orders.
    Order,
    /// A shopper orders over a slow line: the checkout is on its way for seconds.
    SlowOrder,
}

/// How many of 100 actions are of each kind.
const MIX: [(Kind, usize); 5] =
    [(Kind::Browse, 80), (Kind::Product, 10), (Kind::Cart, 6), (Kind::SignIn, 2), (Kind::Order, 2)];

/// Gives one action after the other: each 100 of them have the mix, in an order of their own.
///
/// The orders are the same in each run, so that runs can be compared.
#[derive(Debug)]
pub(crate) struct Deck {
    cards: Vec<Kind>,
    random: Rng,
}

impl Deck {
    /// A deck of its own order.
    pub(crate) fn new(seed: u64) -> Self {
        Self { cards: Vec::new(), random: Rng::with_seed(seed) }
    }

    /// The next action.
    pub(crate) fn draw(&mut self) -> Kind {
        if let Some(kind) = self.cards.pop() {
            return kind;
        }
        self.cards = MIX.iter().flat_map(|&(kind, count)| std::iter::repeat_n(kind, count)).collect();
        self.random.shuffle(&mut self.cards);
        self.cards.pop().unwrap_or(Kind::Browse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_hundred_actions_have_the_mix() {
        let mut deck = Deck::new(1);
        let hundreds: Vec<Vec<_>> = (0..3).map(|_| (0..100).map(|_| deck.draw()).collect()).collect();
        for hundred in &hundreds {
            let count = |kind| hundred.iter().filter(|drawn| **drawn == kind).count();
            let kinds = [Kind::Browse, Kind::Product, Kind::Cart, Kind::SignIn, Kind::Order, Kind::SlowOrder];
            assert_eq!(kinds.map(count), [80, 10, 6, 2, 2, 0]);
        }
        assert_ne!(hundreds[0], hundreds[1], "they are shuffled");
    }
}
