//! The ports that the operating system can serve: time and randomness.

mod clock;
mod random;

pub use clock::SystemClock;
pub use random::SystemRandom;
