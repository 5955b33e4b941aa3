//! The schema itself: what has been applied, and which programs may use it.

/// The migrations that ran to their end, with their checksums.
pub(crate) const APPLIED: &str = "SELECT version, checksum FROM _shop_migrations WHERE success = TRUE";

/// How many of the migrations up to this one ran, and the oldest migration that a program must know.
pub(crate) const STATE: &str = "SELECT COUNT(*) AS applied, (SELECT COALESCE(MAX(least), 0) FROM schema_floors) AS floor \
    FROM _shop_migrations WHERE success = TRUE AND version <= ?";

#[cfg(test)]
pub(crate) const ALL: &[&str] = &[APPLIED, STATE];
