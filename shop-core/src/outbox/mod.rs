//! The outbox: mails that must go out because something has changed, written in the same unit as the change.
//!
//! A mail server that is slow or down never blocks a shopper: the message waits, and the [relay] delivers it, at least once.
//!
//! | use case | file | effects |
//! |---|---|---|
//! | relay | [`relay`] | one message after the other: claim under a lease; make the link; deliver; settle, postpone or give up |
//! | retry, remove, purge (operators) | [`keep`] | messages due anew, or gone |

mod backoff;
pub mod keep;
mod message;
pub mod relay;

pub use backoff::delay_after;
pub use message::{Claimed, LeaseKey, Letter, Mail, Message, MessageState, MessageSummary};
