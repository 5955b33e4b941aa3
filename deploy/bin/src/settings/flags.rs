//! Flags: one for each setting that is no secret, made from the table.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::{Input, Secrecy, Setting, TABLE};

const CONFIG: &str = "config";
const SETTINGS: &str = "settings";

/// The command with `--config`, `--settings` and a flag for each setting.
#[must_use]
pub fn add(command: Command) -> Command {
    let config = Arg::new(CONFIG)
        .long(CONFIG)
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .help("A TOML file with settings: `public_url = \"https://shop.example.com\"`");
    let settings = Arg::new(SETTINGS)
        .long(SETTINGS)
        .action(ArgAction::SetTrue)
        .help("Print every setting with its value and where that comes from, and end");
    command.arg(config).arg(settings).args(TABLE.iter().filter(|setting| has_flag(setting)).map(flag))
}

/// What the flags say, with the environment of this process.
#[must_use]
pub fn read(matches: &ArgMatches) -> Input {
    let with_flag = TABLE.iter().filter(|setting| has_flag(setting));
    let flags = with_flag.filter_map(|setting| {
        let text = matches.get_one::<String>(setting.key)?;
        Some((setting.key, text.clone()))
    });
    Input::of_process(matches.get_one::<PathBuf>(CONFIG).cloned(), flags.collect())
}

/// Whether `--settings` was asked for.
#[must_use]
pub fn asks_for_settings(matches: &ArgMatches) -> bool {
    matches.get_flag(SETTINGS)
}

fn has_flag(setting: &Setting) -> bool {
    setting.secrecy != Secrecy::Hidden
}

fn flag(setting: &'static Setting) -> Arg {
    let help = format!("{} [{}; default: {}]", setting.about, setting.variable(), setting.default);
    Arg::new(setting.key).long(setting.flag()).value_name("VALUE").help_heading("Settings").help(help)
}
