//! Strings, numbers, names.

use std::io::{self, Read, Seek};

use super::recovery::holds_statement;
use super::{Lexer, Token, is_word};
use crate::webapplication::LONGEST;
use crate::webapplication::dump::charset::Charset;

impl<R: Read + Seek> Lexer<R> {
    /// What stands in the quotation marks that begin here.
    pub(super) fn quoted(&mut self, token: Token) -> io::Result<Token> {
        let Some(quote) = self.input.peek()? else { return Ok(Token::End) };
        let escapes = token == Token::Text && !self.mode.no_backslash_escapes;
        let escape = if escapes { b'\\' } else { quote };
        self.input.take(1);
        loop {
            let window = self.input.window()?;
            if window.is_empty() {
                self.context.is_cut = true;
                return Ok(Token::End);
            }
            let special = self.charset.find_special(window, quote, escape);
            let plain = special.unwrap_or(window.len());
            push(&mut self.text, &mut self.is_too_long, window.get(..plain).unwrap_or_default());
            self.input.take(plain);
            if special.is_some() && self.special(quote, escapes)? {
                return Ok(self.ended(token));
            }
        }
    }

    /// The token whose closing quotation mark was found, if that can have been its own.
    fn ended(&mut self, token: Token) -> Token {
        if self.is_wary && (self.is_too_long || holds_statement(&self.text)) {
            self.context.is_cut = true;
            return Token::End;
        }
        token
    }

    /// A quotation mark, a backslash, or the first byte of a long character; whether the text ends here.
    fn special(&mut self, quote: u8, escapes: bool) -> io::Result<bool> {
        let ahead = self.input.ahead(2)?;
        let (first, second) = (ahead.first().copied(), ahead.get(1).copied());
        match (first, second) {
            (Some(first), Some(second)) if first == quote && second == quote => self.keep(2, &[quote]),
            (Some(first), _) if first == quote => {
                self.input.take(1);
                return Ok(true);
            }
            (Some(b'\\'), Some(second)) if escapes => match second {
                b'0' => self.keep(2, b"\0"),
                b'b' => self.keep(2, b"\x08"),
                b'n' => self.keep(2, b"\n"),
                b'r' => self.keep(2, b"\r"),
                b't' => self.keep(2, b"\t"),
                b'Z' => self.keep(2, b"\x1A"),
                b'%' | b'_' => self.keep(2, &[b'\\', second]),
                _ => self.keep(2, &[second]),
            },
            (Some(b'\\'), None) if escapes => self.keep(1, &[]),
            (Some(first), Some(second)) if Charset::is_second(second) => self.keep(2, &[first, second]),
            (Some(first), _) => self.keep(1, &[first]),
            (None, _) => {}
        }
        Ok(false)
    }

    pub(super) fn keep(&mut self, taken: usize, bytes: &[u8]) {
        self.input.take(taken);
        push(&mut self.text, &mut self.is_too_long, bytes);
    }

    /// Takes bytes as long as they are such ones; stops at a delimiter.
    fn run(&mut self, is_such: fn(u8) -> bool) -> io::Result<()> {
        while let Some(byte) = self.input.peek()? {
            if !is_such(byte) || self.is_delimiter(byte)? {
                break;
            }
            self.keep(1, &[byte]);
        }
        Ok(())
    }

    pub(super) fn word(&mut self) -> io::Result<Token> {
        self.run(is_word)?;
        let next = self.input.peek()?;
        match (&*self.text, next) {
            ([b'x' | b'X'], Some(b'\'')) => self.digits(Token::Hex),
            ([b'b' | b'B'], Some(b'\'')) => self.digits(Token::Bits),
            _ => Ok(Token::Word),
        }
    }

    pub(super) fn variable(&mut self) -> io::Result<Token> {
        self.keep(1, b"@");
        self.run(|byte| is_word(byte) || byte == b'@' || byte == b'.')?;
        self.text.make_ascii_lowercase();
        Ok(Token::Variable)
    }

    /// `X'41'`, behind the letter.
    fn digits(&mut self, token: Token) -> io::Result<Token> {
        self.text.clear();
        if self.quoted(token)? == Token::End {
            return Ok(Token::End);
        }
        Ok(self.meaning(token, 0).unwrap_or(Token::Sign(b'\'')))
    }

    /// `12`, `1.5e-3`, `0x41`, `0b1`, or a name that begins with a digit.
    pub(super) fn number(&mut self) -> io::Result<Token> {
        self.run(is_word)?;
        match &*self.text {
            [b'0', b'x', _, ..] => return Ok(self.meaning(Token::Hex, 2).unwrap_or(Token::Word)),
            [b'0', b'b', _, ..] => return Ok(self.meaning(Token::Bits, 2).unwrap_or(Token::Word)),
            _ => {}
        }
        if self.text.iter().all(u8::is_ascii_digit) && self.input.peek()? == Some(b'.') {
            self.keep(1, b".");
            self.run(is_word)?;
        }
        let is_open = matches!(*self.text, [.., b'0'..=b'9' | b'.', b'e' | b'E']);
        if is_open && let Some(sign @ (b'+' | b'-')) = self.input.peek()? {
            self.keep(1, &[sign]);
            self.run(is_word)?;
        }
        Ok(if is_number(&self.text) { Token::Number } else { Token::Word })
    }

    /// Puts the bytes that are meant in the place of the digits behind a prefix, if they are such digits.
    fn meaning(&mut self, token: Token, prefix: usize) -> Option<Token> {
        let (radix, width) = if token == Token::Hex { (16, 2) } else { (2, 8) };
        let mut digits = self.text.get(prefix..)?.to_vec();
        digits.reverse();
        let mut bytes = Vec::with_capacity(digits.len() / width + 1);
        for byte in digits.chunks(width) {
            let digits = byte.iter().rev();
            let value = digits.copied().try_fold(0, |value, digit| {
                char::from(digit).to_digit(radix).map(|digit| value * radix + digit)
            })?;
            bytes.push(u8::try_from(value).ok()?);
        }
        bytes.reverse();
        self.text = bytes;
        Some(token)
    }
}

/// Adds to a text up to [`LONGEST`].
fn push(text: &mut Vec<u8>, is_too_long: &mut bool, bytes: &[u8]) {
    if *is_too_long || text.len() + bytes.len() > LONGEST {
        *is_too_long = true;
        text.clear();
    } else {
        text.extend_from_slice(bytes);
    }
}

/// Digits with a point at most, and an exponent at most.
fn is_number(text: &[u8]) -> bool {
    let (mantissa, exponent) = match text.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(at) => (text.get(..at).unwrap_or_default(), text.get(at + 1..)),
        None => (text, None),
    };
    let exponent = exponent.map(|text| text.strip_prefix(b"+").or(text.strip_prefix(b"-")).unwrap_or(text));
    let is_digits = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    let points = memchr::memchr_iter(b'.', mantissa).count();
    let is_mantissa = mantissa.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
    points <= 1 && mantissa.len() > points && is_mantissa && exponent.is_none_or(is_digits)
}
