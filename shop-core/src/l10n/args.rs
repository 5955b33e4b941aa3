//! What a message is given to fill its placeables.

use std::borrow::Cow;

use crate::{Money, Timestamp};

/// The arguments of a message, by the names of its variables.
///
/// ```
/// use shop_core::l10n::Args;
/// use shop_core::{Currency, Money};
///
/// let total = Money::from_minor(18_990, Currency::RON);
/// let args = Args::new().with("count", 3).with("name", "Ana").with("total", total);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Args<'a>(Vec<(Cow<'a, str>, Value<'a>)>);

/// A value for a variable of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Text, shown as it is: it is never read as a number or as a part of the message.
    Text(Cow<'a, str>),
    /// A whole number, which also chooses the plural form.
    Number(i64),
    /// An amount, shown as [`Texts::money`](super::Texts::money) shows it.
    Money(Money),
    /// A day, shown as [`Texts::date`](super::Texts::date) shows it.
    Date(Timestamp),
}

impl<'a> Args<'a> {
    /// No arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The same arguments and one more; of two with one name the later one counts.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Value<'a>>) -> Self {
        self.0.push((name.into(), value.into()));
        self
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value<'a>> {
        self.0.iter().rev().find(|argument| argument.0 == name).map(|argument| &argument.1)
    }
}

impl<'a, N: Into<Cow<'a, str>>, V: Into<Value<'a>>> FromIterator<(N, V)> for Args<'a> {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(arguments: I) -> Self {
        Self(arguments.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<Cow<'a, str>> for Value<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl From<Money> for Value<'_> {
    fn from(money: Money) -> Self {
        Self::Money(money)
    }
}

impl From<Timestamp> for Value<'_> {
    fn from(at: Timestamp) -> Self {
        Self::Date(at)
    }
}

impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

macro_rules! from_integers {
    ($($integer:ty)+) => {$(
        impl From<$integer> for Value<'_> {
            fn from(number: $integer) -> Self {
                Self::Number(number.into())
            }
        }
    )+};
}

from_integers!(i32 i64 u8 u16 u32);
