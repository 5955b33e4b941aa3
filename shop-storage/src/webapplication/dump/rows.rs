//! The rows of a dump, and what else it says about the two tables.

use std::collections::VecDeque;
use std::io::{self, Read, Seek};
use std::sync::Arc;

use shop_core::webapplication::{Entry, Remark, Table, Unreadable};

use super::charset::Charset;
use super::input::Input;
use super::layout::Column;
use super::lexer::{Lexer, Place, Token};
use super::recovery::FARTHEST;
use super::row::{End, Insert, Layout, Row};
use super::session::Session;
use super::value::{Broken, Fault, Field};
use crate::webapplication::columns::Columns;

/// Reads entries one by one.
#[derive(Debug)]
pub(super) struct Rows<R> {
    pub(super) lexer: Lexer<R>,
    pub(super) session: Session,
    /// The encoding of strings without an introducer, whatever the dump says.
    pub(super) encoding: Option<Charset>,
    pub(super) produse: Told,
    pub(super) useri: Told,
    pub(super) is_told_of_unknown: bool,
    /// Where the statement begins.
    pub(super) begin: Place,
    /// How many statements without an end were given up.
    pub(super) given_up: u32,
    pub(super) insert: Option<Insert>,
    pub(super) field: Field,
    found: VecDeque<Entry>,
    is_cut_told: bool,
    is_done: bool,
}

/// What was learned and said about a table.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) columns: Option<Arc<[Column]>>,
    pub(super) is_created: bool,
    pub(super) has_rows: bool,
    /// The columns that the last remarks were about.
    layout: Option<Columns>,
    of_defaults: bool,
}

impl<R: Read + Seek> Rows<R> {
    pub(super) fn new(input: Input<R>, encoding: Option<Charset>) -> Self {
        let mut lexer = Lexer::new(input);
        lexer.charset = encoding.unwrap_or(lexer.charset);
        Self {
            begin: lexer.place(),
            given_up: 0,
            lexer,
            session: Session::new(),
            encoding,
            produse: Told::default(),
            useri: Told::default(),
            is_told_of_unknown: false,
            insert: None,
            field: Field::new(),
            found: VecDeque::new(),
            is_cut_told: false,
            is_done: false,
        }
    }

    /// How many bytes were read.
    pub(super) const fn taken(&self) -> u64 {
        self.lexer.taken()
    }

