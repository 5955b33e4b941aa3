//! Moving in from `webapplication`, the Flask and MySQL shop that this one replaces: its customers, carts,
//! passwords and products.
//!
//! [`Shop::import_webapplication`](crate::Shop::import_webapplication) reads a [`Source`] twice: once to
//! learn which rows claim the same address or code, once to carry them over. What can be carried is; what
//! cannot is named in the [`Journal`], row by row. Every row ends in exactly one [`Outcome`].
//!
//! | of the old row | becomes | if it cannot be read |
//! |---|---|---|
//! | `IDUser`, `IDProdus` | the id: 7 is `00000000-0000-8000-8000-000000000007` (UUID version 8), so that a second run knows it | the row is left |
//! | `email` | the address, in NFKC, without blanks around | the row is left; the operator may give it an address |
//! | `parola` | the hash as it is, see [`legacy_hashes`](crate::legacy_hashes) | no hash: the account opens by a reset alone |
//! | `activated` | 1: active; 0, NULL: not activated yet | not activated yet |
//! | `numeUser`, `prenumeUser`, `adresa` | last name, first name, address | what can be kept of it, else `-` |
//! | `shopping` | the cart; codes that the shop does not sell stay in it | the lines that can be read |
//! | `hash` | nothing: the secret of links that were mailed, which never expired | |
//! | `cod`, `nume`, `pret` | SKU, name, price in whole units of the shop's currency; stock is not counted | without SKU or price the row is left |
//! | `imagine` | the picture, if the shop has one for this SKU | no picture |
//!
//! If several rows claim one address, one that has it by itself wins over one to which the operator gives it,
//! then an activated one over one that is not, then one whose password can be read, then the lowest number.
//! Of several products with one code the lowest number wins. Of several rows with one number the first wins
//! that can be read. The others are left.
//!
//! To read another form of the same tables: implement [`Source`].

mod carry;
mod import;
mod product;
mod reading;
mod report;
mod row;
mod survey;
mod task;
mod user;

pub use import::{Import, ImportError};
pub use report::{Finding, Journal, Outcome, Problem, RowReport, Summary, Tally};
pub use row::{Entry, Phase, ProductRow, Progress, Remark, Source, Table, Unreadable, UserRow, Value};
