//! The browser's session: what its cookie says, and what it is told to keep.

use shop_core::account::{SessionKey, SessionToken};

use super::Shopper;

impl Shopper<'_> {
    /// The session that the browser claims to have, whether it holds or not.
    pub(crate) fn session_key(&self) -> Option<SessionKey> {
        self.site.cookies.session(self.jar).map(|token| token.hash())
    }

    /// Gives the browser this session instead of any that it has.
    pub(crate) fn begin_session(&self, token: &SessionToken) {
        self.site.cookies.begin_session(self.jar, token);
    }

    /// Takes the session from the browser.
    pub(crate) fn end_session(&self) {
        self.site.cookies.end_session(self.jar);
    }
}
