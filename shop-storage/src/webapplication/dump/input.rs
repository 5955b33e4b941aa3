//! The bytes of a dump, a window at a time.

use std::io::{self, Read};

/// How far one can look ahead.
pub(super) const AHEAD: usize = 64;

/// A reader with a look-ahead that counts lines.
#[derive(Debug)]
pub(super) struct Input<R> {
    source: R,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    line: u64,
    taken: u64,
}

impl<R: Read> Input<R> {
    /// A reader that never holds more than `capacity` bytes, or a little more than [`AHEAD`].
    pub(super) fn new(source: R, capacity: usize) -> Self {
        let buffer = vec![0; capacity.max(2 * AHEAD)].into_boxed_slice();
        Self { source, buffer, start: 0, end: 0, line: 1, taken: 0 }
    }

    #[cfg(test)]
    pub(super) const fn held(&self) -> usize {
        self.buffer.len()
    }

    /// The line of the next byte, from 1.
    pub(super) const fn line(&self) -> u64 {
        self.line
    }

    /// How many bytes were taken.
    pub(super) const fn taken(&self) -> u64 {
        self.taken
    }

    /// Some of the next bytes; none at the end alone.
    pub(super) fn window(&mut self) -> io::Result<&[u8]> {
        self.ahead(1)
    }

    /// The next `count` bytes at least, at most [`AHEAD`]; fewer at the end alone.
    pub(super) fn ahead(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.end - self.start < count && self.fill()? {}
        Ok(self.buffer.get(self.start..self.end).unwrap_or_default())
    }

    /// The next byte.
    pub(super) fn peek(&mut self) -> io::Result<Option<u8>> {
        if self.start == self.end {
            self.fill()?;
        }
        Ok(if self.start < self.end { self.buffer.get(self.start).copied() } else { None })
    }

    /// Goes on by so many bytes, which must have been seen.
    pub(super) fn take(&mut self, count: usize) {
        let end = self.end.min(self.start + count);
        let taken = self.buffer.get(self.start..end).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', taken).count() as u64;
        self.taken += taken.len() as u64;
        self.start = end;
    }

    /// Reads more; whether there was more.
    fn fill(&mut self) -> io::Result<bool> {
        self.buffer.copy_within(self.start..self.end, 0);
        (self.start, self.end) = (0, self.end - self.start);
        let room = self.buffer.get_mut(self.end..).unwrap_or_default();
        loop {
            match self.source.read(room) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
                Ok(count) => {
                    self.end += count;
                    return Ok(count > 0);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_bytes_as_they_are_taken() {
        let mut input = Input::new(&b"a\nb\r\n\nc"[..], 1);
        assert_eq!((input.line(), input.taken()), (1, 0));
        assert_eq!(input.ahead(3).expect("bytes").get(..3), Some(&b"a\nb"[..]));
        input.take(2);
        assert_eq!((input.line(), input.taken(), input.peek().expect("bytes")), (2, 2, Some(b'b')));
        input.take(4);
        assert_eq!((input.line(), input.peek().expect("bytes")), (4, Some(b'c')));
        input.take(9);
        assert_eq!((input.taken(), input.window().expect("bytes").len()), (7, 0));
    }
}
