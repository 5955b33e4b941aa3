//! Messages, numbers, money and dates in every [`Language`](crate::Language) of the shop.
//!
//! Messages are written in [Fluent](https://projectfluent.org/fluent/guide/), one file a language, and
//! embedded by the crate that shows them; numbers and dates follow CLDR by way of ICU4X, in the customs of
//! the country that CLDR takes for the bare language: the United States, Romania, Spain, Brazil, France.
//!
//! ```
//! use shop_core::l10n::{Args, Messages};
//! use shop_core::{Currency, Language, Money};
//!
//! const ENGLISH: &str = "
//! cart = Your cart
//!     .hint = What you are about to buy
//! cart-summary = { $count ->
//!     [one] One product, { $total }
//!    *[other] { $count } products, { $total }
//! }
//! ";
//! const ROMANIAN: &str = "
//! cart = Coșul tău
//! cart-summary = { $count ->
//!     [one] Un produs, { $total }
//!     [few] { $count } produse, { $total }
//!    *[other] { $count } de produse, { $total }
//! }
//! ";
//!
//! let messages = Messages::new(&[(Language::English, ENGLISH), (Language::Romanian, ROMANIAN)])?;
//! let texts = messages.language(Language::Romanian);
//! let total = Money::from_minor(123_450, Currency::RON);
//! let args = Args::new().with("count", 20).with("total", total);
//!
//! assert_eq!(texts.text("cart"), "Coșul tău");
//! assert_eq!(texts.format("cart-summary", &args), "20 de produse, 1.234,50\u{a0}lei");
//! assert_eq!(texts.text("cart.hint"), "What you are about to buy", "not translated yet");
//!
//! let gaps: Vec<_> = messages.gaps(&[Language::Romanian]).iter().map(ToString::to_string).collect();
//! assert_eq!(gaps, ["ro: `cart.hint` is missing"]);
//! # Ok::<(), shop_core::l10n::LoadError>(())
//! ```
//!
//! # To add a message
//! 1. Write it into `locales/en.ftl` of the crate that shows it, then into the other languages' files. The id
//!    says where it stands (`cart-empty`), a label's companions are attributes (`.hint`). A count gets a
//!    selector with the [plural
//!    forms](https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html) of the
//!    language.
//! 2. Show it with [`Texts::text`], or with [`Texts::format`] and [`Args`] if it has variables.
//! 3. Run that crate's tests: they ask [`Messages::gaps`] for what a language lacks and [`Messages::misses`]
//!    for ids and variables that no file and no caller gave.
//!
//! # To add a language
//! 1. Add it to [`Language`](crate::Language); the compiler then names each place here that must know it,
//!    among them the file of built-in texts (`l10n/locales`, which says how a price is written).
//! 2. Add `locales/{code}.ftl` to each crate that shows messages, and hand it to [`Messages::new`].
//!
//! # What a message may hold
//! Everything in Fluent's guide but `DATETIME()`: a date comes as an argument. [`Messages::new`] compiles
//! each message: it puts the messages and terms that it refers to in their places, and refuses, with file,
//! line and reason, what could fail or mislead when it is shown, such as a reference to what the language
//! does not define, a cycle, an empty text, or an option of `NUMBER()` other than `type`, `useGrouping`,
//! `minimumIntegerDigits`, `minimumFractionDigits` and `maximumFractionDigits`.
//!
//! Fluent's syntax is read by its own crate, but its `fluent-bundle` chooses plural forms by rules of 2020
//! (CLDR 37), which in Romanian make 101 products "101 de produse", and keeps whole numbers as floats. ICU4X
//! does neither.
//!
//! Arguments are put in without Unicode's directional isolation marks: all our languages run from left to
//! right, text from people holds no directional controls, and the marks would end up in subjects, attributes
//! and what readers copy. Nothing is escaped here: a template escapes a message like any other text.

mod args;
mod bundle;
mod compile;
mod definitions;
mod error;
mod formats;
mod gaps;
mod messages;
mod pattern;
mod per_language;
#[cfg(test)]
mod tests;

pub use args::{Args, Value};
pub use error::{LoadError, LoadFault};
pub use gaps::Gap;
pub use messages::{Messages, Miss, Problem, Texts};
