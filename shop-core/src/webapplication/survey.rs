//! Who wins when several rows claim one address or one code.

use std::collections::HashSet;

use super::product::Goods;
use super::user::Account;
use crate::account::UserState;
use crate::catalog::Sku;

/// The claims of all rows: 32 bytes a row.
#[derive(Debug, Default)]
pub(super) struct Survey {
    emails: Vec<Claim>,
    codes: Vec<Claim>,
    /// The codes that will be in the catalog.
    skus: HashSet<Sku>,
}

/// A row's claim to something that one row alone can have. The lowest wins: by rank, then by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Claim {
    key: u128,
    rank: u8,
    number: i64,
}

impl Survey {
    /// Notes that this product claims its code.
    pub(super) fn claim_sku(&mut self, goods: &Goods, number: i64) {
        self.skus.insert(goods.sku);
        self.codes.push(Claim { key: sku_key(goods), rank: 0, number });
    }

    /// Notes that this account claims its address: those that have it by themselves first, then active ones,
    /// then those with a password.
    pub(super) fn claim_email(&mut self, account: &Account, number: i64) {
        let is_pending = account.state != UserState::Active;
        let rank = u8::from(account.is_given) << 2
            | u8::from(is_pending) << 1
            | u8::from(account.password.is_void());
        self.emails.push(Claim { key: email_key(account), rank, number });
    }

    /// Ends the collecting, so that there is one owner of each.
    pub(super) fn settle(&mut self) {
        for claims in [&mut self.emails, &mut self.codes] {
            claims.sort_unstable();
            claims.dedup_by_key(|claim| claim.key);
        }
    }

    /// The number of the row that has the product's code.
    pub(super) fn owner_of_sku(&self, goods: &Goods) -> Option<i64> {
        owner(&self.codes, sku_key(goods))
    }

    /// The number of the row that has the account's address.
    pub(super) fn owner_of_email(&self, account: &Account) -> Option<i64> {
        owner(&self.emails, email_key(account))
    }

    /// Whether some row brings this product.
    pub(super) fn brings(&self, sku: Sku) -> bool {
        self.skus.contains(&sku)
    }
}

fn sku_key(goods: &Goods) -> u128 {
    digest(goods.sku.as_str())
}

fn email_key(account: &Account) -> u128 {
    digest(account.email.key().as_str())
}

/// 128 bits that stand for a text: of a billion different ones no two share them by chance.
fn digest(text: &str) -> u128 {
    let hash = hmac_sha256::Hash::hash(text.as_bytes());
    hash.first_chunk().map_or(0, |bytes| u128::from_be_bytes(*bytes))
}

fn owner(claims: &[Claim], key: u128) -> Option<i64> {
    let index = claims.binary_search_by_key(&key, |claim| claim.key).ok()?;
    claims.get(index).map(|claim| claim.number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_rank_then_the_lowest_number_wins() {
        let claim = |key, rank, number| Claim { key, rank, number };
        let emails = vec![claim(1, 2, 7), claim(2, 0, 5), claim(1, 0, 8), claim(2, 0, 4), claim(1, 1, 3)];
        let mut survey = Survey { emails, ..Survey::default() };
        survey.settle();
        assert_eq!(owner(&survey.emails, 1), Some(8));
        assert_eq!(owner(&survey.emails, 2), Some(4));
        assert_eq!(owner(&survey.emails, 3), None);
    }
}
