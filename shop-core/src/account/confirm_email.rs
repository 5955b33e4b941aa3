//! Confirm a new address: its owner follows the link.

use super::reset::void_links;
use super::{EmailAddress, Purpose, Token, User, UserState};
use crate::Shop;
use crate::error::{Constraint, StoreError};
use crate::outbox::Mail;
use crate::ports::UnitOfWork;
use crate::retry::{Transient, retry};

/// The secret of the link.
#[derive(Clone, Debug)]
pub struct ConfirmEmail {
    /// The token.
    pub token: Token,
}

/// Why the account keeps the address that it has.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmEmailError {
    /// The link was used before, has expired, or was made void by a new password.
    #[error("the link does not hold any more")]
    NoSuchToken,
    /// Another account has got the address in the meantime.
    #[error("another account has this e-mail address")]
    EmailTaken,
    /// The store failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for ConfirmEmailError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict(Constraint::Email) => Self::EmailTaken,
            other => Self::Store(other),
        }
    }
}

impl Transient for ConfirmEmailError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

impl Shop {
    /// Takes the token and makes the address that it was sent to the account's.
    ///
    /// Other links of this kind are void, and so are those that reset the password, which went to the old address. That one gets a mail
    /// with a link that undoes the change.
    pub async fn confirm_email(&self, command: ConfirmEmail) -> Result<(), ConfirmEmailError> {
        retry(self.clock(), self.random(), || self.attempt_confirm_email(&command)).await
    }

    async fn attempt_confirm_email(&self, command: &ConfirmEmail) -> Result<(), ConfirmEmailError> {
        let now = self.now();
        let mut unit = self.store().begin().await?;
        let token = unit.tokens().take(command.token.hash(), Purpose::EmailChange).await?;
        let token = token.filter(|token| now < token.expires_at).ok_or(ConfirmEmailError::NoSuchToken)?;
        let user = unit.users().find(token.user).await?;
        let user =
            user.filter(|user| user.state == UserState::Active).ok_or(ConfirmEmailError::NoSuchToken)?;
        free_address(&mut *unit, &user, &token.email).await?;
        unit.users().update(&User { email: token.email.clone(), ..user.clone() }).await?;
        void_links(&mut *unit, &user).await?;
        let message = self.message_to(&user, Mail::EmailChanged { email: token.email });
        unit.outbox().enqueue(&message).await?;
        Ok(unit.commit().await?)
    }
}

/// Removes an account that stands in the way of an address which has just been proved, and was never proved itself.
pub(super) async fn free_address(
    unit: &mut dyn UnitOfWork,
    user: &User,
    email: &EmailAddress,
) -> Result<(), StoreError> {
    let other = unit.users().find_by_email(&email.key()).await?;
    let Some(other) = other.filter(|other| other.id != user.id) else { return Ok(()) };
    // By its id it is locked: it may be activated at this very moment.
    let other = unit.users().find(other.id).await?;
    if let Some(other) = other.filter(|other| other.state == UserState::Pending) {
        unit.users().remove(other.id).await?;
    }
    Ok(())
}
