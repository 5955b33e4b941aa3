//! How the core's values look in a column.

use shop_core::account::{
    EmailAddress, EmailKey, PasswordHash, PersonName, PostalAddress, TokenHash, UserAgent,
};
use shop_core::catalog::{PictureName, Sku, Slug};
use shop_core::checkout::IdempotencyKey;
use shop_core::ids::{CategoryId, MessageId, OrderId, ProductId, UserId};
use shop_core::order::OrderNumber;
use shop_core::outbox::LeaseKey;
use shop_core::ports::ThrottleHash;
use shop_core::{Currency, Language, Timestamp};

/// A value on its way to the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// NULL.
    Null,
    /// A number, a moment, yes (1) or no (0).
    Int(i64),
    /// A text.
    Text(&'a str),
    /// An id, a hash.
    Bytes(&'a [u8]),
}

/// A value that a column can keep.
pub(crate) trait AsCell {
    fn as_cell(&self) -> Cell<'_>;
}

macro_rules! cells {
    ($($variant:ident($value:ident => $cell:expr): $($type:ty),+;)+) => {
        $($(impl AsCell for $type {
            fn as_cell(&self) -> Cell<'_> {
                let $value = self;
                Cell::$variant($cell)
            }
        })+)+
    };
}

cells! {
    Bytes(value => value.as_bytes()): UserId, ProductId, CategoryId, OrderId, MessageId, TokenHash,
        ThrottleHash;
    Bytes(value => value.as_slice()): [u8; 16];
    Bytes(value => value.0.as_slice()): LeaseKey;
    Text(value => value.as_str()):
        String, EmailAddress, EmailKey, PersonName, PostalAddress, PasswordHash, UserAgent, Sku, Slug,
        PictureName, OrderNumber, IdempotencyKey;
    Text(value => value): &str;
    Text(value => value.code()): Language, Currency;
    Int(value => i64::from(*value)): bool, u16, u32, i32;
    Int(value => *value): i64;
    // A version or position beyond that would take some 10^11 years.
    Int(value => i64::try_from(*value).unwrap_or(i64::MAX)): u64, usize;
    Int(value => value.as_micros()): Timestamp;
}

impl<T: AsCell> AsCell for Option<T> {
    fn as_cell(&self) -> Cell<'_> {
        self.as_ref().map_or(Cell::Null, AsCell::as_cell)
    }
}

impl<T: AsCell> AsCell for &T {
    fn as_cell(&self) -> Cell<'_> {
        (*self).as_cell()
    }
}
