//! The bytes of a dump, a window at a time.

use std::io::{self, Read, Seek, SeekFrom};

/// How far one can look ahead.
pub(super) const AHEAD: usize = 64;

/// A place to which one can come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// How many bytes stand before it.
    pub(super) taken: u64,
    /// Its line, from 1.
    pub(super) line: u64,
}

/// A reader with a look-ahead that counts lines and can go back.
#[derive(Debug)]
pub(super) struct Input<R> {
    source: R,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    line: u64,
    taken: u64,
    /// Here the input seems to end.
    limit: u64,
}

impl<R: Read + Seek> Input<R> {
    /// A reader that never holds more than `capacity` bytes, or a little more than [`AHEAD`].
    pub(super) fn new(source: R, capacity: usize) -> Self {
        let buffer = vec![0; capacity.max(2 * AHEAD)].into_boxed_slice();
        Self { source, buffer, start: 0, end: 0, line: 1, taken: 0, limit: u64::MAX }
    }

    #[cfg(test)]
    pub(super) const fn held(&self) -> usize {
        self.buffer.len()
    }

    /// Where the next byte stands.
    pub(super) const fn mark(&self) -> Mark {
        Mark { taken: self.taken, line: self.line }
    }

    /// Goes to a place where it was.
    pub(super) fn go(&mut self, mark: Mark) -> io::Result<()> {
        let begin = self.taken - self.start as u64;
        let end = begin + self.end as u64;
        if (begin..=end).contains(&mark.taken) {
            self.start = usize::try_from(mark.taken - begin).unwrap_or(self.end);
        } else {
            self.source.seek(SeekFrom::Current(mark.taken.cast_signed() - end.cast_signed()))?;
            (self.start, self.end) = (0, 0);
        }
        (self.taken, self.line) = (mark.taken, mark.line);
        Ok(())
    }

    /// Lets the input seem to end so many bytes ahead, or where it does end.
    pub(super) const fn limit(&mut self, count: Option<u64>) {
        self.limit = match count {
            Some(count) => self.taken.saturating_add(count),
            None => u64::MAX,
        };
    }

    /// Whether the end is one that [`limit`](Self::limit) has set.
    pub(super) const fn is_at_limit(&self) -> bool {
        self.taken >= self.limit
    }

    /// Some of the next bytes; none at the end alone.
    pub(super) fn window(&mut self) -> io::Result<&[u8]> {
        self.ahead(1)
    }

    /// The next `count` bytes at least, at most [`AHEAD`]; fewer at the end alone.
    pub(super) fn ahead(&mut self, count: usize) -> io::Result<&[u8]> {
        let room = usize::try_from(self.limit.saturating_sub(self.taken)).unwrap_or(usize::MAX);
        while self.end - self.start < count.min(room) && self.fill()? {}
        let end = self.end.min(self.start.saturating_add(room));
        Ok(self.buffer.get(self.start..end).unwrap_or_default())
    }

    /// The next byte.
    pub(super) fn peek(&mut self) -> io::Result<Option<u8>> {
        if self.start == self.end {
            self.fill()?;
        }
        let is_there = self.start < self.end && !self.is_at_limit();
        Ok(if is_there { self.buffer.get(self.start).copied() } else { None })
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
    use std::io::Cursor;

    use super::*;

    fn at(input: &Input<Cursor<&[u8]>>) -> (u64, u64) {
        (input.mark().line, input.mark().taken)
    }

    #[test]
    fn counts_lines_and_bytes_as_they_are_taken() {
        let mut input = Input::new(Cursor::new(&b"a\nb\r\n\nc"[..]), 1);
        assert_eq!(at(&input), (1, 0));
        assert_eq!(input.ahead(3).expect("bytes").get(..3), Some(&b"a\nb"[..]));
        input.take(2);
        assert_eq!((at(&input), input.peek().expect("bytes")), ((2, 2), Some(b'b')));
        input.take(4);
        assert_eq!((at(&input).0, input.peek().expect("bytes")), (4, Some(b'c')));
        input.take(9);
        assert_eq!((at(&input).1, input.window().expect("bytes").len()), (7, 0));
    }

    #[test]
    fn goes_back_and_forth_in_its_buffer_and_beyond() {
        let bytes: Vec<u8> =
            (0..1_000).map(|n: u32| if n.is_multiple_of(9) { b'\n' } else { n.to_le_bytes()[0] }).collect();
        let mut input = Input::new(Cursor::new(&bytes[..]), 1);
        let mut marks = Vec::new();
        while let Some(byte) = input.peek().expect("bytes") {
            marks.push((input.mark(), byte));
            input.take(1);
        }
        for at in [999, 0, 500, 501, 499, 300, 999, 998, 7] {
            let (mark, byte) = marks[at];
            input.go(mark).expect("it was there");
            assert_eq!((input.mark(), input.peek().expect("bytes")), (mark, Some(byte)));
        }
    }

    #[test]
    fn seems_to_end_at_its_limit() {
        let mut input = Input::new(Cursor::new(&b"abcdef"[..]), 1);
        input.limit(Some(2));
        assert_eq!(input.ahead(6).expect("bytes"), b"ab");
        input.take(2);
        assert_eq!((input.peek().expect("bytes"), input.is_at_limit()), (None, true));
        input.limit(None);
        assert_eq!((input.peek().expect("bytes"), input.is_at_limit()), (Some(b'c'), false));
    }
}
