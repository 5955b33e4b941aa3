//! Rocket's router as the handler of the storefront's connections.

use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::{Bytes, Incoming};
use hyper::{Request, Response, StatusCode};
use rocket::futures::FutureExt;
use rocket::http::Status;
use rocket::local::asynchronous::{Client, LocalRequest};
use shop_core::ports::RandomSource;
use shop_core::system::SystemRandom;
use tokio::sync::oneshot;
use tokio::time::Instant;
use tracing::Instrument as _;
use tracing::span::Id;

use super::answer::{AnswerBody, Stream, Work};
use super::client_address::TrustedProxies;
use super::config::ServerConfig;
use super::connection::Handler;
use super::progress::Turn;
use super::request::{Provenance, Refusal, Target, read_body, to_rocket};
use super::request_id::{self, X_REQUEST_ID};
use super::response::{Answered, Outlet, Reply, hand_over, internal_error, whole};
use super::status;
use super::traffic::{self, Route};
use crate::errors;
use crate::site::Site;

/// Rocket's router, and what stands between it and the clients.
pub(super) struct Router {
    client: Arc<Client>,
    /// The header that Rocket believes to name the client, in lower case.
    believed: Option<String>,
    proxies: TrustedProxies,
    max_body_bytes: usize,
    body_time: Duration,
    status: status::Status,
}

impl Router {
    pub(super) fn new(client: Arc<Client>, config: &ServerConfig, status: status::Status) -> Self {
        let believed =
            client.rocket().config().ip_header.as_ref().map(|name| name.as_str().to_ascii_lowercase());
        Self {
            client,
            believed,
            proxies: TrustedProxies::new(config.trusted_proxies.clone()),
            max_body_bytes: config.max_body_bytes,
            body_time: config.body_time,
            status,
        }
    }

    /// Answers one request, from its body to the end of the answer's.
    async fn exchange(
        self: Arc<Self>,
        peer: SocketAddr,
        request: Request<Incoming>,
        sender: oneshot::Sender<Answered>,
    ) {
        let (head, body) = request.into_parts();
        let target = match Target::parse(&head) {
            Ok(target) => target,
            Err(refusal) => return self.refuse(refusal, None, sender),
        };
        let from = Provenance {
            client: self.proxies.client(peer, &head.headers),
            proxied: self.proxies.contains(peer.ip()),
            believed: self.believed.as_deref(),
        };
        match read_body(body, self.max_body_bytes, self.body_time).await {
            Ok(body) => {
                let since = Instant::now();
                let local = to_rocket(&self.client, target, &head.headers, from);
                let local = if body.is_empty() { local } else { local.body(body) };
                let (response, route) = {
                    // It is large, so it is not moved into what it is wrapped with.
                    let dispatched = pin!(local.dispatch());
                    traffic::dispatch(dispatched).await
                };
                hand_over(response, &head.method, Outlet { sender, route, since }).await;
            }
            Err(refusal) => {
                let local = to_rocket(&self.client, target.unroutable(), &head.headers, from);
                self.refuse(refusal, page_for(refusal, local).await, sender);
            }
        }
    }

    fn refuse(&self, refusal: Refusal, page: Option<Response<Bytes>>, sender: oneshot::Sender<Answered>) {
        self.status.request_refused(refusal.reason());
        let outlet = Outlet { sender, route: None, since: Instant::now() };
        outlet.send(Reply::Whole(refusal.answer(page)));
    }

    /// The random source of the shop in the router, if there is one.
    fn random(&self) -> &dyn RandomSource {
        self.client.rocket().state::<Site>().map_or(&SystemRandom, |site| site.shop.random())
    }

    /// Counts an answer and writes it down: nothing that came from the client, least of all the address of a
    /// page, which may hold a secret.
    fn note(
        &self,
        request: Option<Id>,
        method: &'static str,
        status: StatusCode,
        route: Route,
        since: Instant,
    ) {
        let (traffic, took) = (self.status.traffic(), since.elapsed());
        traffic.count(route, method, status, took);
        let (route, status, duration_ms) = (traffic.pattern(route), status.as_u16(), milliseconds(took));
        tracing::info!(target: ACCESS, parent: request, method, route, status, duration_ms, "answered");
    }
}

/// Where the log's line about each request stands among the log's targets.
const ACCESS: &str = "access";

/// Milliseconds, to the microsecond.
fn milliseconds(duration: Duration) -> f64 {
    f64::from(u32::try_from(duration.as_micros()).unwrap_or(u32::MAX)) / 1e3
}

/// The shop's own page for a request whose body was refused, if it went to the shop.
///
/// No route sees the request: Rocket looks for its page as for any address that no route answers.
async fn page_for(refusal: Refusal, local: LocalRequest<'_>) -> Option<Response<Bytes>> {
    let status = refusal.status();
    errors::refuse(local.inner(), Status::new(status.as_u16()));
    let response = local.dispatch().await;
    if response.status().code == status.as_u16() { whole(response).await } else { None }
}

impl Handler for Router {
    /// Runs the exchange as far as the start of the answer.
    ///
    /// An answer of Rocket's borrows the request and the router, so one future owns all three throughout. A
    /// short answer comes out of it complete. A long one's body drives the future on, piece by piece: there is
    /// no task beside the connection's, and no more in memory than the client takes.
    async fn handle(
        self: Arc<Self>,
        peer: SocketAddr,
        mut request: Request<Incoming>,
        turn: Turn,
    ) -> Response<AnswerBody> {
        let begun = Instant::now();
        let proxied = self.proxies.contains(peer.ip());
        let id = request_id::settle(request.headers_mut(), proxied, self.random());
        let method = traffic::label(request.method());
        let span = tracing::info_span!("request", id = id.to_str().unwrap_or_default());
        let span_id = span.id();

        let (sender, mut reply) = oneshot::channel();
        // Rocket catches the panics of handlers, not those of fairings. A panic drops the sender, which tells.
        let exchange = AssertUnwindSafe(Arc::clone(&self).exchange(peer, request, sender)).catch_unwind();
        let mut work: Work = Box::pin(exchange.map(|_| ()).instrument(span));
        let (answered, ended) = tokio::select! {
            biased;
            () = &mut work => (reply.try_recv().ok(), true),
            answered = &mut reply => (answered.ok(), false),
        };
        let panicked = || Answered { reply: Reply::Whole(internal_error()), route: None, since: begun };
        let Answered { reply, route, since } = answered.unwrap_or_else(panicked);
        // As long as the work is there, so is its span.
        self.note(span_id, method, reply.status(), route, since);
        let mut answer = match reply {
            Reply::Whole(answer) => answer.map(|bytes| AnswerBody::whole(bytes, turn)),
            Reply::Stream { head, size, pieces } => {
                let work = (!ended).then_some(work);
                head.map(|()| AnswerBody::stream(Stream { pieces, work, left: size }, turn))
            }
        };
        answer.headers_mut().insert(&X_REQUEST_ID, id);
        answer
    }
}
