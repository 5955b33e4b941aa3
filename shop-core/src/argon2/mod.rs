//! Argon2id on a small pool of threads of its own.
//!
//! A hash takes 19 MiB and tens of milliseconds on purpose, so it must neither run on a thread that serves requests nor on too many at
//! once. The pool needs no runtime: plain threads take jobs from a bounded queue and answer through a one-shot channel.

mod pool;

use std::sync::Arc;

use ::argon2::password_hash::phc::PasswordHash as Phc;
use ::argon2::password_hash::{self, PasswordHasher as _, PasswordVerifier as _};
use ::argon2::{Algorithm, Argon2, Params, Version};
use async_trait::async_trait;

use self::pool::Pool;
use crate::account::{NewPassword, PasswordAttempt, PasswordHash};
#[cfg(feature = "legacy-hashes")]
use crate::legacy_hashes;
use crate::ports::{HasherError, PasswordHasher, RandomSource, Verdict};
use crate::system::SystemRandom;

/// Argon2id with the parameters that OWASP's Password Storage Cheat Sheet gives as the least: 19 MiB, two passes, one lane.
///
/// Hashes are PHC strings, `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`; verifying takes the parameters from the hash, so that
/// older hashes stay good. With the feature `legacy-hashes` those of a shop that ran on Werkzeug verify as well,
/// and are outdated.
pub struct Argon2Hasher {
    pool: Pool,
    random: Arc<dyn RandomSource>,
    /// Compared with when there is no account or its hash cannot be read, so that it takes as long as a fresh one.
    decoy: Arc<PasswordHash>,
}

impl Argon2Hasher {
    /// Memory that one fresh hash needs while it is made or compared with, in bytes.
    pub const MEMORY: u64 = Params::DEFAULT_M_COST as u64 * 1024;

    /// Memory that one thread may need, in bytes.
    #[cfg(not(feature = "legacy-hashes"))]
    const THREAD_MEMORY: u64 = Self::MEMORY;
    /// Memory that one thread may need, in bytes: an imported hash may take more than a fresh one.
    #[cfg(feature = "legacy-hashes")]
    const THREAD_MEMORY: u64 = legacy_hashes::MAX_SCRYPT_MEMORY;

    /// A hasher of so many threads (one at least), with room for 64 waiting jobs each. Threads start with the first job.
    #[must_use]
    pub fn with_threads(threads: usize, random: Arc<dyn RandomSource>) -> Self {
        let decoy = Arc::new(PasswordHash::new(DECOY.to_owned()));
        Self { pool: Pool::new(threads.max(1)), random, decoy }
    }

    /// How many threads suit this machine: one for each core, as long as their hashes take a quarter of the memory
    /// limit at most.
    ///
    /// A thread takes 19 MiB; with the feature `legacy-hashes` 65 MiB, which the costliest imported hash needs.
    #[must_use]
    pub fn suitable_threads(memory_limit: Option<u64>) -> usize {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let fitting = memory_limit.map_or(u64::MAX, |limit| limit / 4 / Self::THREAD_MEMORY);
        cores.min(usize::try_from(fitting).unwrap_or(usize::MAX)).max(1)
    }
}

/// A hash of no one's password, made with today's parameters (a test checks that).
const DECOY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$dml0cmluYS1kZWNveS0wMA$zYJCC0220+Axb+s69a9Wpglwex2u62bmgL7KWoRUFJQ";

impl Default for Argon2Hasher {
    /// As many threads as suit the cores and the control group's memory limit, where there is one.
    fn default() -> Self {
        Self::with_threads(Self::suitable_threads(memory_limit()), Arc::new(SystemRandom))
    }
}

impl std::fmt::Debug for Argon2Hasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Argon2Hasher").field("pool", &self.pool).finish_non_exhaustive()
    }
}

/// The memory limit of this process's control group (version 2), in bytes.
fn memory_limit() -> Option<u64> {
    std::fs::read_to_string("/sys/fs/cgroup/memory.max").ok()?.trim().parse().ok()
}

fn algorithm() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

#[async_trait]
impl PasswordHasher for Argon2Hasher {
    async fn hash(&self, password: &NewPassword) -> Result<PasswordHash, HasherError> {
        let password = password.clone();
        let mut salt = [0; password_hash::phc::Salt::RECOMMENDED_LENGTH];
        self.random.fill(&mut salt);
        let hash =
            self.pool.run(move || algorithm().hash_password_with_salt(password.as_bytes(), &salt)).await?;
        let hash = hash.map_err(|error| HasherError::Failed(Box::new(error)))?;
        Ok(PasswordHash::new(hash.to_string()))
    }

    async fn verify(
        &self,
        attempt: &PasswordAttempt,
        hash: Option<PasswordHash>,
    ) -> Result<Verdict, HasherError> {
        let (attempt, decoy) = (attempt.clone(), Arc::clone(&self.decoy));
        let verdict = self.pool.run(move || {
            let verdict = hash.and_then(|hash| compare(&attempt, &hash));
            verdict.unwrap_or_else(|| mismatch(&attempt, &decoy))
        });
        verdict.await
    }
}

