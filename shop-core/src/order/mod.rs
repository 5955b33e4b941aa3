//! Orders: what was bought, frozen at the moment of placing, and how far it has come.
//!
//! | use case | file | reads |
//! |---|---|---|
//! | list own orders | [`history`] | one page of orders |
//! | show an own order | [`show`] | the order, its lines, its steps |
//! | cancel an own order | [`cancel`] | the same, and its owner |
//! | confirm, ship, deliver, cancel (operators) | [`advance`] | the same, and its owner |

pub mod advance;
pub mod cancel;
pub mod history;
mod number;
mod record;
pub mod show;
mod state;

pub use number::{InvalidOrderNumber, OrderNumber};
pub use record::{Delivery, Order, OrderLine, OrderStep, OrderSummary};
pub use state::{LineState, OrderAction, OrderState};
