//! Browsers that have signed in to an account before.
//!
//! Whoever guesses an account's password from elsewhere must not keep its owner out. So a browser gets a mark
//! when somebody signs in there, and tries with the mark are counted apart from everybody else's. A mark is a
//! random name and a seal over name and account: nobody makes one, and it counts for no other account.

use shop_core::account::{BrowserKey, EmailKey};
use shop_core::ports::RandomSource;

use crate::config::SecretKey;
use crate::forgery::same_token;
use crate::hex::{hex, unhex};

/// Makes and checks the marks of browsers.
#[derive(Debug)]
pub(crate) struct BrowserMarks(SecretKey);

impl BrowserMarks {
    pub(crate) const fn new(key: SecretKey) -> Self {
        Self(key)
    }

    /// A mark with a fresh name, for a browser in which the owner of this address has just signed in.
    pub(crate) fn fresh(&self, account: &EmailKey, random: &dyn RandomSource) -> String {
        let mut name = [0; 16];
        random.fill(&mut name);
        format!("{}.{}", hex(&name), self.seal(BrowserKey(name), account))
    }

    /// The name in the mark, if it was made for this account.
    pub(crate) fn name(&self, mark: &str, account: &EmailKey) -> Option<BrowserKey> {
        let (name, seal) = mark.split_once('.')?;
        let name = BrowserKey(unhex(name)?);
        same_token(&self.seal(name, account), seal).then_some(name)
    }

    /// HMAC-SHA-256 (RFC 2104). What it is made over begins unlike that of the tokens in forms, with which it
    /// shares its key.
    fn seal(&self, BrowserKey(name): BrowserKey, account: &EmailKey) -> String {
        let mut mac = hmac_sha256::HMAC::new(self.0.as_bytes());
        mac.update(b"browser");
        mac.update(name);
        mac.update(account.as_str());
        hex(&mac.finalize())
    }
}

#[cfg(test)]
mod tests {
    use shop_core::account::EmailAddress;
    use shop_core::system::SystemRandom;

    use super::*;

    fn account(address: &str) -> EmailKey {
        address.parse::<EmailAddress>().expect("an address").key()
    }

    #[test]
    fn a_mark_counts_for_its_account_alone() {
        let marks = BrowserMarks::new(SecretKey::from_bytes([7; 32]));
        let mark = marks.fresh(&account("ana@example.com"), &SystemRandom);
        let name = marks.name(&mark, &account("Ana@Example.com"));
        assert_eq!(name.map(|BrowserKey(name)| hex(&name)).as_deref(), mark.split('.').next());
        assert_eq!(marks.name(&mark, &account("dan@example.com")), None);
        let elsewhere = BrowserMarks::new(SecretKey::from_bytes([8; 32]));
        assert_eq!(elsewhere.name(&mark, &account("ana@example.com")), None);
        assert_ne!(marks.fresh(&account("ana@example.com"), &SystemRandom), mark);
    }

    #[test]
    fn a_mark_that_was_changed_is_none() {
        let (marks, ana) = (BrowserMarks::new(SecretKey::from_bytes([7; 32])), account("ana@example.com"));
        let mark = marks.fresh(&ana, &SystemRandom);
        let (name, seal) = mark.split_once('.').expect("two parts");
        let other = if name.starts_with('0') { "1" } else { "0" };
        for changed in [
            format!("{other}{}.{seal}", &name[1..]),
            format!("{name}.{}", "0".repeat(64)),
            format!("{name}."),
            format!("{name}{seal}"),
            name.to_owned(),
            String::new(),
            ".".to_owned(),
        ] {
            assert_eq!(marks.name(&changed, &ana), None, "{changed}");
        }
    }
}
