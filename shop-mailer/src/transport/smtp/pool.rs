use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use lettre::transport::smtp::client::AsyncSmtpConnection;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep, timeout};

/// Connections at a time.
const MOST: usize = 4;
/// How long a connection waits for its next mail before it is closed.
const IDLE: Duration = Duration::from_secs(30);
/// How long closing it may take.
const FAREWELL: Duration = Duration::from_secs(5);

/// The connections that are ready for the next mail.
///
/// lettre's own pool is not used: it takes back a connection whose mail was given up half-way, and the next
/// mail would get the answers to that one. Here a connection belongs to its delivery, and only comes back
/// when all that was said on it has been answered.
pub(super) struct Pool {
    idle: Mutex<Idle>,
    turns: Semaphore,
}

#[derive(Default)]
struct Idle {
    connections: Vec<(Instant, AsyncSmtpConnection)>,
    /// Whether a task looks after them.
    watched: bool,
}

impl Pool {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self { idle: Mutex::default(), turns: Semaphore::new(MOST) })
    }

    /// Waits until there may be one more connection. Nobody closes the semaphore, so there is always a permit
    /// in the end.
    pub(super) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        self.turns.acquire().await.ok()
    }

    /// The connection that was used last.
    pub(super) fn take(&self) -> Option<AsyncSmtpConnection> {
        self.idle().connections.pop().map(|(_, connection)| connection)
    }

    /// Takes a connection on which everything said has been answered.
    pub(super) fn give(self: &Arc<Self>, connection: AsyncSmtpConnection) {
        let mut idle = self.idle();
        idle.connections.push((Instant::now(), connection));
        if !mem::replace(&mut idle.watched, true) {
            tokio::spawn(watch(Arc::downgrade(self)));
        }
    }

    fn idle(&self) -> MutexGuard<'_, Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connections that have waited long enough; and whether others are left.
    fn expired(&self) -> (Vec<(Instant, AsyncSmtpConnection)>, bool) {
        let mut idle = self.idle();
        let expired = idle.connections.extract_if(.., |(since, _)| since.elapsed() >= IDLE).collect();
        idle.watched = !idle.connections.is_empty();
        (expired, idle.watched)
    }
}

/// Closes connections that nobody needs, until there are none.
async fn watch(pool: Weak<Pool>) {
    loop {
        sleep(IDLE).await;
        let Some((expired, more)) = pool.upgrade().map(|pool| pool.expired()) else { return };
        for (_, mut connection) in expired {
            // Whether it ends in good order makes no difference.
            let _ = timeout(FAREWELL, connection.quit()).await;
        }
        if !more {
            return;
        }
    }
}
