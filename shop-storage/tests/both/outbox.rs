//! Mails that only a newer program can read, while programs of two releases work on one database.

use shop_core::StoreError;
use shop_core::ids::MessageId;
use shop_core::outbox::{LeaseKey, MessageState};
use shop_core::ports::Store;

use crate::export::{rows_of, tables};
use crate::samples::{TestStore, add_user, empty, message, message_id, moment};
use crate::values::user_id;

/// The first and the third message as a newer program writes them.
const FROM_THE_FUTURE: &str = "UPDATE outbox SET kind = 'from_the_future', \
    mail = '{\"kind\":\"from_the_future\",\"wish\":1}' WHERE id IN \
    (x'01900000000070008000000000000001', x'01900000000070008000000000000003')";

/// A store with four messages, the first and the third of a kind that this program does not know.
async fn from_two_releases() -> TestStore {
    let store = empty().await;
    add_user(&*store, 1).await;
    let mut unit = store.begin().await.expect("a unit");
    for number in 1..=4 {
        unit.outbox().enqueue(&message(number)).await.expect("enqueued");
    }
    unit.commit().await.expect("committed");
    store.tamper(FROM_THE_FUTURE).await;
    store
}

/// What a relay gets at second 9, at most so many.
async fn claim(store: &TestStore, most: u32) -> Vec<MessageId> {
    let mut unit = store.begin().await.expect("a unit");
    let claimed = unit.outbox().claim(LeaseKey([1; 16]), moment(9), moment(99), most).await.expect("a claim");
    unit.commit().await.expect("committed");
    claimed.into_iter().map(|claimed| claimed.message.id).collect()
}

/// The whole rows of the messages from the future.
async fn future_rows(store: &TestStore) -> Vec<String> {
    let mut connection = store.connect().await;
    let tables = tables(&mut connection).await;
    let (table, columns) = tables.into_iter().find(|(table, _)| table == "outbox").expect("the outbox");
    let mut rows = rows_of(&mut connection, &table, &columns).await;
    // `from_the_future` in hexadecimal digits.
    rows.retain(|row| row.contains("66726F6D5F7468655F667574757265"));
    rows
}

#[tokio::test]
async fn a_relay_leaves_them_alone_and_gets_the_rest() {
    let store = from_two_releases().await;
    let before = future_rows(&store).await;
    assert_eq!(before.len(), 2);
    assert_eq!(claim(&store, 1).await, [message_id(2)], "the oldest of all is none of its own");
    assert_eq!(claim(&store, 9).await, [message_id(4)]);
    assert_eq!(claim(&store, 9).await, []);
    assert_eq!(future_rows(&store).await, before);
}

#[tokio::test]
async fn a_relay_does_not_wake_for_them() {
    let store = from_two_releases().await;
    let is_due = async |second| store.outbox().is_due(moment(second)).await.expect("an answer");
    assert_eq!((is_due(1).await, is_due(2).await), (false, true));
    assert_eq!(claim(&store, 9).await.len(), 2);
    assert!(!is_due(9).await, "what is left is not this program's to deliver");
}

#[tokio::test]
async fn whoever_asks_for_all_about_an_account_gets_the_rest() {
    let store = from_two_releases().await;
    let of_user = store.outbox().of_user(user_id(1)).await.expect("all about it");
    assert_eq!(
        of_user.iter().map(|(message, _)| message.id).collect::<Vec<_>>(),
        [message_id(4), message_id(2)]
    );
}

#[tokio::test]
async fn operators_see_them_waiting() {
    let store = from_two_releases().await;
    let waiting = store.outbox().list(Some(MessageState::Waiting), 9).await.expect("a list");
    let unknown = waiting.iter().filter(|summary| summary.kind == "from_the_future");
    assert_eq!(unknown.map(|summary| summary.id).collect::<Vec<_>>(), [message_id(3), message_id(1)]);
    let backlog = store.backlog(moment(9)).await.expect("told");
    assert_eq!((backlog.waiting, backlog.due_since), (4, Some(moment(1))));
    let found = store.outbox().find(message_id(1)).await;
    assert!(
        matches!(&found, Err(StoreError::Corrupt(place)) if place.starts_with("outbox.mail: ")),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_message_that_cannot_be_read_steps_aside_and_says_why() {
    let store = from_two_releases().await;
    store.tamper("UPDATE outbox SET language = 'xx' WHERE id = x'01900000000070008000000000000002'").await;
    assert_eq!(claim(&store, 1).await, [], "it was the oldest that is due");
    assert_eq!(claim(&store, 1).await, [message_id(4)]);
    let waiting = store.outbox().find(message_id(2)).await;
    assert!(matches!(waiting, Err(StoreError::Corrupt(_))), "it is kept as it is: {waiting:?}");
    store.tamper("UPDATE outbox SET language = 'ro' WHERE id = x'01900000000070008000000000000002'").await;
    let (_, summary) = store.outbox().find(message_id(2)).await.expect("an answer").expect("the message");
    assert_eq!((summary.state, summary.due_at), (MessageState::Waiting, moment(99)));
    let error = summary.last_error.expect("an error");
    assert!(error.contains("outbox.language"), "{error}");
}
