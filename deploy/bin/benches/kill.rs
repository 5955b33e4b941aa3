//! Whether anything that the shop has answered is lost when it is killed: `make kill-test`.
//!
//! 200 times, 12 shoppers order from a real shop on one SQLite file, and a kill -9 comes within 50 to 500 ms.
//! Nothing acknowledged may be lost, no attempt may make two orders, nothing may be oversold, and the shop
//! must be back within 2 s; the exit code says whether it was so.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "it ends where something goes wrong, as a test does"
)]

#[expect(dead_code, reason = "the black box needs more of it")]
#[path = "../tests/black_box/browser.rs"]
mod browser;
#[path = "../tests/black_box/kills.rs"]
mod kills;
#[expect(dead_code, reason = "the black box needs more of it")]
#[path = "../tests/black_box/shop.rs"]
mod shop;
#[path = "../tests/black_box/witness.rs"]
mod witness;

use std::process::ExitCode;
use std::time::Duration;

use self::kills::{Tally, kill_again_and_again};
use self::witness::Fault;

const ROUNDS: usize = 200;
const SHOPPERS: usize = 12;
const LONGEST_RESTART: Duration = Duration::from_secs(2);

fn main() -> ExitCode {
    let tally = kill_again_and_again(ROUNDS, SHOPPERS);
    for (fault, text) in &tally.faults {
        println!("{fault:?}: {text}");
    }
    let rows = [
        ("kills", tally.rounds),
        ("orders acknowledged", tally.orders),
        ("attempts to order without an answer", tally.unanswered),
        ("of them placed all the same", tally.placed_unanswered),
        ("acknowledged orders lost", count(&tally, Fault::Lost)),
        ("double orders", count(&tally, Fault::Double)),
        ("oversold", count(&tally, Fault::Oversold)),
        ("carts not as answered", count(&tally, Fault::Cart)),
        ("findings of shop-admin check", count(&tally, Fault::Check)),
    ];
    for (name, number) in rows {
        println!("{name:<36} {number:>8}");
    }
    println!("{:<36} {:>8.0?}", "longest restart", tally.longest_restart);
    if tally.faults.is_empty() && tally.longest_restart < LONGEST_RESTART {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn count(tally: &Tally, kind: Fault) -> usize {
    tally.faults.iter().filter(|(fault, _)| *fault == kind).count()
}
