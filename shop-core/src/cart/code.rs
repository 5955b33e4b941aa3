//! The cart code: a cart as one line of text, `SH03=3;AMTR01=1;KN04=12`.
//!
//! ```text
//! code     = [ line *( ";" line ) ]        ; the empty text is the empty cart
//! line     = sku "=" quantity
//! sku      = [A-Z0-9] 0*31[A-Z0-9._-]      ; no SKU twice
//! quantity = 1 to 999, digits without sign or leading zero
//! ```
//!
//! At most 100 lines and 4 KiB. One cart has one code: `parse` takes nothing that `write` would write in another way, so
//! `parse(code)` being `Ok(cart)` means that `cart.to_string() == code`, and every cart comes back from its code.
//!
//! ```
//! use shop_core::cart::Cart;
//!
//! let cart: Cart = "SH03=3;AMTR01=1;KN04=12".parse()?;
//! assert_eq!(cart.lines().len(), 3);
//! assert_eq!(cart.to_string(), "SH03=3;AMTR01=1;KN04=12");
//!
//! let error = "SH03=3;AMTR01=0".parse::<Cart>().unwrap_err();
//! assert_eq!(error.to_string(), "at byte 14: a quantity is 1 to 999, digits alone");
//! # Ok::<(), shop_core::cart::code::CodeError>(())
//! ```
//!
//! [`parse_lenient`] reads what other shops have left behind: it keeps what it can and names the rest.

use std::fmt;

use super::{Cart, CartLine, Quantity};
use crate::catalog::Sku;

/// The greatest length of a code, in bytes.
pub const MAX_BYTES: usize = 4 * 1024;

/// Where a code is wrong, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("at byte {position}: {reason}")]
pub struct CodeError {
    /// The offset of the first wrong byte, from 0.
    pub position: usize,
    /// What is wrong there.
    pub reason: Reason,
}

/// Why a code is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// No SKU stands where a line begins.
    #[error("a line starts with a product code of A-Z 0-9 . _ -, at most 32 characters")]
    Sku,
    /// No `=` stands behind the SKU.
    #[error("`=` stands between product code and quantity")]
    Equals,
    /// No quantity of 1 to 999 stands behind `=`.
    #[error("a quantity is 1 to 999, digits alone")]
    Quantity,
    /// Something other than `;` stands behind the quantity.
    #[error("`;` stands between lines")]
    Separator,
    /// The SKU stands in an earlier line as well.
    #[error("the product stands in an earlier line as well")]
    Repeated,
    /// A line more than 100.
    #[error("a cart has at most 100 lines")]
    Lines,
    /// A code longer than 4 KiB.
    #[error("a cart code has at most 4096 bytes")]
    Length,
}

/// One line as it stands in the code, without a copy of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawLine<'a> {
    /// The text of the SKU, checked against its grammar.
    pub sku: &'a str,
    /// The quantity.
    pub quantity: Quantity,
}

/// Reads a code line by line, without allocation; ends behind the first error.
///
/// It checks each line by itself and the length of the whole; that no SKU stands twice and that lines are few is for
/// [`parse`] to check.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    code: &'a str,
    position: usize,
    done: bool,
}

/// The lines of a code, without allocation.
#[must_use]
pub const fn lines(code: &str) -> Lines<'_> {
    Lines { code, position: 0, done: code.is_empty() }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Result<RawLine<'a>, CodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let line = self.line();
        self.done |= line.is_err();
        Some(line)
    }
}

impl<'a> Lines<'a> {
    fn line(&mut self) -> Result<RawLine<'a>, CodeError> {
        if self.code.len() > MAX_BYTES {
            return Err(CodeError { position: MAX_BYTES, reason: Reason::Length });
        }
        let start = self.position;
        let rest = self.code.as_bytes().get(start..).unwrap_or_default();
        let sku_length = sku_length(rest);
        let fail = |offset, reason| Err(CodeError { position: start + offset, reason });
        if sku_length == 0 || sku_length > Sku::MAX_BYTES {
            return fail(sku_length.min(Sku::MAX_BYTES), Reason::Sku);
        }
        let Some([b'=', digits @ ..]) = rest.get(sku_length..) else {
            return fail(sku_length, Reason::Equals);
        };
        let Some((quantity, quantity_length)) = quantity(digits) else {
            return fail(sku_length + 1, Reason::Quantity);
        };
        let end = sku_length + 1 + quantity_length;
        match rest.get(end) {
            None => self.done = true,
            Some(b';') => self.position = start + end + 1,
            Some(_) => return fail(end, Reason::Separator),
        }
        let sku = self.code.get(start..start + sku_length).unwrap_or_default();
        Ok(RawLine { sku, quantity })
    }
}

/// Which bytes a SKU may have: bit 0 at its start, bit 1 behind it.
static SKU_BYTES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        #[expect(clippy::cast_possible_truncation, reason = "below 128")]
        let character = byte as u8;
        #[expect(clippy::indexing_slicing, reason = "below 128, at compile time")]
        {
            table[byte] = Sku::may_start_with(character) as u8 | (Sku::may_contain(character) as u8) << 1;
        }
        byte += 1;
    }
    table
};