    /// How many bytes its buffers hold.
    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.lexer.held() + self.field.held()
    }

    /// The next entry.
    pub(super) fn next(&mut self) -> io::Result<Option<Entry>> {
        loop {
            if let Some(entry) = self.found.pop_front() {
                return Ok(Some(entry));
            }
            if self.is_done {
                return Ok(None);
            }
            match self.insert.take() {
                Some(insert) => self.row(insert)?,
                None => self.statement()?,
            }
        }
    }

    /// Whether all of it was read and neither of the tables was there.
    pub(super) const fn is_foreign(&self) -> bool {
        self.is_done && !self.produse.is_there() && !self.useri.is_there()
    }

    pub(super) const fn told(&mut self, table: Table) -> &mut Told {
        match table {
            Table::Produse => &mut self.produse,
            Table::Useri => &mut self.useri,
        }
    }

    pub(super) fn remark(&mut self, line: u64, text: impl Into<String>) {
        self.found.push_back(Entry::Remark(Remark { line: Some(line), text: text.into() }));
    }

    pub(super) fn remark_unended(&mut self, begun: u64) {
        self.remark(begun, "the dump that begins here has no end mark: it may be cut off");
    }

    pub(super) fn unreadable(&mut self, table: Table, line: u64, reason: impl Into<String>) {
        self.told(table).has_rows = true;
        let (line, reason) = (Some(line), reason.into());
        self.found.push_back(Entry::Unreadable(Unreadable { table, line, reason }));
    }

    /// Says what an end in the wrong place means.
    pub(super) fn cut(&mut self) {
        self.is_cut_told = true;
        let line = self.lexer.line();
        self.remark(line, "the dump ends in the middle of a statement: it is cut off");
    }

    /// Says what was not there.
    pub(super) fn finish(&mut self) {
        self.is_done = true;
        let line = self.lexer.line();
        if self.lexer.is_cut() && !self.is_cut_told {
            self.remark(line, "the dump ends in the middle of a comment or a string: it is cut off");
        }
        if let Some(begun) = self.lexer.begun() {
            self.remark_unended(begun);
        }
        for table in [Table::Produse, Table::Useri] {
            if !self.told(table).is_there() {
                self.remark(line, format!("the dump has no table {}", table.name()));
            }
        }
    }

    /// Begins to read rows; their values are in the order of `names`, else of the table.
    pub(super) fn begin_insert(&mut self, table: Table, names: Option<&[Vec<u8>]>, line: u64) {
        let created = self.told(table).columns.clone().unwrap_or_default();
        let names: Vec<&[u8]> = match names {
            Some(names) => names.iter().map(Vec::as_slice).collect(),
            None if created.is_empty() => {
                self.insert = Some(Insert { table, layout: None });
                return;
            }
            None => created.iter().map(|column| &*column.name).collect(),
        };
        let layout = Layout::new(table, &names, &created);
        if self.told(table).layout.as_ref() != Some(&layout.columns) {
            for text in layout.columns.remarks(table) {
                self.remark(line, text);
            }
            self.told(table).layout = Some(layout.columns.clone());
        }
        self.insert = Some(Insert { table, layout: Some(Arc::new(layout)) });
    }

    /// Reads one row of an `INSERT … VALUES`.
    fn row(&mut self, insert: Insert) -> io::Result<()> {
        let begin = self.lexer.place();
        self.lexer.limit(Some(FARTHEST));
        let (row, end) = self.read_row(&insert)?;
        self.lexer.limit(None);
        if end == End::Whole && row.problem().is_none() {
            self.give(row);
            self.after_row(insert)
        } else {
            self.recover(insert, begin, &row, end)
        }
    }

    /// Reads a row, right or wrong, and nothing else.
    pub(super) fn read_row(&mut self, insert: &Insert) -> io::Result<(Row, End)> {
        let token = self.row_token()?;
        let mut row = Row::new(insert, self.lexer.line());
        let end = match token {
            Token::Sign(b'(') => self.values(Some(&mut row))?,
            Token::End => End::Dump,
            Token::Delimiter => End::Statement,
            _ => End::Broken,
        };
        Ok((row, end))
    }

    /// The first token of a row, behind the word that may stand before it.
    pub(super) fn row_token(&mut self) -> io::Result<Token> {
        let token = self.lexer.next()?;
        if self.lexer.is_word(token, "ROW") { self.lexer.next() } else { Ok(token) }
    }

    /// The values between two parentheses, the first of which was taken; without a row they are passed over.
    pub(super) fn values(&mut self, mut row: Option<&mut Row>) -> io::Result<End> {
        if let Some(row) = &mut row {
            row.is_begun = true;
        }
        self.field.clear();
        loop {
            let token = self.lexer.next()?;
            match token {
                Token::End => return Ok(End::Dump),
                Token::Delimiter => return Ok(End::Statement),
                Token::Sign(b',') if self.field.is_outside() => self.end_value(row.as_deref_mut()),
                Token::Sign(b')') if self.field.is_outside() => {
                    if row.as_ref().is_some_and(|row| row.count > 0) || !self.field.is_empty() {
                        self.end_value(row);
                    }
                    return Ok(End::Whole);
                }
                _ if self.value_token(token).is_err() => return Ok(End::Broken),
                _ => {}
            }
        }
    }

    fn value_token(&mut self, token: Token) -> Result<(), Broken> {
        let is_too_long = self.lexer.is_too_long();
        self.field.take(token, self.lexer.text_mut(), is_too_long)
    }

    fn end_value(&mut self, row: Option<&mut Row>) {
        if let Some(row) = row {
            self.add_value(row);
        }
        self.field.clear();
    }

    fn add_value(&mut self, row: &mut Row) {
        let client = self.encoding.unwrap_or(self.session.charset);
        let (place, kind) = row.column();
        row.count += 1;
        if let Some(place) = place {
            row.fault = row.fault.or(self.field.fault());
            row.has_default |= self.field.is_default();
            row.weigh(self.field.is_plausible(kind, place == 0), self.field.is_text());
            row.set(place, self.field.value(kind, client));
        } else if self.field.fault() == Some(Fault::Missing) {
            row.fault = row.fault.or(Some(Fault::Missing));
        }
    }

    /// Gives a row that is as it should be.
    fn give(&mut self, row: Row) {
        let told = self.told(row.table);
        told.has_rows = true;
        if row.has_default && !std::mem::replace(&mut told.of_defaults, true) {
            let text = "DEFAULT stands in the place of a value, here for the first time: read as NULL";
            self.remark(row.line, text);
        }
        self.found.push_back(row.table.row(Some(row.line), row.values));
    }

    /// Another row, or what may stand behind the last one.
    pub(super) fn after_row(&mut self, insert: Insert) -> io::Result<()> {
        let begin = self.lexer.place();
        let token = self.lexer.next()?;
        match token {
            Token::Sign(b',') => self.insert = Some(insert),
            Token::Delimiter => {}
            Token::Word if self.is_any(token, &["ON", "AS", "RETURNING"]) => self.skip_rest(token)?,
            _ => {
                let end = if token == Token::End { End::Dump } else { End::Broken };
                let nothing = Row::new(&insert, self.lexer.line());
                self.recover(insert, begin, &nothing, end)?;
            }
        }
        Ok(())
    }
}

impl Told {
    const fn is_there(&self) -> bool {
        self.is_created || self.has_rows
    }
}
