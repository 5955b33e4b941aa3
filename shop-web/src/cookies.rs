//! The shop's four cookies: who is signed in, in which browser somebody has signed in before, which browser a
//! signed-out form belongs to, and what has just happened.
//!
//! All are `HttpOnly`, `SameSite=Lax`, and sent to the shop's own pages alone. Where browsers come over TLS
//! they are `Secure`, and their names carry the prefix `__Host-` (`__Secure-` below a base path), so that no
//! other host of the domain can set them.

use rocket::http::{Cookie, CookieJar, SameSite};
use rocket::time::Duration;
use shop_core::account::{Session, SessionToken, Token};
use shop_core::ports::RandomSource;

use crate::config::WebConfig;
use crate::views::Notice;

/// Names and attributes of the cookies.
#[derive(Debug)]
pub(crate) struct Cookies {
    session: String,
    browser: String,
    visitor: String,
    notice: String,
    path: String,
    secure: bool,
}

impl Cookies {
    pub(crate) fn new(config: &WebConfig) -> Self {
        let secure = config.public_url.is_https();
        let path = config.base_path.to_string();
        let prefix = match (secure, path.as_str()) {
            (false, _) => "",
            (true, "/") => "__Host-",
            (true, _) => "__Secure-",
        };
        let name = |name| format!("{prefix}shop_{name}");
        let [session, browser, visitor, notice] = ["session", "browser", "visitor", "notice"].map(name);
        Self { session, browser, visitor, notice, path, secure }
    }

    /// The secret of the session, if the browser has one.
    pub(crate) fn session(&self, jar: &CookieJar<'_>) -> Option<SessionToken> {
        jar.get(&self.session)?.value().parse().ok()
    }

    /// Gives the browser a session.
    pub(crate) fn begin_session(&self, jar: &CookieJar<'_>, token: &SessionToken) {
        self.set(jar, &self.session, token.reveal(), Session::ABSOLUTE);
    }

    /// Takes the session from the browser.
    pub(crate) fn end_session(&self, jar: &CookieJar<'_>) {
        self.remove(jar, &self.session);
    }

    /// The mark of a browser in which somebody has signed in before.
    pub(crate) fn browser<'j>(&self, jar: &'j CookieJar<'_>) -> Option<&'j str> {
        jar.get(&self.browser).map(Cookie::value)
    }

    /// Gives the browser this mark, for a year.
    pub(crate) fn mark_browser(&self, jar: &CookieJar<'_>, mark: String) {
        self.set(jar, &self.browser, mark, std::time::Duration::from_hours(365 * 24));
    }

    /// Takes the mark from the browser.
    pub(crate) fn unmark_browser(&self, jar: &CookieJar<'_>) {
        self.remove(jar, &self.browser);
    }

    /// The secret that ties signed-out forms to this browser, if it has one.
    pub(crate) fn visitor(&self, jar: &CookieJar<'_>) -> Option<Token> {
        jar.get_pending(&self.visitor)?.value().parse().ok()
    }

    /// The same; a browser without one is given one.
    pub(crate) fn visitor_or_fresh(&self, jar: &CookieJar<'_>, random: &dyn RandomSource) -> Token {
        self.visitor(jar).unwrap_or_else(|| {
            let token = Token::fresh(random);
            self.set(jar, &self.visitor, token.reveal(), Session::ABSOLUTE);
            token
        })
    }

    /// Lets the page that follows say what has happened.
    pub(crate) fn announce(&self, jar: &CookieJar<'_>, notice: Notice) {
        self.set(jar, &self.notice, notice.name().to_owned(), std::time::Duration::from_mins(1));
    }

    /// What has just happened, once.
    pub(crate) fn take_notice(&self, jar: &CookieJar<'_>) -> Option<Notice> {
        let notice = Notice::from_name(jar.get(&self.notice)?.value());
        self.remove(jar, &self.notice);
        notice
    }

    fn set(&self, jar: &CookieJar<'_>, name: &str, value: String, age: std::time::Duration) {
        let mut cookie = self.cookie(name, value);
        cookie.set_max_age(Duration::try_from(age).unwrap_or(Duration::MAX));
        jar.add(cookie);
    }

    fn remove(&self, jar: &CookieJar<'_>, name: &str) {
        jar.remove(self.cookie(name, String::new()));
    }

    fn cookie(&self, name: &str, value: String) -> Cookie<'static> {
        let cookie = Cookie::build((name.to_owned(), value)).path(self.path.clone()).secure(self.secure);
        cookie.http_only(true).same_site(SameSite::Lax).build()
    }
}
