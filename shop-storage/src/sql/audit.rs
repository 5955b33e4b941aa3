//! What must hold and no rule of the schema can hold: each statement gives what breaks it, as `what`, at most 20 of them.
//!
//! They look at whole tables. None of them runs while shoppers wait for it.

/// A promise that the data must keep.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    /// What is wrong with what the statement gives.
    pub(crate) fault: &'static str,
    pub(crate) sql: &'static str,
}

/// Rows of a table that refer to a row which is not there. The schema forbids it; a database that was repaired by hand may have some.
macro_rules! orphans {
    ($table:literal, $column:literal, $parent:literal) => {
        Rule {
            fault: concat!($table, ": refers to no row of ", $parent),
            sql: concat!(
                "SELECT HEX(t.",
                $column,
                ") AS what FROM ",
                $table,
                " t WHERE t.",
                $column,
                " IS NOT NULL AND NOT EXISTS ",
                "(SELECT 1 FROM ",
                $parent,
                " p WHERE p.id = t.",
                $column,
                ") LIMIT 20"
            ),
        }
    };
}

pub(crate) const RULES: &[Rule] = &[
    Rule {
        fault: "order: it has no line",
        sql: "SELECT o.number AS what FROM orders o \
            WHERE NOT EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id) LIMIT 20",
    },
    Rule {
        fault: "order: its lines do not add up to its total",
        sql: "SELECT o.number AS what FROM orders o \
            WHERE o.total <> (SELECT SUM(l.total) FROM order_lines l WHERE l.order_id = o.id) LIMIT 20",
    },
    Rule {
        fault: "order: a line is not its price times its pieces",
        sql: "SELECT o.number AS what FROM orders o WHERE EXISTS (SELECT 1 FROM order_lines l \
            WHERE l.order_id = o.id AND (l.unit_price * l.quantity <> l.total OR l.currency <> o.currency)) LIMIT 20",
    },
    Rule {
        fault: "order: its last step led to another state",
        sql: "SELECT o.number AS what FROM orders o JOIN order_steps s ON s.order_id = o.id WHERE s.state <> o.state \
            AND s.position = (SELECT MAX(x.position) FROM order_steps x WHERE x.order_id = o.id) LIMIT 20",
    },
    Rule {
        fault: "order: its account is deleted, it has ended, and it still says who received it",
        sql: "SELECT number AS what FROM orders WHERE owner_id = X'00000000000000000000000000000000' \
            AND state IN ('completed', 'canceled') AND (recipient <> '' OR address <> '') LIMIT 20",
    },
    Rule {
        fault: "order key: it leads to no order",
        sql: "SELECT k.idempotency_key AS what FROM order_keys k \
            WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = k.order_id) LIMIT 20",
    },
    Rule {
        fault: "product: it has no variant",
        sql: "SELECT p.slug AS what FROM products p \
            WHERE NOT EXISTS (SELECT 1 FROM variants v WHERE v.product_id = p.id) LIMIT 20",
    },
    Rule {
        fault: "product: lists sort it by another price than its lowest",
        sql: "SELECT p.slug AS what FROM products p \
            WHERE p.lowest_price <> (SELECT MIN(v.price) FROM variants v WHERE v.product_id = p.id) LIMIT 20",
    },
    Rule {
        fault: "product: search finds none of its texts",
        sql: "SELECT p.slug AS what FROM products p \
            WHERE NOT EXISTS (SELECT 1 FROM product_texts t WHERE t.product_id = p.id) LIMIT 20",
    },
    Rule {
        fault: "variant: fewer pieces than none",
        sql: "SELECT sku AS what FROM variants WHERE stock < 0 LIMIT 20",
    },
    orphans!("tokens", "user_id", "users"),
    orphans!("sessions", "user_id", "users"),
    orphans!("carts", "owner_id", "users"),
    orphans!("order_keys", "owner_id", "users"),
    orphans!("orders", "owner_id", "users"),
    orphans!("order_lines", "order_id", "orders"),
    orphans!("order_steps", "order_id", "orders"),
    orphans!("products", "category_id", "categories"),
    orphans!("product_texts", "product_id", "products"),
    orphans!("variants", "product_id", "products"),
];

/// Carts behind this owner's, to be read one by one.
pub(crate) const CARTS: &str =
    "SELECT owner_id, code FROM carts WHERE owner_id > ? ORDER BY owner_id LIMIT ?";

#[cfg(test)]
pub(crate) const ALL: &[&str] = &[CARTS];

#[cfg(test)]
pub(crate) const ALL_RULES: &[Rule] = RULES;
