use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use crate::outbox::Letter;
use crate::ports::{DeliveryError, Mailer};

/// A mailer that takes every letter and keeps it. A clone is another handle to the same letters.
///
/// ```
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// # use std::sync::Arc;
/// # use shop_core::{Shop, memory::{Mailbox, MemoryStore}};
/// # let shop = Shop::builder(Arc::new(MemoryStore::default())).build();
/// let mailbox = Mailbox::default();
/// shop.relay_outbox(&mailbox).await?;
/// assert_eq!(mailbox.letters(), []);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Mailbox {
    letters: Arc<Mutex<Vec<Letter>>>,
}

impl Mailbox {
    /// All letters so far, oldest first. They hold the secrets of their links.
    #[must_use]
    pub fn letters(&self) -> Vec<Letter> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Letter>> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Mailer for Mailbox {
    async fn deliver(&self, letter: &Letter) -> Result<(), DeliveryError> {
        self.lock().push(letter.clone());
        Ok(())
    }
}
