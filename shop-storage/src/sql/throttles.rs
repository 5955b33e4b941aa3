//! Tries that are counted.

pub(crate) const LOAD: &str = "SELECT last_at, forget_at FROM throttles WHERE key_hash = ?";

pub(crate) const INSERT: &str = "INSERT INTO throttles (last_at, forget_at, key_hash) VALUES (?, ?, ?)";

pub(crate) const REPLACE: &str =
    "UPDATE throttles SET last_at = ?, forget_at = ? WHERE key_hash = ? AND last_at = ? AND forget_at = ?";

pub(crate) const REMOVE: &str = "DELETE FROM throttles WHERE key_hash = ?";

#[cfg(test)]
pub(crate) const ALL: &[&str] = &[LOAD, INSERT, REPLACE, REMOVE];