/// Compares in constant time; `None` if the hash cannot be read.
fn compare(attempt: &PasswordAttempt, hash: &PasswordHash) -> Option<Verdict> {
    let Ok(hash) = Phc::new(hash.as_str()) else { return compare_legacy(attempt, hash) };
    Some(match algorithm().verify_password(attempt.as_bytes(), &hash) {
        Ok(()) => Verdict::Match { outdated: is_outdated(&hash) },
        Err(_) => Verdict::Mismatch,
    })
}

#[cfg(feature = "legacy-hashes")]
fn compare_legacy(attempt: &PasswordAttempt, hash: &PasswordHash) -> Option<Verdict> {
    let is_right = legacy_hashes::is_right(attempt, hash).ok()?;
    Some(if is_right { Verdict::Match { outdated: true } } else { Verdict::Mismatch })
}

#[cfg(not(feature = "legacy-hashes"))]
const fn compare_legacy(_: &PasswordAttempt, _: &PasswordHash) -> Option<Verdict> {
    None
}

/// A mismatch that takes as long as one with a fresh hash.
fn mismatch(attempt: &PasswordAttempt, decoy: &PasswordHash) -> Verdict {
    compare(attempt, decoy);
    Verdict::Mismatch
}

/// Whether the hash was made with another algorithm, or less memory or fewer passes, than a hash made today.
fn is_outdated(hash: &Phc) -> bool {
    let Ok(params) = Params::try_from(hash) else { return true };
    let today = Params::DEFAULT;
    hash.algorithm != Algorithm::Argon2id.ident()
        || params.m_cost() < today.m_cost()
        || params.t_cost() < today.t_cost()
        || hash.version != Some(Version::V0x13.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hasher() -> Argon2Hasher {
        Argon2Hasher::with_threads(1, Arc::new(SystemRandom))
    }

    fn attempt(text: &str) -> PasswordAttempt {
        text.parse().expect("an attempt")
    }

    #[tokio::test]
    async fn tells_right_from_wrong() {
        let hasher = hasher();
        let password: NewPassword = "a long enough one".parse().expect("a password");
        let hash = hasher.hash(&password).await.expect("a hash");
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.as_str());
        for (text, verdict) in [
            ("a long enough one", Verdict::Match { outdated: false }),
            ("a long enough One", Verdict::Mismatch),
            ("", Verdict::Mismatch),
        ] {
            assert_eq!(
                hasher.verify(&attempt(text), Some(hash.clone())).await.expect("a verdict"),
                verdict,
                "{text}"
            );
        }
        assert_ne!(hasher.hash(&password).await.expect("a hash"), hash, "each has a salt of its own");
    }

    #[tokio::test]
    async fn nobody_gets_in_by_the_decoy_or_a_broken_hash() {
        let hasher = hasher();
        let no_account = hasher.verify(&attempt("whatever it is"), None).await.expect("a verdict");
        assert_eq!(no_account, Verdict::Mismatch);
        for broken in ["", "plaintext-password", "$argon2id$v=19$m=19456,t=2,p=1$", "pbkdf2:sha256:1$a$b"] {
            let verdict = hasher.verify(&attempt(broken), Some(PasswordHash::new(broken.into()))).await;
            assert_eq!(verdict.expect("a verdict"), Verdict::Mismatch, "{broken}");
        }
    }

    #[tokio::test]
    async fn weaker_parameters_are_outdated() {
        let weak = Argon2::new(
            Algorithm::Argon2id,
            Version::V0x13,
            Params::new(1_024, 1, 1, None).expect("parameters"),
        );
        let hash = weak.hash_password_with_salt(b"a long enough one", b"0123456789abcdef").expect("a hash");
        let verdict =
            hasher().verify(&attempt("a long enough one"), Some(PasswordHash::new(hash.to_string()))).await;
        assert_eq!(verdict.expect("a verdict"), Verdict::Match { outdated: true });
    }

    #[test]
    fn the_decoy_costs_what_a_fresh_hash_costs() {
        let decoy = Phc::new(DECOY).expect("a PHC string");
        assert!(!is_outdated(&decoy));
        assert_eq!(
            Params::try_from(&decoy).map(|params| (params.m_cost(), params.t_cost(), params.p_cost())),
            Ok((19_456, 2, 1))
        );
        assert_eq!(decoy.hash.map(|hash| hash.len()), Some(Params::DEFAULT_OUTPUT_LEN));
    }

    #[test]
    fn threads_fit_the_memory() {
        assert_eq!(Argon2Hasher::suitable_threads(Some(64 << 20)), 1);
        assert!(Argon2Hasher::suitable_threads(None) >= 1);
        for limit in [512_u64, 1_024, 4_096].map(|mebibytes| mebibytes << 20) {
            let threads = u64::try_from(Argon2Hasher::suitable_threads(Some(limit))).expect("few");
            assert!(threads * legacy_hashes::MAX_SCRYPT_MEMORY <= limit / 4, "{threads} threads of {limit}");
        }
    }
}
