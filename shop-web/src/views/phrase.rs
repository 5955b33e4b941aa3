//! A message with what fills it, to be said in the language of whoever reads it.

use std::collections::BTreeMap;

use serde::Serialize;
use shop_core::Money;
use shop_core::account::{EmailAddress, EmailError, NewPassword, PasswordError};
use shop_core::cart::{Cart, CartFull, Quantity, QuantityError};
use shop_core::text::TextError;

/// A message with what fills it, such as a field's fault; the page says it in its own language.
///
/// ```
/// use shop_web::views::Phrase;
///
/// let fault = Phrase::new("fault-too-long").with("most", 254);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Phrase {
    id: &'static str,
    args: BTreeMap<&'static str, Filling>,
}

/// What fills a message.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Filling {
    Number(i64),
    Money(Money),
    Text(String),
}

impl Phrase {
    /// The message with this id.
    #[must_use]
    pub const fn new(id: &'static str) -> Self {
        Self { id, args: BTreeMap::new() }
    }

    /// The same with a number for one of the message's variables, which also chooses the plural form.
    #[must_use]
    pub fn with(mut self, name: &'static str, number: impl Into<i64>) -> Self {
        self.args.insert(name, Filling::Number(number.into()));
        self
    }

    /// The same with an amount for one of the message's variables.
    #[must_use]
    pub fn with_money(mut self, name: &'static str, amount: Money) -> Self {
        self.args.insert(name, Filling::Money(amount));
        self
    }

    /// The same with a text for one of the message's variables.
    #[must_use]
    pub fn with_text(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.args.insert(name, Filling::Text(text.into()));
        self
    }
}

impl From<EmailError> for Phrase {
    fn from(error: EmailError) -> Self {
        match error {
            EmailError::Empty => Self::new("fault-empty"),
            EmailError::TooLong => too_long(EmailAddress::MAX_CHARS),
            EmailError::Malformed => Self::new("fault-email"),
        }
    }
}

impl From<PasswordError> for Phrase {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::TooShort => too_short(NewPassword::MIN_CHARS),
            PasswordError::TooLong => too_long(NewPassword::MAX_CHARS),
            PasswordError::Common => Self::new("fault-password-common"),
            PasswordError::IsEmail => Self::new("fault-password-is-email"),
        }
    }
}

impl From<TextError> for Phrase {
    fn from(error: TextError) -> Self {
        match error {
            TextError::Empty => Self::new("fault-empty"),
            TextError::TooShort(least) => too_short(least),
            TextError::TooLong(most) => too_long(most),
            TextError::Forbidden(character) => {
                Self::new("fault-invisible").with_text("code", format!("U+{:04X}", u32::from(character)))
            }
        }
    }
}

impl From<QuantityError> for Phrase {
    fn from(error: QuantityError) -> Self {
        match error {
            QuantityError::NotANumber => Self::new("fault-number"),
            QuantityError::OutOfRange => Self::new("fault-quantity").with("most", Quantity::MAX),
        }
    }
}

impl From<CartFull> for Phrase {
    fn from(full: CartFull) -> Self {
        match full {
            CartFull::Lines => Self::new("fault-cart-full").with("most", count(Cart::MAX_LINES)),
            CartFull::Pieces => Self::new("fault-quantity").with("most", Quantity::MAX),
        }
    }
}

fn too_short(least: usize) -> Phrase {
    Phrase::new("fault-too-short").with("least", count(least))
}

fn too_long(most: usize) -> Phrase {
    Phrase::new("fault-too-long").with("most", count(most))
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
