use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;

use super::EmailAddress;

/// 11,611 passwords of 8 characters or more that are tried first, sorted, in lower case.
///
/// Taken from the ranked list that zxcvbn ships (see `NOTICE` of this crate).
static COMMON: &str = include_str!("common_passwords.txt");

/// A password that its owner chooses: 8 to 1,000 characters of any kind, and none of the common ones.
///
/// The rules are those of NIST SP 800-63B, section 3.1.1.2: length counts, composition does not, and what attackers try first
/// is refused with the reason. The text is brought into Unicode's compatibility form (NFKC), so that a password typed
/// on another keyboard stays the same.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPassword(String);

/// A password that somebody types to prove who they are: anything of at most 1,000 characters.
///
/// It is brought into NFKC as a [`NewPassword`] is, and kept as it was typed beside.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordAttempt {
    normalized: String,
    typed: String,
}

/// What is wrong with a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Fewer than 8 characters.
    #[error("must have at least {} characters", NewPassword::MIN_CHARS)]
    TooShort,
    /// More than 1,000 characters.
    #[error("must have at most {} characters", NewPassword::MAX_CHARS)]
    TooLong,
    /// One of the passwords that attackers try first.
    #[error("is one of the passwords that are tried first")]
    Common,
    /// The account's own address.
    #[error("must not be the e-mail address")]
    IsEmail,
}

impl NewPassword {
    /// The least length, in characters.
    pub const MIN_CHARS: usize = 8;
    /// The greatest length, in characters.
    pub const MAX_CHARS: usize = 1_000;

    /// The password itself, if it is not just the account's address.
    pub fn unlike(self, email: &EmailAddress) -> Result<Self, PasswordError> {
        let typed = self.0.to_lowercase();
        let key = email.key();
        let local = key.as_str().split('@').next().unwrap_or_default();
        if typed == key.as_str() || typed == local { Err(PasswordError::IsEmail) } else { Ok(self) }
    }

    /// A password that was right a moment ago: it may be hashed anew although today's rules would refuse it.
    pub(super) fn proved(attempt: &PasswordAttempt) -> Self {
        Self(attempt.normalized.clone())
    }

    /// The bytes to hash.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl FromStr for NewPassword {
    type Err = PasswordError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let password = normalized(raw)?;
        if password.chars().count() < Self::MIN_CHARS {
            return Err(PasswordError::TooShort);
        }
        if is_common(&password.to_lowercase()) {
            return Err(PasswordError::Common);
        }
        Ok(Self(password))
    }
}

impl PasswordAttempt {
    /// The bytes to compare with a hash of a [`NewPassword`].
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.normalized.as_bytes()
    }

    /// The text as it was typed, to compare with hashes of programs that do not bring passwords into NFKC.
    #[must_use]
    pub fn as_typed(&self) -> &str {
        &self.typed
    }
}

impl FromStr for PasswordAttempt {
    type Err = PasswordError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        normalized(raw).map(|normalized| Self { normalized, typed: raw.to_owned() })
    }
}

impl From<NewPassword> for PasswordAttempt {
    fn from(password: NewPassword) -> Self {
        Self { normalized: password.0.clone(), typed: password.0 }
    }
}

/// The text in NFKC, if it has at most 1,000 characters before and after.
fn normalized(raw: &str) -> Result<String, PasswordError> {
    let most = NewPassword::MAX_CHARS;
    if raw.chars().nth(most).is_some() {
        return Err(PasswordError::TooLong);
    }
    let password: String = raw.nfkc().collect();
    if password.chars().nth(most).is_some() { Err(PasswordError::TooLong) } else { Ok(password) }
}

/// Whether the list of common passwords has this one: a binary search over its lines, in place.
fn is_common(password: &str) -> bool {
    let (mut low, mut high) = (0, COMMON.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let start =
            COMMON.as_bytes().get(..middle).and_then(|head| head.iter().rposition(|&byte| byte == b'\n'));
        let start = start.map_or(0, |newline| newline + 1);
        let Some(line) = COMMON.get(start..).and_then(|tail| tail.lines().next()) else { return false };
        match line.cmp(password) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = start + line.len() + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

impl fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewPassword(…)")
    }
}

impl fmt::Debug for PasswordAttempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordAttempt(…)")
    }
}

/// A password's hash in the form that its algorithm defines, such as a PHC string `$argon2id$v=19$…`.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// The hash with this text; the hasher alone knows whether it can read it.
    #[must_use]
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// A hash of no password at all: the account opens by a reset alone.
    #[must_use]
    pub const fn void() -> Self {
        Self(String::new())
    }

    /// Whether no password fits it.
    #[must_use]
    pub const fn is_void(&self) -> bool {
        self.0.is_empty()
    }

    /// The text that the store keeps.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_found() {
        let lines: Vec<_> = COMMON.lines().collect();
        assert_eq!(lines.len(), 11_611);
        assert!(lines.is_sorted(), "binary search needs order");
        for line in lines {
            assert!(is_common(line), "{line}");
        }
        assert!(!is_common("") && !is_common("correct horse battery staple") && !is_common("~~~~~~~~zz"));
    }

    #[test]
    fn length_counts_characters_and_composition_does_not_matter() {
        assert_eq!("seven77".parse::<NewPassword>(), Err(PasswordError::TooShort));
        assert!("żółć gęś".parse::<NewPassword>().is_ok());
        assert!("👩‍🔬".repeat(300).parse::<NewPassword>().is_ok());
        assert_eq!("x".repeat(1_001).parse::<NewPassword>(), Err(PasswordError::TooLong));
        assert_eq!(
            "\u{fdfa}".repeat(900).parse::<NewPassword>(),
            Err(PasswordError::TooLong),
            "18 characters each in NFKC"
        );
        assert!("x".repeat(1_000).parse::<NewPassword>().is_ok());
    }

    #[test]
    fn common_ones_are_refused_in_any_case() {
        for common in ["password1", "PASSWORD1", "qwertyuiop", "１２３４５６７８９"] {
            assert_eq!(common.parse::<NewPassword>(), Err(PasswordError::Common), "{common}");
        }
    }

    #[test]
    fn one_text_in_two_spellings_is_one_password() {
        let composed: NewPassword = "pălărie-cu-boruri".parse().expect("a password");
        let decomposed: NewPassword = "pa\u{306}la\u{306}rie-cu-boruri".parse().expect("a password");
        assert_eq!(composed.as_bytes(), decomposed.as_bytes());
    }

    #[test]
    fn an_attempt_is_kept_as_it_was_typed_too() {
        let attempt: PasswordAttempt = "ﬁs\u{326}a ½".parse().expect("an attempt");
        assert_eq!(attempt.as_typed(), "ﬁs\u{326}a ½");
        assert_eq!(attempt.as_bytes(), "fișa 1⁄2".as_bytes());
        let chosen: NewPassword = "ﬁșa de post".parse().expect("a password");
        assert_eq!(PasswordAttempt::from(chosen).as_typed(), "fișa de post");
    }

    #[test]
    fn the_own_address_is_refused() {
        let email: EmailAddress = "Maria.Ionescu@example.com".parse().expect("an address");
        for typed in ["maria.ionescu@example.com", "Maria.Ionescu"] {
            let password: NewPassword = typed.parse().expect("a password");
            assert_eq!(password.unlike(&email), Err(PasswordError::IsEmail));
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        let password: NewPassword = "hush-hush-hush".parse().expect("a password");
        assert!(!format!("{password:?}").contains("hush"));
    }
}
