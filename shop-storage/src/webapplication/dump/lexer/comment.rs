//! Blanks and comments, and those comments that a server executes.

use std::io::{self, Read, Seek};

use super::Lexer;
use crate::webapplication::dump::input::AHEAD;

/// Conditional comments for servers that do not exist are what hides text from each of them.
const NO_VERSION: u32 = 99_999;

impl<R: Read + Seek> Lexer<R> {
    /// Passes over blanks and comments; whether there were any.
    pub(super) fn skip(&mut self, byte: u8) -> io::Result<bool> {
        match byte {
            _ if byte.is_ascii_whitespace() || byte == 0x0B => self.input.take(1),
            b'#' => self.skip_line()?,
            b'-' => match *self.input.ahead(3)? {
                [_, b'-'] => self.skip_line()?,
                [_, b'-', next, ..] if next <= b' ' => self.skip_line()?,
                _ => return Ok(false),
            },
            b'/' if self.input.ahead(2)?.starts_with(b"/*") => self.comment()?,
            b'*' if self.context.is_conditional && self.input.ahead(2)?.starts_with(b"*/") => {
                self.context.is_conditional = false;
                self.input.take(2);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn skip_line(&mut self) -> io::Result<()> {
        self.heed_mark()?;
        loop {
            let window = self.input.window()?;
            if window.is_empty() {
                return Ok(());
            }
            let end = memchr::memchr(b'\n', window);
            let count = end.map_or(window.len(), |end| end + 1);
            self.input.take(count);
            if end.is_some() {
                return Ok(());
            }
        }
    }

    /// Notes what mysqldump writes at the beginning and at the end.
    fn heed_mark(&mut self) -> io::Result<()> {
        let line = self.input.mark().line;
        let comment = self.input.ahead(AHEAD)?;
        let is = |mark: &str| comment.starts_with(mark.as_bytes());
        if is("-- MySQL dump ") || is("-- MariaDB dump ") {
            self.context.unended = self.context.begun.replace(line);
        } else if is("-- Dump completed") {
            self.context.begun = None;
        }
        Ok(())
    }

    /// A comment is passed over; the content of one for the server counts as if it stood there without the
    /// comment.
    fn comment(&mut self) -> io::Result<()> {
        let head = self.input.ahead(16)?;
        let mark = if head.starts_with(b"/*!") {
            3
        } else if head.starts_with(b"/*M!") {
            4
        } else {
            self.input.take(2);
            return self.skip_comment();
        };
        let digits = head.get(mark..).unwrap_or_default().iter().take(6);
        let (mut count, mut version) = (mark, 0);
        for digit in digits.take_while(|byte| byte.is_ascii_digit()) {
            (count, version) = (count + 1, version * 10 + u32::from(digit - b'0'));
        }
        self.input.take(count);
        if is_of_no_server(version) {
            return self.skip_comment();
        }
        self.context.is_conditional = true;
        Ok(())
    }

    fn skip_comment(&mut self) -> io::Result<()> {
        loop {
            let window = self.input.ahead(2)?;
            if window.len() < 2 {
                self.context.is_cut = true;
                let rest = window.len();
                self.input.take(rest);
                return Ok(());
            }
            if let Some(at) = memchr::memmem::find(window, b"*/") {
                self.input.take(at + 2);
                return Ok(());
            }
            // A star at its end may be the first half.
            let count = window.len() - 1;
            self.input.take(count);
        }
    }
}

const fn is_of_no_server(version: u32) -> bool {
    version == NO_VERSION || version >= 900_000
}
