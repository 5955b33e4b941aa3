//! The reference store passes the suite that it is the reference of.

use std::collections::HashSet;
use std::env;
use std::process::Command;
use std::sync::Arc;

use shop_core::conformance::{self, Case};
use shop_core::memory::MemoryStore;
use shop_core::ports::Store;

#[expect(clippy::unused_async, reason = "factories are async, since other stores connect and migrate")]
async fn empty_store() -> Arc<dyn Store> {
    Arc::new(MemoryStore::default())
}

// It keeps nothing beyond its process, so that there is nothing to open anew.
shop_core::conformance_suite!(empty_store);

/// A case that gets lost on the way, by a merge or a macro, is missed here.
#[test]
fn no_case_is_missing() {
    let names: HashSet<_> = conformance::cases().map(Case::name).collect();
    assert_eq!((conformance::COUNT, names.len()), (204, 204));
    assert_eq!(conformance::cases().filter(|case| case.needs_reopening()).count(), 5);
    assert!(
        conformance::cases().all(|case| case.promise().ends_with('.') || case.promise().ends_with(".)")),
        "each case says what it promises"
    );
}

/// What this program would run is every case, and none of them is left out by an attribute.
#[test]
fn every_case_is_a_test() {
    let listed = |option: &[&str]| {
        let program = env::current_exe().expect("this program");
        let output = Command::new(program).args(["--list", "--format=terse"]).args(option).output();
        String::from_utf8(output.expect("it lists its tests").stdout).expect("names are text")
    };
    let all = listed(&[]);
    let tests: HashSet<_> = all.lines().filter_map(|line| line.strip_suffix(": test")).collect();
    for case in conformance::cases() {
        assert!(tests.contains(case.name()), "{} is not stamped", case.name());
    }
    assert_eq!(listed(&["--ignored"]), "");
}
