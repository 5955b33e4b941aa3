//! Create a user: an operator makes an account for somebody.

use super::register::Register;
use super::{PasswordError, PasswordHash, User, UserState};
use crate::Shop;
use crate::error::{Constraint, StoreError};
use crate::outbox::Mail;
use crate::ports::HasherError;
use crate::retry::{Transient, retry};

/// An account to make.
#[derive(Clone, Debug)]
pub struct CreateUser {
    /// What its owner would have told to register.
    pub registration: Register,
    /// Whether it may sign in at once: the operator vouches for the address, and no mail goes out.
    pub activated: bool,
}

/// Why no account was made.
#[derive(Debug, thiserror::Error)]
pub enum CreateUserError {
    /// The password is the address itself.
    #[error("the password {0}")]
    Password(PasswordError),
    /// Another account has the address.
    #[error("another account has this e-mail address")]
    EmailTaken,
    /// No hash could be made.
    #[error(transparent)]
    Hasher(#[from] HasherError),
    /// The store failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for CreateUserError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict(Constraint::Email) => Self::EmailTaken,
            other => Self::Store(other),
        }
    }
}

impl Transient for CreateUserError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

impl Shop {
    /// Makes an account. Unless it is activated, its owner gets the mail with the link as if they had registered.
    ///
    /// Unlike [`register`](Shop::register) it tells whether the address is taken: operators may know.
    pub async fn create_user(&self, command: CreateUser) -> Result<User, CreateUserError> {
        let Register { email, password, .. } = &command.registration;
        let password = password.clone().unlike(email).map_err(CreateUserError::Password)?;
        let hash = self.hasher().hash(&password).await?;
        retry(self.clock(), self.random(), || self.attempt_create_user(&command, hash.clone())).await
    }

    async fn attempt_create_user(
        &self,
        command: &CreateUser,
        password: PasswordHash,
    ) -> Result<User, CreateUserError> {
        let state = if command.activated { UserState::Active } else { UserState::Pending };
        let user = self.user_of(&command.registration, password, state);
        let mut unit = self.store().begin().await?;
        unit.users().insert(&user).await?;
        if !command.activated {
            let message = self.message_to(&user, Mail::Activation);
            unit.outbox().enqueue(&message).await?;
        }
        unit.commit().await?;
        Ok(user)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::Language;
    use crate::memory::{Mailbox, MemoryStore};
    use crate::ports::MockPasswordHasher;

    fn shop() -> Shop {
        let mut hasher = MockPasswordHasher::new();
        hasher.expect_hash().returning(|_| Ok(PasswordHash::new("hash".into())));
        Shop::builder_with_hasher(Arc::new(MemoryStore::default()), Arc::new(hasher)).build()
    }

    fn command(email: &str, password: &str, activated: bool) -> CreateUser {
        let registration = Register {
            email: email.parse().expect("an address"),
            last_name: "Pop".parse().expect("a name"),
            first_name: "Ana".parse().expect("a name"),
            address: "Strada Lungă 1, Brașov".parse().expect("an address"),
            password: password.parse().expect("a password"),
            language: Language::Romanian,
            client: None,
        };
        CreateUser { registration, activated }
    }

    async fn mails(shop: &Shop) -> usize {
        let mailbox = Mailbox::default();
        shop.relay_outbox(&mailbox).await.expect("a working store");
        mailbox.letters().len()
    }

    #[tokio::test]
    async fn an_activated_account_may_sign_in_and_gets_no_mail() {
        let shop = shop();
        let user =
            shop.create_user(command("ana@example.com", "a long enough one", true)).await.expect("made");
        assert_eq!(user.state, UserState::Active);
        let stored = shop.store().accounts().find_by_email(&user.email.key()).await.expect("a working store");
        assert_eq!(stored, Some(user));
        assert_eq!(mails(&shop).await, 0);
    }

    #[tokio::test]
    async fn any_other_account_waits_for_its_mail() {
        let shop = shop();
        let user =
            shop.create_user(command("ana@example.com", "a long enough one", false)).await.expect("made");
        assert_eq!(user.state, UserState::Pending);
        assert_eq!(mails(&shop).await, 1);
    }

    #[tokio::test]
    async fn an_address_has_one_account() {
        let shop = shop();
        shop.create_user(command("ana@example.com", "a long enough one", true)).await.expect("made");
        let again = shop.create_user(command("ANA@example.com", "another long one", false)).await;
        assert!(matches!(again, Err(CreateUserError::EmailTaken)), "{again:?}");
        assert_eq!(mails(&shop).await, 0, "what failed left no mail behind");
    }

    #[tokio::test]
    async fn the_address_is_no_password() {
        let refused = shop().create_user(command("ana.pop@example.com", "Ana.Pop@example.com", true)).await;
        assert!(matches!(refused, Err(CreateUserError::Password(PasswordError::IsEmail))), "{refused:?}");
    }
}
