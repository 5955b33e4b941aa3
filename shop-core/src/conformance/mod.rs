//! The contract of a [`Store`] in executable form: a suite that any store runs against itself.
//!
//! # To run it against your store
//! 1. Have `shop-core` with the feature `conformance` and `tokio` with `macros` and `rt-multi-thread` among
//!    your dev-dependencies.
//! 2. Write a factory: an async function that gives an **empty** store. Every case gets one of its own. What
//!    has to live as long as the store, such as a temporary folder, comes beside it in a pair.
//! 3. Call the macro in a file under `tests/`. It stamps one test for each case, on a runtime with several
//!    threads.
//!
//! ```
//! use std::sync::Arc;
//! use shop_core::memory::MemoryStore;
//! use shop_core::ports::Store;
//!
//! async fn empty_store() -> Arc<dyn Store> {
//!     Arc::new(MemoryStore::default())
//! }
//!
//! shop_core::conformance_suite!(empty_store);
//! # fn main() {}
//! ```
//!
//! # To have it reopened
//! A store that keeps its data beyond its process proves that too: hand the macro a second function. It takes
//! what the factory gave, closes the store, and gives another one on the same data.
//!
//! ```
//! # use std::sync::Arc;
//! # use shop_core::memory::MemoryStore;
//! # use shop_core::ports::Store;
//! # async fn empty_store() -> Arc<dyn Store> { Arc::new(MemoryStore::default()) }
//! # async fn reopened(store: Arc<dyn Store>) -> Arc<dyn Store> { store }
//! shop_core::conformance_suite!(empty_store, reopen = reopened);
//! # fn main() {}
//! ```
//!
//! Without it the cases of [`lasting`] are stamped all the same, and each says on stderr that it was skipped.
//!
//! # What it expects beyond the ports' promises
//! - Readers show a commit as soon as it has come back, and do not wait for units that are open. A store with
//!   lagging replicas is tested without them.
//! - A case that takes longer than [`TIME_LIMIT`] hangs, and fails.
//!
//! # To add a case
//! Write it into the `cases!` of its group, one file each in this folder: an async function with the promise
//! as its doc. That defines and registers it at once; there is no second list. It panics, or fails with what
//! the store said, if the promise is broken. A new promise may break stores that passed before: cases come
//! with minor releases, and the changelog names them. `CONFORMANCE.md` of this crate lists every case with
//! the faults that it was seen to catch; a test holds it against the code, and says how to write it anew.
//!
//! [`Store`]: crate::ports::Store

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a case reports a broken promise by a panic, as every test does"
)]

mod case;
mod corpus;
mod plain_hasher;
mod samples;
mod scene;
mod setup;
mod shopping;

#[doc(hidden)]
pub use self::case::{A_REOPENING, limited};
pub use self::case::{Broken, Case, Fixture, Outcome, Reopen, TIME_LIMIT, Verdict};
pub use self::corpus::corpus;
pub use self::plain_hasher::PlainHasher;

/// Declares the groups of cases and what is done with all of them.
macro_rules! groups {
    (($dollar:tt) $($(#[$doc:meta])+ $group:ident: $stamp:ident,)+) => {
        $($(#[$doc])+ pub mod $group;)+

        /// The number of cases.
        pub const COUNT: usize = 0 $(+ $group::CASES.len())+;

        /// Every case, with its promise.
        pub fn cases() -> impl Iterator<Item = &'static Case> {
            [$($group::CASES),+].into_iter().flatten()
        }

        /// Stamps one test for each case of the [conformance suite](mod@crate::conformance).
        ///
        /// Takes the factory: an async function without arguments that gives an empty store as
        /// `Arc<dyn Store>`, or a pair of one and what must live as long. A second function, behind
        /// `reopen =`, takes what the factory gave and opens its store anew.
        #[macro_export]
        macro_rules! conformance_suite {
            ($dollar factory:expr $dollar(,)?) => {
                $($crate::$stamp!($dollar factory);)+
            };
            ($dollar factory:expr, reopen = $dollar reopened:expr $dollar(,)?) => {
                $($crate::$stamp!($dollar factory, $dollar reopened);)+
            };
        }
    };
}

groups! {
    ($)
    /// Accounts.
    accounts: __conformance_accounts,
    /// One-time tokens.
    tokens: __conformance_tokens,
    /// Sessions.
    sessions: __conformance_sessions,
    /// Accounts that are removed.
    closing: __conformance_closing,
    /// Links in mails, through the use cases.
    links: __conformance_links,
    /// Carts.
    carts: __conformance_carts,
    /// Categories and products.
    products: __conformance_products,
    /// Pages of the catalog.
    storefront: __conformance_storefront,
    /// Stock.
    stock: __conformance_stock,
    /// Orders and their keys.
    orders: __conformance_orders,
    /// Steps of orders.
    steps: __conformance_steps,
    /// Orders that are shipped and called off, through the use cases.
    fulfillment: __conformance_fulfillment,
    /// The outbox.
    outbox: __conformance_outbox,
    /// What operators do with messages.
    keeping: __conformance_keeping,
    /// Tries that are counted.
    throttles: __conformance_throttles,
    /// Text that stores tend to change.
    text: __conformance_text,
    /// Hostile text: a corpus, by every road that carries text.
    hostile: __conformance_hostile,
    /// Keys that a collation takes for each other.
    lookalikes: __conformance_lookalikes,
    /// Moments, to the microsecond.
    moments: __conformance_moments,
    /// Pages while others write.
    paging: __conformance_paging,
    /// Units of work: all or nothing.
    units: __conformance_units,
    /// What is left when the store is opened anew.
    lasting: __conformance_lasting,
    /// Units at the same moment.
    races: __conformance_races,
    /// Orders placed at the same moment.
    checkout: __conformance_checkout,
    /// Many shoppers on few pieces of many products.
    mixed: __conformance_mixed,
    /// Faults that shops of others were reported for.
    peers: __conformance_peers,
}
