#![doc = include_str!("../README.md")]

mod crash;
mod errors;
mod migration;
mod never_ready;
mod slow;

use std::env;
use std::fmt::Display;
use std::process::ExitCode;

use vitrina::web;

fn main() -> ExitCode {
    match env::var("FAULT").as_deref() {
        Ok("crash") => web::main_with(|pages| pages.attach(crash::fairing())),
        Ok("never-ready") => web::main_with(|pages| pages.attach(never_ready::fairing())),
        Ok("errors") => web::main_with(|pages| pages.attach(errors::Errors::default())),
        Ok("slow") => web::main_with(|pages| pages.attach(slow::Slow)),
        Ok("migration") => migration::main(),
        _ => {
            tell("FAULT must be crash, never-ready, errors, slow or migration");
            ExitCode::from(2)
        }
    }
}

/// Says on stderr, in one line, what is wrong.
fn tell(what: impl Display) {
    let line = what.to_string();
    eprintln!("faulty-shop: {}", line.split_whitespace().collect::<Vec<_>>().join(" "));
}
