//! The suite catches stores that break a promise: each saboteur is an honest store with one fault, and the
//! cases that are about this fault fail on it, while every case passes on the same store without the fault.

#![expect(clippy::expect_used, reason = "a test ends where it fails")]

mod accounts;
mod store;
mod unit;

use std::sync::Arc;

use shop_core::conformance::{self, Case, Outcome};

use self::store::Saboteur;

/// A way to break one promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// Stock is read when the unit begins and written from what was read: what SELECT and UPDATE do under
    /// snapshot isolation.
    Oversell,
    /// A unit that is dropped is committed all the same.
    LostRollback,
    /// A lease ends when it begins.
    DoubleClaim,
    /// Whoever names any lease may end the last one.
    StaleLease,
    /// Keys are not written down.
    ForgetfulKey,
    /// Keys are told apart by their letters, not by their case.
    CaselessKey,
    /// A token stays where it is when it is taken.
    ReusableToken,
    /// A cart is replaced, whatever its version.
    BlindCart,
    /// The cart's reader sees what units have not committed.
    DirtyRead,
    /// Blanks behind a text are cut off.
    TrimmedText,
    /// An account that is removed is only closed, and keeps what is its own.
    SoftRemoval,
    /// A token is taken for any purpose.
    PurposelessToken,
    /// One session is left when all of an account end.
    SparedSession,
    /// An order takes a step, whatever its version.
    BlindStep,
    /// Pieces are put back twice.
    DoublePutBack,
    /// Tries are replaced, whatever they are.
    BlindTries,
    /// Messages are purged in every state.
    GreedyPurge,
    /// A batch is as large as there is to remove.
    BoundlessBatch,
    /// What is due for removal at that very moment is left.
    OpenBounds,
    /// Whoever knows the key of a session may end it.
    AnybodysSession,
    /// A message that waits anew keeps the count of its attempts.
    KeptAttempts,
}

impl Fault {
    /// The cases that must fail on a store with this fault.
    fn caught_by(self) -> &'static [&'static str] {
        match self {
            Self::Oversell => &["no_oversell_with_25_shoppers", "no_oversell_with_200_shoppers"],
            Self::LostRollback => &["a_unit_without_commit_leaves_no_trace", "a_failed_unit_leaves_no_trace"],
            Self::DoubleClaim => &["a_lease_ends", "no_message_is_claimed_twice"],
            Self::StaleLease => &["a_stale_lease_does_nothing"],
            Self::ForgetfulKey => &["a_key_is_used_once_by_each_owner", "ten_submissions_are_one_order"],
            Self::CaselessKey => &["similar_keys_are_different"],
            Self::ReusableToken => &["a_token_is_taken_once", "one_unit_gets_a_token"],
            Self::BlindCart => &["an_outdated_cart_is_refused"],
            Self::DirtyRead => &["changes_are_seen_after_commit_alone"],
            Self::TrimmedText => &["strange_messages_come_back"],
            Self::SoftRemoval => &[
                "all_that_is_an_accounts_goes",
                "orders_outlive_their_owner",
                "an_address_is_free_again",
                "a_removed_account_gets_nothing",
                "nothing_is_left_of_a_removed_account",
                "deleting_meets_ordering",
            ],
            Self::PurposelessToken => &["purposes_are_apart"],
            Self::SparedSession => &["all_sessions_end", "a_reset_ends_every_session"],
            Self::BlindStep => &["an_outdated_step_is_refused", "one_unit_advances_an_order"],
            Self::DoublePutBack => &[
                "stock_is_put_back",
                "stock_goes_back_once",
                "canceling_meets_shipping",
                "canceled_stock_is_sold_once",
            ],
            Self::BlindTries => &["outdated_tries_are_refused", "one_unit_notes_a_try"],
            Self::GreedyPurge => &["messages_are_purged_by_state"],
            Self::BoundlessBatch => &[
                "expired_tokens_are_removed",
                "ended_sessions_are_removed",
                "messages_are_purged_in_batches",
                "old_tries_are_forgotten",
            ],
            Self::OpenBounds => &[
                "expired_tokens_are_removed",
                "later_tokens_are_removed",
                "ended_sessions_are_removed",
                "messages_are_purged_by_state",
                "old_tries_are_forgotten",
            ],
            Self::AnybodysSession => &["a_session_ends_for_its_owner_alone"],
            Self::KeptAttempts => &["a_claimed_message_is_requeued", "a_dead_message_is_requeued"],
        }
    }
}

/// Runs a case in a task of its own, so that its panic is an outcome like any other.
async fn verdict(case: &'static Case, store: Saboteur) -> Result<Outcome, tokio::task::JoinError> {
    tokio::spawn(case.run(Arc::new(store))).await
}

/// Otherwise the saboteurs might be caught for something else.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_saboteur_without_a_fault_passes_every_case() {
    for case in conformance::cases() {
        let outcome = verdict(case, Saboteur::with(None)).await;
        assert!(matches!(outcome, Ok(Ok(()))), "{}: {outcome:?}", case.name());
    }
}

async fn is_caught(fault: Fault) {
    for name in fault.caught_by() {
        let case = conformance::cases().find(|case| case.name() == *name).expect("there is such a case");
        let outcome = verdict(case, Saboteur::with(Some(fault))).await;
        assert!(!matches!(outcome, Ok(Ok(()))), "{name} does not notice {fault:?}");
    }
}

/// One test for each fault. The match in `caught_by` fails to compile if the enum has one more.
macro_rules! saboteurs_are_caught {
    ($($test:ident: $fault:ident,)+) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
        async fn $test() {
            is_caught(Fault::$fault).await;
        }
    )+};
}

saboteurs_are_caught! {
    oversell_is_caught: Oversell,
    a_lost_rollback_is_caught: LostRollback,
    a_double_claim_is_caught: DoubleClaim,
    a_stale_lease_is_caught: StaleLease,
    a_forgetful_key_is_caught: ForgetfulKey,
    a_caseless_key_is_caught: CaselessKey,
    a_reusable_token_is_caught: ReusableToken,
    a_blind_cart_is_caught: BlindCart,
    a_dirty_read_is_caught: DirtyRead,
    trimmed_text_is_caught: TrimmedText,
    a_soft_removal_is_caught: SoftRemoval,
    a_purposeless_token_is_caught: PurposelessToken,
    a_spared_session_is_caught: SparedSession,
    a_blind_step_is_caught: BlindStep,
    a_double_put_back_is_caught: DoublePutBack,
    blind_tries_are_caught: BlindTries,
    a_greedy_purge_is_caught: GreedyPurge,
    a_boundless_batch_is_caught: BoundlessBatch,
    open_bounds_are_caught: OpenBounds,
    anybodys_session_is_caught: AnybodysSession,
    kept_attempts_are_caught: KeptAttempts,
}
