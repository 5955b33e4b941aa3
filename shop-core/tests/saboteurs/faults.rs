//! The faults, each with the cases that must fail on a store that has it.

use crate::is_caught;

/// Declares the faults, and one test for each.
macro_rules! faults {
    ($($(#[doc = $doc:literal])+ $test:ident: $fault:ident is caught by $($case:ident)+;)+) => {
        /// A way to break one promise.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Fault {
            $($(#[doc = $doc])+ $fault,)+
        }

        impl Fault {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$fault),+];

            /// What is wrong with a store that has it.
            pub(crate) fn breach(self) -> &'static str {
                match self {
                    $(Self::$fault => concat!($($doc),+).trim_ascii(),)+
                }
            }

            /// The cases that must fail on a store with this fault.
            pub(crate) fn caught_by(self) -> &'static [&'static str] {
                match self {
                    $(Self::$fault => &[$(stringify!($case)),+],)+
                }
            }
        }

        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $test() {
                is_caught(Fault::$fault).await;
            }
        )+
    };
}

faults! {
    /// Stock is read when the unit begins and written from what was read: what SELECT and UPDATE do under
    /// snapshot isolation.
    oversell_is_caught: Oversell is caught by no_oversell_with_25_shoppers no_oversell_with_200_shoppers
        no_oversell_of_mixed_carts_with_25_shoppers no_oversell_of_mixed_carts_with_200_shoppers
        two_lines_of_one_item_take_both;
    /// A unit that is dropped is committed all the same.
    a_lost_rollback_is_caught: LostRollback is caught by a_unit_without_commit_leaves_no_trace
        a_failed_unit_leaves_no_trace;
    /// A lease ends when it begins.
    a_double_claim_is_caught: DoubleClaim is caught by a_lease_ends no_message_is_claimed_twice;
    /// Whoever names any lease may end the last one.
    a_stale_lease_is_caught: StaleLease is caught by a_stale_lease_does_nothing;
    /// Keys are not written down.
    a_forgetful_key_is_caught: ForgetfulKey is caught by a_key_is_used_once_by_each_owner
        ten_submissions_are_one_order one_unit_gets_a_key;
    /// Keys are told apart by their letters, not by their case.
    a_caseless_key_is_caught: CaselessKey is caught by similar_keys_are_different
        keys_that_look_alike_are_apart;
    /// A token stays where it is when it is taken.
    a_reusable_token_is_caught: ReusableToken is caught by a_token_is_taken_once one_unit_gets_a_token;
    /// A cart is replaced, whatever its version.
    a_blind_cart_is_caught: BlindCart is caught by an_outdated_cart_is_refused;
    /// The cart's reader sees what units have not committed.
    a_dirty_read_is_caught: DirtyRead is caught by changes_are_seen_after_commit_alone;
    /// Blanks behind a text are cut off.
    trimmed_text_is_caught: TrimmedText is caught by strange_messages_come_back hostile_messages_come_back;
    /// An account that is removed is only closed, and keeps what is its own.
    a_soft_removal_is_caught: SoftRemoval is caught by all_that_is_an_accounts_goes
        orders_outlive_their_owner an_address_is_free_again a_removed_account_gets_nothing
        nothing_is_left_of_a_removed_account deleting_meets_ordering;
    /// A token is taken for any purpose.
    a_purposeless_token_is_caught: PurposelessToken is caught by purposes_are_apart;
    /// One session is left when all of an account end.
    a_spared_session_is_caught: SparedSession is caught by all_sessions_end a_reset_ends_every_session;
    /// An order takes a step, whatever its version.
    a_blind_step_is_caught: BlindStep is caught by an_outdated_step_is_refused one_unit_advances_an_order;
    /// Pieces are put back twice.
    a_double_put_back_is_caught: DoublePutBack is caught by stock_is_put_back stock_goes_back_once
        canceling_meets_shipping canceled_stock_is_sold_once;
    /// Pieces are added to what was read when the unit began.
    a_stale_restock_is_caught: StaleRestock is caught by restocking_meets_selling;
    /// Tries are replaced, whatever they are.
    blind_tries_are_caught: BlindTries is caught by outdated_tries_are_refused one_unit_notes_a_try;
    /// Messages are purged in every state.
    a_greedy_purge_is_caught: GreedyPurge is caught by messages_are_purged_by_state;
    /// A batch is as large as there is to remove.
    a_boundless_batch_is_caught: BoundlessBatch is caught by expired_tokens_are_removed
        ended_sessions_are_removed messages_are_purged_in_batches old_tries_are_forgotten;
    /// What is due for removal at that very moment is left.
    open_bounds_are_caught: OpenBounds is caught by expired_tokens_are_removed later_tokens_are_removed
        ended_sessions_are_removed messages_are_purged_by_state old_tries_are_forgotten;
    /// Whoever knows the key of a session may end it.
    anybodys_session_is_caught: AnybodysSession is caught by a_session_ends_for_its_owner_alone;
    /// A message that waits anew keeps the count of its attempts.
    kept_attempts_are_caught: KeptAttempts is caught by a_claimed_message_is_requeued
        a_dead_message_is_requeued;
    /// Whatever is committed is gone when the store is opened anew.
    a_volatile_commit_is_caught: VolatileCommit is caught by every_change_outlasts_the_store
        the_last_order_outlasts_the_store a_lease_outlasts_the_store work_goes_on_after_reopening;
    /// Sessions are gone when the store is opened anew, though all else is there.
    volatile_sessions_are_caught: VolatileSessions is caught by every_change_outlasts_the_store;
    /// Tries are gone when the store is opened anew, though all else is there.
    volatile_tries_are_caught: VolatileTries is caught by every_change_outlasts_the_store;
    /// A lease never ends, so that messages of a relay that died are never sent.
    an_endless_lease_is_caught: EndlessLease is caught by a_lease_ends a_reader_knows_what_is_due
        a_lease_outlasts_the_store;
    /// Addresses that differ in dots or in what follows a plus are one account.
    a_folded_email_is_caught: FoldedEmail is caught by similar_addresses_are_different
        addresses_that_look_alike_are_apart;
    /// An account is found by its address as its owner wrote it alone.
    an_email_as_typed_is_caught: EmailAsTyped is caught by an_address_is_found_in_any_case
        addresses_that_look_alike_are_apart;
    /// An error that differs from the one before in blanks behind alone is not written down.
    padded_text_is_caught: PaddedText is caught by an_error_by_a_hair_is_another;
    /// A password that differs from the one before in capitals alone is not written down.
    caseless_text_is_caught: CaselessText is caught by a_change_by_a_hair_is_a_change;
    /// Text comes back in composed form (NFC), however it was written.
    composed_text_is_caught: ComposedText is caught by hostile_messages_come_back strange_messages_come_back;
    /// Text ends at its first NUL.
    text_cut_at_nul_is_caught: CutText is caught by hostile_messages_come_back;
    /// Characters of four bytes come back as question marks.
    three_byte_text_is_caught: ThreeByteText is caught by hostile_messages_come_back
        strange_messages_come_back;
    /// A page of orders begins with the last of the page before.
    a_repeating_page_is_caught: RepeatingPage is caught by new_orders_do_not_move_pages
        orders_are_listed_page_by_page whole_orders_come_page_by_page;
    /// A page of orders begins behind as many as were shown so far, whichever these were.
    counted_pages_are_caught: CountedPages is caught by new_orders_do_not_move_pages;
    /// The total of an order is what its lines come to now.
    a_recomputed_total_is_caught: RecomputedTotal is caught by orders_come_back_whole;
    /// Lines of one item are kept as one.
    merged_lines_are_caught: MergedLines is caught by two_lines_of_one_item_take_both;
    /// A session that was ended goes on.
    an_outlived_session_is_caught: OutlivedSession is caught by a_session_ends;
    /// An account is replaced, whatever its version.
    a_blind_account_is_caught: BlindAccount is caught by an_outdated_account_is_refused;
    /// A message is due at the whole second.
    a_rounded_moment_is_caught: RoundedMoment is caught by what_is_due_is_due_to_the_microsecond
        moments_of_messages_are_exact;
}
