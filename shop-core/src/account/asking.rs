//! What use cases share that anybody may ask for by naming an address.

use std::net::IpAddr;

use super::EmailAddress;
use crate::Shop;
use crate::error::StoreError;
use crate::language::Language;
use crate::outbox::{Mail, Message};
use crate::ports::{Attempt, ThrottleKey, TooManyTries, Who};
use crate::retry::retry;

impl Shop {
    /// Notes a try under the address and under the client.
    pub(super) async fn admit_by_email(
        &self,
        attempt: Attempt,
        email: &EmailAddress,
        client: Option<IpAddr>,
    ) -> Result<(), TooManyTries> {
        let by_email = ThrottleKey { attempt, who: Who::Email(email.key()) };
        let keys: Vec<_> = std::iter::once(by_email).chain(ThrottleKey::of_client(attempt, client)).collect();
        self.throttle().admit(&keys, self.now()).await
    }

    /// Writes a mail to an address of which nobody looks whether it has an account.
    pub(super) async fn enqueue_to_address(
        &self,
        to: EmailAddress,
        language: Language,
        mail: Mail,
    ) -> Result<(), StoreError> {
        let message = Message {
            id: self.new_message_id(),
            user: None,
            to,
            name: String::new(),
            language,
            mail,
            created_at: self.now(),
        };
        retry(self.clock(), self.random(), || async {
            let mut unit = self.store().begin().await?;
            unit.outbox().enqueue(&message).await?;
            unit.commit().await
        })
        .await
    }
}
