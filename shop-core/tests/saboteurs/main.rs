//! The suite catches stores that break a promise: each saboteur is an honest store with one fault, and the
//! cases that are about this fault fail on it, while every case passes on the same store without the fault.

#![expect(clippy::expect_used, reason = "a test ends where it fails")]

mod accounts;
mod faults;
mod orders;
mod store;
mod table;
mod unit;

use std::sync::Arc;

use shop_core::conformance::{self, Case, Outcome, Reopen, Verdict};
use shop_core::ports::Store;

use self::faults::Fault;
use self::store::Saboteur;

/// Runs a case in a task of its own, so that its panic is an outcome like any other.
async fn verdict(case: &'static Case, fault: Option<Fault>) -> Result<Outcome, tokio::task::JoinError> {
    let saboteur = Saboteur::with(fault);
    let store = saboteur.fixture();
    let reopen = Reopen::by(Arc::clone(&store), async move |old| {
        drop(old);
        saboteur.reopened().await.fixture()
    });
    tokio::spawn(case.run_reopening(store, reopen)).await
}

async fn is_caught(fault: Fault) {
    for name in fault.caught_by() {
        let case = conformance::cases().find(|case| case.name() == *name).expect("there is such a case");
        let outcome = verdict(case, Some(fault)).await;
        assert!(!matches!(outcome, Ok(Ok(_))), "{name} does not notice {fault:?}");
    }
}

/// Otherwise the saboteurs might be caught for something else.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_saboteur_without_a_fault_passes_every_case() {
    for case in conformance::cases() {
        let outcome = verdict(case, None).await;
        assert!(matches!(outcome, Ok(Ok(Verdict::Kept))), "{}: {outcome:?}", case.name());
    }
}

#[tokio::test]
async fn a_case_that_does_not_apply_says_so() {
    let store: Arc<dyn Store> = Saboteur::with(None).fixture();
    let mut skipped = 0;
    for case in conformance::lasting::CASES {
        let outcome = case.run(Arc::clone(&store)).await.expect("a skipped case breaks nothing");
        assert!(matches!(outcome, Verdict::Skipped(name, _) if name == case.name()), "{outcome:?}");
        assert!(case.needs_reopening());
        skipped += 1;
    }
    assert_eq!(conformance::cases().filter(|case| case.needs_reopening()).count(), skipped);
}
