use std::fmt;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

use futures_channel::oneshot;

use crate::ports::HasherError;

type Job = Box<dyn FnOnce() + Send>;

/// Jobs that may wait for each thread. At 30 ms a hash the last of them waits some 2 s; imported hashes that are
/// not replaced yet take longer.
const QUEUE: usize = 64;

/// Threads that run one job after the other; they start with the first job and end when the pool is dropped.
pub(super) struct Pool {
    threads: usize,
    queue: OnceLock<Option<SyncSender<Job>>>,
}

impl Pool {
    pub(super) const fn new(threads: usize) -> Self {
        Self { threads, queue: OnceLock::new() }
    }

    /// Runs the job on one of the threads and waits for its result. A caller that goes away before its turn costs nothing.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HasherError> {
        let (sender, receiver) = oneshot::channel();
        self.submit(Box::new(move || {
            if !sender.is_canceled() {
                // The caller may have gone away meanwhile.
                let _ = sender.send(job());
            }
        }))?;
        receiver.await.map_err(|lost| HasherError::Failed(Box::new(lost)))
    }

    fn submit(&self, job: Job) -> Result<(), HasherError> {
        let queue = self.queue.get_or_init(|| start(self.threads)).as_ref();
        let queue = queue.ok_or_else(|| HasherError::Failed("no thread could be started".into()))?;
        queue.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => HasherError::Overloaded,
            TrySendError::Disconnected(_) => HasherError::Failed("every thread has ended".into()),
        })
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("threads", &self.threads).finish_non_exhaustive()
    }
}

/// Starts the threads; `None` if not even one could be started.
fn start(threads: usize) -> Option<SyncSender<Job>> {
    let (sender, receiver) = sync_channel(threads * QUEUE);
    let receiver = Arc::new(Mutex::new(receiver));
    let started = (0..threads).filter(|number| {
        let receiver = Arc::clone(&receiver);
        thread::Builder::new().name(format!("argon2-{number}")).spawn(move || work(&receiver)).is_ok()
    });
    (started.count() > 0).then_some(sender)
}

fn work(jobs: &Mutex<Receiver<Job>>) {
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match job {
            Ok(job) => job(),
            Err(_) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn refuses_more_than_it_can_queue() {
        let pool = Pool::new(1);
        let (release, blocked) = std::sync::mpsc::channel::<()>();
        let (started, running) = oneshot::channel();
        pool.submit(Box::new(move || {
            started.send(()).expect("the test waits");
            let _ = blocked.recv();
        }))
        .expect("room");
        running.await.expect("runs");
        for _ in 0..QUEUE {
            pool.submit(Box::new(|| {})).expect("room");
        }
        assert!(matches!(pool.run(|| 1).await, Err(HasherError::Overloaded)));
        release.send(()).expect("the job waits");
        let mut answer = pool.run(|| 1).await;
        while matches!(answer, Err(HasherError::Overloaded)) {
            tokio::task::yield_now().await;
            answer = pool.run(|| 1).await;
        }
        assert_eq!(answer.expect("an answer"), 1);
    }

    #[tokio::test]
    async fn a_job_that_panics_fails_alone() {
        let pool = Pool::new(2);
        let answer = pool.run(|| -> u8 { panic!("on purpose") }).await;
        assert!(matches!(answer, Err(HasherError::Failed(_))));
        assert_eq!(pool.run(|| 2).await.expect("the other thread"), 2);
    }
}
