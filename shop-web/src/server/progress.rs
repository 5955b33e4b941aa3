//! What a connection is doing, noted by its parts and read by its timer.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::status::Status;

/// Where a connection stands between two requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Phase {
    /// Accepted, nothing read yet.
    #[default]
    Fresh,
    /// Some of a header block has come.
    Header,
    /// A request is being answered.
    Busy,
    /// The last answer has been handed over.
    Idle,
}

/// What a connection has done so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pulse {
    pub(super) phase: Phase,
    /// Header blocks read, modulo 2^32.
    pub(super) requests: u32,
    /// Writes that the socket took, modulo 2^32.
    pub(super) writes: u32,
    /// Whether the socket takes no more for now.
    pub(super) stalled: bool,
}

impl Pulse {
    /// Tells whether closing now cuts nothing.
    pub(super) fn at_rest(self) -> bool {
        match self.phase {
            Phase::Fresh | Phase::Idle => !self.stalled,
            Phase::Header | Phase::Busy => false,
        }
    }
}

/// The note on which the parts of one connection write their progress.
///
/// All of them run in the connection's one task, so the lock is never waited for.
#[derive(Debug, Default)]
pub(super) struct Progress(Mutex<Pulse>);

impl Progress {
    pub(super) fn pulse(&self) -> Pulse {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, change: impl FnOnce(&mut Pulse)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn received(&self) {
        self.note(|pulse| match pulse.phase {
            Phase::Fresh | Phase::Idle => pulse.phase = Phase::Header,
            // A body, or a request sent ahead: neither is waited for here.
            Phase::Header | Phase::Busy => {}
        });
    }

    fn wrote(&self) {
        self.note(|pulse| {
            pulse.writes = pulse.writes.wrapping_add(1);
            pulse.stalled = false;
        });
    }

    fn stalled(&self) {
        self.note(|pulse| pulse.stalled = true);
    }
}

/// One request's turn on its connection, from the end of its header block to the end of its answer.
#[derive(Debug)]
pub(super) struct Turn {
    progress: Arc<Progress>,
    status: Status,
}

impl Turn {
    pub(super) fn begin(progress: &Arc<Progress>, status: &Status) -> Self {
        status.request_began();
        progress.note(|pulse| {
            pulse.phase = Phase::Busy;
            pulse.requests = pulse.requests.wrapping_add(1);
        });
        Self { progress: Arc::clone(progress), status: status.clone() }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.progress.note(|pulse| pulse.phase = Phase::Idle);
        self.status.request_ended();
    }
}

/// A socket that notes what passes through it.
#[derive(Debug)]
pub(super) struct Watched {
    stream: TcpStream,
    progress: Arc<Progress>,
    gone: bool,
}

impl Watched {
    pub(super) fn new(stream: TcpStream, progress: Arc<Progress>) -> Self {
        Self { stream, progress, gone: false }
    }

    /// Gives the socket back, unless the peer has closed it or it has failed.
    pub(super) fn into_open(self) -> Option<TcpStream> {
        (!self.gone).then_some(self.stream)
    }

    fn note_write(&mut self, written: &Poll<io::Result<usize>>) {
        match written {
            Poll::Ready(Ok(_)) => self.progress.wrote(),
            Poll::Ready(Err(_)) => self.gone = true,
            Poll::Pending => self.progress.stalled(),
        }
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.remaining();
        let read = ready!(Pin::new(&mut self.stream).poll_read(cx, buffer));
        if buffer.remaining() < before {
            self.progress.received();
        } else if before > 0 {
            self.gone = true;
        }
        Poll::Ready(read)
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.note_write(&written);
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.note_write(&written);
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
