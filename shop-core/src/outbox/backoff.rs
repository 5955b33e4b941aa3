use std::time::Duration;

/// How long a message waits after so many failed deliveries: 10 s, doubled each time, at most 4 hours.
///
/// With 16 attempts a mail server may be away, or hang, for 20 hours before a message is given up: every attempt is a delivery that was tried.
#[must_use]
pub fn delay_after(failures: u32) -> Duration {
    const FIRST: Duration = Duration::from_secs(10);
    const LONGEST: Duration = Duration::from_hours(4);
    let doubled = 1_u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX);
    FIRST.saturating_mul(doubled).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_to_a_limit() {
        let seconds: Vec<_> = [0, 1, 2, 3, 11, 12, 40].map(|failures| delay_after(failures).as_secs()).into();
        assert_eq!(seconds, [10, 10, 20, 40, 10_240, 14_400, 14_400]);
        let all: Duration = (1..16).map(delay_after).sum();
        assert!(all > Duration::from_hours(20), "{all:?}");
    }
}
