//! What a case is, and the macro that declares them.

use std::error::Error;
use std::fmt;
use std::panic::Location;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use futures_timer::Delay;
use futures_util::future::{Either, select};

use crate::ports::Store;

/// Longer than any case takes on a slow machine: what has not ended by then never will.
pub const TIME_LIMIT: Duration = Duration::from_mins(1);

/// What a case comes back with, unless it panics.
pub type Outcome = Result<(), Broken>;

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
    name: &'static str,
    promise: &'static str,
    run: fn(Arc<dyn Store>) -> Running,
}

type Running = Pin<Box<dyn Future<Output = Outcome> + Send>>;

impl Case {
    pub(super) const fn new(
        name: &'static str,
        promise: &'static str,
        run: fn(Arc<dyn Store>) -> Running,
    ) -> Self {
        Self { name, promise, run }
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

    /// Puts an empty store to the test. Fails or panics if it breaks the promise.
    pub async fn run(&self, store: Arc<dyn Store>) -> Outcome {
        limited((self.run)(store)).await
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

/// Defines the cases of a group and registers them: each is a function, an entry of `CASES`, and a test that
/// the suite stamps.
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
                Ok(())
            }
        )+

        /// The cases of this group.
        pub const CASES: &[$crate::conformance::Case] = &[$(
            $crate::conformance::Case::new(
                stringify!($name),
                concat!($($promise),+),
                |store| Box::pin($name(store)),
            ),
        )+];

        #[doc(hidden)]
        #[macro_export]
        macro_rules! $stamp {
            ($dollar factory:expr) => {$(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $name() -> $crate::conformance::Outcome {
                    let fixture = $dollar factory().await;
                    let store = $crate::conformance::Fixture::store(&fixture);
                    $crate::conformance::limited($crate::conformance::$group::$name(store)).await
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
            Ok(())
        }
        let told = format!("{:?}", step().expect_err("fails"));
        assert!(told.contains("case.rs:") && told.ends_with("the store failed: disk full"), "{told}");
    }
}
