//! The reference store passes the suite that it is the reference of.

use std::collections::HashSet;
use std::sync::Arc;

use shop_core::conformance::{self, Case};
use shop_core::memory::MemoryStore;
use shop_core::ports::Store;

#[expect(clippy::unused_async, reason = "factories are async, since other stores connect and migrate")]
async fn empty_store() -> Arc<dyn Store> {
    Arc::new(MemoryStore::default())
}

shop_core::conformance_suite!(empty_store);

/// A case that gets lost on the way, by a merge or a macro, is missed here.
#[test]
fn no_case_is_missing() {
    let names: HashSet<_> = conformance::cases().map(Case::name).collect();
    assert_eq!((conformance::COUNT, names.len()), (162, 162));
    assert!(
        conformance::cases().all(|case| case.promise().ends_with('.')),
        "each case says what it promises"
    );
}
