//! What an operator watches: how busy the connections are, and how much waits in the outbox.

use shop_core::outbox::MessageState;
use shop_core::{StoreError, Timestamp};

use crate::dialect::Dialect;
use crate::sql::outbox as sql;
use crate::statement::Statement;
use crate::store::SqlStore;

/// How busy the connections to the database are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Occupancy {
    /// How many are in use.
    pub busy: usize,
    /// How many are open and not in use.
    pub idle: usize,
    /// How many there may be.
    pub most: usize,
    /// How many units of work wait for the one connection that writes; `None` where units have one each.
    pub writers_waiting: Option<usize>,
}

/// How much waits in the outbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    /// How many messages wait, those that are postponed among them.
    pub waiting: u64,
    /// How many were given up.
    pub dead: u64,
    /// When the message was due that was due first; `None` if none is due yet.
    pub due_since: Option<Timestamp>,
}

impl<D: Dialect> SqlStore<D> {
    /// How much waits in the outbox at this moment. One read of an index, no message is looked at.
    pub async fn backlog(&self, now: Timestamp) -> Result<Backlog, StoreError> {
        let (waiting, dead) = (MessageState::Waiting.name(), MessageState::Dead.name());
        let backlog = Statement::<D>::new(sql::BACKLOG).bind(waiting).bind(dead).bind(waiting).bind(now);
        let Some(row) = backlog.row(&mut *self.reader().await?, "outbox").await? else {
            return Ok(Backlog::default());
        };
        Ok(Backlog {
            waiting: row.number("waiting")?,
            dead: row.number("dead")?,
            due_since: row.optional_int("due_since")?.map(Timestamp::from_micros),
        })
    }
}

#[cfg(test)]
#[cfg(feature = "sqlite")]
mod tests {
    use shop_core::Language;
    use shop_core::ids::MessageId;
    use shop_core::outbox::{LeaseKey, Mail, Message};
    use shop_core::ports::Store;

    use super::*;
    use crate::SqliteStore;
    use crate::sqlite::testing::fresh;

    const fn at(micros: i64) -> Timestamp {
        Timestamp::from_micros(micros)
    }

    async fn enqueue(store: &SqliteStore, number: u8) {
        let message = Message {
            id: MessageId::from_bytes([number; 16]),
            user: None,
            to: "ana@example.com".parse().expect("an address"),
            name: "Ana".to_owned(),
            language: Language::English,
            mail: Mail::AlreadyRegistered,
            created_at: at(i64::from(number)),
        };
        let mut unit = store.begin().await.expect("a unit");
        unit.outbox().enqueue(&message).await.expect("enqueued");
        unit.commit().await.expect("committed");
    }

    #[tokio::test]
    async fn the_backlog_is_what_waits_and_what_is_due() {
        let (store, _folder) = fresh().await;
        assert_eq!(store.backlog(at(100)).await.expect("told"), Backlog::default());
        for number in [10, 20, 30] {
            enqueue(&store, number).await;
        }
        let told = store.backlog(at(9)).await.expect("told");
        assert_eq!(told, Backlog { waiting: 3, dead: 0, due_since: None }, "none is due yet");
        let told = store.backlog(at(10)).await.expect("told");
        assert_eq!(told, Backlog { waiting: 3, dead: 0, due_since: Some(at(10)) });

        let mut unit = store.begin().await.expect("a unit");
        let lease = LeaseKey([1; 16]);
        let claimed = unit.outbox().claim(lease, at(50), at(1_000), 2).await.expect("claimed");
        let ids: Vec<_> = claimed.iter().map(|claimed| claimed.message.id).collect();
        assert!(unit.outbox().give_up(ids[0], lease, "gone").await.expect("given up"));
        assert!(unit.outbox().postpone(ids[1], lease, at(90), "later").await.expect("postponed"));
        unit.commit().await.expect("committed");
        let told = store.backlog(at(50)).await.expect("told");
        assert_eq!(told, Backlog { waiting: 2, dead: 1, due_since: Some(at(30)) });
    }

    #[tokio::test]
    async fn occupancy_is_who_reads_and_who_waits_to_write() {
        let (store, _folder) = fresh().await;
        let before = store.occupancy();
        assert_eq!((before.busy, before.writers_waiting), (0, Some(0)));
        let reader = store.reader().await.expect("a reader");
        assert_eq!((store.occupancy().busy, store.occupancy().most), (1, before.most));
        drop(reader);
        assert_eq!((store.occupancy().busy, store.occupancy().idle), (0, before.idle.max(1)));

        let unit = store.begin().await.expect("a unit");
        let second = tokio::spawn({
            let store = store.clone();
            async move { store.begin().await.map(drop) }
        });
        while store.occupancy().writers_waiting == Some(0) {
            tokio::task::yield_now().await;
        }
        drop(unit);
        second.await.expect("ended").expect("its turn");
        assert_eq!(store.occupancy().writers_waiting, Some(0));
    }
}
