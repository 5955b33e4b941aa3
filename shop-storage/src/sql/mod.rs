//! Every statement, as a constant: what runs can be read here, and a test prepares each one on a migrated database.
//!
//! # To add a statement
//! 1. A constant in the file of its aggregate, worded so that every database takes it: `?` for values, no `RETURNING`, no `ON CONFLICT`, and
//!    no decision from a plain `SELECT`: whatever must hold at the moment of a change stands in the `WHERE` of the `UPDATE`, and the
//!    number of rows that it meets tells whether it held.
//! 2. Add it to `ALL` at the end of the file; a test fails otherwise.
//! 3. If it can only be worded in one dialect, it belongs into [`Differing`](crate::dialect::Differing).
//!
//! Lists of values have fixed widths, so that their statements stay constants: a lookup takes the narrowest that is wide enough and repeats its last
//! value, an insert takes the widest that it can fill, as often as it can.

pub(crate) mod accounts;
pub(crate) mod audit;
pub(crate) mod carts;
pub(crate) mod catalog;
pub(crate) mod orders;
pub(crate) mod outbox;
pub(crate) mod products;
pub(crate) mod schema;
pub(crate) mod stock;
pub(crate) mod tables;
pub(crate) mod throttles;

/// One statement for lists of 1, 8, 32 and 128 values or rows.
pub(crate) type Widths = [(usize, &'static str); 4];

/// The narrowest statement that takes so many values, or the widest.
pub(crate) fn wide_enough(widths: &Widths, count: usize) -> (usize, &'static str) {
    let [.., widest] = *widths;
    widths.iter().copied().find(|(width, _)| *width >= count).unwrap_or(widest)
}

/// The widest statement that so many rows can fill, or the narrowest.
pub(crate) fn filled_by(widths: &Widths, count: usize) -> (usize, &'static str) {
    let [narrowest, ..] = *widths;
    widths.iter().rev().copied().find(|(width, _)| *width <= count).unwrap_or(narrowest)
}

/// Repeats a piece of SQL 1, 8, 32 or 128 times with commas between.
macro_rules! times {
    (1, $piece:expr) => {
        $piece
    };
    (8, $piece:expr) => {
        concat!(
            $piece, ", ", $piece, ", ", $piece, ", ", $piece, ", ", $piece, ", ", $piece, ", ", $piece, ", ",
            $piece
        )
    };
    (32, $piece:expr) => {
        concat!(times!(8, $piece), ", ", times!(8, $piece), ", ", times!(8, $piece), ", ", times!(8, $piece))
    };
    (128, $piece:expr) => {
        concat!(
            times!(32, $piece),
            ", ",
            times!(32, $piece),
            ", ",
            times!(32, $piece),
            ", ",
            times!(32, $piece)
        )
    };
}

/// One statement in four widths: `before`, the repeated piece, `after`.
macro_rules! widths {
    ($before:expr, $piece:literal, $after:literal) => {
        [
            (1, concat!($before, times!(1, $piece), $after)),
            (8, concat!($before, times!(8, $piece), $after)),
            (32, concat!($before, times!(32, $piece), $after)),
            (128, concat!($before, times!(128, $piece), $after)),
        ]
    };
}

use {times, widths};

#[cfg(test)]
mod tests;
