//! The server in front of Rocket's router, and the health port.
//!
//! Rocket 0.5's own server sets no time for a header, a body or an idle connection, takes any number of
//! connections, believes `X-Real-IP` from anyone, and on SIGTERM closes its listener at once. This one is hyper
//! in front of Rocket's router, in the same process: it accepts, limits, times out and drains, and the router
//! answers.
//!
//! # To run a shop with it
//!
//! Build the router as for Rocket's own server, and give it a listener that is already bound and an order to
//! stop. The health port shares the server's [`Status`] and asks your [`Probe`] whether the store answers;
//! [`HealthServer::with_gauges`] adds what only the store knows to the metrics.
//!
//! ```no_run
//! use rocket::{Build, Rocket};
//! use shop_web::server::{HealthServer, Outcome, Probe, Server, ServerConfig, Stop, Version};
//! use tokio::net::TcpListener;
//!
//! struct Ready;
//!
//! #[rocket::async_trait]
//! impl Probe for Ready {
//!     async fn ready(&self) -> Result<(), String> {
//!         Ok(())
//!     }
//! }
//!
//! async fn run(router: Rocket<Build>) -> Result<Outcome, Box<dyn std::error::Error>> {
//!     let server = Server::new(router, ServerConfig::default()).await?;
//!     let version = Version { version: "1.0.0".into(), commit: "0f3c2a1".into(), track: "stable".into() };
//!     let health = HealthServer::new(server.status(), Ready, version);
//!     tokio::spawn(health.serve(TcpListener::bind("127.0.0.1:8001").await?));
//!
//!     let listener = TcpListener::bind("127.0.0.1:8000").await?;
//!     Ok(server.serve(listener, Stop::on_signals()?).await)
//! }
//! ```
//!
//! In a container, point liveness at `/healthz` and readiness at `/readiness` of the health port, and let the
//! grace period exceed [`drain`](ServerConfig::drain) and [`shutdown`](ServerConfig::shutdown) together. The
//! process needs a file descriptor for each of [`max_connections`](ServerConfig::max_connections) and some more
//! (`ulimit -n`); when they run out, new connections wait.
//!
//! # What it tells
//!
//! Each request gets a name, which its answer has as `X-Request-Id`, the router sees under the same header,
//! and all `tracing` events about it have as `id` of their span `request`. A trusted proxy's own name is kept.
//! When the answer begins, an event with the target `access` tells route, method, status and duration, and no
//! more: no address, of a page or of a client.
//!
//! # What it does not do
//!
//! TLS and HTTP/2 belong to the proxy in front. Upgrades (`WebSocket`) and request bodies larger than
//! [`max_body_bytes`](ServerConfig::max_body_bytes) are refused. A router that needs them can be launched on
//! Rocket's own server (`router.launch()`) instead: nothing in the shop's pages depends on this one.
//!
//! # What is refused, and how
//!
//! | what | answer |
//! |---|---|
//! | more connections than allowed, in total or from one address | 503 with `Retry-After`, closed |
//! | a header block that is not complete in time | 408, closed (silently, if not a byte of it came) |
//! | a header block that is malformed, or too large | 400, or 431, closed |
//! | a method that shops do not use | 501 |
//! | a target that is no path; in HTTP/1.1, not exactly one `Host` | 400 |
//! | a body that is too large, declared or not; too slow; malformed | 413; 408; 400; closed |
//! | silence between two requests, or in taking an answer | closed |
//!
//! A refused body is answered with the shop's own page if the request went to the shop; everything else is
//! refused with a line of plain text, before anybody knows whose request it is and in which language to
//! speak.
//!
//! # Two lengths in one request
//!
//! A request with both `Transfer-Encoding: chunked` and `Content-Length` may be an attempt to smuggle a second
//! one past a proxy that goes by the other of the two. RFC 9112, 6.1 lets a server refuse it or go by
//! `Transfer-Encoding` alone, and has it close the connection in either case. hyper does the latter, in
//! whichever order the two come, and takes `Content-Length` out of the headers before anybody sees them, so
//! that this server cannot tell such a request from an honest one to refuse it. What comes behind its last
//! chunk is never read as a request. Lengths that differ, and any other `Transfer-Encoding`, are refused
//! (400).

mod answer;
mod client_address;
mod config;
mod connection;
mod gate;
mod health;
mod metrics;
mod progress;
mod request;
mod request_id;
mod response;
mod router;
mod serve;
mod status;
mod stop;
mod traffic;

pub use config::{MAX_HEADER_BYTES, ServerConfig};
pub use health::{HealthServer, Probe};
pub use metrics::{ConnectionGauges, OutboxGauges, StoreGauges, Version};
pub use serve::{LaunchError, Outcome, Server};
pub use status::Status;
pub use stop::{Stop, Stopper};
