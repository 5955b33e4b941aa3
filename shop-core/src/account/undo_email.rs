//! Undo a change of address: the owner of the old one did not want it.

use super::confirm_email::{ConfirmEmailError, free_address};
use super::reset::void_links;
use super::{PasswordHash, Purpose, Token, User, UserState};
use crate::Shop;
use crate::outbox::Mail;
use crate::retry::retry;

/// The secret of the link.
#[derive(Clone, Debug)]
pub struct UndoEmail {
    /// The token.
    pub token: Token,
}

impl Shop {
    /// Takes the token and gives the account back the address that it was sent to.
    ///
    /// Whoever changed it knew the password. So no password opens the account any more, every session ends, every link sent since is
    /// void, and the old address gets a mail that lets its owner choose a new password.
    pub async fn undo_email(&self, command: UndoEmail) -> Result<(), ConfirmEmailError> {
        retry(self.clock(), self.random(), || self.attempt_undo_email(&command)).await
    }

    async fn attempt_undo_email(&self, command: &UndoEmail) -> Result<(), ConfirmEmailError> {
        let now = self.now();
        let mut unit = self.store().begin().await?;
        let token = unit.tokens().take(command.token.hash(), Purpose::EmailUndo).await?;
        let token = token.filter(|token| now < token.expires_at).ok_or(ConfirmEmailError::NoSuchToken)?;
        let user = unit.users().find(token.user).await?;
        let user =
            user.filter(|user| user.state == UserState::Active).ok_or(ConfirmEmailError::NoSuchToken)?;
        free_address(&mut *unit, &user, &token.email).await?;
        let user = User { email: token.email, password: PasswordHash::void(), secured_at: now, ..user };
        unit.users().update(&user).await?;
        void_links(&mut *unit, &user).await?;
        // Who changes an address twice must not have the last word: later links of this kind go, earlier ones stay.
        unit.tokens().remove_since(user.id, Purpose::EmailUndo, token.expires_at).await?;
        let changed_at = token.expires_at.minus(Purpose::EmailUndo.lifetime());
        unit.outbox().withdraw_changes(user.id, changed_at).await?;
        unit.sessions().remove_all(user.id, None).await?;
        unit.outbox().enqueue(&self.message_to(&user, Mail::Reset)).await?;
        Ok(unit.commit().await?)
    }
}
