//! The release in which every request takes three times as long.

use std::thread;
use std::time::Duration;

use tokio::time::Instant;
use vitrina::rocket::fairing::{Fairing, Info, Kind};
use vitrina::rocket::{self, Data, Request, Response};

/// Holds each answer back for twice the time that it has taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slow;

#[rocket::async_trait]
impl Fairing for Slow {
    fn info(&self) -> Info {
        Info { name: "slow", kind: Kind::Request | Kind::Response }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        began(request);
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, _: &mut Response<'r>) {
        pause(began(request).elapsed() * 2).await;
    }
}

/// When the request came in; the first who asks for it notes it.
fn began(request: &Request<'_>) -> Instant {
    *request.local_cache(Instant::now)
}

/// Waits on a thread: tokio counts whole milliseconds, and a page from the cache takes a tenth of one.
async fn pause(time: Duration) {
    // It fails if the runtime ends, and then nobody waits for the answer.
    let _ = tokio::task::spawn_blocking(move || thread::sleep(time)).await;
}

#[cfg(test)]
mod tests {
    use vitrina::rocket::http::{Method, Status};
    use vitrina::rocket::local::asynchronous::Client;
    use vitrina::rocket::route::{BoxFuture, Outcome};
    use vitrina::rocket::{Route, custom, figment::Figment};

    use super::*;

    const WORK: Duration = Duration::from_millis(40);

    fn work<'r>(request: &'r Request<'_>, _: Data<'r>) -> BoxFuture<'r> {
        Box::pin(async move {
            pause(WORK).await;
            Outcome::from(request, Status::Ok)
        })
    }

    #[tokio::test]
    async fn an_answer_takes_three_times_as_long_as_its_work() {
        let config = Figment::from(vitrina::rocket::Config::debug_default());
        let rocket = custom(config).mount("/", [Route::new(Method::Get, "/", work)]).attach(Slow);
        let client = Client::untracked(rocket).await.unwrap();
        let since = Instant::now();
        assert_eq!(client.get("/").dispatch().await.status(), Status::Ok);
        assert!(since.elapsed() >= 3 * WORK, "{:?}", since.elapsed());
    }
}
