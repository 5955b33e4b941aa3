//! Messages that an operator looks at, lets try again, or removes.

use super::Broken;
use super::case::cases;
use super::outbox::{are_due, claim, numbers, try_to_end};
use super::samples::{fresh_lease, message, message_id, moment, parsed, user, user_id};
use super::setup::{add_messages, add_users, summary_of};
use crate::error::StoreError;
use crate::outbox::{LeaseKey, Mail, Message, MessageState};
use crate::ports::Store;

/// Messages 1 to 9: 1 to 3 are sent, 4 to 6 dead, all of them last due at 20; 7 to 9 wait and are due at 7,
/// 8, 9. Comes with the lease under which the first six were claimed.
async fn set(store: &dyn Store) -> Result<(Vec<Message>, LeaseKey), StoreError> {
    let messages: Vec<_> = (1..=9).map(message).collect();
    add_messages(store, &messages).await?;
    let lease = fresh_lease();
    claim(store, lease, 10, 20, 6).await?;
    let mut unit = store.begin().await?;
    for message in &messages[..3] {
        unit.outbox().settle(message.id, lease, moment(20)).await?;
    }
    for message in &messages[3..6] {
        unit.outbox().give_up(message.id, lease, "550 no such user").await?;
    }
    unit.commit().await?;
    Ok((messages, lease))
}

async fn requeue(store: &dyn Store, message: &Message, now: i64) -> Result<bool, StoreError> {
    let mut unit = store.begin().await?;
    let is_done = unit.outbox().requeue(message.id, moment(now)).await?;
    unit.commit().await?;
    Ok(is_done)
}

async fn remove(store: &dyn Store, message: &Message) -> Result<bool, StoreError> {
    let mut unit = store.begin().await?;
    let is_done = unit.outbox().remove(message.id).await?;
    unit.commit().await?;
    Ok(is_done)
}

async fn purge(store: &dyn Store, state: MessageState, before: i64, most: u32) -> Result<u32, StoreError> {
    let mut unit = store.begin().await?;
    let removed = unit.outbox().purge(state, moment(before), most).await?;
    unit.commit().await?;
    Ok(removed)
}

/// How many messages there are: sent, dead, waiting.
async fn counts(store: &dyn Store) -> Result<[usize; 3], Broken> {
    let mut counts = [0; 3];
    for (count, state) in
        counts.iter_mut().zip([MessageState::Sent, MessageState::Dead, MessageState::Waiting])
    {
        *count = store.outbox().list(Some(state), 100).await?.len();
    }
    Ok(counts)
}

