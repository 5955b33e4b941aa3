//! Orders: what was bought, frozen at the moment of placing, and how far it has come.
//!
//! | use case | file | reads |
//! |---|---|---|
//! | list own orders | [`history`] | one page of orders |
//! | show an own order | [`show`] | the order, its lines |

pub mod history;
mod number;
mod record;
pub mod show;
mod state;

pub use number::{InvalidOrderNumber, OrderNumber};
pub use record::{Order, OrderLine, OrderSummary};
pub use state::{LineState, OrderState};
