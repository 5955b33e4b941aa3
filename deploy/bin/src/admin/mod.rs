//! `shop-admin`: the operator's command line. All commands but `copy` may run while the shop runs.
//!
//! To add a command: a variant of an enum in `arguments`, a function beside its kin, a line in the `match` that leads there.

mod arguments;
mod backup;
mod category;
mod check;
mod copy;
mod import;
mod order;
mod outbox;
mod output;
mod product;
mod progress;
mod restore;
mod tidy;
mod user;
mod wordings;

use std::process::ExitCode;

use clap::Parser as _;
use serde::Serialize;
use shop_core::Shop;

use self::arguments::{Action, Arguments, Command, ImportCommand, SeedCommand};
use self::output::{Output, View};
use crate::compose::{self, Schema, Storage};
use crate::failure::conclude;
use crate::settings::{Input, Settings, load};
use crate::{Failure, Program, sample};

/// Runs `shop-admin` with the arguments of this process.
#[must_use]
pub fn main() -> ExitCode {
    conclude(Program::Admin, start(Arguments::parse()))
}

fn start(arguments: Arguments) -> Result<(), Failure> {
    let Arguments { config, json, action } = arguments;
    let loaded = load(Program::Admin, &Input::of_process(config, Vec::new()));
    let settings = loaded?.settings;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::System)?;
    runtime.block_on(run(&settings, action, Output::new(json)))
}

async fn run(settings: &Settings, action: Action, output: Output) -> Result<(), Failure> {
    match action {
        Action::OnShop(command) => on_shop(settings, command, output).await,
        Action::Backup(arguments) => backup::run(settings, &arguments, output).await,
        Action::Restore(arguments) => restore::run(settings, &arguments, output).await,
        Action::Copy(arguments) => copy::run(&arguments, output).await,
    }
}

async fn on_shop(settings: &Settings, command: Command, output: Output) -> Result<(), Failure> {
    let schema = if matches!(command, Command::Migrate) { Schema::Migrate } else { Schema::Verify };
    let (store, migrations) = compose::open(&settings.database.location, schema).await?;
    let shop = compose::shop(settings, &store);
    let mut desk = Desk { settings, shop, store: store.clone(), output };
    let outcome = obey(&mut desk, command, migrations).await;
    store.close().await;
    outcome
}

async fn obey(desk: &mut Desk<'_>, command: Command, migrations: usize) -> Result<(), Failure> {
    match command {
        Command::Migrate => desk.output.show(&Migrated { migrations }),
        Command::Seed(SeedCommand::Sample) => seed(desk).await,
        Command::Import(ImportCommand::Webapplication(arguments)) => {
            import::webapplication(desk, *arguments).await
        }
        Command::Category(command) => category::run(desk, command).await,
        Command::Product(command) => product::run(desk, command).await,
        Command::User(command) => user::run(desk, command).await,
        Command::Order(command) => order::run(desk, command).await,
        Command::Outbox(command) => outbox::run(desk, command).await,
        Command::Tidy => tidy::run(desk).await,
        Command::Check => check::run(desk).await,
    }
}

/// What every command works with.
struct Desk<'s> {
    settings: &'s Settings,
    shop: Shop,
    /// What lies below the shop, for what no use case does.
    store: Storage,
    output: Output,
}

#[derive(Serialize)]
struct Migrated {
    migrations: usize,
}

impl View for Migrated {
    fn text(&self) -> String {
        match self.migrations {
            0 => "the schema is up to date".to_owned(),
            ran => format!("{ran} migrations ran"),
        }
    }
}

#[derive(Serialize)]
struct SeedReport {
    categories: u32,
    products: u32,
}

impl View for SeedReport {
    fn text(&self) -> String {
        format!("{} categories and {} products of the sample added", self.categories, self.products)
    }
}

async fn seed(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let sample::Seeded { categories, products } = sample::seed(&desk.shop).await?;
    desk.output.show(&SeedReport { categories, products })
}
