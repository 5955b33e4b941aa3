#![doc = include_str!("../README.md")]

pub mod account;
#[cfg(feature = "argon2")]
pub mod argon2;
pub mod cart;
pub mod catalog;
pub mod checkout;
#[cfg(feature = "conformance")]
pub mod conformance;
pub mod error;
mod hex;
pub mod ids;
#[cfg(feature = "l10n")]
pub mod l10n;
mod language;
#[cfg(feature = "legacy-hashes")]
pub mod legacy_hashes;
#[cfg(feature = "memory")]
pub mod memory;
#[cfg(feature = "mocks")]
pub mod mocks;
pub mod money;
pub mod order;
pub mod outbox;
pub mod ports;
mod retry;
mod shop;
pub mod stock;
pub mod system;
pub mod text;
pub mod throttle;
pub mod tidy;
mod time;
#[cfg(feature = "webapplication")]
pub mod webapplication;

pub use error::StoreError;
pub use language::{Language, UnknownLanguage};
pub use money::{Currency, Money};
pub use shop::{Shop, ShopBuilder};
pub use time::Timestamp;
