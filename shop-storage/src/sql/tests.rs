use std::fs;
use std::path::Path;

use super::{accounts, audit, carts, catalog, orders, outbox, products, schema, stock, tables, throttles};

#[cfg(feature = "mysql-server")]
mod mysql;
#[cfg(any(feature = "mysql-server", feature = "sqlite"))]
mod plans;
#[cfg(feature = "sqlite")]
mod sqlite;

/// Every statement that there is.
fn all() -> Vec<&'static str> {
    let plain = [
        accounts::ALL,
        audit::ALL,
        carts::ALL,
        catalog::ALL,
        orders::ALL,
        outbox::ALL,
        products::ALL,
        schema::ALL,
        stock::ALL,
        throttles::ALL,
    ];
    let widths = [
        orders::ALL_WIDTHS,
        products::ALL_WIDTHS,
        &tables::ALL.iter().map(|table| table.insert).collect::<Vec<_>>(),
    ]
    .concat();
    let searches = catalog::ALL_SEARCHES.iter().flatten().map(|(_, sorted)| *sorted);
    let pages = catalog::ALL_SORTED.iter().copied().chain(searches);
    let wide = widths.into_iter().flatten().map(|(_, sql)| sql);
    let whole = tables::ALL.iter().flat_map(|table| [table.is_empty, table.page]);
    let rules = audit::ALL_RULES.iter().map(|rule| rule.sql);
    plain.concat().into_iter().chain(rules).chain(whole).chain(wide).chain(pages.flatten()).collect()
}

#[test]
fn every_constant_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sql");
    let mut seen = 0;
    for entry in fs::read_dir(folder).expect("the folder of statements") {
        let path = entry.expect("a file").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        if path.is_dir() || ["mod.rs", "tests.rs"].contains(&name.as_str()) {
            continue;
        }
        let source = fs::read_to_string(&path).expect("a readable file");
        let (constants, lists) =
            source.split_once("\n#[cfg(test)]\npub(crate) const ALL").expect("a list at the end");
        for constant in constants.lines().filter_map(|line| line.strip_prefix("pub(crate) const ")) {
            let constant = constant.split(':').next().expect("a name");
            let words = lists.split(|character: char| !character.is_ascii_uppercase() && character != '_');
            assert!(words.into_iter().any(|word| word == constant), "{name}: {constant} is in no list");
            seen += 1;
        }
    }
    assert!(seen > 50, "{seen} constants");
}

#[test]
fn no_statement_needs_what_mysql_has_not() {
    for sql in all() {
        for word in ["RETURNING", "ON CONFLICT", "SKIP LOCKED", "REPLACE INTO", "INSERT OR", "||", "\""] {
            assert!(!sql.contains(word), "{word} in {sql}");
        }
    }
}
