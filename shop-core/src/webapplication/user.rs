//! A row of `useri` as an account with its cart.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::reading::{Reading, shown, text};
use super::report::{Finding, Problem};
use super::row::{UserRow, Value};
use crate::account::{EmailAddress, EmailError, PasswordHash, PersonName, PostalAddress, UserState};
use crate::cart::Cart;
use crate::cart::code::{Reason, parse_lenient};
use crate::legacy_hashes;

/// An account to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) email: EmailAddress,
    /// Whether the operator has given it the address.
    pub(super) is_given: bool,
    pub(super) last_name: PersonName,
    pub(super) first_name: PersonName,
    pub(super) address: PostalAddress,
    pub(super) password: PasswordHash,
    pub(super) state: UserState,
    pub(super) cart: Cart,
}

/// Reads a row; `addresses` are those that the operator gives, by number.
pub(super) fn read(row: &UserRow, addresses: &BTreeMap<i64, EmailAddress>) -> Reading<Account> {
    Reading::of("IDUser", &row.number, |number, findings| account(row, addresses.get(&number), findings))
}

fn account(
    row: &UserRow,
    given: Option<&EmailAddress>,
    findings: &mut Vec<Finding>,
) -> Result<Account, Finding> {
    let email = match given {
        Some(given) => given.clone(),
        None => email(&row.email, findings)?,
    };
    Ok(Account {
        email,
        is_given: given.is_some(),
        last_name: text("numeUser", &row.last_name, PersonName::MAX_CHARS, findings)?,
        first_name: text("prenumeUser", &row.first_name, PersonName::MAX_CHARS, findings)?,
        address: text("adresa", &row.address, PostalAddress::MAX_CHARS, findings)?,
        password: password(&row.password, findings),
        state: state(&row.activated, findings),
        cart: cart(&row.cart, findings),
    })
}

/// More than any address in any Unicode form has.
const MOST_BYTES: usize = 4_096;

fn email(value: &Value, findings: &mut Vec<Finding>) -> Result<EmailAddress, Finding> {
    let refused = |problem| Finding::of("email", problem, value);
    let raw = value.text().map_err(refused)?;
    if raw.len() > MOST_BYTES {
        return Err(refused(Problem::Email(EmailError::TooLong)));
    }
    let plain: String = raw.nfkc().collect();
    let plain = plain.trim_matches(is_blank);
    let email = plain.parse().map_err(|error| refused(Problem::Email(error)))?;
    if plain != raw {
        findings.push(Finding::of("email", Problem::EmailTidied, value));
    }
    Ok(email)
}

/// Whether the character shows nothing, so that nobody sees it around an address.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// The hash as it is, if its password can be verified.
fn password(value: &Value, findings: &mut Vec<Finding>) -> PasswordHash {
    let problem = match value.text().map(str::trim) {
        Ok("") => Problem::NoPassword,
        Ok(hash) => match legacy_hashes::recognize(hash) {
            Ok(_) => return PasswordHash::new(hash.to_owned()),
            Err(unreadable) => Problem::Password(unreadable),
        },
        Err(problem) => problem,
    };
    findings.push(Finding::silent("parola", problem));
    PasswordHash::void()
}

fn state(value: &Value, findings: &mut Vec<Finding>) -> UserState {
    match value.text().map(str::trim) {
        Ok("1") => UserState::Active,
        Ok("0" | "") => UserState::Pending,
        Ok(_) | Err(_) => {
            findings.push(Finding::of("activated", Problem::Activated, value));
            UserState::Pending
        }
    }
}

fn cart(value: &Value, findings: &mut Vec<Finding>) -> Cart {
    let code = match value.text() {
        Ok(code) => code,
        Err(problem) => {
            findings.push(Finding::of("shopping", problem, value));
            return Cart::default();
        }
    };
    let (cart, faults) = parse_lenient(code);
    let written = code.split(';').filter(|line| !line.trim().is_empty()).count();
    let is_cut = faults.iter().any(|fault| fault.reason == Reason::Length);
    if cart.lines().len() + faults.len() < written && !is_cut {
        findings.push(Finding::of("shopping", Problem::CartMerged, value));
    }
    findings.extend(faults.into_iter().map(|fault| {
        let rest = code.get(fault.position..).unwrap_or_default();
        let lost =
            if fault.reason == Reason::Length { rest } else { rest.split(';').next().unwrap_or_default() };
        Finding { column: "shopping", problem: Problem::CartLine(fault.reason), value: Some(shown(lost)) }
    }));
    cart
}
