//! Messages are delivered at least once, by whoever holds the lease.

use super::Broken;
use super::case::cases;
use super::samples::{fresh_lease, mails, message, message_id, moment, user, user_id};
use super::setup::{add_messages, add_users, assert_conflict, summary_of};
use crate::error::{Constraint, StoreError};
use crate::language::Language;
use crate::outbox::{Claimed, LeaseKey, Message, MessageState, MessageSummary};
use crate::ports::Store;

/// Messages of every kind, between them in every language, to two accounts and to none.
fn all_kinds() -> Vec<Message> {
    let users = [Some(user_id(1)), None, Some(user_id(2))].into_iter().cycle();
    let kinds = (1..).zip(mails()).zip(Language::ALL.into_iter().cycle()).zip(users);
    let of = |(((number, mail), language), user)| Message { user, language, mail, ..message(number) };
    kinds.map(of).collect()
}

pub(super) async fn claim(
    store: &dyn Store,
    lease: LeaseKey,
    now: i64,
    until: i64,
    most: u32,
) -> Result<Vec<Claimed>, StoreError> {
    let mut unit = store.begin().await?;
    let claimed = unit.outbox().claim(lease, moment(now), moment(until), most).await?;
    unit.commit().await?;
    Ok(claimed)
}

/// The numbers of the messages and how often each was claimed before.
pub(super) fn numbers(claimed: &[Claimed]) -> Vec<(u128, u32)> {
    let number = |message: &Message| u128::from_be_bytes(*message.id.as_bytes()) & 0xff;
    claimed.iter().map(|claimed| (number(&claimed.message), claimed.attempts)).collect()
}

/// Settles, postpones, gives up and discards a message under this lease, each in a unit of its own; says what
/// each said.
pub(super) async fn try_to_end(
    store: &dyn Store,
    message: &Message,
    lease: LeaseKey,
) -> Result<[bool; 4], StoreError> {
    let mut unit = store.begin().await?;
    let settled = unit.outbox().settle(message.id, lease, moment(500)).await?;
    unit.commit().await?;
    let mut unit = store.begin().await?;
    let postponed = unit.outbox().postpone(message.id, lease, moment(600), "later").await?;
    unit.commit().await?;
    let mut unit = store.begin().await?;
    let given_up = unit.outbox().give_up(message.id, lease, "never").await?;
    unit.commit().await?;
    let mut unit = store.begin().await?;
    let discarded = unit.outbox().discard(message.id, lease).await?;
    unit.commit().await?;
    Ok([settled, postponed, given_up, discarded])
}

pub(super) async fn are_due(store: &dyn Store, moments: [i64; 3]) -> Result<Vec<bool>, Broken> {
    let mut due = Vec::new();
    for now in moments.map(moment) {
        due.push(store.outbox().is_due(now).await?);
    }
    Ok(due)
}