cases! {
    ($) keeping __conformance_keeping

    /// Whose a message is can be noted by who holds its lease, and by nobody else; from then on it is the account's.
    async fn a_claimed_message_is_assigned(store) {
        add_users(&*store, &[user(1)]).await?;
        add_messages(&*store, &[message(1), message(2)]).await?;
        let lease = fresh_lease();
        claim(&*store, lease, 10, 1_000, 1).await?;
        let mut unit = store.begin().await?;
        assert!(unit.outbox().assign(message_id(1), lease, user_id(1)).await?);
        assert!(!unit.outbox().assign(message_id(1), fresh_lease(), user_id(2)).await?, "another lease");
        assert!(!unit.outbox().assign(message_id(2), lease, user_id(1)).await?, "not claimed");
        assert!(!unit.outbox().assign(message_id(3), lease, user_id(1)).await?, "not there");
        unit.commit().await?;
        let theirs = store.outbox().of_user(user_id(1)).await?;
        let assigned = Message { user: Some(user_id(1)), ..message(1) };
        assert_eq!(theirs.into_iter().map(|(message, _)| message).collect::<Vec<_>>(), [assigned]);
    }

    /// Waiting mails that tell an account of a change of its address are withdrawn from a moment on, and nothing else.
    async fn later_changes_are_withdrawn(store) {
        let change = |number: u32, whose: u32| {
            let mail = Mail::EmailChanged { email: parsed("new@example.com") };
            Message { user: Some(user_id(whose)), mail, ..message(number) }
        };
        let other_kind = Message { user: Some(user_id(1)), ..message(5) };
        let messages = [change(1, 1), change(2, 1), change(3, 1), change(4, 2), other_kind, change(6, 1)];
        add_messages(&*store, &messages).await?;
        let mut unit = store.begin().await?;
        unit.outbox().withdraw_changes(user_id(1), moment(3)).await?;
        unit.commit().await?;
        let left = store.outbox().list(None, 9).await?;
        let left: Vec<_> = left.iter().rev().map(|summary| summary.id).collect();
        assert_eq!(left, [1, 2, 4, 5].map(message_id), "3 and 6 are gone");
        let lease = fresh_lease();
        claim(&*store, lease, 10, 1_000, 2).await?;
        let mut unit = store.begin().await?;
        assert!(unit.outbox().settle(message_id(1), lease, moment(11)).await?);
        unit.outbox().withdraw_changes(user_id(1), moment(0)).await?;
        unit.commit().await?;
        let left = store.outbox().list(None, 9).await?;
        let left: Vec<_> = left.iter().rev().map(|summary| summary.id).collect();
        assert_eq!(left, [1, 4, 5].map(message_id), "what is sent stays, what is claimed goes");
    }

    /// A dead message waits anew: due at that moment, as if it had never been tried, and the old lease is
    /// over.
    async fn a_dead_message_is_requeued(store) {
        let (messages, lease) = set(&*store).await?;
        assert!(requeue(&*store, &messages[4], 50).await?);
        let waiting = summary_of(&*store, &messages[4]).await?;
        assert_eq!((waiting.state, waiting.attempts), (MessageState::Waiting, 0));
        assert_eq!(waiting.due_at, moment(50));
        assert_eq!(try_to_end(&*store, &messages[4], lease).await?, [false; 4]);
        for message in &messages[6..] {
            assert!(remove(&*store, message).await?);
        }
        assert_eq!(are_due(&*store, [49, 50, 51]).await?, [false, true, true]);
        assert_eq!(numbers(&claim(&*store, fresh_lease(), 49, 60, 9).await?), []);
        assert_eq!(numbers(&claim(&*store, fresh_lease(), 50, 60, 9).await?), [(5, 0)]);
    }

    /// A message that is claimed waits anew: it can be claimed at once, and whoever held the lease changes
    /// nothing.
    async fn a_claimed_message_is_requeued(store) {
        add_messages(&*store, &[message(1)]).await?;
        let (old, new) = (fresh_lease(), fresh_lease());
        claim(&*store, old, 10, 1_000, 1).await?;
        assert!(requeue(&*store, &message(1), 30).await?);
        assert_eq!(try_to_end(&*store, &message(1), old).await?, [false; 4]);
        assert_eq!(numbers(&claim(&*store, new, 30, 1_000, 1).await?), [(1, 0)]);
        assert_eq!(try_to_end(&*store, &message(1), old).await?, [false; 4]);
        assert_eq!(try_to_end(&*store, &message(1), new).await?, [true, false, false, false]);
    }

    /// A message that waits, postponed or never tried, is due at that moment; again and again, if asked.
    async fn a_waiting_message_is_requeued(store) {
        add_messages(&*store, &[message(1), message(2)]).await?;
        let lease = fresh_lease();
        claim(&*store, lease, 1, 20, 1).await?;
        let mut unit = store.begin().await?;
        assert!(unit.outbox().postpone(message_id(1), lease, moment(9_000), "451 try later").await?);
        unit.commit().await?;
        for _ in 0..2 {
            for message in [message(1), message(2)] {
                assert!(requeue(&*store, &message, 30).await?);
                let waiting = summary_of(&*store, &message).await?;
                assert_eq!((waiting.state, waiting.attempts), (MessageState::Waiting, 0));
                assert_eq!(waiting.due_at, moment(30));
            }
        }
        assert_eq!(are_due(&*store, [29, 30, 31]).await?, [false, true, true]);
        assert_eq!(numbers(&claim(&*store, fresh_lease(), 30, 40, 9).await?), [(1, 0), (2, 0)]);
    }

    /// A message that is sent is not sent again, and one that does not exist cannot wait.
    async fn a_sent_message_is_not_requeued(store) {
        let (messages, _) = set(&*store).await?;
        let before = store.outbox().list(None, 20).await?;
        assert!(!requeue(&*store, &messages[0], 50).await?);
        assert!(!requeue(&*store, &message(10), 50).await?);
        assert_eq!(store.outbox().list(None, 20).await?, before);
    }

    /// A message is removed whatever its state, once, and no other with it.
    async fn a_message_is_removed(store) {
        let (messages, _) = set(&*store).await?;
        let lease = fresh_lease();
        claim(&*store, lease, 30, 1_000, 1).await?;
        // Sent, dead, claimed, waiting.
        for number in [2, 5, 7, 9] {
            let removed = &messages[number - 1];
            assert!(remove(&*store, removed).await?, "{number}");
            assert!(!remove(&*store, removed).await?, "{number}");
            assert_eq!(store.outbox().find(removed.id).await?, None);
        }
        assert_eq!(try_to_end(&*store, &messages[6], lease).await?, [false; 4]);
        let left: Vec<_> = store.outbox().list(None, 20).await?.iter().map(|message| message.id).collect();
        assert_eq!(left, [8, 6, 4, 3, 1].map(message_id));
    }

    /// Messages in one state that were last due long ago are removed, and none in another state or due later.
    async fn messages_are_purged_by_state(store) {
        set(&*store).await?;
        assert_eq!(purge(&*store, MessageState::Sent, 19, 100).await?, 0);
        assert_eq!(counts(&*store).await?, [3, 3, 3]);
        assert_eq!(purge(&*store, MessageState::Sent, 20, 100).await?, 3);
        assert_eq!(counts(&*store).await?, [0, 3, 3]);
        assert_eq!(purge(&*store, MessageState::Waiting, 8, 100).await?, 2);
        assert_eq!(counts(&*store).await?, [0, 3, 1]);
        assert_eq!(purge(&*store, MessageState::Dead, 19, 100).await?, 0);
        assert_eq!(purge(&*store, MessageState::Dead, 1_000, 100).await?, 3);
        assert_eq!(counts(&*store).await?, [0, 0, 1]);
        assert_eq!(summary_of(&*store, &message(9)).await?.state, MessageState::Waiting);
    }

    /// No more messages are purged at once than were asked for.
    async fn messages_are_purged_in_batches(store) {
        set(&*store).await?;
        for (most, removed, left) in [(0, 0, 3), (2, 2, 1), (2, 1, 0), (2, 0, 0)] {
            assert_eq!(purge(&*store, MessageState::Dead, 100, most).await?, removed);
            assert_eq!(counts(&*store).await?, [3, left, 3]);
        }
    }

    /// A message is found by its id with how far it has come, as the list has it.
    async fn a_message_is_found(store) {
        let (messages, _) = set(&*store).await?;
        for message in messages {
            let summary = summary_of(&*store, &message).await?;
            assert_eq!(store.outbox().find(message.id).await?, Some((message, summary)));
        }
        assert_eq!(store.outbox().find(message_id(10)).await?, None);
    }

    /// The messages to an account are listed newest first, in every state, and nobody else's.
    async fn messages_of_an_account_are_listed(store) {
        add_users(&*store, &[user(1), user(2), user(3)]).await?;
        // Written in no order; every third is nobody's.
        let of = |number: u32| [None, Some(user_id(1)), Some(user_id(2))][number as usize % 3];
        let messages = [5, 1, 8, 4, 3, 2, 7].map(|number| Message { user: of(number), ..message(number) });
        add_messages(&*store, &messages).await?;
        let lease = fresh_lease();
        claim(&*store, lease, 1, 20, 1).await?;
        assert_eq!(try_to_end(&*store, &message(1), lease).await?, [true, false, false, false]);
        for (account, expected) in [(1, &[7, 4, 1][..]), (2, &[8, 5, 2]), (3, &[])] {
            let mut theirs = Vec::new();
            for &number in expected {
                theirs.extend(store.outbox().find(message_id(number)).await?);
            }
            assert_eq!(theirs.len(), expected.len());
            assert_eq!(store.outbox().of_user(user_id(account)).await?, theirs);
        }
    }
}
