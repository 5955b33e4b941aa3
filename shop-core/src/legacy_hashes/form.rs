use std::fmt;

use super::UnreadableHash;
use crate::hex;

/// The most iterations of PBKDF2 that one comparison takes.
pub const MAX_ITERATIONS: u32 = 2_500_000;

/// The most memory that one comparison by scrypt takes, as 128·r·(N + p) bytes.
///
/// 64 MiB for `scrypt:65536:8:1`, and some for what stands beside.
pub const MAX_SCRYPT_MEMORY: u64 = 65 << 20;

/// The most work that one comparison by scrypt takes, as N·r·p.
pub const MAX_SCRYPT_WORK: u64 = 1 << 20;

/// How a hash was made, with parameters under the caps.
///
/// Its text is Werkzeug's name of the method, such as `pbkdf2:sha256:50000`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// PBKDF2 (RFC 8018, section 5.2) with HMAC, as long as the function's digest.
    Pbkdf2 {
        /// What HMAC is computed with.
        function: HashFunction,
        /// How often; `None` if the hash does not say, and every default that Werkzeug has had is tried.
        iterations: Option<u32>,
    },
    /// Scrypt (RFC 7914), 64 bytes long.
    Scrypt {
        /// The cost N, a power of two.
        n: u32,
        /// The block size.
        r: u32,
        /// The parallelization.
        p: u32,
    },
}

/// A hash function under PBKDF2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HashFunction {
    /// SHA-1, Werkzeug's default before 0.12.
    Sha1,
    /// SHA-256, its default from 0.12 to 2.3.
    Sha256,
    /// SHA-512.
    Sha512,
}

impl Form {
    /// What scrypt without parameters means in every version.
    const DEFAULT_SCRYPT: Self = Self::Scrypt { n: 1 << 15, r: 8, p: 1 };

    pub(super) fn parse(method: &str) -> Result<Self, UnreadableHash> {
        let parts: Vec<_> = method.split(':').collect();
        match *parts.as_slice() {
            ["pbkdf2"] => Ok(Self::Pbkdf2 { function: HashFunction::Sha256, iterations: None }),
            ["pbkdf2", function] => {
                Ok(Self::Pbkdf2 { function: HashFunction::parse(function)?, iterations: None })
            }
            ["pbkdf2", function, iterations] => {
                Self::pbkdf2(HashFunction::parse(function)?, number(iterations)?)
            }
            ["scrypt"] => Ok(Self::DEFAULT_SCRYPT),
            ["scrypt", n, r, p] => Self::scrypt(number(n)?, number(r)?, number(p)?),
            ["pbkdf2" | "scrypt", ..] => Err(UnreadableHash::Parameters),
            _ => Err(UnreadableHash::UnknownMethod),
        }
    }

    fn pbkdf2(function: HashFunction, iterations: u32) -> Result<Self, UnreadableHash> {
        match iterations {
            0 => Err(UnreadableHash::Parameters),
            1..=MAX_ITERATIONS => Ok(Self::Pbkdf2 { function, iterations: Some(iterations) }),
            _ => Err(UnreadableHash::TooCostly),
        }
    }

    fn scrypt(n: u32, r: u32, p: u32) -> Result<Self, UnreadableHash> {
        if !n.is_power_of_two() || n == 1 || r == 0 || p == 0 {
            return Err(UnreadableHash::Parameters);
        }
        let [wide_n, wide_r, wide_p] = [n, r, p].map(u64::from);
        let work = wide_n.checked_mul(wide_r).and_then(|work| work.checked_mul(wide_p));
        let memory = wide_r.checked_mul(128 * (wide_n + wide_p));
        let is_affordable = work.is_some_and(|work| work <= MAX_SCRYPT_WORK)
            && memory.is_some_and(|memory| memory <= MAX_SCRYPT_MEMORY);
        if is_affordable { Ok(Self::Scrypt { n, r, p }) } else { Err(UnreadableHash::TooCostly) }
    }

    /// The bytes of a digest that is exactly as long as this form's are.
    pub(super) fn decode_digest(self, digits: &str) -> Option<Vec<u8>> {
        match self {
            Self::Pbkdf2 { function: HashFunction::Sha1, .. } => hex::decode::<20>(digits).map(Vec::from),
            Self::Pbkdf2 { function: HashFunction::Sha256, .. } => hex::decode::<32>(digits).map(Vec::from),
            Self::Pbkdf2 { function: HashFunction::Sha512, .. } | Self::Scrypt { .. } => {
                hex::decode::<64>(digits).map(Vec::from)
            }
        }
    }
}

impl HashFunction {
    fn parse(name: &str) -> Result<Self, UnreadableHash> {
        match name {
            "sha1" => Ok(Self::Sha1),
            "sha256" => Ok(Self::Sha256),
            "sha512" => Ok(Self::Sha512),
            _ => Err(UnreadableHash::UnknownFunction),
        }
    }
}

/// A number of plain digits, as Werkzeug writes them; one that is too great for 32 bits is over every cap.
fn number(digits: &str) -> Result<u32, UnreadableHash> {
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(UnreadableHash::Parameters);
    }
    digits.parse().map_err(|_| UnreadableHash::TooCostly)
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pbkdf2 { function, iterations: None } => write!(f, "pbkdf2:{function}"),
            Self::Pbkdf2 { function, iterations: Some(iterations) } => {
                write!(f, "pbkdf2:{function}:{iterations}")
            }
            Self::Scrypt { n, r, p } => write!(f, "scrypt:{n}:{r}:{p}"),
        }
    }
}

impl fmt::Display for HashFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
        })
    }
}
