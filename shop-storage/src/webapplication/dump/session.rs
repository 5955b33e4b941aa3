//! What a dump sets before it inserts: encoding, `sql_mode`, and the variables in which it keeps them
//! meanwhile.

use super::charset::Charset;
use super::lexer::{Mode, Token};

/// More variables than any dump has.
const MOST_VARIABLES: usize = 64;

/// A setting that is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Setting {
    Charset,
    Mode,
}

/// What a setting can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Charset(Charset),
    Mode(Mode),
}

/// A token and its text.
pub(super) type Piece = (Token, Vec<u8>);

/// The settings at one place of a dump.
#[derive(Debug)]
pub(super) struct Session {
    /// The encoding of the statements.
    pub(super) charset: Charset,
    /// How strings and names are quoted.
    pub(super) mode: Mode,
    variables: Vec<(Vec<u8>, State)>,
}

/// A remark about a `SET`.
pub(super) type Remarks = Vec<&'static str>;

impl Session {
    pub(super) const fn new() -> Self {
        let mode = Mode { no_backslash_escapes: false, ansi_quotes: false };
        Self { charset: Charset::UTF_8, mode, variables: Vec::new() }
    }

    /// Follows a `SET`, given without the word itself.
    pub(super) fn set(&mut self, pieces: &[Piece]) -> Remarks {
        let mut remarks = Remarks::new();
        for assignment in pieces.split(|(token, _)| *token == Token::Sign(b',')) {
            remarks.extend(self.assign(assignment));
        }
        remarks
    }

    fn assign(&mut self, pieces: &[Piece]) -> Option<&'static str> {
        let is = |piece: &Piece, word: &str| {
            piece.0 == Token::Word && piece.1.eq_ignore_ascii_case(word.as_bytes())
        };
        match pieces {
            [names, value, ..] if is(names, "NAMES") || is(names, "CHARSET") => self.set_charset(value),
            [character, set, value, ..] if is(character, "CHARACTER") && is(set, "SET") => {
                self.set_charset(value)
            }
            [global, ..] if is(global, "GLOBAL") || is(global, "PERSIST") => None,
            [scope, rest @ ..] if is(scope, "SESSION") || is(scope, "LOCAL") => self.assign(rest),
            [target, (Token::Sign(b':'), _), (Token::Sign(b'='), _), value @ ..]
            | [target, (Token::Sign(b'='), _), value @ ..] => self.assign_value(target, value),
            _ => None,
        }
    }

    fn assign_value(&mut self, target: &Piece, value: &[Piece]) -> Option<&'static str> {
        match (setting(target), value) {
            (Some(Setting::Charset), [value]) => self.set_charset(value),
            (Some(Setting::Charset), _) => Some("character_set_client is set by an expression: not followed"),
            (Some(Setting::Mode), [value]) => self.set_mode(value),
            (Some(Setting::Mode), _) => Some("sql_mode is set by an expression: not followed"),
            (None, [value]) => {
                self.keep(target, value);
                None
            }
            (None, _) => None,
        }
    }

    fn set_charset(&mut self, value: &Piece) -> Option<&'static str> {
        self.charset = match (self.state_of(value), value) {
            (Some(State::Charset(charset)), _) => charset,
            (_, (Token::Variable, _)) => return None,
            (_, (_, name)) if name.eq_ignore_ascii_case(b"DEFAULT") => Charset::UTF_8,
            (_, (_, name)) => Charset::of_name(name),
        };
        let remark = "the encoding that is set here is not known: what is not ASCII comes as bytes";
        (self.charset == Charset::Unknown).then_some(remark)
    }

    fn set_mode(&mut self, value: &Piece) -> Option<&'static str> {
        self.mode = match (self.state_of(value), value) {
            (Some(State::Mode(mode)), _) => mode,
            (_, (Token::Variable, _)) => return None,
            (_, (Token::Number, number)) if **number != *b"0" => {
                return Some("sql_mode is set by a number: not followed");
            }
            (_, (_, modes)) => mode(modes),
        };
        None
    }

    /// What a variable stands for.
    fn state_of(&self, (token, name): &Piece) -> Option<State> {
        match (token, setting(&(*token, name.clone()))) {
            (Token::Variable, Some(Setting::Charset)) => Some(State::Charset(self.charset)),
            (Token::Variable, Some(Setting::Mode)) => Some(State::Mode(self.mode)),
            (Token::Variable, None) => {
                self.variables.iter().find(|(variable, _)| variable == name).map(|(_, state)| *state)
            }
            _ => None,
        }
    }

    /// Remembers a setting in a variable.
    fn keep(&mut self, (token, name): &Piece, value: &Piece) {
        let Some(state) = self.state_of(value).filter(|_| *token == Token::Variable) else { return };
        self.variables.retain(|(variable, _)| variable != name);
        if self.variables.len() < MOST_VARIABLES {
            self.variables.push((name.clone(), state));
        }
    }
}

/// The setting of this name, with or without `@@session.`.
fn setting((token, name): &Piece) -> Option<Setting> {
    let name = name.to_ascii_lowercase();
    let name = match (token, &*name) {
        (Token::Word | Token::Name, name) => name,
        (Token::Variable, name) => {
            let name = name.strip_prefix(b"@@")?;
            let scopes: [&[u8]; 2] = [b"session.", b"local."];
            scopes.into_iter().find_map(|scope| name.strip_prefix(scope)).unwrap_or(name)
        }
        _ => return None,
    };
    match name {
        b"character_set_client" => Some(Setting::Charset),
        b"sql_mode" => Some(Setting::Mode),
        _ => None,
    }
}

/// What a list of modes means; some are names for several
/// (<https://mariadb.com/docs/server/server-management/variables-and-modes/sql_mode>).
fn mode(list: &[u8]) -> Mode {
    const ANSI: [&str; 7] = ["ANSI_QUOTES", "ANSI", "DB2", "MAXDB", "MSSQL", "ORACLE", "POSTGRESQL"];
    let has = |mode: &str| {
        list.split(|&byte| byte == b',').any(|name| name.trim_ascii().eq_ignore_ascii_case(mode.as_bytes()))
    };
    Mode { no_backslash_escapes: has("NO_BACKSLASH_ESCAPES"), ansi_quotes: ANSI.into_iter().any(has) }
}
