//! The browser's session: what its cookies say, and what it is told to keep.

use shop_core::account::sign_in::Browser;
use shop_core::account::{EmailKey, SessionKey, SessionToken, UserAgent};

use super::Shopper;

impl Shopper<'_> {
    /// The session that the browser claims to have, whether it holds or not.
    pub(crate) fn session_key(&self) -> Option<SessionKey> {
        self.site.cookies.session(self.jar).map(|token| token.hash())
    }

    /// What is known of the browser, for somebody who wants to sign in to this account.
    pub(crate) fn browser(&self, account: &EmailKey) -> Browser {
        let mark = self.site.cookies.browser(self.jar);
        Browser {
            client: self.client_address(),
            known: mark.and_then(|mark| self.site.browser_marks.name(mark, account)),
            agent: UserAgent::of(self.agent.unwrap_or_default()),
        }
    }

    /// Gives the browser this session instead of any that it has, and a mark by which this account knows it
    /// again.
    pub(crate) fn begin_session(&self, token: &SessionToken, account: &EmailKey) {
        self.site.cookies.begin_session(self.jar, token);
        self.mark_browser(account);
    }

    /// Gives the browser a mark by which this account knows it again.
    pub(crate) fn mark_browser(&self, account: &EmailKey) {
        let mark = self.site.browser_marks.fresh(account, self.shop().random());
        self.site.cookies.mark_browser(self.jar, mark);
    }

    /// Takes the session from the browser.
    pub(crate) fn end_session(&self) {
        self.site.cookies.end_session(self.jar);
    }

    /// Takes the session from the browser if it was ended on the way. One read.
    pub(crate) async fn end_void_session(&self) {
        let Some(token) = self.site.cookies.session(self.jar) else { return };
        // If the store cannot tell, the cookie stays; a session that has ended opens nothing.
        if let Ok(None) = self.shop().visit(&token).await {
            self.end_session();
        }
    }

    /// Takes session and mark from the browser: the account is no more.
    pub(crate) fn forget_account(&self) {
        self.end_session();
        self.site.cookies.unmark_browser(self.jar);
    }
}
