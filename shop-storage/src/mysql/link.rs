use std::io;
use std::time::Duration;

use shop_core::StoreError;
use sqlx::error::DatabaseError;
use sqlx::pool::PoolConnection;
use sqlx::{Executor, MySql, MySqlConnection};
use tokio::runtime::Handle;
use tokio::time::error::Elapsed;
use tokio::time::timeout;

use super::connections::failure;
use crate::dialect::{Dialect, Fault, Lease};

/// A connection on loan from the pool, perhaps with a transaction on it, which is undone when the link is dropped.
///
/// A connection whose state nobody knows is closed instead of being lent again: its borrower went away in the middle of a statement, the
/// answer took too long, or the server takes no changes any more (after a failover: an old primary). Closing undoes what was open.
#[derive(Debug)]
pub struct MySqlLink {
    /// `None` once it is dropped.
    connection: Option<PoolConnection<MySql>>,
    limit: Duration,
    is_open: bool,
    state: State,
    runtime: Handle,
}

/// How the last statement has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// It was answered.
    Answered,
    /// A neighbor was in the way, and the server may have undone the transaction: a further statement would be none of it.
    Undone,
    /// It is on its way, or its answer will never come.
    Unknown,
}

impl MySqlLink {
    /// A link whose statements are given up after so long.
    pub(super) const fn new(connection: PoolConnection<MySql>, limit: Duration, runtime: Handle) -> Self {
        Self { connection: Some(connection), limit, is_open: false, state: State::Answered, runtime }
    }

    /// Opens a transaction.
    pub(super) async fn begin(&mut self) -> Result<(), sqlx::Error> {
        self.command("START TRANSACTION").await?;
        self.is_open = true;
        Ok(())
    }

    /// For work that takes as long as it takes; nobody else borrows the connection afterwards.
    pub(super) fn take_any_time(&mut self) {
        self.limit = Duration::MAX;
        if let Some(connection) = &mut self.connection {
            connection.close_on_drop();
        }
    }

    /// How long a statement may take.
    pub(crate) const fn limit(&self) -> Duration {
        self.limit
    }

    /// The connection, for one statement; [`heed`](Self::heed) must be told how it ended.
    pub(crate) fn connection(&mut self) -> Result<&mut MySqlConnection, sqlx::Error> {
        match (&mut self.connection, self.state) {
            (Some(connection), State::Answered) => {
                self.state = State::Unknown;
                Ok(connection)
            }
            _ => Err(sqlx::Error::WorkerCrashed),
        }
    }

    /// Notes how a statement has ended.
    pub(crate) fn heed<T>(
        &mut self,
        outcome: Result<Result<T, sqlx::Error>, Elapsed>,
    ) -> Result<T, sqlx::Error> {
        let outcome = outcome.unwrap_or_else(|_| Err(too_late(self.limit)));
        self.state = match &outcome {
            Ok(_) => State::Answered,
            Err(sqlx::Error::Database(error)) => after(&**error),
            Err(_) => State::Unknown,
        };
        outcome
    }

    /// Runs what is no query: control of transactions, settings.
    pub(super) async fn command(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        let limit = self.limit;
        let outcome = timeout(limit, self.connection()?.execute(sql)).await;
        self.heed(outcome).map(drop)
    }
}

impl Lease<MySql> for MySqlLink {
    fn link(&mut self) -> &mut Self {
        self
    }

    async fn commit(mut self) -> Result<(), StoreError> {
        self.command("COMMIT").await.map_err(failure)?;
        self.is_open = false;
        Ok(())
    }

    async fn rollback(mut self) -> Result<(), StoreError> {
        if self.state == State::Undone {
            self.state = State::Answered;
        }
        self.command("ROLLBACK").await.map_err(failure)?;
        self.is_open = false;
        Ok(())
    }
}

impl Drop for MySqlLink {
    fn drop(&mut self) {
        // The pool takes a connection back in a task, wherever this happens.
        let _context = self.runtime.enter();
        let Some(mut connection) = self.connection.take() else { return };
        if self.state == State::Unknown {
            connection.close_on_drop();
        } else if self.is_open {
            self.runtime.spawn(undo(connection, self.limit));
        }
    }
}

async fn undo(mut connection: PoolConnection<MySql>, limit: Duration) {
    let outcome = timeout(limit, connection.execute("ROLLBACK")).await;
    if !matches!(outcome, Ok(Ok(_))) {
        connection.close_on_drop();
    }
}

fn after(error: &dyn DatabaseError) -> State {
    match MySql::fault(error) {
        Fault::Neighbor => State::Undone,
        Fault::Unavailable => State::Unknown,
        Fault::Primary | Fault::Unique(_) | Fault::Foreign | Fault::Damaged | Fault::Other => State::Answered,
    }
}

pub(super) fn too_late(limit: Duration) -> sqlx::Error {
    let words = format!("no answer within {} s", limit.as_secs_f32());
    sqlx::Error::Io(io::Error::new(io::ErrorKind::TimedOut, words))
}
