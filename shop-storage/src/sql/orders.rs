//! Orders, their lines, their steps and their idempotency keys.

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

macro_rules! line {
    () => {
        "SELECT l.order_id, l.sku, l.name, l.unit_price, l.quantity, l.total, l.currency, l.state"
    };
}

macro_rules! step {
    () => {
        "SELECT s.order_id, s.state, s.at"
    };
}

/// A page of one owner's orders, newest first.
macro_rules! page_of_owner {
    () => {
        " WHERE owner_id = ? AND id < ? ORDER BY id DESC LIMIT ?"
    };
}

/// Of one owner's orders between the oldest and the newest of a page.
macro_rules! of_page {
    () => {
        " WHERE o.owner_id = ? AND o.id BETWEEN ? AND ?"
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

/// Behind the last step; the change of the order's version keeps others from adding one at the same moment.
pub(crate) const ADD_STEP: &str = "INSERT INTO order_steps (order_id, position, state, at) \
    SELECT ?, COALESCE(MAX(position) + 1, 0), ?, ? FROM order_steps WHERE order_id = ?";

pub(crate) const FIND: &str = concat!(order!(), " WHERE id = ?");

pub(crate) const FIND_BY_NUMBER: &str = concat!(order!(), " WHERE number = ?");

pub(crate) const LINES: &str =
    concat!(line!(), " FROM order_lines l WHERE l.order_id = ? ORDER BY l.position");

pub(crate) const STEPS: &str =
    concat!(step!(), " FROM order_steps s WHERE s.order_id = ? ORDER BY s.position");

pub(crate) const WHOLE: &str = concat!(order!(), page_of_owner!());

pub(crate) const LINES_OF_PAGE: &str = concat!(
    line!(),
    " FROM orders o JOIN order_lines l ON l.order_id = o.id",
    of_page!(),
    " ORDER BY l.order_id, l.position"
);

pub(crate) const STEPS_OF_PAGE: &str = concat!(
    step!(),
    " FROM orders o JOIN order_steps s ON s.order_id = o.id",
    of_page!(),
    " ORDER BY s.order_id, s.position"
);

pub(crate) const LIST: &str = concat!(summary!(), " WHERE id < ? ORDER BY id DESC LIMIT ?");

pub(crate) const LIST_OF_OWNER: &str = concat!(summary!(), page_of_owner!());

pub(crate) const ADVANCE: &str =
    "UPDATE orders SET state = ?, version = version + 1 WHERE id = ? AND version = ?";

pub(crate) const SET_LINES: &str = "UPDATE order_lines SET state = ? WHERE order_id = ?";

pub(crate) const FORGET_DELIVERY: &str = "UPDATE orders SET recipient = '', address = '' WHERE id = ?";

/// The delivery of one owner's orders in the two last states.
pub(crate) const FORGET_ENDED: &str =
    "UPDATE orders SET recipient = '', address = '' WHERE owner_id = ? AND state IN (?, ?)";

/// Makes all orders of one owner another's.
pub(crate) const DISOWN: &str = "UPDATE orders SET owner_id = ?, version = version + 1 WHERE owner_id = ?";

pub(crate) const INSERT_KEY: &str =
    "INSERT INTO order_keys (owner_id, idempotency_key, order_id) VALUES (?, ?, ?)";

pub(crate) const FIND_KEY: &str =
    "SELECT order_id FROM order_keys WHERE owner_id = ? AND idempotency_key = ?";

pub(crate) const REMOVE_KEYS: &str = "DELETE FROM order_keys WHERE owner_id = ?";

#[cfg(test)]
pub(crate) const ALL: &[&str] = &[
    INSERT,
    ADD_STEP,
    FIND,
    FIND_BY_NUMBER,
    LINES,
    STEPS,
    WHOLE,
    LINES_OF_PAGE,
    STEPS_OF_PAGE,
    LIST,
    LIST_OF_OWNER,
    ADVANCE,
    SET_LINES,
    FORGET_DELIVERY,
    FORGET_ENDED,
    DISOWN,
    INSERT_KEY,
    FIND_KEY,
    REMOVE_KEYS,
];

#[cfg(test)]
pub(crate) const ALL_WIDTHS: &[Widths] = &[INSERT_LINES];
