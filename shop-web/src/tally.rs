//! What shoppers have done since the process started, counted for `/metrics`.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use shop_core::account::sign_in::SignInError;
use shop_core::ports::HasherError;

/// How many orders were placed, and how sign-ins ended.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    orders: AtomicU64,
    sign_ins: [AtomicU64; SignInEnd::ALL.len()],
}

/// How a sign-in ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SignInEnd {
    Ok,
    /// No such account, or not its password.
    Refused,
    /// The right password of an account whose address is not proved.
    NotActivated,
    /// Too many tries.
    Throttled,
    /// More passwords to check than the shop can.
    Overloaded,
    /// The store or the hasher failed.
    Failed,
}

impl SignInEnd {
    const ALL: [Self; 6] =
        [Self::Ok, Self::Refused, Self::NotActivated, Self::Throttled, Self::Overloaded, Self::Failed];

    fn of<T>(outcome: &Result<T, SignInError>) -> Self {
        match outcome {
            Ok(_) => Self::Ok,
            Err(SignInError::Refused) => Self::Refused,
            Err(SignInError::NotActivated) => Self::NotActivated,
            Err(SignInError::TooManyTries(_)) => Self::Throttled,
            Err(SignInError::Hasher(HasherError::Overloaded)) => Self::Overloaded,
            Err(SignInError::Hasher(HasherError::Failed(_)) | SignInError::Store(_)) => Self::Failed,
        }
    }

    #[cfg(feature = "server")]
    const fn label(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Refused => "refused",
            Self::NotActivated => "not_activated",
            Self::Throttled => "throttled",
            Self::Overloaded => "overloaded",
            Self::Failed => "failed",
        }
    }
}

impl Tally {
    /// Counts an order that was placed just now.
    pub(crate) fn count_order(&self) {
        self.orders.fetch_add(1, Relaxed);
    }

    /// Counts a sign-in by how it ended.
    pub(crate) fn count_sign_in<T>(&self, outcome: &Result<T, SignInError>) {
        let end = SignInEnd::of(outcome);
        if let Some((_, count)) = SignInEnd::ALL.iter().zip(&self.sign_ins).find(|(known, _)| **known == end)
        {
            count.fetch_add(1, Relaxed);
        }
    }
}

#[cfg(feature = "server")]
impl Tally {
    /// How many orders were placed.
    pub(crate) fn orders(&self) -> u64 {
        self.orders.load(Relaxed)
    }

    /// How many sign-ins ended in each way.
    pub(crate) fn sign_ins(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let counts = self.sign_ins.iter().map(|count| count.load(Relaxed));
        SignInEnd::ALL.into_iter().map(SignInEnd::label).zip(counts)
    }
}

#[cfg(test)]
#[cfg(feature = "server")]
mod tests {
    use std::time::Duration;

    use shop_core::StoreError;

    use super::*;

    #[test]
    fn every_end_of_a_sign_in_has_a_count_of_its_own() {
        let tally = Tally::default();
        tally.count_sign_in(&Ok(()));
        for (times, error) in [
            (2, || SignInError::Refused),
            (3, || SignInError::NotActivated),
            (4, || SignInError::TooManyTries(Duration::ZERO)),
            (5, || SignInError::Hasher(HasherError::Overloaded)),
            (6, || SignInError::Hasher(HasherError::Failed("broken".into()))),
            (7, || SignInError::Store(StoreError::Unavailable("down".into()))),
        ] as [(u64, fn() -> SignInError); 6]
        {
            for _ in 0..times {
                tally.count_sign_in::<()>(&Err(error()));
            }
        }
        let counted: Vec<_> = tally.sign_ins().collect();
        let expected = [
            ("ok", 1),
            ("refused", 2),
            ("not_activated", 3),
            ("throttled", 4),
            ("overloaded", 5),
            ("failed", 13),
        ];
        assert_eq!(counted, expected);
    }
}
