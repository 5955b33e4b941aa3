//! `CONFORMANCE.md`: every promise, the case that puts it to the test, and the saboteurs that it catches.

use std::env;
use std::fmt::Write;
use std::fs;

use shop_core::conformance::peers::REPLAYS;
use shop_core::conformance::{self, Case};

use crate::faults::Fault;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/CONFORMANCE.md");

const INTRODUCTION: &str = "\
# The contract of a store, case by case

Made from the code by `CONFORMANCE_RENEW=1 cargo test -p shop-core --test saboteurs the_table`; a test fails
when it is out of date. A saboteur is an honest store with one fault: each is caught by every case that names
it here, and all cases pass on the same store without a fault.
";

/// The cells of a row, with what would end a cell early made harmless.
fn row(cells: &[&str]) -> String {
    let cells: Vec<_> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// The saboteurs that this case catches.
fn saboteurs(case: &Case) -> String {
    let caught = Fault::ALL.iter().filter(|fault| fault.caught_by().contains(&case.name()));
    caught.map(|fault| code(&format!("{fault:?}"))).collect::<Vec<_>>().join(", ")
}

fn promises() -> String {
    let (mut text, mut group) = (String::new(), "");
    for case in conformance::cases() {
        if case.group() != group {
            group = case.group();
            write!(text, "\n## {group}\n\n| case | promise | saboteurs |\n|---|---|---|\n").expect("a text");
        }
        text += &row(&[&code(case.name()), case.promise(), &saboteurs(case)]);
    }
    text
}

fn table() -> String {
    let (cases, texts) = (conformance::COUNT, conformance::corpus().len());
    let reopening = conformance::cases().filter(|case| case.needs_reopening()).count();
    let mut text = format!(
        "{INTRODUCTION}\n{cases} cases, of which {reopening} need a store that can be opened anew; {texts} \
         hostile texts; {} saboteurs.\n{}",
        Fault::ALL.len(),
        promises()
    );
    text += "\n# Saboteurs\n\n| saboteur | what it does | cases that catch it |\n|---|---|---|\n";
    for fault in Fault::ALL {
        let cases: Vec<_> = fault.caught_by().iter().map(|name| code(name)).collect();
        text += &row(&[&code(&format!("{fault:?}")), fault.breach(), &cases.join(", ")]);
    }
    text += "\n# Faults of other shops, played again\n\n| report | case |\n|---|---|\n";
    for (report, case) in REPLAYS {
        text += &row(&[report, &code(case)]);
    }
    text
}

#[test]
fn the_table_is_up_to_date() {
    let table = table();
    if env::var_os("CONFORMANCE_RENEW").is_some() {
        fs::write(FILE, &table).expect("the file can be written");
    }
    let stored = fs::read_to_string(FILE).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        stored == table,
        "CONFORMANCE.md is out of date: run \
         `CONFORMANCE_RENEW=1 cargo test -p shop-core --test saboteurs the_table`"
    );
}
