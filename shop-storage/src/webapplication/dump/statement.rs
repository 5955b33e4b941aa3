//! The statements of a dump: which ones hold rows, and which ones change what the rows mean.

use std::io::{self, Read, Seek};

use shop_core::webapplication::Table;

use super::alteration::Alteration;
use super::layout::{Creation, LONGEST_NAME, MOST_COLUMNS};
use super::lexer::{Passing, Token};
use super::rows::Rows;
use super::session::Piece;

/// More tokens than a `SET` has that is followed.
const MOST_PIECES: usize = 64;

/// The longest text in such a `SET`.
const LONGEST_PIECE: usize = 1_024;

/// What is passed over without a word: it changes no row of the two tables.
const HARMLESS: [&str; 24] = [
    "ANALYZE",
    "BEGIN",
    "CHANGE",
    "CHECK",
    "CHECKSUM",
    "COMMIT",
    "DO",
    "FLUSH",
    "GRANT",
    "HANDLER",
    "INSTALL",
    "KILL",
    "LOCK",
    "OPTIMIZE",
    "PURGE",
    "RELEASE",
    "REPAIR",
    "RESET",
    "REVOKE",
    "SAVEPOINT",
    "SELECT",
    "START",
    "UNLOCK",
    "USE",
];

/// What changes rows of a table that it names.
const CHANGES: [&str; 7] = ["DELETE", "DROP", "IMPORT", "LOAD", "RENAME", "TRUNCATE", "UPDATE"];

/// What may change any row.
const UNFORESEEABLE: [&str; 5] = ["CALL", "EXECUTE", "ROLLBACK", "SOURCE", "WITH"];

/// What holds statements of its own.
const ROUTINES: [&str; 5] = ["EVENT", "FUNCTION", "PACKAGE", "PROCEDURE", "TRIGGER"];

/// The end of a list of names.
enum Names {
    List(Vec<Vec<u8>>),
    /// It is none; the last token that was taken.
    Other(Token),
}

impl<R: Read + Seek> Rows<R> {
    /// Reads a statement, or the beginning of one that holds rows.
    pub(super) fn statement(&mut self) -> io::Result<()> {
        self.lexer.is_wary = false;
        let before = self.lexer.place();
        let token = self.lexer.next()?;
        self.lexer.is_wary = true;
        self.begin = self.lexer.begin();
        let line = self.lexer.line();
        if let Some(begun) = self.lexer.take_unended() {
            self.remark_unended(begun);
        }
        match token {
            Token::End => {
                // A comment without an end has nothing behind it.
                if !self.lexer.is_cut() || !self.go_back(before, before.mark.line, Passing::Statement)? {
                    self.finish();
                }
                Ok(())
            }
            Token::Delimiter => Ok(()),
            Token::Word => self.verb(line),
            _ => self.unknown(),
        }
    }

    fn verb(&mut self, line: u64) -> io::Result<()> {
        let verb = String::from_utf8_lossy(self.lexer.text()).to_ascii_uppercase();
        match &*verb {
            "INSERT" | "REPLACE" => self.insert(&verb, line),
            "SET" => self.set(line),
            "CREATE" => self.create(line),
            "ALTER" => self.alter(line),
            "DELIMITER" => self.lexer.take_delimiter(),
            verb if HARMLESS.contains(&verb) => self.skip_statement(),
            verb if CHANGES.contains(&verb) => self.change(verb, line),
            verb if UNFORESEEABLE.contains(&verb) => {
                self.remark(line, format!("{verb} is not followed"));
                self.skip_statement()
            }
            _ => self.unknown(),
        }
    }

    /// Passes over what is left of the statement.
    pub(super) fn skip_statement(&mut self) -> io::Result<()> {
        let token = self.lexer.next()?;
        self.skip_rest(token)
    }

    /// Passes over what is left of the statement behind a token.
    pub(super) fn skip_rest(&mut self, mut token: Token) -> io::Result<()> {
        loop {
            match token {
                Token::Delimiter => return Ok(()),
                Token::End => return self.end_early(),
                _ => token = self.lexer.next()?,
            }
        }
    }

