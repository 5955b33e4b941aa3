//! Reset: whoever reads the account's mail chooses a new password.

use super::{NewPassword, PasswordError, PasswordHash, Purpose, Token, User, UserState};
use crate::Shop;
use crate::error::StoreError;
use crate::outbox::Mail;
use crate::ports::{Attempt, HasherError, ThrottleKey, UnitOfWork, Who};
use crate::retry::{Transient, retry};

/// The secret of the link, and the new password.
#[derive(Clone, Debug)]
pub struct Reset {
    /// The token.
    pub token: Token,
    /// The password, as its owner chose it.
    pub password: NewPassword,
}

/// Why the password is still the old one.
#[derive(Debug, thiserror::Error)]
pub enum ResetError {
    /// The link was used before, has expired, or was sent to an address that is not the account's any more.
    #[error("the link does not hold any more")]
    NoSuchToken,
    /// The password is the address itself.
    #[error("the password {0}")]
    Password(PasswordError),
    /// No hash could be made.
    #[error(transparent)]
    Hasher(#[from] HasherError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Transient for ResetError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

impl Shop {
    /// Takes the token, replaces the password and says whose it is. Every session of the account ends, and every link sent before is void.
    ///
    /// The owner has read the mail, so an account that was waiting for its activation is active as well, and tries of the
    /// password that were counted are forgotten.
    pub async fn reset(&self, command: Reset) -> Result<User, ResetError> {
        // A hash is dear: nobody gets one for a made-up token.
        if !self.link_holds(&command.token, Purpose::Reset).await? {
            return Err(ResetError::NoSuchToken);
        }
        let hash = self.hasher().hash(&command.password).await?;
        let user = retry(self.clock(), self.random(), || self.attempt_reset(&command, &hash)).await?;
        let who = Who::Email(user.email.key());
        let keys = [Attempt::SignIn, Attempt::Reset].map(|attempt| ThrottleKey { attempt, who: who.clone() });
        // The password is changed; counts that stay for a while are no reason to say otherwise.
        let _ = self.throttle().forgive(&keys).await;
        Ok(user)
    }

    async fn attempt_reset(&self, command: &Reset, password: &PasswordHash) -> Result<User, ResetError> {
        let now = self.now();
        let mut unit = self.store().begin().await?;
        let token = unit.tokens().take(command.token.hash(), Purpose::Reset).await?;
        let token = token.filter(|token| now < token.expires_at).ok_or(ResetError::NoSuchToken)?;
        let user = unit.users().find(token.user).await?.ok_or(ResetError::NoSuchToken)?;
        if user.state == UserState::Disabled || user.email.key() != token.email.key() {
            return Err(ResetError::NoSuchToken);
        }
        command.password.clone().unlike(&user.email).map_err(ResetError::Password)?;
        let user = User { password: password.clone(), state: UserState::Active, secured_at: now, ..user };
        unit.users().update(&user).await?;
        unit.tokens().remove_all(user.id, Purpose::Activation).await?;
        void_links(&mut *unit, &user).await?;
        unit.sessions().remove_all(user.id, None).await?;
        unit.outbox().enqueue(&self.message_to(&user, Mail::PasswordChanged)).await?;
        unit.commit().await?;
        Ok(user)
    }
}

/// Voids the links that could take the account from its owner again.
pub(super) async fn void_links(unit: &mut dyn UnitOfWork, user: &User) -> Result<(), StoreError> {
    unit.tokens().remove_all(user.id, Purpose::Reset).await?;
    unit.tokens().remove_all(user.id, Purpose::EmailChange).await
}
