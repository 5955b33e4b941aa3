//! `shop-web`: the shop in one process, as it is or with routes and fairings of your own.

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use clap::Command;
use shop_core::outbox::relay::RelayReport;
use shop_core::{Shop, StoreError};
use shop_web::rocket::{Build, Rocket};
use shop_web::server::{HealthServer, Outcome, Server, Stop, Stopper};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tracing::{info, warn};

use crate::compose::{self, Schema, Storage, StoreProbe};
use crate::gauges::Gauges;
use crate::launch::launch;
use crate::settings::{Listen, Settings};
use crate::{Failure, Program, healthcheck, relay, sample, tidy};

/// The longest time that relay and tidying each get at the end for what they have begun.
const LAST_STEPS: Duration = Duration::from_secs(5);

/// Runs `shop-web` with the arguments of this process.
#[must_use]
pub fn main() -> ExitCode {
    main_with(|pages| pages)
}

/// Runs `shop-web` with something of your own beside its pages: routes, fairings, managed state.
///
/// The program has the settings, flags and subcommands of `shop-web`. `extend` gets the router with the pages once
/// the ports are taken and the database is open; `healthcheck` and `--settings` do without it. What it adds is
/// limited, drained and measured as the pages are: `/metrics` has the status and the time that clients see.
/// Fairings and routes find the server's [`Status`](shop_web::server::Status) in the managed state. The README of
/// this package has an example.
#[must_use]
pub fn main_with(extend: impl FnOnce(Rocket<Build>) -> Rocket<Build> + Send) -> ExitCode {
    let about = "Runs the shop: pages, health port and, unless that is split out, the delivery of mails";
    let command = Command::new("").about(about).subcommand(healthcheck::command());
    launch(Program::Web, command, async |settings, matches| {
        match matches.subcommand_matches(healthcheck::NAME) {
            Some(matches) => healthcheck::ask(matches, settings.health).await,
            None => run(&settings, extend).await,
        }
    })
}

/// Opens everything, serves until it is told to stop, and closes everything.
async fn run(
    settings: &Settings,
    extend: impl FnOnce(Rocket<Build>) -> Rocket<Build> + Send,
) -> Result<(), Failure> {
    let halt = Stop::on_signals().map_err(Failure::System)?;
    let doors = Doors::open(settings).await?;
    let (store, shop) = open(settings).await?;
    let pages = compose::pages(settings, shop.clone(), doors.storefront.listen)?;
    let server = Server::new(extend(pages), compose::server_config(settings)).await?;
    let relay = Relay::start(settings, &shop, doors.storefront.listen).await?;
    let tidying = Tidying::start(settings, &shop);
    let gauges = Gauges { store: store.clone(), shop: shop.clone() };
    let version = compose::version(settings);
    let health = HealthServer::new(server.status(), StoreProbe(shop), version).with_gauges(gauges);

    announce(settings, &doors);
    tokio::spawn(health.serve(doors.health.listener));
    let outcome = server.serve(doors.storefront.listener, halt).await;
    tidying.end().await;
    relay.end().await;
    store.close().await;
    match outcome {
        Outcome::Finished => Ok(()),
        Outcome::Cut(requests) => Err(Failure::Incomplete(format!("requests cut at the end: {requests}"))),
    }
}

/// The store, and the shop over it with something to show.
async fn open(settings: &Settings) -> Result<(Storage, Shop), Failure> {
    let schema = if settings.database.migrate { Schema::Migrate } else { Schema::Verify };
    let (store, _) = compose::open(&settings.database.location, schema).await?;
    let shop = compose::shop(settings, &store);
    if settings.sample_catalog {
        sample::seed_if_bare(&shop).await?;
    }
    Ok((store, shop))
}

/// Both ports, taken before anything is made: a port in use leaves nothing behind.
struct Doors {
    storefront: Door,
    health: Door,
}

struct Door {
    listener: TcpListener,
    /// With the port that the system has chosen, if that was left to it.
    listen: Listen,
}

impl Doors {
    async fn open(settings: &Settings) -> Result<Self, Failure> {
        Ok(Self {
            storefront: Door::open(settings.storefront, "SHOP_ADDRESS, SHOP_PORT").await?,
            health: Door::open(settings.health, "SHOP_HEALTH_ADDRESS, SHOP_HEALTH_PORT").await?,
        })
    }
}

impl Door {
    async fn open(listen: Listen, settings: &'static str) -> Result<Self, Failure> {
        let address = SocketAddr::new(listen.address, listen.port);
        let bound = TcpListener::bind(address).await;
        let listener = bound.map_err(|source| Failure::Listen { address, settings, source })?;
        let port = listener.local_addr().map_err(Failure::System)?.port();
        Ok(Self { listener, listen: Listen { port, ..listen } })
    }
}

/// Tells people on stdout and programs in the log where the shop is.
fn announce(settings: &Settings, doors: &Doors) {
    let (listening, health) = (doors.storefront.listen, doors.health.listen);
    let first_page = format!("{listening}{}", settings.base_path.as_str().trim_end_matches('/'));
    // Whoever closed stdout does not want to know.
    let _ = writeln!(
        io::stdout(),
        "{} listens on {first_page}\nHealth on {health}/readiness",
        settings.title.as_str()
    );
    info!(storefront = %listening, %health, profile = ?settings.profile, "ready");
}

/// The relay as a task of its own, if this process has one.
struct Relay {
    task: Option<JoinHandle<Result<RelayReport, StoreError>>>,
    stopper: Stopper,
}

impl Relay {
    async fn start(settings: &Settings, shop: &Shop, listening: Listen) -> Result<Self, Failure> {
        let (stopper, halt) = Stop::new();
        if !settings.mail.relay {
            return Ok(Self { task: None, stopper });
        }
        let mailer = compose::mailer(settings, listening).await?;
        let shop = shop.clone();
        let task = tokio::spawn(async move {
            relay::run(&shop, &mailer, &halt).await;
            relay::run_once(&shop, &mailer).await
        });
        Ok(Self { task: Some(task), stopper })
    }

    /// Lets it deliver the mails of the last requests too.
    async fn end(self) {
        self.stopper.stop();
        let Some(task) = self.task else { return };
        if !matches!(tokio::time::timeout(LAST_STEPS, task).await, Ok(Ok(Ok(_)))) {
            warn!("some mails could not be delivered before the end; they go out at the next start");
        }
    }
}

/// The hourly tidying as a task of its own, if this process does it.
struct Tidying {
    task: Option<JoinHandle<()>>,
    stopper: Stopper,
}

impl Tidying {
    fn start(settings: &Settings, shop: &Shop) -> Self {
        let (stopper, halt) = Stop::new();
        let (shop, retention) = (shop.clone(), settings.retention);
        let task =
            settings.tidy.then(|| tokio::spawn(async move { tidy::run(&shop, retention, &halt).await }));
        Self { task, stopper }
    }

    /// Lets the unit that is open come to its end.
    async fn end(self) {
        self.stopper.stop();
        let Some(mut task) = self.task else { return };
        if tokio::time::timeout(LAST_STEPS, &mut task).await.is_err() {
            task.abort();
        }
    }
}
