//! Whether a request comes from the shop's own pages.
//!
//! Two checks stand before every change, and each would be enough with the browsers of today:
//!
//! 1. **Where it comes from.** [`is_foreign`] looks at what browsers say themselves and pages cannot change,
//!    for every request that is not GET or HEAD, whatever route it goes to: all of the shop's routes are
//!    wrapped with it when they are mounted. If there is `Sec-Fetch-Site`, it must be `same-origin` (or
//!    `none`: the visitor's own doing). Else, if there is `Origin`, it must be the public URL's, or name the
//!    very host that the request went to: no page can make a browser lie about either of them, so a proxy
//!    that rewrites `Host` costs nothing but the second way. A client that sends neither is no browser of
//!    today, and is judged by the second check alone.
//! 2. **Which page made the form.** [`FormTokens`] makes the token in the form's hidden field, bound to the
//!    session; or, on the few pages with a form for visitors who are not signed in, to a random cookie.
//!    [`Protected`](crate::forms::Protected) compares it.
//!
//! Method override (`_method` as the first field of a form, a feature of Rocket's) is undone before anything
//! looks at the method.

use rocket::data::Data;
use rocket::http::Method;
use rocket::request::Request;
use shop_core::account::{SessionKey, Token};
use subtle::ConstantTimeEq;

use crate::config::{PublicUrl, SecretKey};
use crate::hex::hex;

/// Whether a page of another site has sent this request, as far as its headers tell.
pub(crate) fn is_foreign(request: &Request<'_>, public: &PublicUrl) -> bool {
    if matches!(request.method(), Method::Get | Method::Head) {
        return false;
    }
    let header = |name| request.headers().get_one(name);
    match (header("Sec-Fetch-Site"), header("Origin")) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin != public.origin() && !names_host(origin, request),
        (None, None) => false,
    }
}

/// Whether the origin is that of the host which the request went to.
fn names_host(origin: &str, request: &Request<'_>) -> bool {
    let authority = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    let header = request.headers().get_one("Host").map(str::to_owned);
    let host = header.or_else(|| request.host().map(ToString::to_string));
    authority.zip(host).is_some_and(|(authority, host)| authority.eq_ignore_ascii_case(&host))
}

/// Undoes Rocket's method override: a form that was posted is a POST, whatever its first field says.
pub(crate) async fn undo_method_override(request: &mut Request<'_>, data: &mut Data<'_>) {
    if !request.content_type().is_some_and(|media| media.is_form()) {
        return;
    }
    // As far as Rocket itself looks.
    let start = data.peek("_method=delete".len()).await;
    let start = start.iter().position(|&byte| byte != b'&').and_then(|fields| start.get(fields..));
    if start.is_some_and(|field| field.starts_with(b"_method=")) {
        request.set_method(Method::Post);
    }
}

/// Makes and checks the tokens in forms.
#[derive(Debug)]
pub(crate) struct FormTokens(SecretKey);

impl FormTokens {
    pub(crate) const fn new(key: SecretKey) -> Self {
        Self(key)
    }

    /// The token for the forms of a session.
    pub(crate) fn of_session(&self, session: &SessionKey) -> String {
        self.token(*b"session", session.as_bytes())
    }

    /// The token for the forms of a browser that is not signed in.
    pub(crate) fn of_visitor(&self, visitor: &Token) -> String {
        self.token(*b"visitor", visitor.hash().as_bytes())
    }

    /// HMAC-SHA-256 (RFC 2104), so that nobody makes one without the key, and none tells what it was made
    /// from.
    fn token(&self, kind: [u8; 7], subject: &[u8; 32]) -> String {
        let mut mac = hmac_sha256::HMAC::new(self.0.as_bytes());
        mac.update(kind);
        mac.update(subject);
        hex(&mac.finalize())
    }
}

/// Whether both tokens are equal, found out in a time that does not tell where they differ.
pub(crate) fn same_token(expected: &str, given: &str) -> bool {
    expected.as_bytes().ct_eq(given.as_bytes()).into()
}
