//! Disable and enable: an operator closes an account, or opens it again.

use super::reset::void_links;
use super::{EmailAddress, Purpose, User, UserState};
use crate::Shop;
use crate::error::StoreError;
use crate::retry::{Transient, retry};

/// What becomes of which account.
#[derive(Clone, Debug)]
pub struct SetUserState {
    /// The account's address.
    pub email: EmailAddress,
    /// Whether it is to be closed.
    pub disabled: bool,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum SetUserStateError {
    /// There is no account with this address.
    #[error("there is no such account")]
    NoSuchAccount,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Transient for SetUserStateError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

impl Shop {
    /// Closes an account, which ends its sessions and links at once, or opens it again; one that is so already stays so.
    ///
    /// An account that is opened again is active: the operator vouches for its address.
    pub async fn set_user_state(&self, command: SetUserState) -> Result<User, SetUserStateError> {
        retry(self.clock(), self.random(), || self.attempt_set_user_state(&command)).await
    }

    async fn attempt_set_user_state(&self, command: &SetUserState) -> Result<User, SetUserStateError> {
        let mut unit = self.store().begin().await?;
        let user = unit.users().find_by_email(&command.email.key()).await?;
        let user = user.ok_or(SetUserStateError::NoSuchAccount)?;
        let state = match (command.disabled, user.state) {
            (true, _) => UserState::Disabled,
            (false, UserState::Disabled) => UserState::Active,
            (false, state @ (UserState::Pending | UserState::Active)) => state,
        };
        if state == user.state {
            unit.rollback().await?;
            return Ok(user);
        }
        let changed = User { state, ..user.clone() };
        unit.users().update(&changed).await?;
        if command.disabled {
            unit.sessions().remove_all(user.id, None).await?;
            unit.tokens().remove_all(user.id, Purpose::Activation).await?;
            unit.tokens().remove_all(user.id, Purpose::EmailUndo).await?;
            void_links(&mut *unit, &user).await?;
        }
        unit.commit().await?;
        Ok(User { version: user.version + 1, ..changed })
    }
}
