//! What all of the shop's routes have in common, put around each of them when it is mounted.

use rocket::data::Data;
use rocket::http::Status;
use rocket::request::Request;
use rocket::route::{Handler, Outcome, Route};

use crate::site::Site;
use crate::{errors, forgery};

/// What the names of the shop's routes start with.
const OWN: &str = "shop::";

/// The route, refusing what other sites' pages send, and showing a page for whatever goes wrong.
pub(super) fn own(mut route: Route) -> Route {
    route.name = Some(format!("{OWN}{}", route.name.as_deref().unwrap_or_default()).into());
    route.handler = Box::new(Own(route.handler));
    route
}

/// Whether this route is the shop's, not the embedder's.
pub(crate) fn is_own(route: &Route) -> bool {
    route.name.as_deref().is_some_and(|name| name.starts_with(OWN))
}

#[derive(Clone)]
struct Own(Box<dyn Handler>);

#[rocket::async_trait]
impl Handler for Own {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        let Some(site) = request.rocket().state::<Site>() else {
            return Outcome::Error(Status::InternalServerError);
        };
        let outcome = if forgery::is_foreign(request, &site.config.public_url) {
            Outcome::Error(Status::Forbidden)
        } else {
            self.0.handle(request, data).await
        };
        match outcome {
            Outcome::Success(answer) => Outcome::Success(answer),
            Outcome::Error(status) => Outcome::Success(errors::answer(status, request).await),
            // A part of the path is none that the page could have.
            Outcome::Forward(_) => Outcome::Success(errors::answer(Status::NotFound, request).await),
        }
    }
}
