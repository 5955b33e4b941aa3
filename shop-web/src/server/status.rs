//! What the server knows of itself: whether it drains, and its counters.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};

use super::traffic::Traffic;
use crate::tally::Tally;

/// The state of a running server, shared with whoever reports it.
///
/// Clones are handles on the same state. Draining affects readiness and tells kept-alive clients to go
/// elsewhere (`Connection: close`); requests are served as before.
#[derive(Clone, Debug, Default)]
pub struct Status(Arc<State>);

#[derive(Debug, Default)]
struct State {
    stopping: AtomicBool,
    taken_out: AtomicBool,
    connections: AtomicUsize,
    in_flight: AtomicUsize,
    refused_connections: [AtomicU64; RefusedConnection::ALL.len()],
    refused_requests: [AtomicU64; RefusedRequest::ALL.len()],
    traffic: Arc<Traffic>,
    /// What the shop in the router counts, if there is one.
    tally: OnceLock<Arc<Tally>>,
}

/// Why a connection was turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RefusedConnection {
    Total,
    Address,
}

impl RefusedConnection {
    pub(super) const ALL: [Self; 2] = [Self::Total, Self::Address];

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Address => "address",
        }
    }
}

/// Why a request never reached the router.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RefusedRequest {
    Malformed,
    HeaderTime,
    HeaderSize,
    BodyTime,
    BodySize,
}

impl RefusedRequest {
    pub(super) const ALL: [Self; 5] =
        [Self::Malformed, Self::HeaderTime, Self::HeaderSize, Self::BodyTime, Self::BodySize];

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::HeaderTime => "header_time",
            Self::HeaderSize => "header_size",
            Self::BodyTime => "body_time",
            Self::BodySize => "body_size",
        }
    }
}

impl Status {
    /// Takes the instance out: it reports that it is not ready, and serves on.
    pub fn drain(&self) {
        self.0.taken_out.store(true, Relaxed);
    }

    /// Brings the instance back; no effect once it has been told to stop.
    pub fn undrain(&self) {
        self.0.taken_out.store(false, Relaxed);
    }

    /// Tells whether the instance was taken out or told to stop.
    #[must_use]
    pub fn is_draining(&self) -> bool {
        self.0.taken_out.load(Relaxed) || self.0.stopping.load(Relaxed)
    }

    /// Counts the connections open now.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.0.connections.load(Relaxed)
    }

    /// Counts the requests whose answer has not been handed over completely yet.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.0.in_flight.load(Relaxed)
    }

    pub(super) fn stopping(&self) {
        self.0.stopping.store(true, Relaxed);
    }

    pub(super) fn connection_opened(&self) {
        self.0.connections.fetch_add(1, Relaxed);
    }

    pub(super) fn connection_closed(&self) {
        self.0.connections.fetch_sub(1, Relaxed);
    }

    pub(super) fn request_began(&self) {
        self.0.in_flight.fetch_add(1, Relaxed);
    }

    pub(super) fn request_ended(&self) {
        self.0.in_flight.fetch_sub(1, Relaxed);
    }

    pub(super) fn connection_refused(&self, reason: RefusedConnection) {
        count(&RefusedConnection::ALL, &self.0.refused_connections, reason);
    }

    pub(super) fn request_refused(&self, reason: RefusedRequest) {
        count(&RefusedRequest::ALL, &self.0.refused_requests, reason);
    }

    /// What was answered.
    pub(super) fn traffic(&self) -> &Arc<Traffic> {
        &self.0.traffic
    }

    /// Takes over what the shop in the router counts.
    pub(super) fn watch(&self, tally: Arc<Tally>) {
        self.0.tally.get_or_init(|| tally);
    }

    /// What the shop in the router counts, if there is one.
    pub(super) fn tally(&self) -> Option<&Tally> {
        self.0.tally.get().map(Arc::as_ref)
    }

    pub(super) fn refused_connections(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let counts = self.0.refused_connections.iter().map(|count| count.load(Relaxed));
        RefusedConnection::ALL.into_iter().map(RefusedConnection::label).zip(counts)
    }

    pub(super) fn refused_requests(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let counts = self.0.refused_requests.iter().map(|count| count.load(Relaxed));
        RefusedRequest::ALL.into_iter().map(RefusedRequest::label).zip(counts)
    }
}

/// Adds one to the counter that stands where `reason` stands in `all`.
fn count<R: PartialEq + Copy>(all: &[R], counts: &[AtomicU64], reason: R) {
    if let Some((_, count)) = all.iter().zip(counts).find(|(known, _)| **known == reason) {
        count.fetch_add(1, Relaxed);
    }
}
