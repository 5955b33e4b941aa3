//! Activate: the owner of the address follows the link.

use super::{Purpose, Token, User, UserState};
use crate::Shop;
use crate::error::StoreError;
use crate::retry::{Transient, retry};

/// The secret of the link.
#[derive(Clone, Debug)]
pub struct Activate {
    /// The token.
    pub token: Token,
}

/// Why the account was not activated.
#[derive(Debug, thiserror::Error)]
pub enum ActivateError {
    /// The link was used before, has expired, or was never sent.
    #[error("the link does not hold any more")]
    NoSuchToken,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Transient for ActivateError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

impl Shop {
    /// Takes the token and makes its account active. Every other activation link of the account ends with it.
    pub async fn activate(&self, command: Activate) -> Result<(), ActivateError> {
        retry(self.clock(), self.random(), || self.attempt_activate(&command)).await
    }

    async fn attempt_activate(&self, command: &Activate) -> Result<(), ActivateError> {
        let now = self.now();
        let mut unit = self.store().begin().await?;
        let token = unit.tokens().take(command.token.hash(), Purpose::Activation).await?;
        let token = token.filter(|token| now < token.expires_at).ok_or(ActivateError::NoSuchToken)?;
        let user = unit.users().find(token.user).await?.ok_or(ActivateError::NoSuchToken)?;
        if user.email.key() != token.email.key() {
            return Err(ActivateError::NoSuchToken);
        }
        match user.state {
            UserState::Pending => unit.users().update(&User { state: UserState::Active, ..user }).await?,
            UserState::Active => {}
            UserState::Disabled => return Err(ActivateError::NoSuchToken),
        }
        unit.tokens().remove_all(token.user, Purpose::Activation).await?;
        Ok(unit.commit().await?)
    }
}
