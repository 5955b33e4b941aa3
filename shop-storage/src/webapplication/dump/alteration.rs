//! What an `ALTER TABLE` does.

use super::layout::KEYS;
use super::lexer::Token;

/// The actions of an `ALTER TABLE`.
#[derive(Debug, Default)]
pub(super) struct Alteration {
    depth: u32,
    words: u32,
    is_adding: bool,
    is_harmless: bool,
    does_harm: bool,
}

impl Alteration {
    /// Takes the next token behind the table's name.
    pub(super) fn take(&mut self, token: Token, text: &[u8]) {
        let is = |word: &&str| token == Token::Word && text.eq_ignore_ascii_case(word.as_bytes());
        match (token, self.depth) {
            (Token::Sign(b'('), _) => self.depth = self.depth.saturating_add(1),
            (Token::Sign(b')'), _) => self.depth = self.depth.saturating_sub(1),
            (Token::Sign(b','), 0) => return self.end(),
            _ => {}
        }
        match self.words {
            0 => {
                self.is_adding = is(&"ADD");
                self.is_harmless =
                    ["AUTO_INCREMENT", "COMMENT", "DISABLE", "ENABLE", "ENGINE", "ORDER"].iter().any(is);
            }
            1 if self.is_adding => self.is_harmless = KEYS.iter().any(is),
            // phpMyAdmin says that of the first column behind the rows.
            _ => self.is_harmless |= is(&"AUTO_INCREMENT") && !self.is_adding,
        }
        self.words = self.words.saturating_add(1);
    }

    fn end(&mut self) {
        self.does_harm |= self.words > 0 && !self.is_harmless;
        (self.words, self.is_harmless) = (0, false);
    }

    /// Whether more than keys is changed.
    pub(super) fn finish(mut self) -> bool {
        self.end();
        self.does_harm
    }
}
