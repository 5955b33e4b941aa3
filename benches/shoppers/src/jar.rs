//! The cookies of one browser.

use std::collections::BTreeMap;

use hyper::HeaderMap;
use hyper::header::SET_COOKIE;

/// The cookies of one browser, for one shop.
///
/// They are carried whatever their attributes say: the shop's are `Secure`, and here TLS is taken as ended by
/// a proxy on the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Jar(BTreeMap<String, String>);

impl Jar {
    /// Takes what an answer sets, and drops what it deletes.
    pub(crate) fn take_from(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok()) {
            let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let Some((name, value)) = pair.split_once('=') else { continue };
            if value.trim().is_empty() || is_over(attributes) {
                self.0.remove(name.trim());
            } else {
                self.0.insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
    }

    /// The value of a cookie.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// What a request says in `Cookie`; `None` without any.
    pub(crate) fn header(&self) -> Option<String> {
        let pairs: Vec<_> = self.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

fn is_over(attributes: &str) -> bool {
    let age = attributes.split(';').filter_map(|attribute| attribute.split_once('='));
    age.filter(|(name, _)| name.trim().eq_ignore_ascii_case("max-age"))
        .any(|(_, seconds)| seconds.trim().parse::<i64>().is_ok_and(|seconds| seconds <= 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(cookies: &[&'static str]) -> HeaderMap {
        cookies.iter().map(|cookie| (SET_COOKIE, cookie.parse().expect("a header"))).collect()
    }

    #[test]
    fn cookies_are_set_replaced_and_deleted() {
        let mut jar = Jar::default();
        assert_eq!(jar.header(), None);
        jar.take_from(&answer(&["a=1; Path=/; Secure", "b=2"]));
        assert_eq!(jar.header().as_deref(), Some("a=1; b=2"));
        jar.take_from(&answer(&["a=3=; Max-Age=60", "b=gone; max-age=0"]));
        assert_eq!(jar.header().as_deref(), Some("a=3="));
        assert_eq!((jar.get("a"), jar.get("b")), (Some("3="), None));
    }
}
