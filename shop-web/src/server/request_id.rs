//! Gives every request its name.

use hyper::HeaderMap;
use hyper::header::{HeaderName, HeaderValue};
use shop_core::ports::RandomSource;

use crate::request_id;

/// The header that carries the name.
pub(super) static X_REQUEST_ID: HeaderName = HeaderName::from_static(request_id::HEADER);

/// Names a request in its own headers, and says how.
///
/// A trusted proxy's name is kept, so that its log and ours agree. Anybody else could choose one to be
/// mistaken for another request, so theirs is replaced.
pub(super) fn settle(headers: &mut HeaderMap, proxied: bool, random: &dyn RandomSource) -> HeaderValue {
    if let Some(given) = given(headers).filter(|_| proxied) {
        return given.clone();
    }
    let fresh = fresh(random);
    headers.insert(&X_REQUEST_ID, fresh.clone());
    fresh
}

/// The only name that the headers give, if it is one.
fn given(headers: &HeaderMap) -> Option<&HeaderValue> {
    let mut lines = headers.get_all(&X_REQUEST_ID).iter();
    let (Some(id), None) = (lines.next(), lines.next()) else { return None };
    id.to_str().is_ok_and(request_id::is_valid).then_some(id)
}

/// 128 random bits: different on all replicas at all times, and none tells how many there were.
fn fresh(random: &dyn RandomSource) -> HeaderValue {
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    // Digits are a valid header.
    let digits = format!("{:032x}", u128::from_be_bytes(bytes));
    HeaderValue::try_from(digits).unwrap_or(HeaderValue::from_static("0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Not random at all.
    struct Ones;

    impl RandomSource for Ones {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(0x11);
        }
    }

    /// The name in the answer, and the lines of the request that the router sees.
    fn settled(lines: &[&[u8]], proxied: bool) -> (String, Vec<String>) {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(&X_REQUEST_ID, HeaderValue::from_bytes(line).unwrap());
        }
        let text = |value: &HeaderValue| value.to_str().unwrap().to_owned();
        let id = settle(&mut headers, proxied, &Ones);
        (text(&id), headers.get_all(&X_REQUEST_ID).iter().map(text).collect())
    }

    #[test]
    fn a_trusted_proxys_name_is_kept_and_any_other_replaced() {
        let fresh = "1".repeat(32);
        let long = "x".repeat(65);
        let cases: &[(&[&[u8]], bool, &str)] = &[
            (&[], false, &fresh),
            (&[], true, &fresh),
            (&[b"edge-7.a_B"], true, "edge-7.a_B"),
            (&[b"edge-7.a_B"], false, &fresh),
            (&[b"two", b"names"], true, &fresh),
            (&[b""], true, &fresh),
            (&[b"ana@example.com"], true, &fresh),
            (&[b"\xc4\x83"], true, &fresh),
            (&[long.as_bytes()], true, &fresh),
        ];
        for (lines, proxied, expected) in cases {
            let (answer, request) = settled(lines, *proxied);
            assert_eq!((answer.as_str(), request), (*expected, vec![(*expected).to_owned()]), "{lines:?}");
        }
    }
}
