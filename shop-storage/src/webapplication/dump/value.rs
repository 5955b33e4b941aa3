//! One value of a row: from tokens to what they mean.

use shop_core::webapplication::Value;

use super::charset::Charset;
use super::lexer::Token;
use crate::webapplication::LONGEST;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text; in the encoding in which the table keeps it, if that is known.
    Text(Option<Charset>),
    /// Bytes.
    Binary,
    /// Numbers.
    Number,
    /// Bits, which are a number too.
    Bits,
}

/// Why a value cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// There is none between two commas.
    Missing,
    /// More than [`LONGEST`] bytes.
    TooLong,
    /// The server would have to compute it.
    Expression,
}

impl Fault {
    /// In words.
    pub(super) const fn reason(self) -> &'static str {
        match self {
            Self::Missing => "a value is missing",
            Self::TooLong => "a value is longer than 1 MiB",
            Self::Expression => "a value is an expression, which only the server can work out",
        }
    }
}

/// A value that cannot stand there: its quotation marks, or those before it, are wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Broken;

/// What the tokens so far amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Empty,
    Sign,
    Introduced(Charset),
    Null,
    Default,
    /// A string, and its introducer's encoding.
    Text(Option<Charset>),
    Number,
    Truth(bool),
    /// From hexadecimal digits.
    Bytes,
    /// From binary digits.
    Bits,
    Fault(Fault),
}

/// A value in the making; its buffer is used again for the next one.
#[derive(Debug)]
pub(super) struct Field {
    state: State,
    bytes: Vec<u8>,
    depth: u32,
}

impl Field {
    pub(super) const fn new() -> Self {
        Self { state: State::Empty, bytes: Vec::new(), depth: 0 }
    }

    /// Begins the next value.
    pub(super) fn clear(&mut self) {
        self.state = State::Empty;
        self.bytes.clear();
        self.depth = 0;
    }

    #[cfg(test)]
    pub(super) const fn held(&self) -> usize {
        self.bytes.capacity()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.state == State::Empty
    }

    /// Whether a comma or a parenthesis that closes is the value's end.
    pub(super) const fn is_outside(&self) -> bool {
        self.depth == 0
    }

    /// Whether it stands for what the table says.
    pub(super) fn is_default(&self) -> bool {
        self.state == State::Default
    }

    /// Whether it is a string in which there is something.
    pub(super) const fn is_text(&self) -> bool {
        matches!(self.state, State::Text(_)) && !self.bytes.is_empty()
    }

    /// Whether a column of this kind can hold it; a key is always a number.
    pub(super) fn is_plausible(&self, kind: Kind, is_key: bool) -> bool {
        match self.state {
            State::Null | State::Default => !is_key,
            State::Text(_) if is_key || kind == Kind::Number => {
                let is_of_number = |byte: &u8| matches!(byte, b'0'..=b'9' | b'.' | b'+' | b'-' | 0 | 1);
                self.bytes.iter().all(is_of_number)
            }
            State::Empty | State::Sign | State::Introduced(_) | State::Fault(_) => false,
            State::Text(_) | State::Number | State::Truth(_) | State::Bytes | State::Bits => true,
        }
    }

    pub(super) const fn fault(&self) -> Option<Fault> {
        match self.state {
            State::Empty | State::Sign | State::Introduced(_) => Some(Fault::Missing),
            State::Fault(fault) => Some(fault),
            State::Null
            | State::Default
            | State::Text(_)
            | State::Number
            | State::Truth(_)
            | State::Bytes
            | State::Bits => None,
        }
    }

