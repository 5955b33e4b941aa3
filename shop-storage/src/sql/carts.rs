//! Carts.

pub(crate) const LOAD: &str = "SELECT code, version FROM carts WHERE owner_id = ?";

pub(crate) const INSERT: &str = "INSERT INTO carts (owner_id, code, version) VALUES (?, ?, 1)";

pub(crate) const REPLACE: &str =
    "UPDATE carts SET code = ?, version = version + 1 WHERE owner_id = ? AND version = ?";

pub(crate) const REMOVE: &str = "DELETE FROM carts WHERE owner_id = ?";

#[cfg(test)]
pub(crate) const ALL: &[&str] = &[LOAD, INSERT, REPLACE, REMOVE];
