//! Connections to the shop, new ones and kept ones.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http_body_util::BodyExt as _;
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::{Instant, Sleep, sleep, timeout_at};

use crate::answer::Answer;
use crate::failure::Failure;
use crate::target::Target;
use crate::trouble::Trouble;

/// How long a kept connection may rest. A shop that is told to stop asks for the end of each connection in
/// its answers while it drains, for 5 s; who rests longer than that has not heard it.
const LONGEST_REST: Duration = Duration::from_secs(3);

/// Whether a request takes a kept connection and keeps it, or makes one of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// A kept one, if there is any; and it is kept again.
    Kept,
    /// A new one for this request alone.
    Fresh,
}

/// A request without what all requests have.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// GET or POST.
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) path: String,
    /// More headers.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// The body; empty for none.
    pub(crate) body: String,
    /// How long the sender waits between the body's first bytes and the rest.
    pub(crate) pause: Duration,
}

/// The connections to one shop.
#[derive(Debug)]
pub(crate) struct Connections {
    target: Target,
    address: SocketAddr,
    patience: Duration,
    kept: Mutex<VecDeque<Resting>>,
}

#[derive(Debug)]
struct Resting {
    sender: SendRequest<Upload>,
    since: Instant,
}

impl Connections {
    /// Looks up the shop's address, once; a whole answer may take so long.
    pub(crate) async fn to(target: Target, patience: Duration) -> Result<Self, Trouble> {
        let trouble = |source| Trouble::Address { address: target.address.clone(), source };
        let address = lookup_host(&target.address).await.map_err(trouble)?.next();
        let address = address.ok_or_else(|| trouble(std::io::ErrorKind::NotFound.into()))?;
        Ok(Self { target, address, patience, kept: Mutex::default() })
    }

    /// The shop that they lead to.
    pub(crate) const fn target(&self) -> &Target {
        &self.target
    }

    /// Sends a request and reads the answer to its end; `on_retry` hears of a request that is sent again.
    pub(crate) async fn send(
        &self,
        call: &Call,
        keep: Keep,
        on_retry: impl FnOnce() + Send,
    ) -> Result<Answer, Failure> {
        let deadline = Instant::now() + call.pause + self.patience;
        timeout_at(deadline, self.send_anyhow(call, keep, on_retry)).await.unwrap_or(Err(Failure::Timeout))
    }

    /// Only a GET is sent again, once, and only when a kept connection has ended before the answer's head was
    /// there: the shop may close a resting connection at any time (RFC 9112, section 9.3.1), and nobody can
    /// tell whether a POST was heard.
    async fn send_anyhow(
        &self,
        call: &Call,
        keep: Keep,
        on_retry: impl FnOnce() + Send,
    ) -> Result<Answer, Failure> {
        if keep == Keep::Kept
            && let Some(mut sender) = self.rested().await
        {
            match sender.send_request(self.request(call, keep)?).await {
                Ok(response) => return self.read(response, sender, keep).await,
                Err(error) if error.is_parse() => return Err(Failure::Garbage),
                Err(_) if call.method == Method::GET => on_retry(),
                Err(_) => return Err(Failure::KeptCut),
            }
        }
        let mut sender = self.connect().await?;
        let response = sender.send_request(self.request(call, keep)?).await;
        self.read(response.map_err(|error| failure_of(&error))?, sender, keep).await
    }

    /// The kept connection that has rested longest of those that have not rested too long: all are used in
    /// turn.
    async fn rested(&self) -> Option<SendRequest<Upload>> {
        loop {
            let Resting { mut sender, since } =
                self.kept.lock().unwrap_or_else(PoisonError::into_inner).pop_front()?;
            if since.elapsed() < LONGEST_REST && sender.ready().await.is_ok() {
                return Some(sender);
            }
        }
    }

    async fn connect(&self) -> Result<SendRequest<Upload>, Failure> {
        let stream = TcpStream::connect(self.address).await;
        let stream = stream.map_err(|error| Failure::Connect(error.kind()))?;
        // Best effort: without it only the times are worse.
        let _set = stream.set_nodelay(true);
        let (sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(|error| failure_of(&error))?;
        // What goes wrong with a connection is told to the request on it.
        tokio::spawn(connection);
        Ok(sender)
    }

    fn request(&self, call: &Call, keep: Keep) -> Result<Request<Upload>, Failure> {
        let mut request =
            Request::builder().method(&call.method).uri(&call.path).header("Host", &self.target.host);
        if keep == Keep::Fresh {
            request = request.header("Connection", "close");
        }
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        let request = request.body(Upload::new(&call.body, call.pause));
        request.map_err(|error| Failure::Missing(format!("no request can be made: {error}")))
    }

    async fn read(
        &self,
        response: Response<Incoming>,
        sender: SendRequest<Upload>,
        keep: Keep,
    ) -> Result<Answer, Failure> {
        let (head, body) = response.into_parts();
        let body = body.collect().await.map_err(|_| Failure::Cut)?.to_bytes();
        if keep == Keep::Kept && !sender.is_closed() {
            let resting = Resting { sender, since: Instant::now() };
            self.kept.lock().unwrap_or_else(PoisonError::into_inner).push_back(resting);
        }
        let body = String::from_utf8_lossy(&body).into_owned();
        Ok(Answer { status: head.status.as_u16(), headers: head.headers, body })
    }
}

fn failure_of(error: &hyper::Error) -> Failure {
    if error.is_parse() { Failure::Garbage } else { Failure::Cut }
}

/// A body that is sent in one go, or in two with a pause between them.
struct Upload {
    first: Option<Bytes>,
    pause: Option<Pin<Box<Sleep>>>,
    rest: Option<Bytes>,
}

impl Upload {
    /// How many bytes come before the pause.
    const FIRST_BYTES: usize = 16;

    fn new(body: &str, pause: Duration) -> Self {
        let mut rest = Bytes::copy_from_slice(body.as_bytes());
        if pause.is_zero() {
            return Self { first: None, pause: None, rest: Some(rest).filter(|rest| !rest.is_empty()) };
        }
        let first = rest.split_to(Self::FIRST_BYTES.min(rest.len()));
        Self { first: Some(first), pause: Some(Box::pin(sleep(pause))), rest: Some(rest) }
    }
}

impl Body for Upload {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        if let Some(pause) = &mut self.pause {
            ready!(pause.as_mut().poll(context));
            self.pause = None;
        }
        Poll::Ready(self.rest.take().map(|rest| Ok(Frame::data(rest))))
    }

    fn is_end_stream(&self) -> bool {
        self.first.is_none() && self.rest.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        let bytes: usize = [&self.first, &self.rest].into_iter().flatten().map(Bytes::len).sum();
        SizeHint::with_exact(bytes as u64)
    }
}

#[cfg(test)]
mod tests;
