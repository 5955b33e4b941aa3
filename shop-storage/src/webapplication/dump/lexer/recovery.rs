//! Where reading goes on behind what cannot be understood.

use std::io::{self, Read};

use super::Lexer;
use crate::webapplication::dump::input::AHEAD;

/// Where reading goes on after text that could not be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::webapplication::dump) enum Landing {
    /// At a row of the same statement.
    Row,
    /// At another statement.
    Statement,
    /// Nowhere.
    End,
}

impl<R: Read> Lexer<R> {
    /// Passes over text whose quotation marks mean nothing, up to a line that can only be a row or a
    /// statement.
    pub(in crate::webapplication::dump) fn pass_over(&mut self) -> io::Result<Landing> {
        self.is_conditional = false;
        loop {
            let last = self.last_of_line()?;
            self.line = self.input.line();
            let begin = self.input.ahead(AHEAD)?;
            match begin.iter().find(|byte| !byte.is_ascii_whitespace()) {
                None if begin.len() < AHEAD => return Ok(Landing::End),
                Some(b'(') if last == *b")," => return Ok(Landing::Row),
                _ if matches!(last, [_, b';'] | [0, 0]) && is_statement(begin) => {
                    return Ok(Landing::Statement);
                }
                _ => {}
            }
        }
    }

    /// Takes the rest of the line; the last two characters in it.
    fn last_of_line(&mut self) -> io::Result<[u8; 2]> {
        let mut last = [0, 0];
        while let Some(byte) = self.input.peek()? {
            self.input.take(1);
            if byte == b'\n' {
                break;
            }
            if !byte.is_ascii_whitespace() {
                let [_, before] = last;
                last = [before, byte];
            }
        }
        Ok(last)
    }
}

/// How a statement begins that a dump is made of.
fn is_statement(line: &[u8]) -> bool {
    const BEGINNINGS: [&str; 18] = [
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
        "TRUNCATE ",
        "UPDATE ",
        "DELETE ",
        "/*!",
        "/*M!",
        "-- ",
    ];
    BEGINNINGS.iter().any(|beginning| {
        let head = line.get(..beginning.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(beginning.as_bytes()))
    })
}
