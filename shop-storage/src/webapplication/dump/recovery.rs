//! What happens when a row or a statement is not as it should be: where reading goes on, and what is said of
//! the bytes between.
//!
//! Quotation marks that are wrong turn everything behind them inside out, so nothing that was read since is
//! trusted. Reading goes back to where the row or the statement began, and looks from there, byte by byte,
//! for the next place that can be nothing else than a row or a statement.

use std::io::{self, Read, Seek};

use shop_core::webapplication::Table;

use super::lexer::{Passing, Place, Scan, Stop, Token};
use super::row::{End, Insert, Row};
use super::rows::Rows;
use crate::webapplication::LONGEST;

/// The longest row that is looked for an end, in bytes.
pub(super) const FARTHEST: u64 = 16 * LONGEST as u64;

/// How many statements without an end are given up at most; each costs a read of what is left of the dump.
const MOST_GIVEN_UP: u32 = 16;

/// How many bytes are read again for each one that is passed over, at most.
const AGAIN: u64 = 4;

/// How many tokens of something that is no statement may name a table.
const HEAD: usize = 8;

/// The same, in bytes.
const LONGEST_HEAD: u64 = 256;

/// Where reading goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Landing {
    /// Where the row ends by itself.
    Own,
    /// At one of these.
    At(Stop),
}

impl<R: Read + Seek> Rows<R> {
    /// Says of a row why it cannot be read, and goes on behind it.
    pub(super) fn recover(&mut self, insert: Insert, begin: Place, row: &Row, end: End) -> io::Result<()> {
        let own = match end {
            End::Whole => Some(self.lexer.place()),
            End::Statement if self.lexer.is_statement_over()? => Some(self.lexer.place()),
            End::Statement | End::Broken | End::Dump => None,
        };
        self.lexer.go(begin)?;
        let mut scan = Scan::new(Passing::Rows);
        match self.land(&insert, begin, own, &mut scan)? {
            Landing::Own => {
                let problem = row.problem().filter(|_| end == End::Whole);
                let reason = problem.unwrap_or_else(|| "its statement ends in the middle of it".to_owned());
                self.unreadable(insert.table, row.line, reason);
                if end == End::Whole { self.after_row(insert) } else { Ok(()) }
            }
            Landing::At(Stop::End) if end == End::Dump => {
                let rows = match scan.rows(Stop::End) {
                    0 | 1 => String::new(),
                    rows => format!("; about {rows} rows cannot be read"),
                };
                if row.is_begun || scan.has_met_row() {
                    let reason = format!("the dump ends in the middle of it{rows}");
                    self.unreadable(insert.table, row.line, reason);
                }
                self.cut();
                Ok(())
            }
            Landing::At(stop) => {
                let what = self.passed(begin, &scan, stop);
                self.unreadable(
                    insert.table,
                    row.line,
                    format!("quotation marks or commas are wrong: {what}"),
                );
                self.insert = (stop == Stop::Row).then_some(insert);
                Ok(())
            }
        }
    }

    /// What is known of the bytes from a place to here.
    fn passed(&self, begin: Place, scan: &Scan, stop: Stop) -> String {
        let end = self.lexer.place().mark;
        let last = end.line.saturating_sub(u64::from(scan.is_at_line())).max(begin.mark.line);
        let count = end.taken.saturating_sub(begin.mark.taken);
        let rows = match scan.rows(stop) {
            0 | 1 => "about one row".to_owned(),
            rows => format!("about {rows} rows"),
        };
        let bytes = if count == 1 { "byte" } else { "bytes" };
        format!("{count} {bytes}, up to line {last}, cannot be read, {rows}")
    }

    /// Goes to the next certain row or statement, unless the row ends by itself before.
    fn land(
        &mut self,
        insert: &Insert,
        begin: Place,
        own: Option<Place>,
        scan: &mut Scan,
    ) -> io::Result<Landing> {
        let mut again = 0;
        loop {
            let stop = self.lexer.pass_over(scan)?;
            let place = self.lexer.place();
            if let Some(own) = own.filter(|own| stop == Stop::End || place.mark.taken >= own.mark.taken) {
                self.lexer.go(own)?;
                return Ok(Landing::Own);
            }
            if stop != Stop::Row {
                return Ok(Landing::At(stop));
            }
            let passed = place.mark.taken - begin.mark.taken;
            if again > AGAIN * (passed + LONGEST as u64) {
                continue;
            }
            self.lexer.limit(Some(LONGEST as u64));
            let is_row = self.is_certain(insert)?;
            self.lexer.limit(None);
            again += self.lexer.taken() - place.mark.taken;
            self.lexer.go(place)?;
            if is_row {
                return Ok(Landing::At(stop));
            }
        }
    }

