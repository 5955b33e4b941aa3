//! Where the tables of `webapplication` can be read, the Flask and MySQL shop that this one replaces: sources
//! for [`shop_core::webapplication`].

mod columns;
mod dump;
#[cfg(feature = "mysql")]
mod live;

pub use dump::{Dump, DumpError};
#[cfg(feature = "mysql")]
pub use live::{LiveShop, LiveShopError};

/// The longest value that is read, in bytes; a row with a longer one is unreadable.
const LONGEST: usize = 1 << 20;
