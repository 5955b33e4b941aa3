//! The order to stop, in two stages.

use std::io;

use tokio::sync::watch;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Running,
    Requested,
    Forced,
}

/// The order to stop, as seen by those who must obey it.
///
/// The first call asks for an orderly end ([`requested`](Self::requested)), the second for an end at once
/// ([`forced`](Self::forced)). Clones see the same order, so that a server and a background job end together.
#[derive(Clone, Debug)]
pub struct Stop(watch::Receiver<Stage>);

/// Gives the order to stop.
///
/// Dropping it gives no order: whoever waits for one waits on.
#[derive(Debug)]
pub struct Stopper(watch::Sender<Stage>);

impl Stop {
    /// Makes an order not yet given, and the hand that gives it.
    #[must_use]
    pub fn new() -> (Stopper, Self) {
        let (sender, receiver) = watch::channel(Stage::Running);
        (Stopper(sender), Self(receiver))
    }

    /// Follows the process's SIGTERM and SIGINT (elsewhere than on Unix: Ctrl-C).
    ///
    /// Fails when the operating system does not let signals be watched. MUST be called inside a tokio runtime.
    pub fn on_signals() -> io::Result<Self> {
        let (stopper, stop) = Self::new();
        let mut signals = Signals::watch()?;
        tokio::spawn(async move {
            while signals.next().await.is_some() {
                stopper.stop();
            }
        });
        Ok(stop)
    }

    /// Waits for the first order: finish what runs, then end.
    pub async fn requested(&self) {
        self.reached(Stage::Requested).await;
    }

    /// Waits for the second order: end at once.
    pub async fn forced(&self) {
        self.reached(Stage::Forced).await;
    }

    async fn reached(&self, stage: Stage) {
        let reached = self.0.clone().wait_for(|now| *now >= stage).await.is_ok();
        if !reached {
            // The stopper is gone, so the order will never come.
            std::future::pending::<()>().await;
        }
    }
}

impl Stopper {
    /// Gives the order: the first call asks for an orderly end, any further one for an end at once.
    pub fn stop(&self) {
        self.0.send_modify(|stage| {
            *stage = match *stage {
                Stage::Running => Stage::Requested,
                Stage::Requested | Stage::Forced => Stage::Forced,
            };
        });
    }
}

#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn watch() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn next(&mut self) -> Option<()> {
        tokio::select! {
            signal = self.terminate.recv() => signal,
            signal = self.interrupt.recv() => signal,
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn watch() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) -> Option<()> {
        tokio::signal::ctrl_c().await.ok()
    }
}
