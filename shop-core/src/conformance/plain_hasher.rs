use async_trait::async_trait;

use crate::account::{NewPassword, PasswordAttempt, PasswordHash};
use crate::ports::{HasherError, PasswordHasher, Verdict};

/// A hasher that writes passwords down as they are: for tests alone, where real hashing would only take time.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainHasher;

fn plain(password: &[u8]) -> String {
    format!("plain${}", String::from_utf8_lossy(password))
}

#[async_trait]
impl PasswordHasher for PlainHasher {
    async fn hash(&self, password: &NewPassword) -> Result<PasswordHash, HasherError> {
        Ok(PasswordHash::new(plain(password.as_bytes())))
    }

    async fn verify(
        &self,
        attempt: &PasswordAttempt,
        hash: Option<PasswordHash>,
    ) -> Result<Verdict, HasherError> {
        let is_right = hash.is_some_and(|hash| hash.as_str() == plain(attempt.as_bytes()));
        Ok(if is_right { Verdict::Match { outdated: false } } else { Verdict::Mismatch })
    }
}
