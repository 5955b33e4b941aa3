//! Moving in from an old shop whose server runs, and into a shop on MariaDB or MySQL.

use std::collections::HashMap;
use std::fs;

use serde_json::Value;

use crate::moving_in::{DUMP, OPEN, Told, all_sign_in, import};
use crate::on_mysql::{block_on, database};
use crate::server::run;
use crate::shop::{Shop, ask, folder, shop_admin_with};

/// The address of the old shop's database, from which the dump was made.
fn old_shop() -> String {
    let url = database();
    block_on(run(&url, &fs::read_to_string(DUMP).expect("a dump")));
    url
}

/// The address of an empty shop's database.
fn empty() -> String {
    let url = database();
    let migrated = shop_admin_with(folder().path(), &[("SHOP_DATABASE_URL", &url)], &["migrate"], "");
    assert!(migrated.status.success(), "{migrated:?}");
    url
}

/// The rows without their lines, which a server has not.
fn without_lines(told: &Told) -> HashMap<(String, i64), Value> {
    let mut rows = told.rows.clone();
    for row in rows.values_mut() {
        row["line"] = Value::Null;
    }
    rows
}

#[test]
fn a_dump_moves_into_a_server_and_every_password_signs_in() {
    let (folder, url) = (folder(), empty());
    let target = ("SHOP_DATABASE_URL", url.as_str());
    let told = import(folder.path(), &[target], DUMP, &[]);
    assert_eq!((told.code, &told.summary["users"]["whole"]), (Some(1), &18.into()));
    let again = import(folder.path(), &[target], DUMP, &[]);
    assert_eq!(
        (&again.summary["users"]["before"], &again.summary["products"]["before"]),
        (&18.into(), &8.into())
    );
    all_sign_in(Shop::start(folder.path(), &[&OPEN[..], &[target]].concat()));
}

#[test]
fn a_server_says_what_its_dump_says() {
    let (folder, old) = (folder(), old_shop());
    ask(folder.path(), &["migrate"]);
    let from_dump = import(folder.path(), &[], DUMP, &["--dry-run"]);
    let would = import(folder.path(), &[], &old, &["--dry-run"]);
    let did = import(folder.path(), &[], &old, &[]);
    for live in [would, did] {
        assert_eq!((live.code, &live.summary), (from_dump.code, &from_dump.summary));
        assert_eq!(without_lines(&live), without_lines(&from_dump));
    }
    all_sign_in(Shop::start(folder.path(), &OPEN));
}

#[test]
fn a_server_moves_into_a_server() {
    let (folder, old, new) = (folder(), old_shop(), empty());
    let target = [("SHOP_DATABASE_URL", new.as_str())];
    let told = import(folder.path(), &target, &old, &[]);
    assert_eq!((&told.summary["users"]["whole"], &told.summary["users"]["left"]), (&18.into(), &2.into()));
    let again = import(folder.path(), &target, &old, &[]);
    assert_eq!(again.summary["users"]["before_in_part"], 5);
}
