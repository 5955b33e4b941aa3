//! Products and their variants, one by one.

use super::{Widths, times, widths};

macro_rules! product {
    () => {
        "p.id, p.slug, p.category_id, p.texts, p.picture, p.active, p.created_at, p.version"
    };
}

macro_rules! variant {
    () => {
        "v.product_id, v.sku, v.choices, v.price, v.currency, v.weight_grams, v.stock"
    };
}

pub(crate) use product;

pub(crate) const FIND: &str = concat!("SELECT ", product!(), " FROM products p WHERE p.slug = ?");

pub(crate) const FIND_BY_SKU: &str = concat!(
    "SELECT ",
    product!(),
    " FROM products p WHERE p.id = (SELECT v.product_id FROM variants v WHERE v.sku = ?)"
);

/// The variants of these products.
pub(crate) const VARIANTS: Widths = widths!(
    concat!("SELECT ", variant!(), " FROM variants v WHERE v.product_id IN ("),
    "?",
    ") ORDER BY v.product_id, v.position"
);

/// What there is to know of these SKUs.
pub(crate) const OFFERS: Widths = widths!(
    concat!(
        "SELECT ",
        variant!(),
        ", p.slug, p.texts, p.picture, p.active FROM variants v JOIN products p ON p.id = v.product_id WHERE v.sku IN ("
    ),
    "?",
    ")"
);

pub(crate) const INSERT: &str = "INSERT INTO products \
    (id, slug, category_id, texts, picture, active, created_at, version, lowest_price) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

pub(crate) const INSERT_TEXT: &str =
    "INSERT INTO product_texts (product_id, language, folded) VALUES (?, ?, ?)";

pub(crate) const INSERT_VARIANT: &str = "INSERT INTO variants \
    (sku, product_id, position, choices, price, currency, weight_grams, stock) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

pub(crate) const SET_ACTIVE: &str =
    "UPDATE products SET active = ?, version = version + 1 WHERE id = ? AND version = ?";

pub(crate) const SET_PRICE: &str = "UPDATE variants SET price = ?, currency = ? WHERE sku = ?";

/// Follows every change of a price.
pub(crate) const SET_LOWEST_PRICE: &str = "UPDATE products SET lowest_price = \
    (SELECT MIN(v.price) FROM variants v WHERE v.product_id = products.id) \
    WHERE id = (SELECT v.product_id FROM variants v WHERE v.sku = ?)";

#[cfg(test)]
pub(crate) const ALL: &[&str] =
    &[FIND, FIND_BY_SKU, INSERT, INSERT_TEXT, INSERT_VARIANT, SET_ACTIVE, SET_PRICE, SET_LOWEST_PRICE];

#[cfg(test)]
pub(crate) const ALL_WIDTHS: &[Widths] = &[VARIANTS, OFFERS];
