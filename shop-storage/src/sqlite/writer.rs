//! The one link that writes, and how many units share one commit.
//!
//! A commit costs a sync of the disk, whatever it holds. So units take turns at the link, each behind a savepoint of its own in one common
//! transaction, and whoever has ended well waits for the commit that makes all of them durable:
//!
//! ```text
//! unit 1      BEGIN IMMEDIATE; SAVEPOINT unit   …   (ends well, sends for the closer, waits)
//! unit 2      RELEASE unit; SAVEPOINT unit      …   (dropped)
//! unit 3      ROLLBACK TO unit                  …   (ends well, waits)
//! closer      COMMIT                                (units 1 and 3 go on)
//! ```
//!
//! The queue for the link is fair, and the closer stands in it as a unit does: it comes after the units that were waiting when the first of the
//! group ended. So a unit alone is committed at once, and under load a group is as large as the queue was long; there is no timer and no limit to set.
//!
//! What a unit has read may be the work of a neighbor that is not durable yet. Therefore not only `commit` but also `rollback` waits for the group:
//! what a unit has *said*, by returning from either, holds.
//!
//! Whatever fails between two units (a command of this file, or a statement after which SQLite may have rolled back by itself) hangs up the link. That
//! undoes the whole group, and everybody in it is told to try again. A group is thus committed as it was made, or not at all.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use shop_core::StoreError;
use shop_core::error::Constraint;
use sqlx::Sqlite;
use sqlx::migrate::MigrateError;
use sqlx::sqlite::SqliteConnectOptions;
use tokio::runtime::Handle;
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use crate::dialect::{Lease, SqliteLink};
use crate::error::store_error;
use crate::migrate;

/// Hands out turns at the link that writes.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    desk: Arc<Mutex<Desk>>,
    /// Whether a closer is in the queue.
    closer: Arc<AtomicBool>,
    /// How many units wait for their turn.
    queue: Arc<AtomicUsize>,
    patience: Duration,
}

/// The link, and what is going on on it.
#[derive(Debug)]
struct Desk {
    link: SqliteLink,
    options: SqliteConnectOptions,
    stage: Stage,
    /// The units that have ended and wait for the common commit.
    waiting: Vec<oneshot::Sender<Result<(), StoreError>>>,
}

/// How far the link's transaction has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// There is none.
    Idle,
    /// A unit works behind the savepoint, or was undone or dropped there: what lies behind it does not count.
    Taken,
    /// The unit behind the savepoint has ended well.
    Done,
    /// A command was sent and has failed, or its answer was not heard.
    Unsure,
    /// The store was closed.
    Closed,
}

impl Writer {
    pub(super) fn new(link: SqliteLink, options: SqliteConnectOptions, patience: Duration) -> Self {
        let desk = Desk { link, options, stage: Stage::Idle, waiting: Vec::new() };
        Self { desk: Arc::new(Mutex::new(desk)), closer: Arc::default(), queue: Arc::default(), patience }
    }

    /// Waits for a turn and opens a unit.
    pub(super) async fn begin(&self) -> Result<Turn, StoreError> {
        let waiting = InQueue::enter(&self.queue);
        let desk = tokio::time::timeout(self.patience, Arc::clone(&self.desk).lock_owned());
        let desk = desk.await.map_err(|_| failure(sqlx::Error::PoolTimedOut))?;
        drop(waiting);
        let turn = Turn { desk, writer: self.clone(), runtime: Handle::current() };
        // A task of its own: whoever goes away in the middle must not leave the neighbors' transaction in doubt.
        let entering = turn.runtime.clone().spawn(turn.enter());
        entering.await.unwrap_or_else(|_| Err(failure(sqlx::Error::PoolClosed)))
    }

    /// How many units wait for their turn.
    pub(super) fn waiting(&self) -> usize {
        self.queue.load(Ordering::Relaxed)
    }

    pub(super) async fn migrate(&self) -> Result<usize, MigrateError> {
        let mut desk = self.desk.lock().await;
        desk.settle().await;
        desk.reconnect().await?;
        migrate_in_one(&mut desk.link).await
    }

    pub(super) async fn close(&self) {
        let mut desk = self.desk.lock().await;
        desk.settle().await;
        desk.stage = Stage::Closed;
        if let Err(error) = desk.link.close().await {
            tracing::warn!(%error, "the writing connection did not close well");
        }
    }

    /// Puts a closer into the queue, unless one is in it.
    fn send_for_closer(&self, runtime: &Handle) {
        if self.closer.swap(true, Ordering::AcqRel) {
            return;
        }
        let on_the_way = OnTheWay(Arc::clone(&self.closer));
        let desk = Arc::clone(&self.desk);
        // A task of its own: the commit must not stop half-way because a caller went away.
        runtime.spawn(async move {
            let mut desk = desk.lock_owned().await;
            drop(on_the_way);
            desk.settle().await;
        });
    }
}

/// A unit's place in the queue, until it has its turn or gives up.
struct InQueue<'q>(&'q AtomicUsize);

impl<'q> InQueue<'q> {
    fn enter(queue: &'q AtomicUsize) -> Self {
        queue.fetch_add(1, Ordering::Relaxed);
        Self(queue)
    }
}

