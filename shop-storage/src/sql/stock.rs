//! Stock.

/// The one step that sells: it subtracts what is there and counted, or meets no row.
pub(crate) const TAKE: &str =
    "UPDATE variants SET stock = stock - ? WHERE sku = ? AND (stock IS NULL OR stock >= ?)";

/// The count stops at the greatest that the core knows.
pub(crate) const PUT_BACK: &str = "UPDATE variants SET stock = \
    CASE WHEN stock > 4294967295 - ? THEN 4294967295 ELSE stock + ? END WHERE sku = ?";

/// It adds or subtracts, or meets no row: where pieces are not counted, the sum is NULL and lies nowhere.
pub(crate) const ADJUST: &str =
    "UPDATE variants SET stock = stock + ? WHERE sku = ? AND stock + ? BETWEEN 0 AND 4294967295";

pub(crate) const SET: &str = "UPDATE variants SET stock = ? WHERE sku = ?";

#[cfg(test)]
pub(crate) const ALL: &[&str] = &[TAKE, PUT_BACK, ADJUST, SET];
