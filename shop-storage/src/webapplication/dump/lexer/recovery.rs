//! Where reading may go on behind what cannot be understood.

use std::io::{self, Read, Seek};

use super::Lexer;
use crate::webapplication::dump::input::AHEAD;

/// What is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::webapplication::dump) enum Passing {
    /// Rows of an `INSERT`.
    Rows,
    /// Something that is no statement; another one may begin behind a semicolon in the same line.
    Unknown,
    /// A statement whose end was not found; another one begins in another line.
    Statement,
}

/// A place where reading may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::webapplication::dump) enum Stop {
    /// At a parenthesis.
    Row,
    /// At a statement.
    Statement,
    /// Nowhere.
    End,
}

/// Goes through bytes whose quotation marks mean nothing.
#[derive(Debug)]
pub(in crate::webapplication::dump) struct Scan {
    passing: Passing,
    previous: u8,
    /// The last two bytes that are no blanks.
    last: [u8; 2],
    /// Whether it stands where it stopped the last time.
    is_stopped: bool,
    has_met_row: bool,
    separators: u64,
}

impl Scan {
    pub(in crate::webapplication::dump) const fn new(passing: Passing) -> Self {
        Self { passing, previous: 0, last: [0, 0], is_stopped: false, has_met_row: false, separators: 0 }
    }

    /// Whether it stands at the beginning of a line.
    pub(in crate::webapplication::dump) const fn is_at_line(&self) -> bool {
        self.previous == b'\n'
    }

    /// Whether there was anything like a row.
    pub(in crate::webapplication::dump) const fn has_met_row(&self) -> bool {
        self.has_met_row
    }

    /// How many rows it has passed, if each `),(` stands between two.
    pub(in crate::webapplication::dump) fn rows(&self, stop: Stop) -> u64 {
        let is_counted = stop == Stop::Row && self.is_behind_row();
        self.separators + u64::from(!is_counted)
    }

    const fn is_behind_row(&self) -> bool {
        matches!(self.last, [b')', b','])
    }

    /// Whether the bytes that come next are a statement's.
    fn is_at_statement(&self, ahead: &[u8]) -> bool {
        let [_, last] = self.last;
        match self.passing {
            _ if self.is_at_line() => begins(ahead, &CERTAIN) || (last == b';' && begins(ahead, &LIKELY)),
            Passing::Rows => self.last == *b");" && begins(ahead, &CERTAIN),
            Passing::Unknown => last == b';' && begins(ahead, &CERTAIN),
            Passing::Statement => false,
        }
    }

    const fn pass(&mut self, byte: u8) {
        self.previous = byte;
        if !byte.is_ascii_whitespace() {
            let [_, before] = self.last;
            self.last = [before, byte];
        }
    }
}

impl<R: Read + Seek> Lexer<R> {
    /// Goes to the next place where reading may go on.
    pub(in crate::webapplication::dump) fn pass_over(&mut self, scan: &mut Scan) -> io::Result<Stop> {
        self.context.is_conditional = false;
        while let Some(byte) = self.input.peek()? {
            if !std::mem::replace(&mut scan.is_stopped, false) {
                if may_begin(byte) && scan.is_at_statement(self.input.ahead(AHEAD)?) {
                    return Ok(Stop::Statement);
                }
                if byte == b'(' {
                    (scan.is_stopped, scan.has_met_row) = (true, true);
                    scan.separators += u64::from(scan.is_behind_row());
                    return Ok(Stop::Row);
                }
            }
            self.input.take(1);
            scan.pass(byte);
        }
        Ok(Stop::End)
    }

    /// Whether nothing stands behind a delimiter, in its line, but a statement at most.
    pub(in crate::webapplication::dump) fn is_statement_over(&mut self) -> io::Result<bool> {
        let ahead = self.input.ahead(AHEAD)?;
        let Some(at) = ahead.iter().position(|byte| *byte == b'\n' || !byte.is_ascii_whitespace()) else {
            return Ok(ahead.len() < AHEAD);
        };
        let rest = ahead.get(at..).unwrap_or_default();
        Ok(rest.starts_with(b"\n") || begins(rest, &CERTAIN))
    }
}

/// How nothing but a statement begins.
const CERTAIN: [&str; 10] = [
    "INSERT INTO ",
    "INSERT IGNORE INTO ",
    "REPLACE INTO ",
    "CREATE TABLE ",
    "DROP TABLE ",
    "ALTER TABLE ",
    "LOCK TABLES ",
    "UNLOCK TABLES",
    "/*!",
    "/*M!",
];

/// How a statement or a comment begins, but other text as well.
const LIKELY: [&str; 15] = [
    "INSERT ",
    "REPLACE ",
    "CREATE ",
    "DROP ",
    "LOCK ",
    "UNLOCK ",
    "SET ",
    "ALTER ",
    "COMMIT",
    "DELIMITER ",
    "USE ",
    "START ",
    "UPDATE ",
    "DELETE ",
    "-- ",
];

/// Whether one of them begins with this byte.
const fn may_begin(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'-')
}

fn begins(line: &[u8], beginnings: &[&str]) -> bool {
    beginnings.iter().any(|beginning| {
        let head = line.get(..beginning.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(beginning.as_bytes()))
    })
}

/// Whether a line of a text can only be a statement.
pub(super) fn holds_statement(text: &[u8]) -> bool {
    memchr::memchr_iter(b'\n', text).any(|at| text.get(at + 1..).is_some_and(|line| begins(line, &CERTAIN)))
}
