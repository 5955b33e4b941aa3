//! Rocket's router as the handler of the storefront's connections.

use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::{Bytes, Incoming};
use hyper::{Request, Response};
use rocket::futures::FutureExt;
use rocket::http::Status;
use rocket::local::asynchronous::{Client, LocalRequest};
use tokio::sync::oneshot;

use super::answer::{AnswerBody, Stream, Work};
use super::client_address::TrustedProxies;
use super::config::ServerConfig;
use super::connection::Handler;
use super::progress::Turn;
use super::request::{Provenance, Refusal, Target, read_body, to_rocket};
use super::response::{Reply, hand_over, internal_error, whole};
use super::status;
use crate::errors;

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
        reply: oneshot::Sender<Reply>,
    ) {
        let (head, body) = request.into_parts();
        let target = match Target::parse(&head) {
            Ok(target) => target,
            Err(refusal) => return self.refuse(refusal, None, reply),
        };
        let from = Provenance {
            client: self.proxies.client(peer, &head.headers),
            proxied: self.proxies.contains(peer.ip()),
            believed: self.believed.as_deref(),
        };
        match read_body(body, self.max_body_bytes, self.body_time).await {
            Ok(body) => {
                let local = to_rocket(&self.client, target, &head.headers, from);
                let local = if body.is_empty() { local } else { local.body(body) };
                hand_over(local.dispatch().await, &head.method, reply).await;
            }
            Err(refusal) => {
                let local = to_rocket(&self.client, target.unroutable(), &head.headers, from);
                self.refuse(refusal, page_for(refusal, local).await, reply);
            }
        }
    }

    fn refuse(&self, refusal: Refusal, page: Option<Response<Bytes>>, reply: oneshot::Sender<Reply>) {
        self.status.request_refused(refusal.reason());
        // Whoever asked may be gone.
        let _ = reply.send(Reply::Whole(refusal.answer(page)));
    }
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
        request: Request<Incoming>,
        turn: Turn,
    ) -> Response<AnswerBody> {
        let (sender, mut reply) = oneshot::channel();
        // Rocket catches the panics of handlers, not those of fairings. A panic drops the sender, which tells.
        let exchange = AssertUnwindSafe(self.exchange(peer, request, sender)).catch_unwind().map(|_| ());
        let mut work: Work = Box::pin(exchange);
        let (reply, ended) = tokio::select! {
            biased;
            () = &mut work => (reply.try_recv().ok(), true),
            reply = &mut reply => (reply.ok(), false),
        };
        match reply.unwrap_or_else(|| Reply::Whole(internal_error())) {
            Reply::Whole(answer) => answer.map(|bytes| AnswerBody::whole(bytes, turn)),
            Reply::Stream { head, size, pieces } => {
                let work = (!ended).then_some(work);
                head.map(|()| AnswerBody::stream(Stream { pieces, work, left: size }, turn))
            }
        }
    }
}
