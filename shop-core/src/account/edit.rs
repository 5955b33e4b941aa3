//! Edit: the owner changes what the account says, its password, or its address.

use std::net::IpAddr;
use std::time::Duration;

use super::prove::ProveError;
use super::reset::void_links;
use super::{
    EmailAddress, NewPassword, PasswordAttempt, PasswordError, PasswordHash, PersonName, PostalAddress,
    Session, SessionKey, SessionToken, User, UserState,
};
use crate::Shop;
use crate::error::StoreError;
use crate::ids::UserId;
use crate::language::Language;
use crate::outbox::{Mail, Message};
use crate::ports::{Attempt, HasherError, Transaction};
use crate::retry::{Transient, retry};

/// What the account shall say.
#[derive(Clone, Debug)]
pub struct EditAccount {
    /// Which account.
    pub user: UserId,
    /// The session that asks; a new password puts another one in its place, and ends the others.
    pub session: SessionKey,
    /// The version that the owner has seen; another one is refused. `None` takes any.
    pub seen_version: Option<u64>,
    /// The address. Another one than today's counts once its owner has followed the link in a mail; another way to write the same one is
    /// no change.
    pub email: EmailAddress,
    /// Last name.
    pub last_name: PersonName,
    /// First name.
    pub first_name: PersonName,
    /// Where parcels go.
    pub address: PostalAddress,
    /// The language of mails; `None` leaves it.
    pub language: Option<Language>,
    /// The password as it is; needed only for another one or another address.
    pub current_password: Option<PasswordAttempt>,
    /// The password as it shall be; `None` leaves it.
    pub password: Option<NewPassword>,
    /// Where on the network the owner is; `None` counts no tries by client.
    pub client: Option<IpAddr>,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// Whether a mail has gone to a new address, which counts once its link is followed.
    pub email_asked: bool,
    /// Whether the password is a new one.
    pub password_changed: bool,
    /// With a new password: the secret of the session that takes the place of the one that has asked, unless that one has ended meanwhile.
    pub session: Option<SessionToken>,
}

/// A new password, and the session that goes on with it.
struct Renewal {
    password: PasswordHash,
    session: Option<(SessionToken, Session)>,
}

