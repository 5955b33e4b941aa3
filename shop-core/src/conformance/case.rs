//! What a case is, and the macro that declares them.

use std::error::Error;
use std::fmt;
use std::io::{Write, stderr};
use std::panic::Location;
use std::pin::{Pin, pin};
use std::process::{ExitCode, Termination};
use std::sync::Arc;
use std::time::Duration;

use futures_timer::Delay;
use futures_util::future::{Either, select};

use crate::ports::Store;

/// Longer than any case takes on a slow machine: what has not ended by then never will.
pub const TIME_LIMIT: Duration = Duration::from_mins(1);

/// What a case comes back with, unless it panics.
pub type Outcome = Result<Verdict, Broken>;

/// How a case ended that found no broken promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Verdict {
    /// The store has kept the promise.
    Kept,
    /// The case does not apply to the store; carries its name and what the store would have to offer.
    Skipped(&'static str, &'static str),
}

/// A test that skips its case says so on stderr, past what the test harness holds back of tests that pass.
impl Termination for Verdict {
    fn report(self) -> ExitCode {
        if let Self::Skipped(name, lacking) = self {
            // Where nobody listens, nobody need be told.
            let _ = writeln!(stderr(), "skipped: {name} needs {lacking}");
        }
        ExitCode::SUCCESS
    }
}

/// What a store lacks that cases of [`lasting`](super::lasting) are skipped for.
#[doc(hidden)]
pub const A_REOPENING: &str = "a function that opens the store anew";

/// An error that a store kept to its promises would not have given, and the line of the case that met it.
pub struct Broken {
    error: Box<dyn Error + Send + Sync>,
    at: &'static Location<'static>,
}

impl<E: Into<Box<dyn Error + Send + Sync>>> From<E> for Broken {
    #[track_caller]
    fn from(error: E) -> Self {
        Self { error: error.into(), at: Location::caller() }
    }
}

impl fmt::Debug for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.error)?;
        let mut cause = self.error.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

/// One promise of a store, and how it is put to the test.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    group: &'static str,
    name: &'static str,
    promise: &'static str,
    run: Run,
}

/// What a case needs to run.
#[derive(Clone, Copy, Debug)]
pub(super) enum Run {
    /// An empty store.
    Once(fn(Arc<dyn Store>) -> Running),
    /// An empty store that can be opened anew.
    Reopening(fn(Arc<dyn Store>, Reopen) -> Running),
}

type Running = Pin<Box<dyn Future<Output = Outcome> + Send>>;

impl Case {
    pub(super) const fn new(
        group: &'static str,
        name: &'static str,
        promise: &'static str,
        run: Run,
    ) -> Self {
        Self { group, name, promise, run }
    }

    /// The module that it is in.
    #[must_use]
    pub const fn group(&self) -> &'static str {
        self.group
    }

    /// Its name, which is the name of its function and of the stamped test.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What it proves.
    #[must_use]
    pub fn promise(&self) -> &'static str {
        self.promise.trim()
    }

    /// Whether it needs a store that can be opened anew.
    #[must_use]
    pub const fn needs_reopening(&self) -> bool {
        matches!(self.run, Run::Reopening(_))
    }

    /// Puts an empty store to the test. Fails or panics if it breaks the promise. A case that
    /// [needs reopening](Case::needs_reopening) is skipped.
    pub async fn run(&self, store: Arc<dyn Store>) -> Outcome {
        match self.run {
            Run::Once(run) => limited(run(store)).await,
            Run::Reopening(_) => Ok(Verdict::Skipped(self.name, A_REOPENING)),
        }
    }

    /// Puts an empty store to the test that can be opened anew. Fails or panics if it breaks the promise.
    pub async fn run_reopening(&self, store: Arc<dyn Store>, reopen: Reopen) -> Outcome {
        match self.run {
            Run::Once(run) => limited(run(store)).await,
            Run::Reopening(run) => limited(run(store, reopen)).await,
        }
    }
}

/// Runs a case until it ends or the time is over.
#[doc(hidden)]
pub async fn limited(case: impl Future<Output = Outcome> + Send) -> Outcome {
    within(TIME_LIMIT, case).await
}

async fn within(limit: Duration, case: impl Future<Output = Outcome> + Send) -> Outcome {
    match select(pin!(case), Delay::new(limit)).await {
        Either::Left((outcome, _)) => outcome,
        Either::Right(((), _)) => Err(format!("not done after {} s", limit.as_secs()).into()),
    }
}

/// What a factory gives: an empty store, and whatever must live as long.
pub trait Fixture: Send {
    /// The store.
    fn store(&self) -> Arc<dyn Store>;
}

impl Fixture for Arc<dyn Store> {
    fn store(&self) -> Arc<dyn Store> {
        Self::clone(self)
    }
}

