//! When actions begin: at planned moments, whatever the shop does.

use std::time::Duration;

use tokio::time::Instant;

/// Moments at even distances.
///
/// They depend on nothing but the beginning: what was planned for a time in which the shop (or this program)
/// stood still comes late, and its lateness is part of its latency.
#[derive(Clone, Debug)]
pub(crate) struct Schedule {
    begin: Instant,
    interval: Duration,
    planned: u32,
}

impl Schedule {
    /// Moments so far apart; the first is the beginning.
    pub(crate) const fn new(begin: Instant, interval: Duration) -> Self {
        Self { begin, interval, planned: 0 }
    }

    /// So many moments a second.
    pub(crate) fn of_rate(begin: Instant, rate: f64) -> Self {
        Self::new(begin, Duration::from_secs_f64(rate.recip()))
    }

    /// The next moment.
    pub(crate) fn next(&self) -> Instant {
        self.begin + self.interval * self.planned
    }

    /// Goes on to the moment after it.
    pub(crate) const fn advance(&mut self) {
        self.planned += 1;
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn moments_do_not_depend_on_what_happens_between_them() {
        let begin = Instant::now();
        let mut schedule = Schedule::of_rate(begin, 200.0);
        let mut moments = Vec::new();
        for _ in 0..401 {
            moments.push(schedule.next() - begin);
            schedule.advance();
            advance(Duration::from_millis(30)).await;
        }
        assert_eq!(moments[..3], [0, 5, 10].map(Duration::from_millis));
        assert_eq!(moments[400], Duration::from_secs(2));
    }
}
