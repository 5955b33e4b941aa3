//! Send the activation again: the first mail got lost.

use std::net::IpAddr;

use super::EmailAddress;
use crate::Shop;
use crate::language::Language;
use crate::outbox::Mail;
use crate::ports::{Attempt, TooManyTries};

/// Whose activation to send again.
#[derive(Clone, Debug)]
pub struct SendActivation {
    /// The address of the account.
    pub email: EmailAddress,
    /// The language of the page that was asked.
    pub language: Language,
    /// Where on the network the asker is; `None` counts no tries by client.
    pub client: Option<IpAddr>,
}

impl Shop {
    /// Asks for another "activate" mail; links sent before stay good.
    ///
    /// Whether an account with this address waits for it is found out when the mail is delivered, so that from outside all addresses look
    /// the same, to the microsecond.
    pub async fn send_activation(&self, command: SendActivation) -> Result<(), TooManyTries> {
        let SendActivation { email, language, client } = command;
        self.admit_by_email(Attempt::Activation, &email, client).await?;
        Ok(self.enqueue_to_address(email, language, Mail::Activation).await?)
    }
}
