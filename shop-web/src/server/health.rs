//! The health port: liveness, readiness, draining, version and metrics.
//!
//! | route | answer |
//! |---|---|
//! | GET `/healthz` | 200 while the process lives |
//! | GET `/readiness` | 200, or 503 with the reason while the instance drains or its probe fails |
//! | POST `/drain`, `/undrain` | 200, from a program on the same machine only |
//! | GET `/version` | JSON |
//! | GET `/metrics` | Prometheus text |

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, HeaderValue, ORIGIN};
use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use shop_core::Timestamp;
use shop_core::ports::Clock as _;
use shop_core::system::SystemClock;
use tokio::net::TcpListener;

use super::answer::{AnswerBody, plain, typed};
use super::client_address::is_forwarding;
use super::config::ServerConfig;
use super::connection::Handler;
use super::gate::Gate;
use super::metrics::{Scrape, StoreGauges, Version};
use super::progress::Turn;
use super::status::Status;

/// Longest time for a probe; beyond it the instance is not ready.
const PROBE_TIME: Duration = Duration::from_secs(3);
/// Most connections to the health port at once.
const MAX_CONNECTIONS: usize = 64;

/// Says whether the instance can do its work: the store answers, its schema fits.
#[async_trait]
pub trait Probe: Send + Sync {
    /// Tells why the instance is not ready, in a sentence for its operator.
    ///
    /// Called for each question about readiness, at once for several. After 3 seconds the call is dropped and
    /// the instance counts as not ready.
    async fn ready(&self) -> Result<(), String>;
}

/// The health port, a small server beside the storefront's.
pub struct HealthServer {
    pages: Pages,
}

struct Pages {
    storefront: Status,
    probe: Box<dyn Probe>,
    version: Version,
    store: Option<Box<dyn StoreGauges>>,
    started: Timestamp,
}

impl HealthServer {
    /// Reports on the server whose `status` it is.
    pub fn new(status: Status, probe: impl Probe + 'static, version: Version) -> Self {
        let started = SystemClock.now();
        Self { pages: Pages { storefront: status, probe: Box::new(probe), version, store: None, started } }
    }

    /// Adds what only the store knows to the metrics.
    #[must_use]
    pub fn with_gauges(mut self, store: impl StoreGauges + 'static) -> Self {
        self.pages.store = Some(Box::new(store));
        self
    }

    /// Serves `listener` until the future is dropped, so that probes are answered while the storefront drains.
    pub async fn serve(self, listener: TcpListener) {
        let config = ServerConfig {
            header_time: Duration::from_secs(5),
            max_connections: MAX_CONNECTIONS,
            max_connections_per_address: MAX_CONNECTIONS,
            ..ServerConfig::default()
        };
        let mut gate = Gate::new(self.pages, &config, Status::default());
        gate.accept_until(&listener, std::future::pending()).await;
    }
}

impl Handler for Pages {
    async fn handle(
        self: Arc<Self>,
        peer: SocketAddr,
        request: Request<Incoming>,
        turn: Turn,
    ) -> Response<AnswerBody> {
        let answer = match request.uri().path() {
            "/healthz" => reading(&request).unwrap_or_else(|| plain(StatusCode::OK, "ok\n")),
            "/readiness" => match reading(&request) {
                Some(refusal) => refusal,
                None => self.readiness().await,
            },
            "/version" => reading(&request).unwrap_or_else(|| self.version()),
            "/metrics" => match reading(&request) {
                Some(refusal) => refusal,
                None => self.metrics().await,
            },
            "/drain" => ordering(&request, peer).unwrap_or_else(|| {
                self.storefront.drain();
                plain(StatusCode::OK, "draining\n")
            }),
            "/undrain" => ordering(&request, peer).unwrap_or_else(|| {
                self.storefront.undrain();
                plain(StatusCode::OK, "serving\n")
            }),
            _ => plain(StatusCode::NOT_FOUND, "not found\n"),
        };
        answer.map(|bytes| AnswerBody::whole(bytes, turn))
    }
}

impl Pages {
    async fn readiness(&self) -> Response<Bytes> {
        if self.storefront.is_draining() {
            return plain(StatusCode::SERVICE_UNAVAILABLE, "draining\n");
        }
        match tokio::time::timeout(PROBE_TIME, self.probe.ready()).await {
            Ok(Ok(())) => plain(StatusCode::OK, "ready\n"),
            Ok(Err(reason)) => plain(StatusCode::SERVICE_UNAVAILABLE, format!("{reason}\n")),
            Err(_) => plain(StatusCode::SERVICE_UNAVAILABLE, "the probe took longer than 3 s\n"),
        }
    }

    fn version(&self) -> Response<Bytes> {
        match serde_json::to_string(&self.version) {
            Ok(json) => typed(StatusCode::OK, HeaderValue::from_static("application/json"), json),
            Err(error) => plain(StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")),
        }
    }

    async fn metrics(&self) -> Response<Bytes> {
        let (status, version) = (self.storefront.clone(), self.version.clone());
        let scrape = Scrape::take(status, version.commit.clone(), self.started, self.store.as_deref()).await;
        match scrape.render(version) {
            Ok(text) => {
                let format = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
                typed(StatusCode::OK, format, text)
            }
            Err(error) => plain(StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")),
        }
    }
}

/// Refuses a request for a page other than by GET or HEAD.
fn reading(request: &Request<Incoming>) -> Option<Response<Bytes>> {
    let read = matches!(*request.method(), Method::GET | Method::HEAD);
    (!read).then(|| wrong_method("GET, HEAD"))
}

/// Refuses an order that is no POST, or that does not come from a program on this machine.
///
/// A browser may be made to send one by any page it visits, and a proxy on this machine forwards those of
/// strangers; both tell on themselves by headers that an operator's tool does not send.
fn ordering(request: &Request<Incoming>, peer: SocketAddr) -> Option<Response<Bytes>> {
    if request.method() != Method::POST {
        return Some(wrong_method("POST"));
    }
    let local = peer.ip().to_canonical().is_loopback() && !is_relayed(request.headers());
    (!local).then(|| plain(StatusCode::FORBIDDEN, "only from this machine\n"))
}

fn is_relayed(headers: &HeaderMap) -> bool {
    headers.contains_key(ORIGIN)
        || headers.contains_key("sec-fetch-site")
        || headers.keys().any(|name| is_forwarding(name.as_str()))
}

fn wrong_method(allowed: &'static str) -> Response<Bytes> {
    let mut answer = plain(StatusCode::METHOD_NOT_ALLOWED, "method not allowed\n");
    answer.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    answer
}