impl Drop for InQueue<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Says that a closer is in the queue, until the closer has its turn (or its runtime ends).
struct OnTheWay(Arc<AtomicBool>);

impl Drop for OnTheWay {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

impl Desk {
    /// Opens a unit behind a savepoint.
    async fn enter(&mut self) -> Result<(), sqlx::Error> {
        if self.stage == Stage::Unsure || !self.link.is_up() {
            self.settle().await;
            self.reconnect().await?;
        }
        let command = match self.stage {
            Stage::Taken => "ROLLBACK TO unit",
            Stage::Done => "RELEASE unit; SAVEPOINT unit",
            Stage::Idle | Stage::Unsure | Stage::Closed => "BEGIN IMMEDIATE; SAVEPOINT unit",
        };
        self.command(command, Stage::Taken).await
    }

    /// Commits what has ended well, undoes what has not, and tells those who wait.
    async fn settle(&mut self) {
        let command = match self.stage {
            Stage::Idle | Stage::Closed => return,
            Stage::Unsure => None,
            Stage::Taken if self.waiting.is_empty() => Some("ROLLBACK"),
            Stage::Taken => Some("ROLLBACK TO unit; COMMIT"),
            Stage::Done => Some("COMMIT"),
        };
        let outcome = match command {
            Some(command) => self.command(command, Stage::Idle).await,
            None => Err(sqlx::Error::WorkerCrashed),
        };
        if let Err(error) = &outcome {
            if !self.waiting.is_empty() {
                tracing::warn!(units = self.waiting.len(), %error, "a common commit failed");
            }
            self.link.hang_up();
            self.stage = Stage::Idle;
        }
        tell(std::mem::take(&mut self.waiting), outcome);
    }

    /// Sends a command that moves the transaction on. If it fails, the stage stays unsure.
    async fn command(&mut self, sql: &'static str, then: Stage) -> Result<(), sqlx::Error> {
        self.stage = Stage::Unsure;
        self.link.command(sql).await?;
        self.stage = then;
        Ok(())
    }

    async fn reconnect(&mut self) -> Result<(), sqlx::Error> {
        match self.stage {
            Stage::Closed => Err(sqlx::Error::PoolClosed),
            _ if self.link.is_up() => Ok(()),
            _ => self.link.connect(&self.options).await,
        }
    }
}

/// Tells units what has become of them. One alone learns the cause; in a group it may be a neighbor's.
fn tell(waiting: Vec<oneshot::Sender<Result<(), StoreError>>>, outcome: Result<(), sqlx::Error>) {
    let alone = waiting.len() == 1;
    let reason = outcome.as_ref().err().map(ToString::to_string);
    let mut outcome = Some(outcome);
    for unit in waiting {
        let told = match (&reason, alone) {
            (None, _) => Ok(()),
            (Some(_), true) => outcome.take().unwrap_or(Ok(())).map_err(failure),
            (Some(reason), false) => Err(StoreError::Retryable(reason.as_str().into())),
        };
        // Whoever does not wait any more does not want to know.
        let _ = unit.send(told);
    }
}

/// A turn at the link: a unit of work is open on it.
#[derive(Debug)]
pub struct Turn {
    desk: OwnedMutexGuard<Desk>,
    writer: Writer,
    runtime: Handle,
}

impl Lease<Sqlite> for Turn {
    fn link(&mut self) -> &mut SqliteLink {
        &mut self.desk.link
    }

    async fn commit(self) -> Result<(), StoreError> {
        self.end(Stage::Done).await
    }

    async fn rollback(self) -> Result<(), StoreError> {
        self.end(Stage::Taken).await
    }
}

impl Turn {
    async fn enter(mut self) -> Result<Self, StoreError> {
        self.desk.enter().await.map_err(failure)?;
        Ok(self)
    }

    /// Leaves the link to the next one and waits until the group is durable.
    async fn end(mut self, stage: Stage) -> Result<(), StoreError> {
        let (told, outcome) = oneshot::channel();
        self.desk.stage = stage;
        self.desk.waiting.push(told);
        drop(self);
        outcome.await.unwrap_or_else(|_| Err(failure(sqlx::Error::PoolClosed)))
    }
}

impl Drop for Turn {
    /// Leaves the link to the next one; a unit that has not ended is undone by whoever comes next, the closer at the latest.
    fn drop(&mut self) {
        self.writer.send_for_closer(&self.runtime);
    }
}

/// Runs the missing migrations in one transaction, so that nobody sees half of them and the disk is synced once.
async fn migrate_in_one(link: &mut SqliteLink) -> Result<usize, MigrateError> {
    let migrator = migrate::migrator::<Sqlite>();
    if migrate::missing::<Sqlite>(link, &migrator).await? == 0 {
        return Ok(0);
    }
    link.command("BEGIN IMMEDIATE").await?;
    // Another process may have been quicker.
    let missing = migrate::missing::<Sqlite>(link, &migrator).await?;
    let outcome = migrate::run(&migrator, link.connection()?).await;
    link.command(if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" }).await?;
    outcome.map(|()| missing)
}

fn failure(error: sqlx::Error) -> StoreError {
    store_error::<Sqlite>(error, Constraint::Id)
}

#[cfg(test)]
mod tests;
