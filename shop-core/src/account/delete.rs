//! Delete: the owner wants to be forgotten.

use std::time::Duration;

use super::prove::ProveError;
use super::{PasswordAttempt, User};
use crate::Shop;
use crate::error::StoreError;
use crate::ids::UserId;
use crate::outbox::{Mail, Message};
use crate::ports::HasherError;
use crate::retry::{Transient, retry};

/// Which account goes.
#[derive(Clone, Debug)]
pub struct DeleteAccount {
    /// The account.
    pub user: UserId,
    /// Its password.
    pub password: PasswordAttempt,
}

/// Why the account stays.
#[derive(Debug, thiserror::Error)]
pub enum DeleteError {
    /// The password is another one.
    #[error("the password is wrong")]
    PasswordWrong,
    /// There is no such account any more.
    #[error("there is no such account")]
    NoSuchAccount,
    /// Too many passwords tried.
    #[error("too many tries; the next is allowed in {} s", .0.as_secs())]
    TooManyTries(Duration),
    /// The password could not be compared.
    #[error(transparent)]
    Hasher(#[from] HasherError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Transient for DeleteError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

impl From<ProveError> for DeleteError {
    fn from(error: ProveError) -> Self {
        match error {
            ProveError::Wrong => Self::PasswordWrong,
            ProveError::TooManyTries(wait) => Self::TooManyTries(wait),
            ProveError::Hasher(error) => Self::Hasher(error),
            ProveError::Store(error) => Self::Store(error),
        }
    }
}

impl Shop {
    /// Removes the account with all that is its own: sessions, links, cart, mails.
    ///
    /// Its orders stay, as the law asks of shops, but nobody can tell any more whose they were: those that have ended lose name and
    /// address at once, the others when they end. A last mail says that the account is gone,
    /// and is not kept once it is delivered or given up.
    pub async fn delete_account(&self, command: DeleteAccount) -> Result<(), DeleteError> {
        let user = self.store().accounts().find(command.user).await?.ok_or(DeleteError::NoSuchAccount)?;
        self.prove_password(&user, &command.password).await?;
        retry(self.clock(), self.random(), || self.attempt_delete(&user)).await
    }

    async fn attempt_delete(&self, proved: &User) -> Result<(), DeleteError> {
        let mut unit = self.store().begin().await?;
        let user = unit.users().find(proved.id).await?.ok_or(DeleteError::NoSuchAccount)?;
        // The password may have changed while it was compared.
        if user.password != proved.password {
            return Err(DeleteError::PasswordWrong);
        }
        unit.users().remove(user.id).await?;
        let farewell = Message { user: None, ..self.message_to(&user, Mail::AccountDeleted) };
        unit.outbox().enqueue(&farewell).await?;
        Ok(unit.commit().await?)
    }
}
