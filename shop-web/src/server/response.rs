//! Rocket's answer, turned into one of hyper's.

use std::io;

use hyper::body::Bytes;
use hyper::header::{CONTENT_LENGTH, HeaderName, HeaderValue, SERVER, TRANSFER_ENCODING};
use hyper::{Method, Response, StatusCode};
use rocket::local::asynchronous::LocalResponse;
use tokio::io::AsyncReadExt;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use super::answer::{Piece, plain};
use super::traffic::Route;

/// Largest answer of known size that is read at once and sent in one go.
const WHOLE_BYTES: usize = 64 * 1024;
/// Largest piece of a streamed answer.
const PIECE_BYTES: usize = 32 * 1024;

/// An answer as far as it is known when it starts.
#[derive(Debug)]
pub(super) enum Reply {
    Whole(Response<Bytes>),
    Stream { head: Response<()>, size: Option<u64>, pieces: mpsc::Receiver<Piece> },
}

impl Reply {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Whole(answer) => answer.status(),
            Self::Stream { head, .. } => head.status(),
        }
    }
}

/// An answer, and what is counted of it.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) reply: Reply,
    /// Who has answered.
    pub(super) route: Route,
    /// When the request had been read.
    pub(super) since: Instant,
}

/// The way of an answer to where its request came from.
#[derive(Debug)]
pub(super) struct Outlet {
    pub(super) sender: oneshot::Sender<Answered>,
    pub(super) route: Route,
    pub(super) since: Instant,
}

impl Outlet {
    /// Sends the answer on its way; says whether anybody waits for it. If not, the client is gone, and nobody
    /// is left to tell.
    pub(super) fn send(self, reply: Reply) -> bool {
        let Self { sender, route, since } = self;
        sender.send(Answered { reply, route, since }).is_ok()
    }
}

/// Hands Rocket's answer over, in one piece if it is short, else piece by piece.
pub(super) async fn hand_over(response: LocalResponse<'_>, asked: &Method, outlet: Outlet) {
    let size = response.body().preset_size();
    let Some(head) = head_of(&response, size.is_some()) else {
        outlet.send(Reply::Whole(internal_error()));
        return;
    };
    if is_bodiless(&response, asked) {
        outlet.send(Reply::Whole(bodiless(head, asked, size)));
        return;
    }
    if let Some(size) = size.filter(|size| *size <= WHOLE_BYTES) {
        let bytes = read_whole(response, size).await;
        outlet.send(Reply::Whole(bytes.map_or_else(|_| internal_error(), |bytes| head.map(|()| bytes))));
        return;
    }
    let (sender, pieces) = mpsc::channel(1);
    let size = size.map(|size| size as u64);
    if outlet.send(Reply::Stream { head, size, pieces }) {
        pump(response, size, sender).await;
    }
}

/// Reads an answer of known size whole; none if it has no such size, or cannot be sent.
pub(super) async fn whole(response: LocalResponse<'_>) -> Option<Response<Bytes>> {
    let size = response.body().preset_size()?;
    let head = head_of(&response, true)?;
    let bytes = read_whole(response, size).await.ok()?;
    Some(head.map(|()| bytes))
}

/// Makes the answer for what must not happen and did.
pub(super) fn internal_error() -> Response<Bytes> {
    plain(StatusCode::INTERNAL_SERVER_ERROR, "internal error\n")
}

/// Translates status and headers; none if they are no valid HTTP, which is the handler's bug.
///
/// Framing is hyper's business and the size of a body known here goes before what a header claims. Rocket's
/// `Server` tells attackers what nobody else needs.
fn head_of(response: &LocalResponse<'_>, sized: bool) -> Option<Response<()>> {
    let mut head = Response::new(());
    // A 1xx would be an upgrade, which this server does not do.
    *head.status_mut() =
        StatusCode::from_u16(response.status().code).ok().filter(|code| !code.is_informational())?;
    let headers = head.headers_mut();
    for header in response.headers().iter() {
        let name = HeaderName::from_bytes(header.name.as_str().as_bytes()).ok()?;
        let skipped = name == TRANSFER_ENCODING || name == SERVER || (sized && name == CONTENT_LENGTH);
        if !skipped {
            headers.append(name, HeaderValue::from_str(&header.value).ok()?);
        }
    }
    Some(head)
}

fn is_bodiless(response: &LocalResponse<'_>, asked: &Method) -> bool {
    let status = response.status().code;
    asked == Method::HEAD
        || status == StatusCode::NO_CONTENT
        || status == StatusCode::NOT_MODIFIED
        || response.body().is_none()
}

/// Makes an answer without a body; one to HEAD gives the length that GET would have.
fn bodiless(mut head: Response<()>, asked: &Method, size: Option<usize>) -> Response<Bytes> {
    if let (Some(size), true) = (size, asked == Method::HEAD) {
        head.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(size));
    }
    head.map(|()| Bytes::new())
}

async fn read_whole(mut response: LocalResponse<'_>, size: usize) -> io::Result<Bytes> {
    let mut bytes = Vec::with_capacity(size);
    while bytes.len() < size && response.read_buf(&mut bytes).await? > 0 {}
    bytes.truncate(size);
    Ok(bytes.into())
}

/// Sends the body's pieces, each when the one before has been taken.
async fn pump(response: LocalResponse<'_>, size: Option<u64>, pieces: mpsc::Sender<Piece>) {
    let mut body = response.take(size.unwrap_or(u64::MAX));
    loop {
        let mut piece = Vec::with_capacity(PIECE_BYTES);
        let piece = match body.read_buf(&mut piece).await {
            Ok(0) => Piece::End,
            Ok(_) => Piece::Data(piece.into()),
            Err(error) => {
                tracing::warn!(%error, "an answer's body failed while it was sent");
                return;
            }
        };
        let ended = matches!(piece, Piece::End);
        if pieces.send(piece).await.is_err() || ended {
            return;
        }
    }
}
