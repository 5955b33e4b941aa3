//! Register: a stranger asks for an account.

use std::net::IpAddr;
use std::time::Duration;

use super::{
    EmailAddress, NewPassword, PasswordError, PasswordHash, PersonName, PostalAddress, Purpose, User,
    UserState,
};
use crate::Shop;
use crate::error::{Constraint, StoreError};
use crate::language::Language;
use crate::outbox::{Mail, Message};
use crate::ports::{Attempt, HasherError, TooManyTries};
use crate::retry::{Transient, retry};

/// What a stranger tells about themselves.
#[derive(Clone, Debug)]
pub struct Register {
    /// Where mail goes, and the name to sign in with.
    pub email: EmailAddress,
    /// Last name.
    pub last_name: PersonName,
    /// First name.
    pub first_name: PersonName,
    /// Where parcels go.
    pub address: PostalAddress,
    /// The password, as its owner chose it.
    pub password: NewPassword,
    /// The language of mails.
    pub language: Language,
    /// Where on the network they are; `None` counts no tries by client.
    pub client: Option<IpAddr>,
}

/// Why nobody was registered.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The password is the address itself.
    #[error("the password {0}")]
    Password(PasswordError),
    /// Too many registrations of this address, or by this client.
    #[error("too many tries; the next is allowed in {} s", .0.as_secs())]
    TooManyTries(Duration),
    /// No hash could be made.
    #[error(transparent)]
    Hasher(#[from] HasherError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Transient for RegisterError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

impl From<TooManyTries> for RegisterError {
    fn from(error: TooManyTries) -> Self {
        match error {
            TooManyTries::Wait(wait) => Self::TooManyTries(wait),
            TooManyTries::Store(error) => Self::Store(error),
        }
    }
}

impl Shop {
    /// Makes an account that waits for its activation, and a mail with the link.
    ///
    /// An address that has an account already looks the same from outside: the same answer after the same work. Its owner gets a mail that
    /// says so, and nothing changes; unless the account was never activated, which anybody may have made: then the last registration
    /// counts, and links sent before are void.
    pub async fn register(&self, command: Register) -> Result<(), RegisterError> {
        let password = command.password.clone().unlike(&command.email).map_err(RegisterError::Password)?;
        self.admit_by_email(Attempt::Register, &command.email, command.client).await?;
        let hash = self.hasher().hash(&password).await?;
        retry(self.clock(), self.random(), || async {
            match self.attempt_register(&command, hash.clone()).await {
                Err(RegisterError::Store(StoreError::Conflict(Constraint::Email))) => {
                    self.register_again(&command, hash.clone()).await
                }
                outcome => outcome,
            }
        })
        .await
    }

    async fn attempt_register(
        &self,
        command: &Register,
        password: PasswordHash,
    ) -> Result<(), RegisterError> {
        let user = self.user_of(command, password, UserState::Pending);
        let message = self.message_to(&user, Mail::Activation);
        let mut unit = self.store().begin().await?;
        unit.users().insert(&user).await?;
        unit.outbox().enqueue(&message).await?;
        Ok(unit.commit().await?)
    }

    /// The address has an account. One that was never activated is nobody's yet: what was said last counts, and another link goes out.
    async fn register_again(&self, command: &Register, password: PasswordHash) -> Result<(), RegisterError> {
        let mut unit = self.store().begin().await?;
        let Some(owner) = unit.users().find_by_email(&command.email.key()).await? else {
            // The account went away a moment ago; the stranger may register again.
            return Err(StoreError::Retryable("the account was removed meanwhile".into()).into());
        };
        let message = if owner.state == UserState::Pending {
            let User { id, created_at, version, .. } = owner;
            let user =
                User { id, created_at, version, ..self.user_of(command, password, UserState::Pending) };
            unit.users().update(&user).await?;
            unit.tokens().remove_all(id, Purpose::Activation).await?;
            self.message_to(&user, Mail::Activation)
        } else {
            self.message_to(&owner, Mail::AlreadyRegistered)
        };
        unit.outbox().enqueue(&message).await?;
        Ok(unit.commit().await?)
    }

    /// The account that such a registration makes.
    pub(super) fn user_of(&self, registration: &Register, password: PasswordHash, state: UserState) -> User {
        User {
            id: self.new_user_id(),
            email: registration.email.clone(),
            last_name: registration.last_name.clone(),
            first_name: registration.first_name.clone(),
            address: registration.address.clone(),
            password,
            language: registration.language,
            state,
            created_at: self.now(),
            secured_at: self.now(),
            version: 0,
        }
    }

    /// A message to the account's owner.
    pub(crate) fn message_to(&self, user: &User, mail: Mail) -> Message {
        Message {
            id: self.new_message_id(),
            user: Some(user.id),
            to: user.email.clone(),
            name: user.full_name(),
            language: user.language,
            mail,
            created_at: self.now(),
        }
    }
}