/// Why the account stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// Another password or address needs the current password, and it was not given.
    #[error("the current password is needed")]
    PasswordNeeded,
    /// The current password is another one.
    #[error("the current password is wrong")]
    PasswordWrong,
    /// The new password is the address itself.
    #[error("the password {0}")]
    Password(PasswordError),
    /// The account was changed since the owner has seen it.
    #[error("the account was changed meanwhile")]
    Changed,
    /// There is no such account any more.
    #[error("there is no such account")]
    NoSuchAccount,
    /// Too many passwords tried, or links asked for.
    #[error("too many tries; the next is allowed in {} s", .0.as_secs())]
    TooManyTries(Duration),
    /// A password could not be compared, or no hash be made.
    #[error(transparent)]
    Hasher(#[from] HasherError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Transient for EditError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

impl From<ProveError> for EditError {
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
    /// Changes the account. A new password ends all sessions, and the owner gets a mail that says so; the one that asks goes on under
    /// another secret, in case somebody knows the old one (ASVS 5.0, 7.2.4). A new address gets a mail with a link, and counts once it
    /// is followed.
    ///
    /// Whether the new address has an account already is not told: its owner gets a mail that says so.
    pub async fn edit_account(&self, command: EditAccount) -> Result<Edited, EditError> {
        let user = self.store().accounts().find(command.user).await?.ok_or(EditError::NoSuchAccount)?;
        let email_asked = command.email.key() != user.email.key();
        if email_asked || command.password.is_some() {
            let current = command.current_password.as_ref().ok_or(EditError::PasswordNeeded)?;
            self.prove_password(&user, current).await?;
        }
        if email_asked {
            let admitted = self.admit_by_email(Attempt::EmailChange, &command.email, command.client).await;
            admitted.map_err(ProveError::from)?;
        }
        let renewal = match &command.password {
            Some(password) => Some(self.renewal(&user, &command, password).await?),
            None => None,
        };
        let goes_on =
            retry(self.clock(), self.random(), || self.attempt_edit(&command, &user, renewal.as_ref()))
                .await?;
        let password_changed = renewal.is_some();
        let session = renewal.and_then(|renewal| renewal.session).filter(|_| goes_on).map(|(token, _)| token);
        Ok(Edited { email_asked, password_changed, session })
    }

    async fn renewal(
        &self,
        user: &User,
        command: &EditAccount,
        password: &NewPassword,
    ) -> Result<Renewal, EditError> {
        let password = self.hash_of_new(user, &command.email, password).await?;
        let asking = self.store().accounts().visit(command.session).await?;
        let asking = asking.filter(|visit| visit.user.id == user.id);
        let session = asking.map(|visit| {
            let (token, now) = (self.new_token(), self.now());
            let key = token.hash();
            (token, Session { key, created_at: now, last_seen_at: now, ..visit.session })
        });
        Ok(Renewal { password, session })
    }

    async fn hash_of_new(
        &self,
        user: &User,
        asked: &EmailAddress,
        password: &NewPassword,
    ) -> Result<PasswordHash, EditError> {
        let password = password.clone().unlike(&user.email).and_then(|password| password.unlike(asked));
        let password = password.map_err(EditError::Password)?;
        Ok(self.hasher().hash(&password).await?)
    }

    /// Says whether the session that asks goes on.
    async fn attempt_edit(
        &self,
        command: &EditAccount,
        proved: &User,
        renewal: Option<&Renewal>,
    ) -> Result<bool, EditError> {
        let mut unit = self.store().begin().await?;
        let stored = unit.users().find(command.user).await?.ok_or(EditError::NoSuchAccount)?;
        let seen = command.seen_version.unwrap_or(stored.version);
        // What was proved above may have changed while the passwords were hashed.
        if stored.version != seen || stored.password != proved.password || stored.email != proved.email {
            return Err(EditError::Changed);
        }
        let user = edited(command, stored);
        let goes_on = match renewal {
            Some(renewal) => self.renew(&mut *unit, &user, command.session, renewal).await?,
            None => unit.users().update(&user).await.map(|()| true)?,
        };
        if command.email.key() != user.email.key() {
            self.ask_new_address(&mut *unit, &user, &command.email).await?;
        }
        unit.commit().await?;
        Ok(goes_on)
    }

    /// Replaces the password and all sessions; says whether the one that asks was still there.
    async fn renew(
        &self,
        unit: &mut dyn Transaction,
        user: &User,
        asking: SessionKey,
        Renewal { password, session }: &Renewal,
    ) -> Result<bool, StoreError> {
        let user = User { password: password.clone(), secured_at: self.now(), ..user.clone() };
        unit.users().update(&user).await?;
        void_links(unit, &user).await?;
        let is_there = unit.sessions().remove_of(user.id, asking).await?;
        unit.sessions().remove_all(user.id, None).await?;
        if let Some((_, session)) = session.as_ref().filter(|_| is_there) {
            unit.sessions().insert(session).await?;
        }
        unit.outbox().enqueue(&self.message_to(&user, Mail::PasswordChanged)).await?;
        Ok(is_there)
    }

    /// Writes to the new address: with a link, or, if it has an account already, that somebody wanted it.
    async fn ask_new_address(
        &self,
        unit: &mut dyn Transaction,
        user: &User,
        email: &EmailAddress,
    ) -> Result<(), StoreError> {
        let message = match unit.users().find_by_email(&email.key()).await? {
            Some(owner) if owner.state != UserState::Pending => {
                self.message_to(&owner, Mail::AlreadyRegistered)
            }
            // Whoever follows the link proves the address, which an account that is not activated never did.
            Some(_) | None => Message { to: email.clone(), ..self.message_to(user, Mail::EmailChange) },
        };
        unit.outbox().enqueue(&message).await
    }
}

/// The account with all that needs no proof.
fn edited(command: &EditAccount, stored: User) -> User {
    User {
        last_name: command.last_name.clone(),
        first_name: command.first_name.clone(),
        address: command.address.clone(),
        language: command.language.unwrap_or(stored.language),
        ..stored
    }
}
