//! One connection, from its first byte to its last: limits of time, and a clean end.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::Incoming;
use hyper::header::{CONNECTION, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, Sleep};

use super::answer::AnswerBody;
use super::config::MAX_HEADER_BYTES;
use super::progress::{Phase, Progress, Pulse, Turn, Watched};
use super::status::{RefusedRequest, Status};

/// Most bytes that one connection buffers, each way.
const BUFFER_BYTES: usize = 64 * 1024;
/// Longest silence of a fresh connection once the listener is closed.
const LAST_CALL: Duration = Duration::from_secs(1);
/// Longest time to hear a client out that still sends after its last answer.
const LINGER: Duration = Duration::from_secs(2);

/// Answers the requests of a listener's connections.
pub(super) trait Handler: Send + Sync + 'static {
    /// Answers one request; `turn` MUST live until the answer is complete.
    fn handle(
        self: Arc<Self>,
        peer: SocketAddr,
        request: Request<Incoming>,
        turn: Turn,
    ) -> impl Future<Output = Response<AnswerBody>> + Send;
}

/// What all connections of a listener have in common.
pub(super) struct Terms<H> {
    pub(super) handler: Arc<H>,
    pub(super) header_time: Duration,
    pub(super) idle_time: Duration,
    pub(super) status: Status,
    /// Turns true when the listener has been closed.
    pub(super) closing: watch::Receiver<bool>,
}

/// How a connection came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The last answer has been written; the client may not have finished sending.
    Answered,
    /// Nothing was going on.
    Rest,
    /// A header block was begun and not completed in time.
    HeaderTime,
}

/// Serves a connection until it ends.
pub(super) async fn serve<H: Handler>(stream: TcpStream, peer: SocketAddr, terms: Arc<Terms<H>>) {
    let progress = Arc::new(Progress::default());
    let io = TokioIo::new(Watched::new(stream, Arc::clone(&progress)));
    let service = service_fn(|request| {
        answer(Arc::clone(&terms), peer, request, Turn::begin(&progress, &terms.status))
    });
    let mut connection = http1::Builder::new()
        // A request that has been read runs to its end, as on Rocket's own server, even if its client goes.
        .half_close(true)
        // The timer below tells a slow header from an idle connection; hyper's does not.
        .header_read_timeout(None)
        .max_header_size(MAX_HEADER_BYTES)
        .max_buf_size(BUFFER_BYTES)
        .serve_connection(io, service);
    let end = run(&mut connection, &progress, &terms).await;
    let Some(stream) = connection.into_parts().io.into_inner().into_open() else { return };
    match end {
        End::Rest => {}
        End::Answered => linger(stream).await,
        End::HeaderTime => {
            terms.status.request_refused(RefusedRequest::HeaderTime);
            farewell(stream, Farewell::HeaderTime).await;
        }
    }
}

async fn answer<H: Handler>(
    terms: Arc<Terms<H>>,
    peer: SocketAddr,
    request: Request<Incoming>,
    turn: Turn,
) -> Result<Response<AnswerBody>, Infallible> {
    let mut answer = Arc::clone(&terms.handler).handle(peer, request, turn).await;
    if terms.status.is_draining() {
        // The client comes back over another connection, which its balancer sends elsewhere.
        answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(answer)
}

/// Drives a connection until hyper is done with it, its time is up, or the listener is closed and it rests.
///
/// A connection that was made just before gets a moment to ask: its client cannot know, and would be cut off.
async fn run<H, C>(connection: &mut C, progress: &Progress, terms: &Terms<H>) -> End
where
    H: Handler,
    C: Future<Output = hyper::Result<()>> + Send + Unpin,
{
    let mut closing = terms.closing.clone();
    let mut closed = pin!(closing.wait_for(|closing| *closing));
    let mut is_closed = false;
    let mut pace = pin!(Pace::new(terms.header_time, terms.idle_time));
    std::future::poll_fn(|cx| {
        // First, so that whatever has arrived by now is still answered.
        if let Poll::Ready(done) = Pin::new(&mut *connection).poll(cx) {
            note_refusal(done, &terms.status);
            return Poll::Ready(End::Answered);
        }
        let pulse = progress.pulse();
        if !is_closed && pulse.at_rest() && closed.as_mut().poll(cx).is_ready() {
            is_closed = true;
            pace.hurry();
        }
        if is_closed && pulse.at_rest() && pulse.phase != Phase::Fresh {
            return Poll::Ready(End::Rest);
        }
        pace.as_mut().poll_overdue(cx, pulse)
    })
    .await
}

/// Counts a header block that hyper itself refused (400 or 431).
fn note_refusal(done: hyper::Result<()>, status: &Status) {
    let Err(error) = done else { return };
    tracing::debug!(%error, "a connection failed");
    if error.is_parse_too_large() {
        status.request_refused(RefusedRequest::HeaderSize);
    } else if error.is_parse() {
        status.request_refused(RefusedRequest::Malformed);
    }
}

/// What a connection is waited for, and which wait it is; a different one starts the time anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wait {
    /// For the first byte.
    First,
    /// For the rest of a header block, after so many others.
    Header(u32),
    /// For the handler, which has all the time it wants.
    Answer,
    /// For the client to take more of an answer, after so many writes.
    Taken(u32),
    /// For the next request, after so many others.
    Next(u32),
}

