#![doc = include_str!("../README.md")]

mod accounts;
mod actions;
mod answer;
mod arguments;
mod browser;
mod catalog;
mod connections;
mod end;
mod failure;
mod form;
mod jar;
mod journal;
mod load;
mod mix;
mod plot;
mod report;
mod schedule;
mod settle;
mod tally;
mod target;
mod trouble;
mod visitors;
mod watch;

use std::process::ExitCode;

use clap::Parser as _;

use self::arguments::{Arguments, Command};
use self::trouble::Trouble;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse().command).await {
        Ok(code) => code,
        Err(trouble) => {
            eprintln!("shoppers: {trouble}");
            ExitCode::from(2)
        }
    }
}

async fn run(command: Command) -> Result<ExitCode, Trouble> {
    match command {
        Command::Load(arguments) => load::run(&arguments).await?,
        Command::Visitors(arguments) => visitors::run(&arguments).await?,
        Command::Watch(arguments) => watch::run(&arguments).await?,
        Command::Plot(arguments) => plot::run(&arguments)?,
        Command::Settle(arguments) => return settle::run(&arguments),
        Command::Stop(arguments) => end::give_order(&arguments.stop_file)?,
    }
    Ok(ExitCode::SUCCESS)
}
