//! Guards: who asks, and whether they may.
//!
//! A handler names the guard that it needs as the type of an argument, and Rocket does not call it otherwise.
//! What a page needs to know of its reader comes from one read of the store
//! ([`Shop::visit`](shop_core::Shop::visit)), which all guards of a request share.
//!
//! | guard | lets pass |
//! |---|---|
//! | [`Shopper`] | everybody |
//! | [`ClientAddress`] | everybody |
//! | [`SignedIn`] | who is signed in; others are led to `/login`, or get it as a 401 in answer to a form |

mod client_address;
mod session;
mod shopper;
mod show;
mod show_public;
mod signed_in;

pub use client_address::ClientAddress;
pub(crate) use shopper::Shopper;
pub(crate) use signed_in::SignedIn;
