//! The ports that the operating system can serve: time, randomness, and a throttle for one process.

mod clock;
mod random;
mod throttle;

pub use clock::SystemClock;
pub use random::SystemRandom;
pub use throttle::ProcessThrottle;
