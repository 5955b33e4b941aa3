//! Where the tables of `webapplication` can be read, the Flask and MySQL shop that this one replaces: sources
//! for [`shop_core::webapplication`].

mod columns;
mod dump;
#[cfg(feature = "mysql")]
mod live;

pub use dump::{Dump, DumpError};
#[cfg(feature = "mysql")]
pub use live::{LiveShop, LiveShopError};

/// The longest value that is read, in bytes; a row with a longer one is unreadable. Tests of the dump use a
/// smaller one, for they read a lot more than that.
const LONGEST: usize = if cfg!(test) { 1 << 14 } else { 1 << 20 };

/// Reading has failed or was given up in the middle, so nobody knows what comes next.
#[derive(Debug, thiserror::Error)]
#[error("reading the old shop was interrupted; it must be rewound")]
struct Interrupted;
