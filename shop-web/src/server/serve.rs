//! The server's life: launch, service, drain, end.

use std::sync::Arc;
use std::time::Duration;

use rocket::error::ErrorKind;
use rocket::local::asynchronous::Client;
use rocket::{Build, Rocket};
use tokio::net::TcpListener;
use tokio::time::{Instant, sleep, sleep_until};

use super::config::ServerConfig;
use super::gate::Gate;
use super::router::Router;
use super::status::Status;
use super::stop::Stop;
use crate::site::Site;

/// Least time for the router's shutdown fairings, however late the requests ended.
const FAIRING_TIME: Duration = Duration::from_secs(1);

/// A router, launched and ready to serve.
#[derive(Debug)]
pub struct Server {
    client: Client,
    config: ServerConfig,
    status: Status,
}

/// How a server ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Outcome {
    /// Every request that had been read was answered.
    Finished,
    /// So many requests still ran when the time was up or the second order to stop came.
    Cut(usize),
}

/// The router could not be launched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the router cannot be launched: {0}")]
pub struct LaunchError(String);

impl From<rocket::Error> for LaunchError {
    fn from(error: rocket::Error) -> Self {
        // Asking for the kind also tells Rocket that the error is taken care of; it panics otherwise.
        let text = match error.kind() {
            ErrorKind::Collisions(collisions) => {
                let routes =
                    collisions.routes.iter().map(|(one, other)| format!("{one} collides with {other}"));
                let catchers =
                    collisions.catchers.iter().map(|(one, other)| format!("{one} collides with {other}"));
                routes.chain(catchers).collect::<Vec<_>>().join("; ")
            }
            ErrorKind::FailedFairings(fairings) => {
                let names: Vec<_> = fairings.iter().map(|fairing| fairing.name).collect();
                format!("failed fairings: {}", names.join(", "))
            }
            ErrorKind::SentinelAborts(guards) => {
                let names: Vec<_> = guards.iter().map(|guard| guard.type_name).collect();
                format!("not managed or attached, though a route needs it: {}", names.join(", "))
            }
            ErrorKind::Config(error) => error.to_string(),
            other => other.to_string(),
        };
        Self(text)
    }
}

impl Server {
    /// Launches a router: its ignition and liftoff fairings run now.
    ///
    /// The server's [`Status`] is in the managed state, for routes and fairings of your own.
    /// Address, port, limits of time and shutdown settings of Rocket's own configuration have no effect.
    pub async fn new(router: Rocket<Build>, config: ServerConfig) -> Result<Self, LaunchError> {
        let status = Status::default();
        let router = router.manage(status.clone()).attach(Arc::clone(status.traffic()));
        let client = Client::untracked(router).await?;
        if let Some(site) = client.rocket().state::<Site>() {
            status.watch(Arc::clone(&site.tally));
        }
        Ok(Self { client, config, status })
    }

    /// Gives a handle on the server's state, for the health port or for your own.
    #[must_use]
    pub fn status(&self) -> Status {
        self.status.clone()
    }

    /// Serves `listener` until it is told to stop, and sees every request out.
    ///
    /// On the first order (or when a handler notifies [`rocket::Shutdown`]), readiness turns 503; after
    /// [`drain`](ServerConfig::drain) the listener is closed, idle connections with it, and running requests get
    /// [`shutdown`](ServerConfig::shutdown) to finish. The second order ends all of that at once. The router's
    /// shutdown fairings run last, and not at all if the end was forced.
    pub async fn serve(self, listener: TcpListener, stop: Stop) -> Outcome {
        let Self { client, config, status } = self;
        let client = Arc::new(client);
        let router_stop = client.rocket().shutdown();
        let mut gate =
            Gate::new(Router::new(Arc::clone(&client), &config, status.clone()), &config, status.clone());

        gate.accept_until(&listener, first(stop.requested(), router_stop.clone())).await;
        status.stopping();
        tracing::info!(drain = ?config.drain, "stopping");
        gate.accept_until(&listener, first(stop.forced(), sleep(config.drain))).await;
        gate.accept_waiting(&listener).await;
        drop(listener);
        // Endless answers wait for this.
        router_stop.notify();

        let deadline = Instant::now() + config.shutdown;
        let cut = gate.close(first(stop.forced(), sleep_until(deadline))).await;
        first(stop.forced(), land(client, deadline)).await;
        match cut {
            0 => Outcome::Finished,
            cut => Outcome::Cut(cut),
        }
    }
}

/// Runs the router's shutdown fairings and drops what it manages.
async fn land(client: Arc<Client>, deadline: Instant) {
    let Ok(client) = Arc::try_unwrap(client) else {
        tracing::warn!("a request still runs, so the router's shutdown fairings do not");
        return;
    };
    let until = deadline.max(Instant::now() + FAIRING_TIME);
    if tokio::time::timeout_at(until, client.terminate()).await.is_err() {
        tracing::warn!("the router's shutdown fairings took too long");
    }
}

/// Waits for either, and does not begin the other when the one is there already.
async fn first(one: impl Future<Output = ()> + Send, other: impl Future<Output = ()> + Send) {
    tokio::select! {
        biased;
        () = one => {}
        () = other => {}
    }
}
