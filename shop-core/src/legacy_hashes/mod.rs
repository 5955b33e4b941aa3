//! Password hashes of a shop that ran on Werkzeug (Flask), so that its accounts keep their passwords.
//!
//! [`Argon2Hasher`](crate::argon2::Argon2Hasher) compares with them once this feature is on, and calls each
//! match outdated: the next sign-in replaces the hash. An importer asks [`recognize`] which hashes are worth
//! carrying over, and of the others why not. Only those should be carried: a text `$argon2id$…` of another
//! program would count as one of our own, whose parameters have no caps.
//!
//! # Forms
//! A hash is `method$salt$digest`: the salt as text, the digest in hexadecimal digits and as long as its
//! method makes it.
//!
//! | method | written by `generate_password_hash` of |
//! |---|---|
//! | `pbkdf2:sha1:N`, `pbkdf2:sha256:N`, `pbkdf2:sha512:N` | every version since 0.9 |
//! | `scrypt:N:r:p` | every version since 2.3; by default since 3.0 |
//! | `scrypt` | none; read as `scrypt:32768:8:1`, as every version does |
//! | `pbkdf2:sha1` and so on, `pbkdf2` for `pbkdf2:sha256` | none; see below |
//!
//! No version wrote a hash by PBKDF2 without its iterations, but each reads one with its own default: 1,000
//! (0.9 to 0.11), 50,000 (0.12 to 0.14), 150,000 (0.15 to 1.0), 260,000 (2.0 to 2.2), 600,000 (2.3 and 3.0),
//! 1,000,000 (3.1). Nothing in the text tells which was meant, so all six are tried, the cheapest first:
//! 2,061,000 iterations together, less than one hash may take anyway. Source: `werkzeug/security.py` of
//! these versions.
//!
//! Werkzeug's methods that are not slow (`plain`, `md5`, `sha1`, …; gone since 3.0) are not read: whoever has
//! such a hash needs a reset.
//!
//! # Caps
//! The parameters come from a table that others have written, so they are capped before any work is done:
//!
//! | | at most | |
//! |---|---|---|
//! | PBKDF2 | [`MAX_ITERATIONS`] | 2.5 times Werkzeug's greatest default |
//! | scrypt, memory | [`MAX_SCRYPT_MEMORY`] | twice Werkzeug's default; the pool of threads counts with it |
//! | scrypt, work | [`MAX_SCRYPT_WORK`] | four times Werkzeug's default |
//! | text | [`MAX_BYTES`] | what a store keeps |
//!
//! Of the parameters in OWASP's Password Storage Cheat Sheet one is over a cap: `scrypt:131072:8:1` takes
//! 128 MiB. At the caps a comparison takes about a second (SHA-512) or half of one (scrypt) on a server's
//! core, and up to three times as long for a password that has three spellings (see [`is_right`]); the
//! throttles of sign-in bound how often that happens.

mod derive;
mod form;
mod unreadable;

#[cfg(test)]
mod tests;

use unicode_normalization::UnicodeNormalization;

pub use self::form::{Form, HashFunction, MAX_ITERATIONS, MAX_SCRYPT_MEMORY, MAX_SCRYPT_WORK};
pub use self::unreadable::UnreadableHash;
use crate::account::{PasswordAttempt, PasswordHash};

/// The greatest length of a hash that is read, in bytes.
pub const MAX_BYTES: usize = 1_000;

/// How this hash was made, or why it cannot be compared with.
///
/// Reads the text and computes nothing.
pub fn recognize(hash: &str) -> Result<Form, UnreadableHash> {
    Stored::parse(hash).map(|stored| stored.form)
}

/// Whether this is the password behind the hash, compared in constant time.
///
/// The shop before hashed what was typed, byte by byte, so that is tried first; then its canonical form (NFC)
/// and its compatibility form (NFKC), if they differ. Takes as long as the hash's parameters say: a caller MUST
/// NOT run it on a thread that serves requests, and MUST bound how many run at once.
pub fn is_right(attempt: &PasswordAttempt, hash: &PasswordHash) -> Result<bool, UnreadableHash> {
    let stored = Stored::parse(hash.as_str())?;
    Ok(spellings(attempt.as_typed()).iter().any(|spelling| stored.is_of(spelling.as_bytes())))
}

/// A hash taken apart.
struct Stored<'a> {
    form: Form,
    salt: &'a str,
    digest: Vec<u8>,
}

impl<'a> Stored<'a> {
    fn parse(hash: &'a str) -> Result<Self, UnreadableHash> {
        if hash.len() > MAX_BYTES {
            return Err(UnreadableHash::TooLong);
        }
        let (method, rest) = hash.split_once('$').ok_or(UnreadableHash::NoHash)?;
        let (salt, digest) = rest.split_once('$').ok_or(UnreadableHash::NoHash)?;
        let form = Form::parse(method)?;
        let digest = form.decode_digest(digest).ok_or(UnreadableHash::BadDigest)?;
        Ok(Self { form, salt, digest })
    }

    fn is_of(&self, password: &[u8]) -> bool {
        derive::matches(self.form, password, self.salt.as_bytes(), &self.digest)
    }
}

/// What was typed, its NFC and its NFKC, each once: what equals its NFKC equals its NFC, so equal ones are
/// neighbors.
fn spellings(typed: &str) -> Vec<String> {
    let mut spellings = vec![typed.to_owned(), typed.nfc().collect(), typed.nfkc().collect()];
    spellings.dedup();
    spellings
}