    fn set(&mut self, line: u64) -> io::Result<()> {
        let mut pieces: Vec<Piece> = Vec::new();
        loop {
            let token = self.lexer.next()?;
            match token {
                Token::Delimiter => break,
                Token::End => return self.end_early(),
                _ if pieces.len() < MOST_PIECES => {
                    let text = self.lexer.text();
                    pieces.push((token, text.get(..LONGEST_PIECE).unwrap_or(text).to_vec()));
                }
                _ => {}
            }
        }
        for remark in self.session.set(&pieces) {
            self.remark(line, remark);
        }
        self.lexer.mode = self.session.mode;
        self.lexer.charset = self.encoding.unwrap_or(self.session.charset);
        Ok(())
    }

    /// Takes a table's name that begins with `token`, and the token behind it.
    fn table(&mut self, mut token: Token) -> io::Result<(Option<Table>, Token)> {
        loop {
            let table = self.named(token);
            if !matches!(token, Token::Word | Token::Name | Token::Text) {
                return Ok((None, token));
            }
            let next = self.lexer.next()?;
            if next != Token::Sign(b'.') {
                return Ok((table, next));
            }
            token = self.lexer.next()?;
        }
    }

    /// The table that the last token names.
    pub(super) fn named(&self, token: Token) -> Option<Table> {
        let text = self.lexer.text();
        let is = |table: &Table| text.eq_ignore_ascii_case(table.name().as_bytes());
        let is_name = matches!(token, Token::Word | Token::Name | Token::Text);
        [Table::Produse, Table::Useri].into_iter().find(|table| is_name && is(table))
    }

    pub(super) fn is_any(&self, token: Token, words: &[&str]) -> bool {
        words.iter().any(|word| self.lexer.is_word(token, word))
    }

