//! A dump cut into tokens.
//!
//! `sqlparser` and its kin want a whole statement as text in memory. A dump's statement may be larger than
//! the memory, its bytes need be no text, and what a quotation mark or a backslash means in it depends on the
//! settings that the dump itself makes. So there is a tokenizer of our own, after MySQL's manual
//! (<https://dev.mysql.com/doc/refman/8.4/en/language-structure.html>) and the rules of its command line
//! client, which dumps are made for.

mod comment;
mod recovery;
mod scan;

use std::io::{self, Read, Seek};

use super::charset::Charset;
use super::input::{Input, Mark};

pub(super) use self::recovery::{Passing, Scan, Stop};

/// The longest delimiter; the client cuts a longer one as well.
const LONGEST_DELIMITER: usize = 15;

/// What stands in a dump. The text, if it has one, stands in [`Lexer::text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A keyword or a name without quotation marks.
    Word,
    /// A name in quotation marks.
    Name,
    /// A string.
    Text,
    /// A number, as it is written, without a sign.
    Number,
    /// What hexadecimal digits mean.
    Hex,
    /// What binary digits mean.
    Bits,
    /// `@name` or `@@name`, in small letters.
    Variable,
    /// Any other character.
    Sign(u8),
    /// The end of a statement.
    Delimiter,
    /// The end of the dump.
    End,
}

/// What the setting `sql_mode` says about quotation marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mode {
    /// A backslash is a character as any other.
    pub(super) no_backslash_escapes: bool,
    /// Names stand in `"`.
    pub(super) ansi_quotes: bool,
}

/// A place to which one can come back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) mark: Mark,
    context: Context,
}

/// What was read before a place and counts there.
#[derive(Clone, Copy, Debug, Default)]
struct Context {
    /// It is in a comment that the server executes.
    is_conditional: bool,
    /// The end came in the middle of something.
    is_cut: bool,
    /// The line of the last dump's beginning, until its end mark comes.
    begun: Option<u64>,
    /// The same, when another dump has begun before.
    unended: Option<u64>,
}

/// Takes tokens from a dump.
#[derive(Debug)]
pub(super) struct Lexer<R> {
    input: Input<R>,
    text: Vec<u8>,
    is_too_long: bool,
    /// Where the last token begins.
    begin: Mark,
    delimiter: Vec<u8>,
    context: Context,
    /// Whether a string in which a line is a statement counts as one that has no end.
    pub(super) is_wary: bool,
    /// The setting `sql_mode`.
    pub(super) mode: Mode,
    /// The encoding that the server would expect.
    pub(super) charset: Charset,
}

impl<R: Read + Seek> Lexer<R> {
    pub(super) fn new(input: Input<R>) -> Self {
        Self {
            begin: input.mark(),
            input,
            text: Vec::new(),
            is_too_long: false,
            delimiter: b";".to_vec(),
            context: Context::default(),
            is_wary: false,
            mode: Mode::default(),
            charset: Charset::UTF_8,
        }
    }

    /// The text of the last token.
    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }

    /// The text of the last token, to be taken away.
    pub(super) const fn text_mut(&mut self) -> &mut Vec<u8> {
        &mut self.text
    }

    /// Whether the last token is longer than [`LONGEST`]; its text is empty then.
    pub(super) const fn is_too_long(&self) -> bool {
        self.is_too_long
    }

    /// The line in which the last token begins, from 1.
    pub(super) const fn line(&self) -> u64 {
        self.begin.line
    }

    /// How many bytes were read.
    pub(super) const fn taken(&self) -> u64 {
        self.input.mark().taken
    }

    /// Where the next token or what stands before it begins.
    pub(super) const fn place(&self) -> Place {
        Place { mark: self.input.mark(), context: self.context }
    }

    /// Where the last token begins.
    pub(super) const fn begin(&self) -> Place {
        Place { mark: self.begin, context: self.context }
    }

    /// Goes to a place where it was.
    pub(super) fn go(&mut self, place: Place) -> io::Result<()> {
        self.context = place.context;
        self.input.go(place.mark)
    }

    /// Lets the dump seem to end so many bytes ahead, or where it does end.
    pub(super) const fn limit(&mut self, count: Option<u64>) {
        self.input.limit(count);
    }

    /// Whether the end came in the middle of a token or a comment.
    pub(super) const fn is_cut(&self) -> bool {
        self.context.is_cut
    }

    /// How many bytes its buffers hold.
    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.input.held() + self.text.capacity()
    }

    /// Whether statements end with a semicolon.
    pub(super) fn is_delimiter_usual(&self) -> bool {
        self.delimiter == b";"
    }

    /// The first line of a dump that has no end mark, once, when the next dump has begun.
    pub(super) const fn take_unended(&mut self) -> Option<u64> {
        self.context.unended.take()
    }

    /// The first line of the dump whose end mark has not come.
    pub(super) const fn begun(&self) -> Option<u64> {
        self.context.begun
    }

    /// Whether the last token is this keyword.
    pub(super) fn is_word(&self, token: Token, word: &str) -> bool {
        token == Token::Word && self.text.eq_ignore_ascii_case(word.as_bytes())
    }

    /// The next token.
    pub(super) fn next(&mut self) -> io::Result<Token> {
        self.text.clear();
        self.is_too_long = false;
        loop {
            self.begin = self.input.mark();
            let Some(byte) = self.input.peek()? else { return Ok(Token::End) };
            if self.is_delimiter(byte)? {
                self.input.take(self.delimiter.len());
                self.context.is_conditional = false;
                return Ok(Token::Delimiter);
            }
            if !self.skip(byte)? {
                return self.token(byte);
            }
        }
    }

    fn token(&mut self, byte: u8) -> io::Result<Token> {
        match byte {
            b'"' if self.mode.ansi_quotes => self.quoted(Token::Name),
            b'\'' | b'"' => self.quoted(Token::Text),
            b'`' => self.quoted(Token::Name),
            b'@' => self.variable(),
            b'0'..=b'9' => self.number(),
            b'.' if matches!(*self.input.ahead(2)?, [_, b'0'..=b'9', ..]) => self.number(),
            _ if is_word(byte) => self.word(),
            _ => {
                self.input.take(1);
                Ok(Token::Sign(byte))
            }
        }
    }

    fn is_delimiter(&mut self, byte: u8) -> io::Result<bool> {
        match *self.delimiter {
            [only] => Ok(only == byte),
            [first, ..] if first == byte => {
                Ok(self.input.ahead(self.delimiter.len())?.starts_with(&self.delimiter))
            }
            _ => Ok(false),
        }
    }

    /// Takes the rest of the line as the new delimiter.
    pub(super) fn take_delimiter(&mut self) -> io::Result<()> {
        self.text.clear();
        while let Some(byte) = self.input.peek()?.filter(|&byte| byte != b'\n') {
            self.keep(1, &[byte]);
        }
        let mut words = self.text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
        if let Some(word) = words.next() {
            self.delimiter = word.iter().copied().take(LONGEST_DELIMITER).collect();
        }
        Ok(())
    }
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | 0x80..)
}
