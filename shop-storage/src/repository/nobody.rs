//! Whose the orders of deleted accounts are: a row beside the accounts that is none of them (migration 21).

use shop_core::StoreError;
use shop_core::error::Constraint;
use shop_core::ids::UserId;

pub(super) const NOBODY: UserId = UserId::from_bytes([0; 16]);

/// Fails for nobody's id, whose row the database would take for an account.
pub(super) fn somebody(id: UserId) -> Result<UserId, StoreError> {
    if id == NOBODY { Err(StoreError::Conflict(Constraint::Owner)) } else { Ok(id) }
}
