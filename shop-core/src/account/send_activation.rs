//! Send the activation again: the first mail got lost.

use super::{EmailAddress, UserState};
use crate::Shop;
use crate::error::StoreError;
use crate::outbox::Mail;
use crate::retry::retry;

/// Whose activation to send again.
#[derive(Clone, Debug)]
pub struct SendActivation {
    /// The address of the account.
    pub email: EmailAddress,
}

impl Shop {
    /// Writes another "activate" mail, if there is an account with this address that waits for its activation; links sent before stay good.
    ///
    /// From outside it looks the same whether there is one or not.
    pub async fn send_activation(&self, command: SendActivation) -> Result<(), StoreError> {
        retry(self.clock(), self.random(), || self.attempt_send_activation(&command)).await
    }

    async fn attempt_send_activation(&self, command: &SendActivation) -> Result<(), StoreError> {
        let mut unit = self.store().begin().await?;
        let user = unit.users().find_by_email(&command.email.key()).await?;
        if let Some(user) = user.filter(|user| user.state == UserState::Pending) {
            let message = self.message_to(&user, Mail::Activation { user: user.id });
            unit.outbox().enqueue(&message).await?;
        }
        unit.commit().await
    }
}
