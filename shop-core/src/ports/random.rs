/// Random bytes.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait RandomSource: Send + Sync {
    /// Fills the buffer with bytes that nobody can guess. It MUST be fit for secrets outside of tests.
    fn fill(&self, buffer: &mut [u8]);
}