cases! {
    ($) outbox __conformance_outbox

    /// A message of every kind comes back with every field, to readers and when it is claimed.
    async fn messages_come_back_whole(store) {
        let messages = all_kinds();
        add_users(&*store, &[user(1), user(2)]).await?;
        add_messages(&*store, &messages).await?;
        for message in &messages {
            let (found, _) = store.outbox().find(message.id).await?.ok_or("a message is missing")?;
            assert_eq!(&found, message);
        }
        let claimed = claim(&*store, fresh_lease(), 100, 200, 20).await?;
        let expected: Vec<_> = messages.into_iter().map(|message| Claimed { message, attempts: 0 }).collect();
        assert_eq!(claimed, expected);
    }

    /// The list shows every message with how far it has come, newest first, in one state or in any.
    async fn messages_are_listed(store) {
        let messages = all_kinds();
        add_users(&*store, &[user(1), user(2)]).await?;
        add_messages(&*store, &messages).await?;
        let summary = |message: &Message| MessageSummary {
            id: message.id,
            to: message.to.clone(),
            kind: message.mail.kind().to_owned(),
            state: MessageState::Waiting,
            attempts: 0,
            created_at: message.created_at,
            due_at: message.created_at,
            last_error: None,
        };
        let expected: Vec<_> = messages.iter().rev().map(summary).collect();
        assert_eq!(store.outbox().list(None, 20).await?, expected);
        assert_eq!(store.outbox().list(None, 2).await?, expected[..2]);
        assert_eq!(store.outbox().list(Some(MessageState::Waiting), 20).await?, expected);
        assert_eq!(store.outbox().list(Some(MessageState::Sent), 10).await?, []);
    }

    /// Two messages cannot have one id.
    async fn a_message_is_unique(store) {
        add_messages(&*store, &[message(1)]).await?;
        let mut unit = store.begin().await?;
        let second = Message { id: message_id(1), ..message(2) };
        assert_conflict(unit.outbox().enqueue(&second).await, Constraint::Id);
    }

    /// Messages are claimed oldest first, as many as were asked for, and none that is not due.
    async fn the_oldest_due_are_claimed(store) {
        // Written in no order; the last one is not due yet at 9.
        let messages: Vec<_> = [5, 2, 9, 1, 7, 10].into_iter().map(message).collect();
        add_messages(&*store, &messages).await?;
        assert_eq!(numbers(&claim(&*store, fresh_lease(), 9, 100, 2).await?), [(1, 0), (2, 0)]);
        assert_eq!(numbers(&claim(&*store, fresh_lease(), 9, 100, 2).await?), [(5, 0), (7, 0)]);
        assert_eq!(numbers(&claim(&*store, fresh_lease(), 9, 100, 2).await?), [(9, 0)]);
        assert_eq!(numbers(&claim(&*store, fresh_lease(), 9, 100, 2).await?), []);
        assert_eq!(numbers(&claim(&*store, fresh_lease(), 10, 100, 2).await?), [(10, 0)]);
    }

    /// A claimed message is not claimed again before its lease ends, and is delivered again after it.
    async fn a_lease_ends(store) {
        add_messages(&*store, &[message(1)]).await?;
        assert_eq!(numbers(&claim(&*store, fresh_lease(), 10, 20, 5).await?), [(1, 0)]);
        for now in [10, 15, 19] {
            assert_eq!(numbers(&claim(&*store, fresh_lease(), now, 30, 5).await?), [], "{now}");
        }
        assert_eq!(numbers(&claim(&*store, fresh_lease(), 21, 30, 5).await?), [(1, 1)]);
        assert_eq!(numbers(&claim(&*store, fresh_lease(), 22, 30, 5).await?), []);
        assert_eq!(numbers(&claim(&*store, fresh_lease(), 31, 40, 5).await?), [(1, 2)]);
        assert_eq!(summary_of(&*store, &message(1)).await?.attempts, 3);
    }

    /// A message is due when it was written, when its lease has ended, and never once it was settled.
    async fn a_reader_knows_what_is_due(store) {
        assert_eq!(are_due(&*store, [0, 10, 20]).await?, [false, false, false]);
        add_messages(&*store, &[message(5)]).await?;
        assert_eq!(are_due(&*store, [4, 5, 20]).await?, [false, true, true]);
        let lease = fresh_lease();
        claim(&*store, lease, 10, 15, 1).await?;
        assert_eq!(are_due(&*store, [10, 14, 16]).await?, [false, false, true]);
        assert_eq!(try_to_end(&*store, &message(5), lease).await?, [true, false, false, false]);
        assert_eq!(are_due(&*store, [16, 1_000, 1_000_000]).await?, [false, false, false]);
    }

    /// A settled message is sent, and stays so.
    async fn a_message_is_settled(store) {
        add_messages(&*store, &[message(1), message(2)]).await?;
        let lease = fresh_lease();
        claim(&*store, lease, 10, 20, 1).await?;
        assert_eq!(
            try_to_end(&*store, &message(1), lease).await?,
            [true, false, false, false],
            "the lease ends with it"
        );
        let sent = summary_of(&*store, &message(1)).await?;
        assert_eq!((sent.state, sent.attempts), (MessageState::Sent, 1));
        assert_eq!(
            numbers(&claim(&*store, fresh_lease(), 1_000, 2_000, 5).await?),
            [(2, 0)],
            "the other one alone"
        );
    }

    /// A message whose lease has run out may be settled late, as long as nobody has claimed it since.
    async fn a_message_is_settled_late(store) {
        add_messages(&*store, &[message(1)]).await?;
        let lease = fresh_lease();
        claim(&*store, lease, 10, 20, 1).await?;
        let mut unit = store.begin().await?;
        assert!(unit.outbox().settle(message_id(1), lease, moment(25)).await?);
        unit.commit().await?;
        assert_eq!(summary_of(&*store, &message(1)).await?.state, MessageState::Sent);
    }

    /// A postponed message waits until it is due, with the error.
    async fn a_message_is_postponed(store) {
        add_messages(&*store, &[message(1)]).await?;
        let lease = fresh_lease();
        claim(&*store, lease, 10, 20, 1).await?;
        let mut unit = store.begin().await?;
        assert!(unit.outbox().postpone(message_id(1), lease, moment(50), "451 try later").await?);
        unit.commit().await?;
        let waiting = summary_of(&*store, &message(1)).await?;
        assert_eq!((waiting.state, waiting.due_at), (MessageState::Waiting, moment(50)));
        assert_eq!(waiting.last_error.as_deref(), Some("451 try later"));
        assert_eq!(are_due(&*store, [21, 49, 50]).await?, [false, false, true]);
        assert_eq!(numbers(&claim(&*store, fresh_lease(), 49, 60, 1).await?), []);
        assert_eq!(numbers(&claim(&*store, fresh_lease(), 50, 60, 1).await?), [(1, 1)]);
        assert_eq!(try_to_end(&*store, &message(1), lease).await?, [false; 4], "the first lease is over");
    }

    /// A message that was given up is dead, with the error, and is never claimed again.
    async fn a_message_is_given_up(store) {
        add_messages(&*store, &[message(1)]).await?;
        let lease = fresh_lease();
        claim(&*store, lease, 10, 20, 1).await?;
        let mut unit = store.begin().await?;
        assert!(unit.outbox().give_up(message_id(1), lease, "550 no such user").await?);
        unit.commit().await?;
        let dead = summary_of(&*store, &message(1)).await?;
        assert_eq!((dead.state, dead.last_error.as_deref()), (MessageState::Dead, Some("550 no such user")));
        assert_eq!(store.outbox().list(Some(MessageState::Dead), 10).await?, [dead]);
        assert_eq!(numbers(&claim(&*store, fresh_lease(), 1_000, 2_000, 5).await?), []);
        assert_eq!(try_to_end(&*store, &message(1), lease).await?, [false; 4]);
    }

    /// A message that need not go out is gone, and no other.
    async fn a_message_is_discarded(store) {
        add_messages(&*store, &[message(1), message(2)]).await?;
        let lease = fresh_lease();
        claim(&*store, lease, 10, 20, 2).await?;
        let mut unit = store.begin().await?;
        assert!(unit.outbox().discard(message_id(1), lease).await?);
        unit.commit().await?;
        let left: Vec<_> = store.outbox().list(None, 10).await?.into_iter().map(|kept| kept.id).collect();
        assert_eq!(left, [message_id(2)]);
    }

    /// Whoever has lost the lease, or never had it, changes nothing.
    async fn a_stale_lease_does_nothing(store) {
        add_messages(&*store, &[message(1), message(2)]).await?;
        let (stale, valid) = (fresh_lease(), fresh_lease());
        claim(&*store, stale, 10, 20, 1).await?;
        claim(&*store, valid, 30, 40, 1).await?;
        let before = store.outbox().list(None, 10).await?;
        assert_eq!(try_to_end(&*store, &message(1), stale).await?, [false; 4], "claimed by another since");
        assert_eq!(try_to_end(&*store, &message(2), valid).await?, [false; 4], "never claimed");
        assert_eq!(try_to_end(&*store, &message(3), valid).await?, [false; 4], "no such message");
        assert_eq!(store.outbox().list(None, 10).await?, before);
        assert_eq!(try_to_end(&*store, &message(1), valid).await?, [true, false, false, false]);
    }
}
