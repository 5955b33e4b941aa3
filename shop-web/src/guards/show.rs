//! How a page is shown to whoever asked for it.

use shop_core::account::visit::Visitor;

use super::Shopper;
use crate::answer::Answer;
use crate::forms::{Faults, OwnPath};
use crate::problem::Problem;
use crate::views::{self, Notice, Page, View};

impl Shopper<'_> {
    /// What surrounds the page under `path`, without anything that differs from shopper to shopper.
    pub(crate) fn common_page(&self, path: &str) -> Page {
        let config = &self.site.config;
        let assets = config.base_path.prefix().to_owned();
        Page {
            language: self.language,
            shop: config.title.as_str().to_owned(),
            origin: config.public_url.origin().to_owned(),
            base: self.address(""),
            assets,
            path: path.to_owned(),
            instance: config.show_instance.as_ref().map(ToString::to_string),
            ..Page::default()
        }
    }

    /// The same for this very shopper; a visitor who is not signed in gets no token.
    pub(crate) fn page(&self, path: &str) -> Page {
        let token = |visitor: &Visitor| self.site.form_tokens.of_session(&visitor.session.key);
        Page {
            visitor: self.visitor.map(greeting),
            form_token: self.visitor.map(token),
            notices: self.site.cookies.take_notice(self.jar).into_iter().collect(),
            ..self.common_page(path)
        }
    }

    /// Shows a page.
    pub(crate) fn show<V: View>(&self, view: &V) -> Result<Answer, Problem> {
        self.render(&self.page(&self.place.path), view)
    }

    /// Shows a page with a form that visitors may send who are not signed in.
    pub(crate) fn show_form<V: View>(&self, view: &V) -> Result<Answer, Problem> {
        self.render(&self.page_with_form(&self.place.path), view)
    }

    /// Shows the form that lies under `path` again, since it was refused; or the problem, if that is none of
    /// the form's.
    pub(crate) fn refuse<V: View>(
        &self,
        problem: Problem,
        path: &str,
        view: impl FnOnce(Faults) -> V,
    ) -> Result<Answer, Problem> {
        let (refusal, faults) = problem.into_refusal()?;
        let answer = self.render(&self.page_with_form(path), &view(faults))?;
        Ok(refusal.of(answer))
    }

    /// What surrounds the page under `path`, with a token for the forms of visitors who are not signed in.
    pub(crate) fn page_with_form(&self, path: &str) -> Page {
        let page = self.page(path);
        let visitor = || {
            let cookie = self.site.cookies.visitor_or_fresh(self.jar, self.shop().random());
            self.site.form_tokens.of_visitor(&cookie)
        };
        Page { form_token: page.form_token.clone().or_else(|| Some(visitor())), ..page }
    }

    /// Shows this page, with these surroundings.
    pub(crate) fn render<V: View>(&self, page: &Page, view: &V) -> Result<Answer, Problem> {
        Ok(self.answer(self.site.views.render(page, view)?))
    }

    pub(super) fn answer(&self, html: String) -> Answer {
        Answer::page(html).header("Vary", self.varies_with())
    }

    /// Which headers of the request decide about the page.
    pub(super) fn varies_with(&self) -> &'static str {
        if self.place.language.is_some() { "Cookie" } else { "Accept-Language, Cookie" }
    }

    /// The address of the page under `path`, as seen from the host's root; it stays under the language of
    /// this one's address.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{}{path}", self.site.config.base_path.prefix(), self.place.prefix())
    }

    /// Leads on to another page of the shop, by its path below the base.
    pub(crate) fn go(&self, path: &str) -> Answer {
        Answer::see_other(self.address(path))
    }

    /// The same; the page says what has happened.
    pub(crate) fn go_saying(&self, path: &str, notice: Notice) -> Answer {
        self.site.cookies.announce(self.jar, notice);
        self.go(path)
    }

    /// Leads on to where the shopper wanted to go, if that is a path of the shop's, else to this page; it
    /// says what has happened.
    pub(crate) fn go_on(&self, wanted: Option<OwnPath>, path: &str, notice: Notice) -> Answer {
        self.site.cookies.announce(self.jar, notice);
        let wanted = wanted.and_then(|wanted| wanted.below(self.site.config.base_path.prefix()));
        Answer::see_other(wanted.map_or_else(|| self.address(path), |wanted| wanted.to_string()))
    }
}

fn greeting(visitor: &Visitor) -> views::Visitor {
    views::Visitor { name: visitor.user.first_name.to_string(), pieces: visitor.cart.pieces() }
}
