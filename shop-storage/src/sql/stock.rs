//! Stock.

/// The one step that sells: it subtracts what is there and counted, or meets no row.
pub(crate) const TAKE: &str =
    "UPDATE variants SET stock = stock - ? WHERE sku = ? AND (stock IS NULL OR stock >= ?)";

pub(crate) const SET: &str = "UPDATE variants SET stock = ? WHERE sku = ?";

#[cfg(test)]
pub(crate) const ALL: &[&str] = &[TAKE, SET];
