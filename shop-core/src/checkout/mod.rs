//! Checkout: from a cart to an order, in one unit of work.
//!
//! | use case | file | effects in one unit |
//! |---|---|---|
//! | place an order | [`place_order`] | key, stock per line, order, "order received" mail, cart emptied |

mod key;
pub mod place_order;

pub use key::{IdempotencyKey, InvalidIdempotencyKey};
