//! Orders, their lines and their idempotency keys.

use super::{Widths, times, widths};

macro_rules! order {
    () => {
        "SELECT id, number, owner_id, state, placed_at, recipient, address, language, total, currency, version FROM orders"
    };
}

macro_rules! summary {
    () => {
        "SELECT id, number, state, placed_at, total, currency FROM orders"
    };
}

pub(crate) const INSERT: &str = "INSERT INTO orders \
    (id, number, owner_id, state, placed_at, recipient, address, language, total, currency, version) \
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

pub(crate) const INSERT_LINES: Widths = widths!(
    "INSERT INTO order_lines (order_id, position, sku, name, unit_price, quantity, total, currency, state) VALUES ",
    "(?, ?, ?, ?, ?, ?, ?, ?, ?)",
    ""
);

pub(crate) const FIND: &str = concat!(order!(), " WHERE id = ?");

pub(crate) const FIND_BY_NUMBER: &str = concat!(order!(), " WHERE number = ?");

pub(crate) const LINES: &str = "SELECT sku, name, unit_price, quantity, total, currency, state FROM order_lines \
    WHERE order_id = ? ORDER BY position";

pub(crate) const LIST: &str = concat!(summary!(), " WHERE id < ? ORDER BY id DESC LIMIT ?");

pub(crate) const LIST_OF_OWNER: &str =
    concat!(summary!(), " WHERE owner_id = ? AND id < ? ORDER BY id DESC LIMIT ?");

pub(crate) const INSERT_KEY: &str =
    "INSERT INTO order_keys (owner_id, idempotency_key, order_id) VALUES (?, ?, ?)";

pub(crate) const FIND_KEY: &str =
    "SELECT order_id FROM order_keys WHERE owner_id = ? AND idempotency_key = ?";

#[cfg(test)]
pub(crate) const ALL: &[&str] =
    &[INSERT, FIND, FIND_BY_NUMBER, LINES, LIST, LIST_OF_OWNER, INSERT_KEY, FIND_KEY];

#[cfg(test)]
pub(crate) const ALL_WIDTHS: &[Widths] = &[INSERT_LINES];
