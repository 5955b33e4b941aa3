//! Answers: the server's own short ones, and the body that carries any of them to the socket.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use hyper::{Response, StatusCode};
use tokio::sync::mpsc;

use super::progress::Turn;

/// Makes a short answer in plain text.
pub(super) fn plain(status: StatusCode, text: impl Into<Bytes>) -> Response<Bytes> {
    typed(status, HeaderValue::from_static("text/plain; charset=utf-8"), text)
}

/// Makes an answer of the server's own, which nobody shall keep or guess the type of.
pub(super) fn typed(
    status: StatusCode,
    content_type: HeaderValue,
    text: impl Into<Bytes>,
) -> Response<Bytes> {
    let mut answer = Response::new(text.into());
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, content_type);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    answer
}

/// Work that goes on while its answer is being sent.
pub(super) type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A piece of a streamed body.
#[derive(Debug)]
pub(super) enum Piece {
    Data(Bytes),
    /// The body is complete. A stream that ends without it was cut.
    End,
}

/// The body of an answer; its request's turn ends with it.
pub(super) struct AnswerBody {
    source: Source,
    _turn: Turn,
}

enum Source {
    Whole(Bytes),
    Stream(Stream),
}

/// A body that is made while it is sent.
///
/// Nobody else drives the work, so it stands still while the client takes nothing, and is dropped when the
/// client goes.
pub(super) struct Stream {
    pub(super) pieces: mpsc::Receiver<Piece>,
    /// None once it has ended.
    pub(super) work: Option<Work>,
    /// Bytes still to come, where known.
    pub(super) left: Option<u64>,
}

impl AnswerBody {
    pub(super) fn whole(bytes: Bytes, turn: Turn) -> Self {
        Self { source: Source::Whole(bytes), _turn: turn }
    }

    pub(super) fn stream(stream: Stream, turn: Turn) -> Self {
        Self { source: Source::Stream(stream), _turn: turn }
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match &mut self.source {
            Source::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Source::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Source::Stream(stream) => stream.poll_data(cx).map(|data| data.map(|data| data.map(Frame::data))),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.source {
            Source::Whole(bytes) => bytes.is_empty(),
            Source::Stream(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.source {
            Source::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Source::Stream(Stream { left: Some(left), .. }) => SizeHint::with_exact(*left),
            Source::Stream(_) => SizeHint::new(),
        }
    }
}

impl Stream {
    fn poll_data(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        if let Poll::Ready(piece) = self.pieces.poll_recv(cx) {
            return Poll::Ready(self.data(piece));
        }
        if let Some(work) = &mut self.work {
            if work.as_mut().poll(cx).is_ready() {
                self.work = None;
            }
            // The work may just have put the next piece there.
            return self.pieces.poll_recv(cx).map(|piece| self.data(piece));
        }
        Poll::Pending
    }

    fn data(&mut self, piece: Option<Piece>) -> Option<io::Result<Bytes>> {
        match piece {
            Some(Piece::Data(data)) => {
                self.left = self.left.map(|left| left.saturating_sub(data.len() as u64));
                Some(Ok(data))
            }
            Some(Piece::End) => None,
            None => Some(Err(io::Error::other("the answer was cut short"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use http_body_util::BodyExt;

    use super::super::progress::Progress;
    use super::super::status::Status;
    use super::*;

    fn turn() -> Turn {
        Turn::begin(&Arc::new(Progress::default()), &Status::default())
    }

    async fn next(body: &mut AnswerBody) -> Option<Result<Bytes, io::Error>> {
        body.frame().await.map(|frame| frame.map(|frame| frame.into_data().unwrap()))
    }

    #[tokio::test]
    async fn a_whole_body_is_one_frame() {
        let mut body = AnswerBody::whole(Bytes::from("hello"), turn());
        assert_eq!((body.size_hint().exact(), body.is_end_stream()), (Some(5), false));
        assert_eq!(next(&mut body).await.unwrap().unwrap(), "hello");
        assert_eq!((body.size_hint().exact(), body.is_end_stream()), (Some(0), true));
        assert!(next(&mut body).await.is_none());
    }

    #[tokio::test]
    async fn a_streamed_body_says_what_is_left_and_ends_only_if_complete() {
        for complete in [true, false] {
            let (sender, pieces) = mpsc::channel(1);
            let work: Work = Box::pin(async move {
                sender.send(Piece::Data(Bytes::from("one"))).await.unwrap();
                sender.send(Piece::Data(Bytes::from("three"))).await.unwrap();
                if complete {
                    sender.send(Piece::End).await.unwrap();
                }
            });
            let mut body = AnswerBody::stream(Stream { pieces, work: Some(work), left: Some(8) }, turn());
            assert_eq!(body.size_hint().exact(), Some(8));
            assert_eq!(next(&mut body).await.unwrap().unwrap(), "one");
            assert_eq!(body.size_hint().exact(), Some(5));
            assert_eq!(next(&mut body).await.unwrap().unwrap(), "three");
            assert_eq!(body.size_hint().exact(), Some(0));
            assert_eq!(next(&mut body).await.is_none(), complete);
        }
    }
}
