//! The name of a request, by which an error page and the log's lines about it find each other.
//!
//! The server in front gives every request one. On Rocket's own server a request has the name that whoever
//! stands in front has given it, or none.

use rocket::request::Request;

/// The header that carries it, in the request and in the answer.
pub(crate) const HEADER: &str = "x-request-id";

/// The longest that is taken, in characters.
const MAX_CHARS: usize = 64;

/// The request's name, if it has one.
pub(crate) fn of<'r>(request: &'r Request<'_>) -> Option<&'r str> {
    request.headers().get_one(HEADER).filter(|id| is_valid(id))
}

/// Whether the text may stand in a log and in a page: 1 to 64 of A-Z a-z 0-9 . _ -
pub(crate) fn is_valid(id: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    (1..=MAX_CHARS).contains(&id.len()) && id.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_plain() {
        for id in ["7", "a.B_c-9", "6f1ce2a8-5d0b-4a7e-9c3b-0d6a4f1b2c3d", &"x".repeat(64)] {
            assert!(is_valid(id), "{id}");
        }
        for id in ["", &"x".repeat(65), "a b", "a\nb", "a\"b", "<b>", "ă", "a/b", "a=b"] {
            assert!(!is_valid(id), "{id:?}");
        }
    }
}
