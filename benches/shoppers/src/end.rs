//! When the load ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};

use crate::trouble::Trouble;

/// How often the stop file is looked for.
const GLANCE: Duration = Duration::from_millis(200);

/// Orders the load to end: makes the stop file.
pub(crate) fn give_order(stop_file: &Path) -> Result<(), Trouble> {
    if let Some(folder) = stop_file.parent() {
        fs::create_dir_all(folder).map_err(Trouble::file(folder))?;
    }
    fs::write(stop_file, "").map_err(Trouble::file(stop_file))
}

/// Waits for the moment, the stop file, SIGTERM or SIGINT, whichever comes first.
pub(crate) struct End {
    at: Option<Instant>,
    stop_file: PathBuf,
    signals: Signals,
}

impl End {
    /// Watches signals from now on. A stop file of an earlier run is removed.
    pub(crate) fn watch(at: Option<Instant>, stop_file: PathBuf) -> Result<Self, Trouble> {
        if stop_file.exists() {
            fs::remove_file(&stop_file).map_err(Trouble::file(&stop_file))?;
        }
        Ok(Self { at, stop_file, signals: Signals::watch().map_err(Trouble::Signals)? })
    }

    /// Waits for the end.
    pub(crate) async fn come(mut self) {
        tokio::select! {
            () = moment(self.at) => {}
            () = file(&self.stop_file) => {}
            () = self.signals.come() => {}
        }
    }
}

async fn moment(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}

async fn file(path: &Path) {
    let mut glances = interval(GLANCE);
    glances.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while !path.exists() {
        glances.tick().await;
    }
}

/// SIGTERM and SIGINT.
pub(crate) struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

impl Signals {
    /// Watches them from now on.
    pub(crate) fn watch() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Waits for one of them.
    pub(crate) async fn come(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_end_comes_at_its_moment() {
        let folder = tempfile::tempdir().expect("a folder");
        let begin = Instant::now();
        let at = Some(begin + Duration::from_mins(1));
        End::watch(at, folder.path().join("stop")).expect("signals").come().await;
        assert_eq!(begin.elapsed(), Duration::from_mins(1));
    }

    #[tokio::test(start_paused = true)]
    async fn the_end_comes_with_the_stop_file_and_not_with_one_of_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("sub/stop");
        give_order(&file).expect("a file");
        let end = End::watch(None, file.clone()).expect("signals");
        assert!(!file.exists());
        let end = tokio::spawn(end.come());
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert!(!end.is_finished());
        give_order(&file).expect("a file");
        end.await.expect("the end");
    }
}