    /// Whether a row begins here that can be nothing else, and is followed by another one or by the end of
    /// its statement.
    fn is_certain(&mut self, insert: &Insert) -> io::Result<bool> {
        let (row, end) = self.read_row(insert)?;
        if end != End::Whole || !row.is_certain() {
            return Ok(false);
        }
        match self.lexer.next()? {
            Token::Sign(b',') => Ok(self.lexer.next()? == Token::Sign(b'(')
                && matches!(
                    self.lexer.next()?,
                    Token::Number | Token::Text | Token::Word | Token::Sign(b'-')
                )),
            Token::Delimiter => self.lexer.is_statement_over(),
            other => Ok(self.is_any(other, &["ON", "AS"])),
        }
    }

    /// Passes over the rows of another table. They must be as rows are: a quotation mark that is wrong in one
    /// of them would swallow what follows.
    pub(super) fn skip_rows(&mut self, line: u64) -> io::Result<()> {
        loop {
            let begin = self.lexer.place();
            if self.skip_row()? != End::Whole {
                return self.give_up(begin, line, Passing::Rows);
            }
            let begin = self.lexer.place();
            let token = self.lexer.next()?;
            match token {
                Token::Sign(b',') => {}
                Token::Delimiter => return Ok(()),
                _ if self.is_any(token, &["ON", "AS", "RETURNING"]) => return self.skip_rest(token),
                _ => return self.give_up(begin, line, Passing::Rows),
            }
        }
    }

    fn skip_row(&mut self) -> io::Result<End> {
        match self.row_token()? {
            Token::Sign(b'(') => self.values(None),
            _ => Ok(End::Broken),
        }
    }

    /// Says that the dump ends in a statement, or goes back to where it began, if other ones follow.
    pub(super) fn end_early(&mut self) -> io::Result<()> {
        let (begin, line) = (self.begin, self.begin.mark.line);
        self.give_up(begin, line, Passing::Statement)
    }

    fn give_up(&mut self, begin: Place, line: u64, passing: Passing) -> io::Result<()> {
        if !self.go_back(begin, line, passing)? {
            self.cut();
        }
        Ok(())
    }

    /// Goes to the statement behind something whose end was not found, and says so, if there is one.
    pub(super) fn go_back(&mut self, begin: Place, line: u64, passing: Passing) -> io::Result<bool> {
        self.given_up = self.given_up.saturating_add(1);
        if self.given_up > MOST_GIVEN_UP {
            return Ok(false);
        }
        let here = self.lexer.place();
        self.lexer.go(begin)?;
        if self.next_statement(&mut Scan::new(passing))? != Stop::Statement {
            self.lexer.go(here)?;
            return Ok(false);
        }
        let next = self.lexer.place().mark.line;
        let what = "a quotation mark or the end of a comment is wrong behind this";
        self.remark(line, format!("{what}; reading goes on in line {next}"));
        Ok(true)
    }

    fn next_statement(&mut self, scan: &mut Scan) -> io::Result<Stop> {
        loop {
            match self.lexer.pass_over(scan)? {
                Stop::Row => {}
                stop @ (Stop::Statement | Stop::End) => return Ok(stop),
            }
        }
    }

    /// The table that one of the first tokens names.
    fn head(&mut self) -> io::Result<Option<Table>> {
        self.lexer.go(self.begin)?;
        self.lexer.limit(Some(LONGEST_HEAD));
        self.lexer.is_wary = false;
        let mut table = None;
        for _ in 0..HEAD {
            let token = self.lexer.next()?;
            table = table.or(self.named(token).filter(|_| token != Token::Text));
        }
        self.lexer.limit(None);
        Ok(table)
    }

    /// Passes over something that is no statement. If it names one of the tables it may have been an
    /// `INSERT`.
    pub(super) fn unknown(&mut self) -> io::Result<()> {
        let (begin, line) = (self.begin, self.begin.mark.line);
        let table = self.head()?;
        self.lexer.go(begin)?;
        let mut scan = Scan::new(Passing::Unknown);
        let stop = self.next_statement(&mut scan)?;
        if let Some(table) = table {
            let what = self.passed(begin, &scan, stop);
            self.unreadable(table, line, format!("it stands in something that no dump has: {what}"));
        } else if !std::mem::replace(&mut self.is_told_of_unknown, true) {
            self.remark(line, "here, for the first time, stands something that no dump has: passed over");
        }
        Ok(())
    }
}
