//! Ask for a reset: the password is forgotten.

use std::net::IpAddr;

use super::EmailAddress;
use crate::Shop;
use crate::language::Language;
use crate::outbox::Mail;
use crate::ports::{Attempt, TooManyTries};

/// Whose password is forgotten.
#[derive(Clone, Debug)]
pub struct AskReset {
    /// The address of the account.
    pub email: EmailAddress,
    /// The language of the page that was asked.
    pub language: Language,
    /// Where on the network the asker is; `None` counts no tries by client.
    pub client: Option<IpAddr>,
}

impl Shop {
    /// Asks for a mail with a link that lets its reader choose a new password.
    ///
    /// Whether there is an account with this address is found out when the mail is delivered, so that from outside all addresses look
    /// the same, to the microsecond.
    pub async fn ask_reset(&self, command: AskReset) -> Result<(), TooManyTries> {
        let AskReset { email, language, client } = command;
        self.admit_by_email(Attempt::Reset, &email, client).await?;
        Ok(self.enqueue_to_address(email, language, Mail::Reset).await?)
    }
}
