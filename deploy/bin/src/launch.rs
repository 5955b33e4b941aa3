use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{ArgMatches, Command};

use crate::failure::conclude;
use crate::settings::{Settings, flags, load, report};
use crate::{Failure, Program, log};

/// Runs a program that serves: reads its flags and all other settings, starts the log, and lets it work until it ends.
pub(crate) fn launch(
    program: Program,
    command: Command,
    work: impl AsyncFnOnce(Settings, ArgMatches) -> Result<(), Failure>,
) -> ExitCode {
    let command = flags::add(command.name(program.name()).version(env!("CARGO_PKG_VERSION")));
    conclude(program, start(program, command.get_matches(), work))
}

fn start(
    program: Program,
    matches: ArgMatches,
    work: impl AsyncFnOnce(Settings, ArgMatches) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let loaded = load(program, &flags::read(&matches))?;
    if flags::asks_for_settings(&matches) {
        return io::stdout().write_all(report(&loaded).as_bytes()).map_err(Failure::Output);
    }
    log::start(program, &loaded.settings)?;
    let runtime = tokio::runtime::Runtime::new().map_err(Failure::System)?;
    runtime.block_on(work(loaded.settings, matches))
}