impl Wait {
    fn of(pulse: Pulse) -> Self {
        match pulse.phase {
            Phase::Header => Self::Header(pulse.requests),
            Phase::Fresh | Phase::Busy | Phase::Idle if pulse.stalled => Self::Taken(pulse.writes),
            Phase::Fresh => Self::First,
            Phase::Busy => Self::Answer,
            Phase::Idle => Self::Next(pulse.requests),
        }
    }
}

/// The one timer of a connection.
struct Pace {
    header_time: Duration,
    idle_time: Duration,
    first_time: Duration,
    wait: Option<Wait>,
    timer: Pin<Box<Sleep>>,
}

impl Pace {
    fn new(header_time: Duration, idle_time: Duration) -> Self {
        let timer = Box::pin(tokio::time::sleep(header_time));
        Self { header_time, idle_time, first_time: header_time, wait: None, timer }
    }

    /// Leaves but a moment for a first request.
    fn hurry(&mut self) {
        self.first_time = self.header_time.min(LAST_CALL);
        self.wait = None;
    }

    fn limit(&self, wait: Wait) -> Option<Duration> {
        match wait {
            Wait::First => Some(self.first_time),
            Wait::Header(_) => Some(self.header_time),
            Wait::Taken(_) | Wait::Next(_) => Some(self.idle_time),
            Wait::Answer => None,
        }
    }

    /// Waits until the connection has done the same thing for too long.
    fn poll_overdue(&mut self, cx: &mut Context<'_>, pulse: Pulse) -> Poll<End> {
        let wait = Wait::of(pulse);
        let Some(limit) = self.limit(wait) else {
            self.wait = None;
            return Poll::Pending;
        };
        if self.wait != Some(wait) {
            self.wait = Some(wait);
            self.timer.as_mut().reset(Instant::now() + limit);
        }
        ready!(self.timer.as_mut().poll(cx));
        Poll::Ready(match wait {
            Wait::Header(_) => End::HeaderTime,
            Wait::First | Wait::Answer | Wait::Taken(_) | Wait::Next(_) => End::Rest,
        })
    }
}

/// A last word to a client whose request has not been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Farewell {
    TooManyConnections,
    HeaderTime,
}

impl Farewell {
    fn answer(self) -> String {
        let (status, text) = match self {
            Self::TooManyConnections => {
                ("503 Service Unavailable\r\nretry-after: 5", "too many connections, try again soon\n")
            }
            Self::HeaderTime => ("408 Request Timeout", "the request's header took too long\n"),
        };
        let length = text.len();
        format!(
            "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-type: text/plain; charset=utf-8\r\n\
             content-length: {length}\r\n\r\n{text}"
        )
    }
}

/// Tells a client why it is turned away, then closes.
///
/// The word goes past hyper, so the socket MUST NOT be in the middle of an answer.
pub(super) async fn farewell(mut stream: TcpStream, word: Farewell) {
    let answer = word.answer();
    if tokio::time::timeout(LINGER, stream.write_all(answer.as_bytes())).await.is_ok_and(|sent| sent.is_ok())
    {
        linger(stream).await;
    }
}

/// Closes a connection so that its last answer arrives (RFC 9112, 9.6).
///
/// Closing a socket that still has input resets the connection, and the reset may overtake the answer. So this
/// side is closed first, and what the client still sends is read and dropped until it closes too, for a while.
async fn linger(mut stream: TcpStream) {
    if stream.shutdown().await.is_err() {
        return;
    }
    let mut scrap = vec![0; 4096];
    let heard = async { while stream.read(&mut scrap).await.is_ok_and(|count| count > 0) {} };
    // A client that goes on beyond that loses the answer.
    let _ = tokio::time::timeout(LINGER, heard).await;
}