    fn insert(&mut self, verb: &str, line: u64) -> io::Result<()> {
        let mut token = self.lexer.next()?;
        while self.is_any(token, &["LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "INTO"]) {
            token = self.lexer.next()?;
        }
        let (table, mut token) = self.table(token)?;
        if self.lexer.is_word(token, "PARTITION") {
            self.lexer.next()?;
            if let Names::Other(last) = self.names()? {
                return self.skip_rest(last);
            }
            token = self.lexer.next()?;
        }
        let mut names = None;
        if token == Token::Sign(b'(') {
            match self.names()? {
                Names::List(list) => names = Some(list),
                Names::Other(last) => return self.not_followed(verb, table, line, last),
            }
            token = self.lexer.next()?;
        }
        self.lexer.is_wary = !self.is_any(token, &["VALUES", "VALUE"]);
        match table {
            Some(table) if !self.lexer.is_wary => {
                self.begin_insert(table, names.as_deref(), line);
                Ok(())
            }
            None if !self.lexer.is_wary => self.skip_rows(line),
            table => self.not_followed(verb, table, line, token),
        }
    }

    /// Says of an insert into one of the tables that it has no list of values.
    fn not_followed(&mut self, verb: &str, table: Option<Table>, line: u64, token: Token) -> io::Result<()> {
        match table {
            Some(table) if self.lexer.is_word(token, "SET") => {
                self.unreadable(table, line, format!("it is written as {verb} … SET, which is not followed"));
            }
            Some(table) if !matches!(token, Token::Delimiter | Token::End) => {
                self.remark(line, format!("{verb} … SELECT into {} is not followed", table.name()));
            }
            Some(_) | None => {}
        }
        self.skip_rest(token)
    }

    /// The names in a list whose first parenthesis was taken.
    fn names(&mut self) -> io::Result<Names> {
        let mut names = Vec::new();
        let mut token = self.lexer.next()?;
        if token == Token::Sign(b')') {
            return Ok(Names::List(names));
        }
        while matches!(token, Token::Word | Token::Name | Token::Text) && names.len() < MOST_COLUMNS {
            let text = self.lexer.text();
            names.push(text.get(..LONGEST_NAME).unwrap_or(text).to_vec());
            match self.lexer.next()? {
                Token::Sign(b',') => token = self.lexer.next()?,
                Token::Sign(b')') => return Ok(Names::List(names)),
                other => return Ok(Names::Other(other)),
            }
        }
        Ok(Names::Other(token))
    }

    fn create(&mut self, line: u64) -> io::Result<()> {
        loop {
            let token = self.lexer.next()?;
            if self.lexer.is_word(token, "TABLE") {
                return self.create_table(line);
            } else if self.is_any(token, &ROUTINES) {
                return self.skip_routine();
            } else if self.is_any(token, &["DATABASE", "SCHEMA", "VIEW", "INDEX", "USER"])
                || matches!(token, Token::Delimiter | Token::End)
            {
                return self.skip_rest(token);
            }
        }
    }

    fn create_table(&mut self, line: u64) -> io::Result<()> {
        let mut token = self.lexer.next()?;
        while self.is_any(token, &["IF", "NOT", "EXISTS"]) {
            token = self.lexer.next()?;
        }
        let (table, mut token) = self.table(token)?;
        let Some(table) = table else { return self.skip_rest(token) };
        let mut creation = Creation::new();
        while !matches!(token, Token::Delimiter | Token::End) {
            creation.take(token, self.lexer.text());
            token = self.lexer.next()?;
        }
        if token == Token::End {
            return self.end_early();
        }
        self.created(table, creation, line);
        Ok(())
    }

    fn created(&mut self, table: Table, creation: Creation, line: u64) {
        let name = table.name();
        if creation.selects() {
            self.remark(line, format!("CREATE TABLE … SELECT of {name} is not followed"));
        }
        if self.told(table).is_created {
            self.remark(
                line,
                format!("the table {name} is created here once more; the rows of each are read"),
            );
        }
        let told = self.told(table);
        told.is_created = true;
        told.columns = creation.finish().map(Into::into);
    }

    /// Passes over a routine, whose body has statements of its own. A client that runs a dump would be told
    /// of another delimiter before; where it is not, the body's own words tell its end.
    fn skip_routine(&mut self) -> io::Result<()> {
        self.lexer.is_wary = false;
        let (mut depth, mut is_after_end) = (0_u32, false);
        loop {
            let token = self.lexer.next()?;
            match token {
                Token::Delimiter if depth == 0 || !self.lexer.is_delimiter_usual() => return Ok(()),
                Token::End => {
                    self.cut();
                    return Ok(());
                }
                _ if self.is_any(token, &["IF", "LOOP", "REPEAT", "WHILE"]) && is_after_end => {
                    depth = depth.saturating_add(1);
                }
                _ if self.lexer.is_word(token, "CASE") && is_after_end => {}
                _ if self.is_any(token, &["BEGIN", "CASE"]) => depth = depth.saturating_add(1),
                _ => {}
            }
            is_after_end = self.lexer.is_word(token, "END");
            depth -= u32::from(is_after_end && depth > 0);
        }
    }

    /// Remarks on a statement if it names one of the tables.
    fn change(&mut self, verb: &str, line: u64) -> io::Result<()> {
        let mut tables = Vec::new();
        let last = loop {
            let token = self.lexer.next()?;
            if matches!(token, Token::Delimiter | Token::End) {
                break token;
            }
            tables.extend(self.named(token).filter(|table| token != Token::Text && !tables.contains(table)));
        };
        for table in tables {
            let told = self.told(table);
            // Every dump begins with the removal of what may be there.
            if verb != "DROP" || told.has_rows || told.is_created {
                self.remark(line, format!("{verb} on {} is not followed", table.name()));
            }
        }
        self.skip_rest(last)
    }

    /// Remarks on a change of one of the tables, unless it is about keys alone.
    fn alter(&mut self, line: u64) -> io::Result<()> {
        let mut token = self.lexer.next()?;
        while self.is_any(token, &["ONLINE", "IGNORE", "TABLE", "IF", "EXISTS"]) {
            token = self.lexer.next()?;
        }
        let (table, mut token) = self.table(token)?;
        let Some(table) = table else { return self.skip_rest(token) };
        let mut alteration = Alteration::default();
        while !matches!(token, Token::Delimiter | Token::End) {
            alteration.take(token, self.lexer.text());
            token = self.lexer.next()?;
        }
        if alteration.finish() {
            self.remark(line, format!("ALTER TABLE {} is not followed", table.name()));
        }
        self.skip_rest(token)
    }
}
