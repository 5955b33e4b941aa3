//! The cart: what a shopper means to buy, kept as its [code].
//!
//! | use case | file | effects in one unit |
//! |---|---|---|
//! | add an item | [`add_item`] | cart replaced if its version is the one read |
//! | set an item's quantity | [`set_item`] | the same |
//! | clear | [`clear`] | the same |
//! | show | [`show`] | none: one read of the cart, one of the offers |

pub mod add_item;
mod basket;
mod change;
pub mod clear;
pub mod code;
mod quantity;
pub mod set_item;
pub mod show;

pub use basket::{Cart, CartFull, CartLine};
pub use change::CartRefusal;
pub use quantity::{Quantity, QuantityError};
