use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use shop_core::StoreError;
use shop_core::error::Constraint;
use sqlx::Sqlite;
use sqlx::sqlite::SqliteConnectOptions;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::dialect::SqliteLink;
use crate::error::store_error;
use crate::gauges::Occupancy;

/// The links for reading: opened when they are needed, kept afterwards, the last used first (its cache is the warmest).
///
/// A pool of our own, since a link to a file needs none of the checks that one to a server does: sqlx's pool asks the connection's thread for a
/// sign of life at every loan and every return, and a read here is one such exchange in all.
#[derive(Clone, Debug)]
pub(super) struct Readers {
    options: Arc<SqliteConnectOptions>,
    patience: Duration,
    turns: Arc<Semaphore>,
    most: usize,
    idle: Idle,
}

type Idle = Arc<Mutex<Vec<SqliteLink>>>;

impl Readers {
    pub(super) fn new(options: SqliteConnectOptions, most: usize, patience: Duration) -> Self {
        Self {
            options: Arc::new(options),
            patience,
            turns: Arc::new(Semaphore::new(most)),
            most,
            idle: Idle::default(),
        }
    }

    /// A link, as soon as one is free.
    pub(super) async fn lend(&self) -> Result<Reader, StoreError> {
        let turn = tokio::time::timeout(self.patience, Arc::clone(&self.turns).acquire_owned());
        let turn =
            turn.await.map_err(|_| store_error::<Sqlite>(sqlx::Error::PoolTimedOut, Constraint::Id))?;
        let turn = turn.map_err(|_| store_error::<Sqlite>(sqlx::Error::PoolClosed, Constraint::Id))?;
        let mut link = with(&self.idle, Vec::pop).unwrap_or_else(SqliteLink::down);
        if !link.is_up() {
            link.connect(&self.options)
                .await
                .map_err(|error| store_error::<Sqlite>(error, Constraint::Id))?;
        }
        Ok(Reader { link, idle: Arc::clone(&self.idle), _turn: turn })
    }

    /// How busy they are.
    pub(super) fn occupancy(&self) -> Occupancy {
        let idle = with(&self.idle, |idle| idle.len());
        let busy = self.most.saturating_sub(self.turns.available_permits());
        Occupancy { busy, idle, most: self.most, writers_waiting: None }
    }

    /// Waits for the running reads, refuses further ones and closes the links.
    pub(super) async fn close(&self) {
        let all = u32::try_from(self.most).unwrap_or(u32::MAX);
        let turns = self.turns.acquire_many(all).await;
        self.turns.close();
        drop(turns);
        for mut link in with(&self.idle, std::mem::take) {
            // A reader has nothing to lose.
            let _ = link.close().await;
        }
    }
}

fn with<T>(idle: &Idle, act: impl FnOnce(&mut Vec<SqliteLink>) -> T) -> T {
    act(&mut idle.lock().unwrap_or_else(PoisonError::into_inner))
}

/// A link on loan; it goes back when this is dropped, unless it has hung up.
#[derive(Debug)]
pub struct Reader {
    link: SqliteLink,
    idle: Idle,
    _turn: OwnedSemaphorePermit,
}

impl Deref for Reader {
    type Target = SqliteLink;

    fn deref(&self) -> &SqliteLink {
        &self.link
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut SqliteLink {
        &mut self.link
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let link = std::mem::replace(&mut self.link, SqliteLink::down());
        if link.is_up() {
            with(&self.idle, |idle| idle.push(link));
        }
    }
}