    /// Takes the next token of the value; its text may be exchanged for another buffer.
    pub(super) fn take(&mut self, token: Token, text: &mut Vec<u8>, is_too_long: bool) -> Result<(), Broken> {
        match token {
            Token::Sign(b'(') => self.depth = self.depth.saturating_add(1),
            Token::Sign(b')') => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if is_too_long {
            self.state = self.after(token, text).map(|_| State::Fault(Fault::TooLong))?;
            return Ok(());
        }
        let state = self.after(token, text)?;
        if matches!(state, State::Text(_) | State::Number | State::Bytes | State::Bits) {
            self.keep(text);
        }
        let is_over = self.bytes.len() > LONGEST;
        self.state = if is_over { State::Fault(Fault::TooLong) } else { state };
        Ok(())
    }

    fn keep(&mut self, text: &mut Vec<u8>) {
        if self.bytes.is_empty() {
            std::mem::swap(&mut self.bytes, text);
        } else {
            self.bytes.extend_from_slice(text);
        }
    }

    /// The state after a token.
    fn after(&mut self, token: Token, text: &[u8]) -> Result<State, Broken> {
        let is = |word: &str| text.eq_ignore_ascii_case(word.as_bytes());
        Ok(match (self.state, token) {
            (State::Empty, Token::Text) => State::Text(None),
            (State::Introduced(charset), Token::Text | Token::Hex | Token::Bits) => {
                State::Text(Some(charset))
            }
            (State::Text(charset), Token::Text) => State::Text(charset),
            (State::Fault(Fault::TooLong), Token::Text) => State::Fault(Fault::TooLong),
            (State::Empty | State::Sign, Token::Number) => State::Number,
            (State::Empty, Token::Hex) => State::Bytes,
            (State::Empty, Token::Bits) => State::Bits,
            (State::Empty, Token::Sign(b'-')) => {
                self.bytes.push(b'-');
                State::Sign
            }
            (State::Empty, Token::Sign(b'+')) => State::Sign,
            (State::Empty, Token::Word) if is("NULL") => State::Null,
            (State::Empty, Token::Word) if is("TRUE") => State::Truth(true),
            (State::Empty, Token::Word) if is("FALSE") => State::Truth(false),
            (State::Empty, Token::Word) if is("DEFAULT") => State::Default,
            // N'text' is utf8.
            (State::Empty, Token::Word) if is("N") => State::Introduced(Charset::UTF_8),
            (State::Empty, Token::Word) => match text {
                [b'_', name @ ..] => State::Introduced(Charset::of_name(name)),
                _ => State::Fault(Fault::Expression),
            },
            (State::Text(_) | State::Fault(Fault::TooLong), Token::Word) if is("COLLATE") => {
                State::Fault(Fault::Expression)
            }
            // Whatever follows a string or a number without a comma was meant to be part of it.
            (State::Text(_) | State::Number | State::Truth(_) | State::Fault(Fault::TooLong), _) => {
                return Err(Broken);
            }
            _ => State::Fault(Fault::Expression),
        })
    }

    /// The value, if there is no [`fault`](Self::fault); `client` is the encoding of strings that name none.
    pub(super) fn value(&self, kind: Kind, client: Charset) -> Value {
        match (self.state, kind) {
            (State::Text(_) | State::Bytes, Kind::Bits) | (State::Bits, _) | (State::Bytes, Kind::Number) => {
                number(&self.bytes)
            }
            // How a bit looks where the dump does not say that it is one.
            (State::Text(_), Kind::Number) if matches!(*self.bytes, [0 | 1]) => number(&self.bytes),
            (State::Text(Some(Charset::Binary)) | State::Bytes, _) => kept_in(kind).decode(&self.bytes),
            (State::Text(Some(charset)), _) => charset.decode(&self.bytes),
            (State::Text(None), Kind::Binary) => Charset::Binary.decode(&self.bytes),
            (State::Text(None), _) if client == Charset::Binary => kept_in(kind).decode(&self.bytes),
            (State::Text(None), _) => client.decode(&self.bytes),
            (State::Truth(truth), _) => Value::Text(u8::from(truth).to_string()),
            (State::Number, _) => Charset::Ascii.decode(&self.bytes),
            (
                State::Null
                | State::Default
                | State::Empty
                | State::Sign
                | State::Introduced(_)
                | State::Fault(_),
                _,
            ) => Value::Null,
        }
    }
}

/// The encoding of bytes in a column.
const fn kept_in(kind: Kind) -> Charset {
    match kind {
        Kind::Text(Some(charset)) => charset,
        Kind::Text(None) | Kind::Binary | Kind::Number | Kind::Bits => Charset::UTF_8,
    }
}

/// The number that bytes are, the highest one first.
fn number(bytes: &[u8]) -> Value {
    let start = bytes.iter().position(|&byte| byte != 0).unwrap_or(bytes.len());
    let digits = bytes.get(start..).unwrap_or_default();
    if digits.len() > size_of::<u64>() {
        return Value::Bytes(bytes.to_vec());
    }
    let number = digits.iter().fold(0, |number, &byte| number << 8 | u64::from(byte));
    Value::Text(number.to_string())
}