/// How many bytes from the start belong to a SKU; it stops one behind the longest that there may be.
fn sku_length(bytes: &[u8]) -> usize {
    let class = |byte: u8| SKU_BYTES.get(usize::from(byte)).copied().unwrap_or(0);
    match bytes.split_first() {
        Some((&first, rest)) if class(first) & 1 != 0 => {
            1 + rest.iter().take(Sku::MAX_BYTES).take_while(|&&byte| class(byte) & 2 != 0).count()
        }
        _ => 0,
    }
}

/// The quantity at the start and how many bytes it takes, if there is one without a leading zero.
fn quantity(bytes: &[u8]) -> Option<(Quantity, usize)> {
    let digit =
        |index: usize| bytes.get(index).map(|byte| byte.wrapping_sub(b'0')).filter(|&digit| digit < 10);
    let first = digit(0).filter(|&digit| digit > 0)?;
    let mut pieces = u16::from(first);
    let mut length = 1;
    while let Some(next) = digit(length) {
        if length == 3 {
            return None;
        }
        pieces = pieces * 10 + u16::from(next);
        length += 1;
    }
    Quantity::new(pieces).ok().map(|quantity| (quantity, length))
}

/// Reads a code.
pub fn parse(code: &str) -> Result<Cart, CodeError> {
    let mut cart = Vec::with_capacity((code.len() / 8).min(Cart::MAX_LINES));
    let mut seen = Seen([0; 16]);
    let mut lines = lines(code);
    loop {
        let position = lines.position;
        let Some(line) = lines.next() else { return Ok(Cart::from_checked(cart)) };
        let line = checked(line?, position)?;
        if seen.insert(line.sku, &cart) {
            return Err(CodeError { position, reason: Reason::Repeated });
        }
        if cart.len() == Cart::MAX_LINES {
            return Err(CodeError { position, reason: Reason::Lines });
        }
        cart.push(line);
    }
}

/// The line that begins at `position`, with its SKU copied out of the code.
fn checked(line: RawLine<'_>, position: usize) -> Result<CartLine, CodeError> {
    let sku =
        Sku::from_checked(line.sku.as_bytes()).map_err(|_| CodeError { position, reason: Reason::Sku })?;
    Ok(CartLine { sku, quantity: line.quantity })
}

/// The SKUs met so far: a small filter that says "certainly new" for nearly all of them, and the lines themselves for the rest.
struct Seen([u64; 16]);

impl Seen {
    /// Whether the SKU stands in an earlier line; it counts as seen from here on.
    fn insert(&mut self, sku: Sku, earlier: &[CartLine]) -> bool {
        let hash = sku.fingerprint();
        let bit = 1 << (hash & 63);
        let Some(word) = self.0.get_mut(usize::from(hash >> 6 & 15)) else { return false };
        let may_be_there = *word & bit != 0;
        *word |= bit;
        may_be_there && earlier.iter().any(|line| line.sku == sku)
    }
}

/// Reads what another shop has left behind: blanks, empty lines, repeated SKUs (their quantities are added up) and limits broken.
///
/// Returns what could be kept, and what could not, each with the position where its line begins. SKUs are brought to upper case. Of a text
/// of more than 4 KiB the whole lines within them are read; the rest is one fault.
#[must_use]
pub fn parse_lenient(code: &str) -> (Cart, Vec<CodeError>) {
    let mut cart = Cart::default();
    let mut faults = Vec::new();
    let (read, rest) = within_limit(code);
    let mut position = 0;
    for line in read.split(';') {
        if !line.trim().is_empty()
            && let Err(reason) = keep(line, &mut cart)
        {
            faults.push(CodeError { position, reason });
        }
        position += line.len() + 1;
    }
    if !rest.is_empty() {
        faults.push(CodeError { position: code.len() - rest.len(), reason: Reason::Length });
    }
    (cart, faults)
}

/// The lines within 4 KiB, and the text behind them.
fn within_limit(code: &str) -> (&str, &str) {
    if code.len() <= MAX_BYTES {
        return (code, "");
    }
    let end =
        code.bytes().take(MAX_BYTES).rposition(|byte| byte == b';').map_or(0, |separator| separator + 1);
    code.split_at_checked(end).unwrap_or(("", code))
}

fn keep(line: &str, cart: &mut Cart) -> Result<(), Reason> {
    let (sku, quantity) = line.split_once('=').ok_or(Reason::Equals)?;
    let sku = sku.trim().to_ascii_uppercase().parse().map_err(|_| Reason::Sku)?;
    let quantity = quantity.parse().map_err(|_| Reason::Quantity)?;
    cart.add(sku, quantity).map_err(|full| match full {
        super::CartFull::Lines => Reason::Lines,
        super::CartFull::Pieces => Reason::Quantity,
    })
}

pub(super) fn write(cart: &Cart, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (index, line) in cart.lines().iter().enumerate() {
        if index > 0 {
            f.write_str(";")?;
        }
        write!(f, "{}={}", line.sku, line.quantity)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
