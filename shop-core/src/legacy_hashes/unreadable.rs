use super::{MAX_BYTES, MAX_ITERATIONS, MAX_SCRYPT_MEMORY, MAX_SCRYPT_WORK};

/// Why no password can be compared with a hash; no account opens by it.
///
/// The message goes on after "the hash", and shows nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum UnreadableHash {
    /// It has not three parts; a password in clear looks like that.
    #[error("is not of the form method$salt$digest")]
    NoHash,
    /// It has more than [`MAX_BYTES`] bytes.
    #[error("has more than {MAX_BYTES} bytes")]
    TooLong,
    /// Its method is neither PBKDF2 nor scrypt.
    #[error("was made by another method than pbkdf2 and scrypt")]
    UnknownMethod,
    /// It is of PBKDF2 with another hash function than those of [`HashFunction`](super::HashFunction).
    #[error("was made by pbkdf2 with another function than sha1, sha256 and sha512")]
    UnknownFunction,
    /// Its method does not take these parameters.
    #[error("has parameters that its method does not take")]
    Parameters,
    /// To compare with it would take more time or memory than is given to one hash.
    #[error(
        "costs too much to compare with: more than {MAX_ITERATIONS} iterations of pbkdf2, or for scrypt {} MiB \
         or N·r·p = {MAX_SCRYPT_WORK}",
        MAX_SCRYPT_MEMORY >> 20
    )]
    TooCostly,
    /// Its digest is cut off, too long, or not of hexadecimal digits.
    #[error("has a digest that is damaged or cut off")]
    BadDigest,
}
