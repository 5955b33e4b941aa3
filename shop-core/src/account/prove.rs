//! Prove: the owner types the password once more before something that cannot be taken back.

use std::time::Duration;

use super::{PasswordAttempt, User};
use crate::Shop;
use crate::error::StoreError;
use crate::ports::{Attempt, HasherError, ThrottleKey, TooManyTries, Verdict, Who};

/// Why the password proves nothing.
#[derive(Debug)]
pub(super) enum ProveError {
    Wrong,
    TooManyTries(Duration),
    Hasher(HasherError),
    Store(StoreError),
}

impl From<TooManyTries> for ProveError {
    fn from(error: TooManyTries) -> Self {
        match error {
            TooManyTries::Wait(wait) => Self::TooManyTries(wait),
            TooManyTries::Store(error) => Self::Store(error),
        }
    }
}

impl Shop {
    /// Whether this is the account's password. Tries count for the account itself, not for its address: who is signed in must not be
    /// stopped by strangers who try to be.
    pub(super) async fn prove_password(
        &self,
        user: &User,
        password: &PasswordAttempt,
    ) -> Result<(), ProveError> {
        let key = [ThrottleKey { attempt: Attempt::SignIn, who: Who::User(user.id) }];
        self.throttle().admit(&key, self.now()).await?;
        let verdict = self.hasher().verify(password, Some(user.password.clone())).await;
        match verdict.map_err(ProveError::Hasher)? {
            Verdict::Match { .. } => self.throttle().forgive(&key).await.map_err(ProveError::Store),
            Verdict::Mismatch => Err(ProveError::Wrong),
        }
    }
}
