//! Every table row by row, for copying a whole shop: what the columns are, how they are read in the order of the key, and written.

use super::{Widths, times, widths};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Int,
    Text,
    Bytes,
}

/// A table. Its key is its first column, or its first two.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [(&'static str, Kind)],
    /// How many columns the key has.
    pub(crate) key: usize,
    pub(crate) is_empty: &'static str,
    /// The rows behind a key, in the order of the key: `?` once for a key of one column, thrice for one of two.
    pub(crate) page: &'static str,
    pub(crate) insert: Widths,
}

macro_rules! columns {
    ($first:literal $(, $rest:literal)*) => {
        concat!($first $(, ", ", $rest)*)
    };
}

macro_rules! table {
    ($name:literal, one key, $values:literal, $($column:literal $kind:ident),+) => {
        table!(@ $name, 1, concat!("? < ", first!($($column),+)), first!($($column),+), $values, $($column $kind),+)
    };
    ($name:literal, two keys, $values:literal, $first:literal $first_kind:ident, $second:literal $($rest:tt)+) => {
        table!(
            @ $name, 2, concat!($first, " >= ? AND (", $first, " > ? OR ", $second, " > ?)"),
            concat!($first, ", ", $second), $values, $first $first_kind, $second $($rest)+
        )
    };
    (@ $name:literal, $key:literal, $behind:expr, $order:expr, $values:literal, $($column:literal $kind:ident),+) => {
        Table {
            name: $name,
            columns: &[$(($column, Kind::$kind)),+],
            key: $key,
            // The row that deleted accounts leave their orders to is part of the schema.
            is_empty: concat!("SELECT NOT EXISTS (SELECT 1 FROM ", $name, " WHERE ", $behind, ") AS is_empty"),
            page: concat!("SELECT ", columns!($($column),+), " FROM ", $name, " WHERE ", $behind, " ORDER BY ", $order, " LIMIT ?"),
            insert: widths!(concat!("INSERT INTO ", $name, " (", columns!($($column),+), ") VALUES "), $values, ""),
        }
    };
}

macro_rules! first {
    ($first:literal $(, $rest:literal)*) => {
        $first
    };
}

/// The tables in an order in which every row finds what it refers to.
#[rustfmt::skip]
pub(crate) const TABLES: &[Table] = &[
    table!("users", one key, "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "id" Bytes, "email" Text, "email_key" Text, "last_name" Text, "first_name" Text, "address" Text,
        "password_hash" Text, "language" Text, "state" Text, "created_at" Int, "version" Int, "secured_at" Int),
    table!("tokens", one key, "(?, ?, ?, ?, ?)",
        "hash" Bytes, "purpose" Text, "user_id" Bytes, "expires_at" Int, "email" Text),
    table!("sessions", one key, "(?, ?, ?, ?, ?)",
        "key_hash" Bytes, "user_id" Bytes, "created_at" Int, "last_seen_at" Int, "agent" Text),
    table!("carts", one key, "(?, ?, ?)", "owner_id" Bytes, "code" Text, "version" Int),
    table!("categories", one key, "(?, ?, ?, ?)", "id" Bytes, "slug" Text, "names" Text, "position" Int),
    table!("products", one key, "(?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "id" Bytes, "slug" Text, "category_id" Bytes, "texts" Text, "picture" Text, "active" Int, "created_at" Int,
        "version" Int, "lowest_price" Int),
    table!("product_texts", two keys, "(?, ?, ?)", "product_id" Bytes, "language" Text, "folded" Text),
    table!("variants", one key, "(?, ?, ?, ?, ?, ?, ?, ?)",
        "sku" Text, "product_id" Bytes, "position" Int, "choices" Text, "price" Int, "currency" Text,
        "weight_grams" Int, "stock" Int),
    table!("orders", one key, "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "id" Bytes, "number" Text, "owner_id" Bytes, "state" Text, "placed_at" Int, "recipient" Text, "address" Text,
        "language" Text, "total" Int, "currency" Text, "version" Int),
    table!("order_lines", two keys, "(?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "order_id" Bytes, "position" Int, "sku" Text, "name" Text, "unit_price" Int, "quantity" Int, "total" Int,
        "currency" Text, "state" Text),
    table!("order_steps", two keys, "(?, ?, ?, ?)", "order_id" Bytes, "position" Int, "state" Text, "at" Int),
    table!("order_keys", two keys, "(?, ?, ?)", "owner_id" Bytes, "idempotency_key" Text, "order_id" Bytes),
    table!("outbox", one key, "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "id" Bytes, "recipient" Text, "name" Text, "language" Text, "kind" Text, "mail" Text, "state" Text,
        "attempts" Int, "created_at" Int, "due_at" Int, "lease" Bytes, "sent_at" Int, "last_error" Text,
        "user_id" Bytes),
    table!("throttles", one key, "(?, ?, ?)", "key_hash" Bytes, "last_at" Int, "forget_at" Int),
];

#[cfg(test)]
pub(crate) const ALL: &[Table] = TABLES;
