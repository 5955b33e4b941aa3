//! What the server allows a client to do, and for how long.

use std::time::Duration;

use ipnet::IpNet;

/// Largest header block of a request, request line included: 32 KiB.
///
/// At most 100 header fields besides. A request beyond either is answered 431.
pub const MAX_HEADER_BYTES: usize = 32 * 1024;

/// The limits of a [`Server`](super::Server).
///
/// [`Default`] gives the values an operator gets without any setting.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// Longest time from a request's first byte to the end of its header block; a fresh connection that stays
    /// silent is closed after the same time. 10 seconds.
    pub header_time: Duration,
    /// Longest time from the end of the header block to the last byte of the body. 30 seconds.
    pub body_time: Duration,
    /// Longest silence of a kept-alive connection between two requests, and of a client that has stopped
    /// taking its answer. 75 seconds.
    pub idle_time: Duration,
    /// Largest body of a request, in bytes. 64 KiB.
    pub max_body_bytes: usize,
    /// Most connections open at once. 10,000.
    pub max_connections: usize,
    /// Most connections open at once from one address (IPv6: one /64, which is what a single customer of a
    /// provider gets). Trusted proxies are exempt. 500.
    pub max_connections_per_address: usize,
    /// Proxies whose `X-Forwarded-For` is believed. None.
    pub trusted_proxies: Vec<IpNet>,
    /// Time between the order to stop (readiness turns 503) and closing the listener; requests are served as
    /// usual meanwhile. None.
    pub drain: Duration,
    /// Longest time for running requests after the listener has been closed. 30 seconds.
    pub shutdown: Duration,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            header_time: Duration::from_secs(10),
            body_time: Duration::from_secs(30),
            idle_time: Duration::from_secs(75),
            max_body_bytes: 64 * 1024,
            max_connections: 10_000,
            max_connections_per_address: 500,
            trusted_proxies: Vec::new(),
            drain: Duration::ZERO,
            shutdown: Duration::from_secs(30),
        }
    }
}
