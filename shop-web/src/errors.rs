//! Error pages: what a browser gets when a request does not lead to a page, in the shop's own layout.
//!
//! The shop's routes turn whatever goes wrong in them into a page themselves. For addresses below the base
//! path that no route answers there is one catcher; an embedder who has registered a default catcher for the
//! same path keeps theirs, and errors of the embedder's own routes are left to Rocket's own.
//!
//! The server in front hands requests whose body it has refused to the same catcher ([`refuse`]).
//!
//! The catcher also tells a wrong method (405, with `Allow`) from a wrong address (404), and answers OPTIONS.

use std::time::Duration;

use rocket::catcher::{self, Catcher};
use rocket::http::{Header, Method, RawStr, Status};
use rocket::request::Request;
use rocket::response::{Responder, Response};

use crate::answer::Answer;
use crate::guards::Shopper;
use crate::problem::Problem;
use crate::routes;
use crate::site::Site;
use crate::views::{ErrorView, LoginView, Notice, Page};
use crate::{headers, place, request_id};

/// After how long to try again when the shop was overloaded.
const OVERLOAD_PAUSE: Duration = Duration::from_secs(2);

/// The answer for this status.
pub(crate) async fn answer<'r>(status: Status, request: &'r Request<'_>) -> Response<'r> {
    // If the store cannot tell who asks, the page is one for nobody in particular.
    let shopper = match Shopper::of(request).await {
        Ok(shopper) => Ok(shopper),
        Err(_) => Shopper::unknown(request),
    };
    let page = match shopper {
        Ok(shopper) => page(status, request, &shopper).inspect_err(Problem::log).ok(),
        Err(_) => None,
    };
    page.unwrap_or_else(|| plain(status)).respond_to(request).unwrap_or_default()
}

fn page(status: Status, request: &Request<'_>, shopper: &Shopper<'_>) -> Result<Answer, Problem> {
    let view = match status {
        Status::Unauthorized => return sign_in_first(request, shopper),
        Status::Forbidden => ErrorView::forged(),
        status => ErrorView::new(status.code).naming(request_id::of(request)),
    };
    let path = if is_read(request) { &shopper.place().path } else { "/" };
    let answer = shopper.render(&shopper.page(path), &view)?.status(status);
    Ok(if status == Status::ServiceUnavailable { answer.retry_after(OVERLOAD_PAUSE) } else { answer })
}

/// Leads a reader to `/login` and back. Somebody whose form cannot be carried out gets that page as the
/// answer, and nothing was changed.
fn sign_in_first(request: &Request<'_>, shopper: &Shopper<'_>) -> Result<Answer, Problem> {
    if is_read(request) {
        let here = shopper.address(&shopper.place().path);
        return Ok(shopper.go(&format!("/login?next={}", RawStr::new(&here).percent_encode())));
    }
    let page = Page { notices: vec![Notice::SignInFirst], ..shopper.page_with_form("/login") };
    let answer = shopper.render(&page, &LoginView::default())?.status(Status::Unauthorized);
    // A 401 has to name a scheme; browsers know none for forms and show the page.
    Ok(answer.header("WWW-Authenticate", "Form realm=\"shop\""))
}

fn is_read(request: &Request<'_>) -> bool {
    matches!(request.method(), Method::Get | Method::Head)
}

/// What is left to say when no page can be made.
fn plain(status: Status) -> Answer {
    Answer::text(status.to_string()).status(status)
}

/// The catcher for addresses that no route answers.
pub(crate) fn catcher() -> Catcher {
    let mut catcher = Catcher::new(None, Unrouted);
    catcher.name = Some("shop::unrouted".into());
    catcher
}

/// With which status the server in front has refused the request.
struct Refused(Option<Status>);

/// Notes that the request is refused with this status, whatever it asks for; it MUST be one that no route
/// takes. If its address is the shop's, the answer is a page with this status.
#[cfg(feature = "server")]
pub(crate) fn refuse(request: &Request<'_>, status: Status) {
    request.local_cache(|| Refused(Some(status)));
}

/// Whether the catcher has answered the request.
struct Caught(bool);

/// Whether the answer to this request is one of the shop's own.
pub(crate) fn is_answer_ours(request: &Request<'_>) -> bool {
    request.local_cache(|| Caught(false)).0 || request.route().is_some_and(routes::is_own)
}

/// The answer for an address that has pages, but none for the request's method.
async fn wrong_method<'r>(methods: String, request: &'r Request<'_>) -> Response<'r> {
    let mut answer = if request.method() == Method::Options {
        Response::build().status(Status::NoContent).finalize()
    } else {
        answer(Status::MethodNotAllowed, request).await
    };
    answer.set_header(Header::new("Allow", methods));
    answer
}

#[derive(Clone)]
struct Unrouted;

#[rocket::async_trait]
impl catcher::Handler for Unrouted {
    async fn handle<'r>(&self, status: Status, request: &'r Request<'_>) -> catcher::Result<'r> {
        let site = request.rocket().state::<Site>();
        let (Some(site), true) = (site, request.route().is_none_or(routes::is_own)) else {
            return Catcher::default().handler.handle(status, request).await;
        };
        let refused = request.local_cache(|| Refused(None)).0;
        let methods = routes::allowed(request).filter(|_| status == Status::NotFound && refused.is_none());
        let mut answer = match methods {
            Some(methods) => wrong_method(methods, request).await,
            None => answer(refused.unwrap_or(status), request).await,
        };
        if place::is_settled(request) {
            request.local_cache(|| Caught(true));
        } else {
            // No fairing sees a request whose address cannot be read.
            headers::complete(&mut answer, site);
        }
        Ok(answer)
    }
}
