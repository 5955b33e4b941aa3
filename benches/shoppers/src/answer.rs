//! An answer of the shop, and what a shopper reads in it.

use hyper::HeaderMap;
use hyper::header::LOCATION;
use scraper::{ElementRef, Html};

use crate::failure::Failure;
use crate::form::{Form, find};

/// An answer that was read to its end.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// Its status.
    pub(crate) status: u16,
    /// Its headers.
    pub(crate) headers: HeaderMap,
    /// Its body; what is no UTF-8 is replaced.
    pub(crate) body: String,
}

impl Answer {
    /// The version that has answered; empty if it does not say so.
    pub(crate) fn version(&self) -> String {
        self.header("x-version").unwrap_or_default().to_owned()
    }

    /// Refuses an answer that is no success.
    pub(crate) fn judge(&self) -> Result<(), Failure> {
        match self.status {
            200..400 => Ok(()),
            429 => Err(Failure::Throttled),
            422 => Err(Failure::Refused(self.complaint())),
            status => Err(Failure::Status(status)),
        }
    }

    /// Whether it is a page, not a redirect, with its end.
    pub(crate) fn is_whole_page(&self) -> bool {
        self.status == 200 && self.body.trim_end().ends_with("</html>")
    }

    /// A page, not a redirect.
    pub(crate) fn page(&self) -> Result<Html, Failure> {
        if self.status == 200 { Ok(Html::parse_document(&self.body)) } else { Err(self.unexpected()) }
    }

    /// The path that it sends the browser on to.
    pub(crate) fn next(&self) -> Result<String, Failure> {
        match self.location() {
            Some(path) if !is_sign_in(&path) => Ok(path),
            _ => Err(self.unexpected()),
        }
    }

    /// The first form of the page whose path ends so.
    pub(crate) fn form(&self, action: &str) -> Result<Form, Failure> {
        let form = Form::all(&self.page()?).into_iter().find(|form| form.action.ends_with(action));
        form.ok_or_else(|| Failure::Missing(format!("no form to {action}")))
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The path of a redirect, with its query, without scheme and host.
    fn location(&self) -> Option<String> {
        let location = self.header(LOCATION.as_str()).filter(|_| (300..400).contains(&self.status))?;
        let Some((_, rest)) = location.split_once("://") else { return Some(location.to_owned()) };
        Some(rest.find('/').and_then(|slash| rest.get(slash..)).unwrap_or("/").to_owned())
    }

    /// Why this answer is not what it must be here.
    pub(crate) fn unexpected(&self) -> Failure {
        match self.location() {
            Some(path) if is_sign_in(&path) => Failure::SignedOut,
            Some(path) => Failure::Missing(format!("redirected to {path}")),
            None => Failure::Missing(format!("no such page was expected (status {})", self.status)),
        }
    }

    /// What the page says is wrong with the form.
    fn complaint(&self) -> String {
        let page = Html::parse_document(&self.body);
        let faults = find(page.root_element(), "[role=alert], .fault");
        let text: String = faults.iter().flat_map(ElementRef::text).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect()
    }
}

fn is_sign_in(path: &str) -> bool {
    path.split('?').next().is_some_and(|path| path.ends_with("/login"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, location: Option<&str>, body: &str) -> Answer {
        let mut headers = HeaderMap::new();
        if let Some(location) = location {
            headers.insert(LOCATION, location.parse().expect("a header"));
        }
        Answer { status, headers, body: body.to_owned() }
    }

    #[test]
    fn success_is_2xx_and_3xx_and_nothing_else() {
        for status in [200, 204, 303, 304] {
            assert_eq!(answer(status, None, "").judge(), Ok(()), "{status}");
        }
        for status in [404, 500, 503] {
            assert_eq!(answer(status, None, "").judge(), Err(Failure::Status(status)));
        }
        assert_eq!(answer(429, None, "").judge(), Err(Failure::Throttled));
        let sold_out = answer(422, None, "<div role=alert><p>Sold\n out</p></div>");
        assert_eq!(sold_out.judge(), Err(Failure::Refused("Sold out".to_owned())));
    }

    #[test]
    fn a_redirect_to_the_sign_in_page_is_a_lost_session() {
        let lost = answer(303, Some("/ro/login?next=%2Fcheckout"), "");
        assert_eq!(lost.next(), Err(Failure::SignedOut));
        assert_eq!(lost.form("/checkout"), Err(Failure::SignedOut));
    }

    #[test]
    fn a_redirect_leads_to_a_path() {
        assert_eq!(answer(303, Some("/orders/7K3"), "").next().as_deref(), Ok("/orders/7K3"));
        assert_eq!(
            answer(303, Some("http://shop.example/orders/7K3"), "").next().as_deref(),
            Ok("/orders/7K3")
        );
        assert!(matches!(answer(200, None, "").next(), Err(Failure::Missing(_))));
    }

    #[test]
    fn a_page_without_the_form_is_not_what_was_asked_for() {
        let page = answer(200, None, "<form method=post action=/demo/checkout></form>");
        assert_eq!(page.form("/checkout").expect("the form").action, "/demo/checkout");
        assert!(matches!(page.form("/cart/items"), Err(Failure::Missing(_))));
        assert!(matches!(answer(303, Some("/cart"), "").form("/checkout"), Err(Failure::Missing(_))));
    }
}
