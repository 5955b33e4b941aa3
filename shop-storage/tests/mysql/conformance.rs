//! The suite of the core: a database of its own for each case.

use std::sync::Arc;

use shop_core::ports::Store;

use crate::samples::{TestStore, empty};

type Fixture = (Arc<dyn Store>, TestStore);

fn fixture(test: TestStore) -> Fixture {
    (Arc::new((*test).clone()), test)
}

async fn empty_store() -> Fixture {
    fixture(empty().await)
}

async fn reopened((_, test): Fixture) -> Fixture {
    fixture(test.reopened().await)
}

shop_core::conformance_suite!(empty_store, reopen = reopened);
