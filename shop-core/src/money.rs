//! Money: whole minor units of one currency, never a floating-point number.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::cart::Quantity;

/// A currency (ISO 4217), by its three-letter code.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The Romanian leu, the default of the shop.
    pub const RON: Self = Self(iso_currency::Currency::RON);

    /// The three-letter code, such as `RON`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Digits after the decimal point: 2 for most, 0 for yen, 3 for dinars.
    #[must_use]
    pub fn decimals(self) -> u16 {
        self.0.exponent().unwrap_or(0)
    }
}

impl Default for Currency {
    fn default() -> Self {
        Self::RON
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A code that ISO 4217 does not list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a currency code of ISO 4217, such as RON or EUR")]
pub struct UnknownCurrency;

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        iso_currency::Currency::from_code(code).map(Self).ok_or(UnknownCurrency)
    }
}

impl TryFrom<String> for Currency {
    type Error = UnknownCurrency;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        code.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// An amount in whole minor units (bani, cents) of a currency.
///
/// ```
/// use shop_core::{Currency, Money};
///
/// let price = Money::parse("189.90", Currency::RON)?;
/// assert_eq!(price.minor(), 18_990);
/// assert_eq!(price.to_string(), "189.90 RON");
/// # Ok::<(), shop_core::money::AmountError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// What cannot be an amount of money, or an amount that the shop does not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Not a decimal number such as `12` or `12.50`.
    #[error("not an amount such as 12 or 12.50")]
    NotANumber,
    /// More digits after the point than the currency has.
    #[error("at most {0} digits after the decimal point in this currency")]
    TooFine(u16),
    /// Below zero, or above [`Money::PRICE_LIMIT`].
    #[error("must lie between 0 and 10^12 minor units")]
    OutOfRange,
}

impl Money {
    /// The highest price, in minor units: 10^12.
    pub const PRICE_LIMIT: i64 = 1_000_000_000_000;

    /// The amount of `minor` units.
    #[must_use]
    pub const fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing at all.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::from_minor(0, currency)
    }

    /// The amount in minor units.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Reads a price as an operator writes it: digits, then at most as many decimals as the currency has.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, AmountError> {
        let (whole, fraction) = amount.split_once('.').unwrap_or((amount, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(fraction) {
            return Err(AmountError::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        let decimals = currency.decimals();
        let padding =
            usize::from(decimals).checked_sub(fraction.len()).ok_or(AmountError::TooFine(decimals))?;
        let minor = format!("{whole}{fraction}{}", "0".repeat(padding));
        let minor = minor.parse::<i64>().map_err(|_| AmountError::OutOfRange)?;
        Self::from_minor(minor, currency).as_price()
    }

    /// The amount itself, if it may be a price: from 0 to [`Money::PRICE_LIMIT`].
    pub fn as_price(self) -> Result<Self, AmountError> {
        if (0..=Self::PRICE_LIMIT).contains(&self.minor) { Ok(self) } else { Err(AmountError::OutOfRange) }
    }

    /// The sum, or `None` if it leaves the range or the currencies differ.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if self.currency != other.currency {
            return None;
        }
        self.minor.checked_add(other.minor).map(|minor| Self { minor, ..self })
    }

    /// The price of `quantity` pieces, or `None` if it leaves the range.
    #[must_use]
    pub fn checked_times(self, quantity: Quantity) -> Option<Self> {
        self.minor.checked_mul(i64::from(quantity.get())).map(|minor| Self { minor, ..self })
    }

    /// The amount as a plain decimal number with all decimals of the currency, such as `189.90`.
    #[must_use]
    pub fn decimal(self) -> String {
        let decimals = usize::from(self.currency.decimals());
        let digits = format!("{:0width$}", self.minor.unsigned_abs(), width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        let sign = if self.minor < 0 { "-" } else { "" };
        let point = if decimals == 0 { "" } else { "." };
        format!("{sign}{whole}{point}{fraction}")
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn currency(code: &str) -> Currency {
        code.parse().expect("a currency")
    }

    #[test]
    fn decimals_follow_the_currency() {
        assert_eq!(Money::from_minor(5, Currency::RON).decimal(), "0.05");
        assert_eq!(Money::from_minor(-1_234, Currency::RON).decimal(), "-12.34");
        assert_eq!(Money::from_minor(500, currency("JPY")).decimal(), "500");
        assert_eq!(Money::from_minor(1, currency("KWD")).decimal(), "0.001");
    }

    #[test]
    fn refuses_what_is_no_price() {
        use AmountError::{NotANumber, OutOfRange, TooFine};
        let refused = [
            ("", NotANumber),
            ("-1", NotANumber),
            ("1,50", NotANumber),
            ("1.", NotANumber),
            (".5", NotANumber),
            ("1e3", NotANumber),
            ("٣", NotANumber),
            ("0.005", TooFine(2)),
            ("10000000000.01", OutOfRange),
            ("99999999999999999999", OutOfRange),
        ];
        for (amount, error) in refused {
            assert_eq!(Money::parse(amount, Currency::RON), Err(error), "{amount:?}");
        }
        assert_eq!(Money::parse("1.500", Currency::RON), Ok(Money::from_minor(150, Currency::RON)));
    }

    #[test]
    fn sums_keep_currencies_apart() {
        let euro = Money::from_minor(1, currency("EUR"));
        assert_eq!(euro.checked_add(Money::from_minor(1, Currency::RON)), None);
        assert_eq!(
            Money::from_minor(i64::MAX, Currency::RON).checked_add(Money::from_minor(1, Currency::RON)),
            None
        );
    }

    proptest! {
        #[test]
        fn decimal_round_trips(minor in 0..=Money::PRICE_LIMIT, code in prop::sample::select(vec!["RON", "JPY", "KWD"])) {
            let price = Money::from_minor(minor, currency(code));
            prop_assert_eq!(Money::parse(&price.decimal(), price.currency()), Ok(price));
        }

        #[test]
        fn never_panics(text in ".{0,40}") {
            let _ = Money::parse(&text, Currency::RON);
        }
    }
}
