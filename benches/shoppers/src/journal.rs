//! What shoppers tell of each request.

use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::Instant;

use crate::failure::Failure;
use crate::mix::Kind;

/// Something that has happened.
#[derive(Clone, Debug)]
pub(crate) enum Entry {
    /// A request is over.
    Request {
        /// Its method and path.
        name: String,
        /// What it was part of.
        kind: Kind,
        /// When it was over.
        at: Instant,
        /// The time since the moment that it was planned for.
        latency: Duration,
        /// The version that has answered; empty if none has, or it does not say so.
        version: String,
        /// Why the request has failed, if it has.
        outcome: Result<(), Failure>,
    },
    /// A request was sent again, for its kept connection had ended; it is still one request.
    Retried,
    /// No account was free for an action, so that none of its requests was sent.
    Skipped,
    /// The shop has acknowledged the order of this number.
    Acknowledged(String),
    /// A checkout ended such that nobody can tell whether there is an order.
    Unanswered,
}

/// Where shoppers write down what has happened; all clones write into the same.
#[derive(Clone, Debug)]
pub(crate) struct Journal(UnboundedSender<Entry>);

impl Journal {
    /// An empty journal, and its reader, whom nothing is told any more once all clones are gone.
    pub(crate) fn new() -> (Self, UnboundedReceiver<Entry>) {
        let (sender, receiver) = unbounded_channel();
        (Self(sender), receiver)
    }

    /// Writes something down.
    pub(crate) fn write(&self, entry: Entry) {
        // The reader reads on until everybody who writes is gone.
        let _read = self.0.send(entry);
    }
}
