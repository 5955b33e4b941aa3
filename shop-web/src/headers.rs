//! The headers of every answer that the shop gives, on its own pages alone.

use rocket::http::Header;
use rocket::response::Response;

use crate::site::Site;

/// What browsers may do with the page.
///
/// Scripts, frames and foreign content do not exist in the shop, so nothing of the kind is allowed; pictures,
/// styles and forms are the shop's own.
const POLICY: &str = "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; form-action 'self'; \
                      frame-ancestors 'none'; base-uri 'none'";

/// What stands on every answer unless the handler has chosen otherwise.
const UNLESS_CHOSEN: [(&str, &str); 3] = [
    // Whoever forgets to say how long an answer may be kept has made one that nobody keeps.
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", POLICY),
    ("Referrer-Policy", "same-origin"),
];

/// What stands on every answer, whatever Rocket's Shield has to say.
const ALWAYS: [(&str, &str); 5] = [
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), interest-cohort=()"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
];

/// One year: browsers come back over TLS alone.
const OVER_TLS: (&str, &str) = ("Strict-Transport-Security", "max-age=31536000");

/// Adds the headers that the answer does not have yet.
pub(crate) fn complete(answer: &mut Response<'_>, site: &Site) {
    for (name, value) in UNLESS_CHOSEN {
        if !answer.headers().contains(name) {
            answer.set_header(Header::new(name, value));
        }
    }
    let over_tls = site.config.public_url.is_https().then_some(OVER_TLS);
    for (name, value) in ALWAYS.into_iter().chain(over_tls) {
        answer.set_header(Header::new(name, value));
    }
    if let Some(instance) = &site.config.show_instance {
        answer.set_header(Header::new("X-Version", instance.version.clone()));
    }
}
