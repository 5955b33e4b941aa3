//! The release in which one request of twenty fails.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use vitrina::rocket::fairing::{Fairing, Info, Kind};
use vitrina::rocket::http::{Method, Status, uri::Origin};
use vitrina::rocket::response::Response;
use vitrina::rocket::route::{BoxFuture, Outcome};
use vitrina::rocket::{self, Build, Data, Request, Rocket, Route};

/// One request of so many fails: 5 %.
const ONE_OF: u64 = 20;
/// The route that fails. None of the shop's is like it, under whatever prefix.
const FAILING: &str = "/fails/on/purpose";

/// Sends each 20th request to a route that answers 500 and does nothing else: the shop never sees it.
#[derive(Debug, Default)]
pub(crate) struct Errors {
    requests: AtomicU64,
}

#[rocket::async_trait]
impl Fairing for Errors {
    fn info(&self) -> Info {
        Info { name: "errors", kind: Kind::Ignite | Kind::Request }
    }

    async fn on_ignite(&self, rocket: Rocket<Build>) -> rocket::fairing::Result {
        Ok(rocket.mount("/", [Route::new(Method::Get, FAILING, fail)]))
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        if (self.requests.fetch_add(1, Relaxed) + 1).is_multiple_of(ONE_OF) {
            request.set_method(Method::Get);
            request.set_uri(Origin::path_only(FAILING));
        }
    }
}

/// Says whose fault it is, so that it is not taken for one of the release that serves beside this one.
fn fail<'r>(_: &'r Request<'_>, _: Data<'r>) -> BoxFuture<'r> {
    let answer = Response::build()
        .status(Status::InternalServerError)
        .raw_header("X-Version", env!("CARGO_PKG_VERSION"))
        .finalize();
    Box::pin(async { Outcome::Success(answer) })
}
