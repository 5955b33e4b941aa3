use pbkdf2::pbkdf2_hmac;
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use subtle::ConstantTimeEq;

use super::{Form, HashFunction};

/// The default iterations of every version of Werkzeug, from 0.9 to 3.1.
pub(super) const DEFAULT_ITERATIONS: [u32; 6] = [1_000, 50_000, 150_000, 260_000, 600_000, 1_000_000];

/// Whether the digest is what this form makes of password and salt.
pub(super) fn matches(form: Form, password: &[u8], salt: &[u8], digest: &[u8]) -> bool {
    match form {
        Form::Pbkdf2 { function, iterations: Some(iterations) } => {
            matches_pbkdf2(function, iterations, password, salt, digest)
        }
        Form::Pbkdf2 { function, iterations: None } => DEFAULT_ITERATIONS
            .into_iter()
            .any(|iterations| matches_pbkdf2(function, iterations, password, salt, digest)),
        Form::Scrypt { n, r, p } => matches_scrypt([n, r, p], password, salt, digest),
    }
}

fn matches_pbkdf2(
    function: HashFunction,
    iterations: u32,
    password: &[u8],
    salt: &[u8],
    digest: &[u8],
) -> bool {
    let derive = match function {
        HashFunction::Sha1 => pbkdf2_hmac::<Sha1>,
        HashFunction::Sha256 => pbkdf2_hmac::<Sha256>,
        HashFunction::Sha512 => pbkdf2_hmac::<Sha512>,
    };
    let mut derived = vec![0; digest.len()];
    derive(password, salt, iterations, &mut derived);
    derived.ct_eq(digest).into()
}

fn matches_scrypt([n, r, p]: [u32; 3], password: &[u8], salt: &[u8], digest: &[u8]) -> bool {
    let Some(params) = u8::try_from(n.ilog2()).ok().and_then(|log_n| scrypt::Params::new(log_n, r, p).ok())
    else {
        return false;
    };
    let mut derived = vec![0; digest.len()];
    scrypt::scrypt(password, salt, &params, &mut derived).is_ok() && derived.ct_eq(digest).into()
}