impl<T: Send> Fixture for (Arc<dyn Store>, T) {
    fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.0)
    }
}

type Reopened = Pin<Box<dyn Future<Output = Box<dyn Fixture>> + Send>>;

/// Opens a store anew, as the next process would: with nothing but what the first one has made durable.
pub struct Reopen(Box<dyn FnOnce() -> Reopened + Send>);

impl Reopen {
    /// Reopens by this function. It takes what the factory gave, closes its store, and gives another one on
    /// the same data.
    pub fn by<F, G, R>(fixture: F, reopened: impl FnOnce(F) -> R + Send + 'static) -> Self
    where
        F: Fixture + 'static,
        G: Fixture + 'static,
        R: Future<Output = G> + Send + 'static,
    {
        Self(Box::new(move || {
            let reopening = reopened(fixture);
            Box::pin(async { Box::new(reopening.await) as Box<dyn Fixture> })
        }))
    }

    /// Opens it anew. The handle goes first: nothing of the old store may be in use then.
    pub async fn instead_of(self, store: Arc<dyn Store>) -> Box<dyn Fixture> {
        drop(store);
        (self.0)().await
    }
}

/// Defines the cases of a group and registers them: each is a function, an entry of `CASES`, and a test that
/// the suite stamps. Those of a group that is `reopening` need a store that can be opened anew.
macro_rules! cases {
    (($dollar:tt) $group:ident $stamp:ident $(
        $(#[doc = $promise:literal])+
        async fn $name:ident($store:ident) $body:block
    )+) => {
        $(
            $(#[doc = $promise])+
            pub async fn $name(
                $store: std::sync::Arc<dyn $crate::ports::Store>,
            ) -> $crate::conformance::Outcome {
                $body
                Ok($crate::conformance::Verdict::Kept)
            }
        )+

        /// The cases of this group.
        pub const CASES: &[$crate::conformance::Case] = &[$(
            $crate::conformance::Case::new(
                stringify!($group),
                stringify!($name),
                concat!($($promise),+),
                $crate::conformance::case::Run::Once(|store| Box::pin($name(store))),
            ),
        )+];

        #[doc(hidden)]
        #[macro_export]
        macro_rules! $stamp {
            ($dollar factory:expr $dollar(, $dollar reopened:expr)?) => {$(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $name() -> $crate::conformance::Outcome {
                    let fixture = $dollar factory().await;
                    let store = $crate::conformance::Fixture::store(&fixture);
                    $crate::conformance::limited($crate::conformance::$group::$name(store)).await
                }
            )+};
        }
    };
    (($dollar:tt) reopening $group:ident $stamp:ident $(
        $(#[doc = $promise:literal])+
        async fn $name:ident($store:ident, $reopen:ident) $body:block
    )+) => {
        $(
            $(#[doc = $promise])+
            pub async fn $name(
                $store: std::sync::Arc<dyn $crate::ports::Store>,
                $reopen: $crate::conformance::Reopen,
            ) -> $crate::conformance::Outcome {
                $body
                Ok($crate::conformance::Verdict::Kept)
            }
        )+

        /// The cases of this group.
        pub const CASES: &[$crate::conformance::Case] = &[$(
            $crate::conformance::Case::new(
                stringify!($group),
                stringify!($name),
                concat!($($promise),+),
                $crate::conformance::case::Run::Reopening(|store, reopen| Box::pin($name(store, reopen))),
            ),
        )+];

        #[doc(hidden)]
        #[macro_export]
        macro_rules! $stamp {
            ($dollar factory:expr) => {$(
                #[test]
                fn $name() -> $crate::conformance::Verdict {
                    $crate::conformance::Verdict::Skipped(
                        stringify!($name),
                        $crate::conformance::A_REOPENING,
                    )
                }
            )+};
            ($dollar factory:expr, $dollar reopened:expr) => {$(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $name() -> $crate::conformance::Outcome {
                    let fixture = $dollar factory().await;
                    let store = $crate::conformance::Fixture::store(&fixture);
                    let reopen = $crate::conformance::Reopen::by(fixture, $dollar reopened);
                    $crate::conformance::limited($crate::conformance::$group::$name(store, reopen)).await
                }
            )+};
        }
    };
}

pub(super) use cases;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::StoreError;

    #[tokio::test]
    async fn a_case_that_hangs_fails() {
        let outcome = within(Duration::ZERO, std::future::pending()).await;
        assert!(format!("{outcome:?}").contains("not done after 0 s"), "{outcome:?}");
    }

    #[test]
    fn a_broken_promise_says_where_and_why() {
        fn step() -> Outcome {
            Err(StoreError::Backend("disk full".into()))?;
            Ok(Verdict::Kept)
        }
        let told = format!("{:?}", step().expect_err("fails"));
        assert!(told.contains("case.rs:") && told.ends_with("the store failed: disk full"), "{told}");
    }
}
