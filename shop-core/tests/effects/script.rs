use std::sync::Arc;

use mockall::Sequence;
use shop_core::account::PasswordHash;
use shop_core::memory::ManualClock;
use shop_core::mocks::{MockPasswordHasher, MockStore, MockThrottle, MockUnit};
use shop_core::ports::Verdict;
use shop_core::{Shop, StoreError};

/// Which step fails, and how.
#[derive(Clone, Copy)]
pub(crate) enum Failure {
    None,
    At(usize, fn() -> StoreError),
}

/// The steps that a use case is expected to take, in their order, up to the one that fails.
pub(crate) struct Script {
    pub(crate) sequence: Sequence,
    failure: Failure,
    step: usize,
}

impl Script {
    pub(crate) fn new(failure: Failure) -> Self {
        Self { sequence: Sequence::new(), failure, step: 0 }
    }

    /// What the next step answers; `None` if a step before it has failed, so that it must not be taken.
    pub(crate) fn next<T>(&mut self, answer: T) -> Option<Result<T, StoreError>> {
        let step = self.step;
        self.step += 1;
        match self.failure {
            Failure::At(failing, _) if step > failing => None,
            Failure::At(failing, error) if step == failing => Some(Err(error())),
            Failure::At(..) | Failure::None => Some(Ok(answer)),
        }
    }
}

/// One step: which method of which mock is called, perhaps with which arguments, and what it answers.
macro_rules! step {
    ($script:ident, $mock:expr, $expect:ident($($argument:tt),*) $(if $matches:expr)? => $answer:expr) => {
        if let Some(answer) = $script.next($answer) {
            let expected = $mock.$expect()$(.withf($matches))?;
            expected.times(1).in_sequence(&mut $script.sequence).return_once(move |$($argument),*| answer);
        }
    };
}

pub(crate) use step;

pub(crate) fn broken() -> StoreError {
    StoreError::Backend("broken on purpose".into())
}

pub(crate) fn busy() -> StoreError {
    StoreError::Retryable("busy on purpose".into())
}

/// A shop on a mocked store, with a clock that stands still, a hasher that takes every password for right, and a throttle that
/// admits everybody.
pub(crate) fn shop(store: MockStore) -> Shop {
    let mut hasher = MockPasswordHasher::new();
    hasher.expect_hash().returning(|_| Ok(PasswordHash::new("hash".into())));
    hasher.expect_verify().returning(|_, _| Ok(Verdict::Match { outdated: false }));
    let mut throttle = MockThrottle::new();
    throttle.expect_admit().returning(|_, _| Ok(()));
    throttle.expect_forgive().returning(|_| Ok(()));
    Shop::builder_with_hasher(Arc::new(store), Arc::new(hasher))
        .throttle(Arc::new(throttle))
        .clock(Arc::new(ManualClock::default()))
        .build()
}

/// Runs the use case with every step failing in turn, then with none, and says how many steps there are.
///
/// `prepare` writes the script of one attempt; `run` must say whether the use case succeeded.
pub(crate) async fn at_every_step<F: Future<Output = bool> + Send>(
    prepare: impl Fn(&mut Script, &mut MockStore) -> MockUnit + Sync,
    run: impl Fn(Shop) -> F + Sync,
) -> usize {
    let begin = |failure| {
        let (mut script, mut store) = (Script::new(failure), MockStore::default());
        let unit = prepare(&mut script, &mut store);
        store.hand_out(unit);
        (shop(store), script.step)
    };
    let (whole, steps) = begin(Failure::None);
    assert!(run(whole).await, "every step went well");
    for step in 0..steps {
        let (torn, _) = begin(Failure::At(step, broken));
        assert!(!run(torn).await, "step {step} failed");
    }
    steps
}

/// Runs the use case with every one of its steps busy in turn: it must begin again with a fresh unit, and then succeed.
pub(crate) async fn again_at_every_step<F: Future<Output = bool> + Send>(
    steps: usize,
    prepare: impl Fn(&mut Script, &mut MockStore) -> MockUnit + Sync,
    run: impl Fn(Shop) -> F + Sync,
) {
    for step in 0..steps {
        let mut store = MockStore::default();
        let mut torn = Script::new(Failure::At(step, busy));
        let first = prepare(&mut torn, &mut store);
        let second = prepare(&mut Script::new(Failure::None), &mut store);
        store.hand_out(first);
        store.hand_out(second);
        assert!(run(shop(store)).await, "step {step} was busy once");
    }
}
