//! `shop-mailer`: delivers the outbox, for deployments that split it from the shop.

use std::process::ExitCode;

use clap::{Arg, ArgAction, Command};
use shop_core::Shop;
use shop_core::outbox::relay::RelayReport;
use shop_mailer::Mailer;
use shop_web::server::Stop;
use tracing::info;

use crate::compose::{self, Schema};
use crate::launch::launch;
use crate::settings::Settings;
use crate::{Failure, Program, relay};

const ONCE: &str = "once";

/// Runs `shop-mailer` with the arguments of this process.
#[must_use]
pub fn main() -> ExitCode {
    let once = Arg::new(ONCE).long(ONCE).action(ArgAction::SetTrue).help("Deliver what is due now, and end");
    let command = Command::new("")
        .about("Delivers the mails that wait in the shop's outbox, until it is told to stop")
        .arg(once);
    launch(Program::Mailer, command, async |settings, matches| run(&settings, matches.get_flag(ONCE)).await)
}

async fn run(settings: &Settings, once: bool) -> Result<(), Failure> {
    let halt = Stop::on_signals().map_err(Failure::System)?;
    let (store, _) = compose::open(&settings.database.location, Schema::Verify).await?;
    let shop = compose::shop(settings, &store);
    let mailer = compose::mailer(settings, settings.storefront).await?;
    let outcome = if once {
        run_once(&shop, &mailer).await
    } else {
        info!("delivering the outbox");
        relay::run(&shop, &mailer, &halt).await;
        Ok(())
    };
    store.close().await;
    outcome
}

async fn run_once(shop: &Shop, mailer: &Mailer) -> Result<(), Failure> {
    let RelayReport { sent, postponed, dead, moot: _ } = relay::run_once(shop, mailer).await?;
    match postponed + dead {
        0 => Ok(()),
        failed => Err(Failure::Incomplete(format!("mails delivered: {sent}, not delivered: {failed}"))),
    }
}
