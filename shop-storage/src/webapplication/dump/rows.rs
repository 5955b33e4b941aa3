//! The rows of a dump, and what else it says about the two tables.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::Arc;

use shop_core::webapplication::{Entry, Remark, Table, Unreadable, Value};

use super::charset::Charset;
use super::input::Input;
use super::layout::{Column, known_kind};
use super::lexer::{Landing, Lexer, Token};
use super::session::Session;
use super::value::{Broken, Fault, Field, Kind};
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
    insert: Option<Insert>,
    field: Field,
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

/// Where the values of a row belong.
#[derive(Debug)]
struct Layout {
    columns: Columns,
    kinds: Vec<Kind>,
}

/// An `INSERT` whose rows are being read.
#[derive(Debug)]
pub(super) struct Insert {
    pub(super) table: Table,
    /// Of a list of columns, or of the table; `None` if neither is known.
    layout: Option<Arc<Layout>>,
}

/// A row in the making.
struct Row {
    table: Table,
    line: u64,
    layout: Option<Arc<Layout>>,
    values: Vec<Value>,
    count: usize,
    fault: Option<Fault>,
}

/// How a row ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// With its parenthesis.
    Whole,
    /// Its quotation marks or commas are wrong.
    Broken,
    /// With its statement.
    Statement,
    /// With the dump.
    Dump,
}

impl<R: Read> Rows<R> {
    pub(super) fn new(input: Input<R>, encoding: Option<Charset>) -> Self {
        let mut lexer = Lexer::new(input);
        lexer.charset = encoding.unwrap_or(lexer.charset);
        Self {
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
            let told = self.told(table);
            if !told.is_created && !told.has_rows {
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
        let mut token = self.lexer.next()?;
        if self.lexer.is_word(token, "ROW") {
            token = self.lexer.next()?;
        }
        let mut row = self.begin_row(&insert);
        let end = match token {
            Token::Sign(b'(') => self.values(&mut row)?,
            Token::End => {
                self.cut();
                return Ok(());
            }
            Token::Delimiter => End::Statement,
            _ => End::Broken,
        };
        self.end_row(insert, row, end)
    }

    fn begin_row(&self, insert: &Insert) -> Row {
        let (table, layout, line) = (insert.table, insert.layout.clone(), self.lexer.line());
        Row { table, line, layout, values: Vec::new(), count: 0, fault: None }
    }

    /// The values between two parentheses, the first of which was taken.
    fn values(&mut self, row: &mut Row) -> io::Result<End> {
        self.field.clear();
        loop {
            let token = self.lexer.next()?;
            match token {
                Token::End => return Ok(End::Dump),
                Token::Delimiter => return Ok(End::Statement),
                Token::Sign(b',') if self.field.is_outside() => self.end_value(row),
                Token::Sign(b')') if self.field.is_outside() => {
                    if row.count > 0 || !self.field.is_empty() {
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

    fn end_value(&mut self, row: &mut Row) {
        let client = self.encoding.unwrap_or(self.session.charset);
        let (place, kind) = row.column();
        row.count += 1;
        if let Some(place) = place {
            row.fault = row.fault.or(self.field.fault());
            if self.field.is_default() && !self.told(row.table).of_defaults {
                self.told(row.table).of_defaults = true;
                let text = "DEFAULT stands in the place of a value, here for the first time: read as NULL";
                self.remark(row.line, text);
            }
            row.set(place, self.field.value(kind, client));
        } else if self.field.fault() == Some(Fault::Missing) {
            row.fault = row.fault.or(Some(Fault::Missing));
        }
        self.field.clear();
    }

    /// Gives the row and finds out what comes next.
    fn end_row(&mut self, insert: Insert, row: Row, end: End) -> io::Result<()> {
        let (table, line) = (row.table, row.line);
        match end {
            End::Whole => {
                self.give(row);
                self.after_row(insert)
            }
            End::Broken => self.pass_over(insert, line),
            End::Statement => {
                self.unreadable(table, line, "its statement ends in the middle of it");
                Ok(())
            }
            End::Dump => {
                self.unreadable(table, line, "the dump ends in the middle of it");
                self.cut();
                Ok(())
            }
        }
    }

    /// Gives a row whose parenthesis is closed.
    fn give(&mut self, row: Row) {
        let (table, line) = (row.table, row.line);
        let count = row.count;
        let fits = match &row.layout {
            Some(layout) if layout.columns.places.len() == count => Ok(()),
            Some(layout) => Err(format!("it has {count} values for {} columns", layout.columns.places.len())),
            None if Columns::known(table, count).is_some() => Ok(()),
            None => Err(format!("the dump does not say which columns its {count} values belong to")),
        };
        match (fits, row.fault) {
            (Err(reason), _) => self.unreadable(table, line, reason),
            (Ok(()), Some(fault)) => self.unreadable(table, line, fault.reason()),
            (Ok(()), None) => {
                self.told(table).has_rows = true;
                self.found.push_back(table.row(Some(line), row.values));
            }
        }
    }

    /// Another row, or what may stand behind the last one.
    fn after_row(&mut self, insert: Insert) -> io::Result<()> {
        let token = self.lexer.next()?;
        let line = self.lexer.line();
        match token {
            Token::Sign(b',') => self.insert = Some(insert),
            Token::Delimiter => {}
            Token::End => self.cut(),
            Token::Word
                if ["ON", "AS", "RETURNING"].into_iter().any(|word| self.lexer.is_word(token, word)) =>
            {
                self.skip_rest(token)?;
            }
            _ => self.pass_over(insert, line)?,
        }
        Ok(())
    }

    /// Goes on where rows or statements can be told apart again.
    fn pass_over(&mut self, insert: Insert, line: u64) -> io::Result<()> {
        let landing = self.lexer.pass_over()?;
        let last = self.lexer.line().saturating_sub(1).max(line);
        let reason = format!("quotation marks or commas are wrong; passed over to the end of line {last}");
        self.unreadable(insert.table, line, reason);
        match landing {
            Landing::Row => self.insert = Some(insert),
            Landing::Statement | Landing::End => {}
        }
        Ok(())
    }
}

impl Layout {
    fn new(table: Table, names: &[&[u8]], created: &[Column]) -> Self {
        let columns = Columns::new(table, names.iter().copied());
        let kinds = names.iter().zip(&columns.places).map(|(name, place)| {
            let known = place.map_or(Kind::Text(None), |place| known_kind(table, place));
            let created = created.iter().find(|column| column.name.eq_ignore_ascii_case(name));
            created.map_or(known, |column| column.kind)
        });
        Self { kinds: kinds.collect(), columns }
    }

    /// Where the value of this number belongs, and what it is.
    fn column(&self, at: usize) -> (Option<usize>, Kind) {
        let place = self.columns.places.get(at).copied().flatten();
        (place, self.kinds.get(at).copied().unwrap_or(Kind::Text(None)))
    }
}

impl Row {
    /// Where the next value belongs, and what it is. A layout that is not known may turn out to be the old
    /// shop's.
    fn column(&self) -> (Option<usize>, Kind) {
        match &self.layout {
            Some(layout) => layout.column(self.count),
            None if self.count < self.table.columns().len() => {
                (Some(self.count), known_kind(self.table, self.count))
            }
            None => (None, Kind::Text(None)),
        }
    }

    fn set(&mut self, place: usize, value: Value) {
        if self.values.is_empty() {
            self.values = vec![Value::Null; self.table.columns().len()];
        }
        if let Some(slot) = self.values.get_mut(place) {
            *slot = value;
        }
    }
}
