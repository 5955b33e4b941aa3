use crate::ports::RandomSource;

/// The operating system's random source.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl RandomSource for SystemRandom {
    /// # Panics
    /// If the system has no random source: no secret can be made then, and going on would make guessable ones.
    fn fill(&self, buffer: &mut [u8]) {
        #[expect(
            clippy::disallowed_methods,
            reason = "this is the one place where the system's randomness comes in"
        )]
        let filled = getrandom::fill(buffer);
        assert!(filled.is_ok(), "the system has no random source: {filled:?}");
    }
}
