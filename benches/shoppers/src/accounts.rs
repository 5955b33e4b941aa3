//! The accounts that shoppers sign in with.

use std::collections::VecDeque;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::jar::Jar;
use crate::trouble::Trouble;

/// An account with the cookies of the browser that uses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Account {
    /// Its address.
    pub(crate) email: String,
    /// Its password.
    pub(crate) password: String,
    /// The cookies of its session; `None` if it has to sign in first.
    pub(crate) jar: Option<Jar>,
}

/// Accounts that nobody uses just now.
///
/// One account serves one flow of requests at a time: two that share a cart would spoil each other's.
#[derive(Debug)]
pub(crate) struct Accounts(Mutex<VecDeque<Account>>);

impl Accounts {
    /// Reads `EMAIL PASSWORD` from each line of a file; blank lines are passed over.
    pub(crate) fn read(path: &Path) -> Result<Self, Trouble> {
        let text = fs::read_to_string(path).map_err(Trouble::file(path))?;
        let accounts = parse(&text).map_err(|reason| Trouble::content(path, &reason))?;
        Ok(Self(Mutex::new(accounts)))
    }

    /// The account that has rested longest; `None` if all are in use.
    pub(crate) fn take(&self) -> Option<Account> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    /// Gives an account back.
    pub(crate) fn give_back(&self, account: Account) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_back(account);
    }
}

fn parse(text: &str) -> Result<VecDeque<Account>, String> {
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let accounts: VecDeque<_> =
        lines.map(|(line, number)| account(line, number)).collect::<Result<_, _>>()?;
    if accounts.is_empty() { Err("it has no account".to_owned()) } else { Ok(accounts) }
}

fn account(line: &str, number: usize) -> Result<Account, String> {
    let pair = line.trim().split_once(' ');
    let (email, password) = pair.ok_or_else(|| format!("line {number} is not of the form EMAIL PASSWORD"))?;
    Ok(Account { email: email.to_owned(), password: password.trim().to_owned(), jar: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_an_address_and_a_password() {
        let accounts = parse("ana@example.com corect cal\n\nion@example.com x\n").expect("accounts");
        assert_eq!(accounts.len(), 2);
        assert_eq!(
            (accounts[0].email.as_str(), accounts[0].password.as_str()),
            ("ana@example.com", "corect cal")
        );
        assert_eq!(parse("\n").unwrap_err(), "it has no account");
        assert_eq!(parse("a@b c\nnothing\n").unwrap_err(), "line 2 is not of the form EMAIL PASSWORD");
    }

    #[test]
    fn an_account_in_use_is_given_to_nobody_else() {
        let accounts = Accounts(Mutex::new(parse("a@example.com p\nb@example.com p").expect("accounts")));
        let first = accounts.take().expect("an account");
        assert_eq!(accounts.take().map(|account| account.email).as_deref(), Some("b@example.com"));
        assert_eq!(accounts.take(), None);
        accounts.give_back(first.clone());
        assert_eq!(accounts.take(), Some(first));
    }
}
