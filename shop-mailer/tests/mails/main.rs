//! The mails as their readers get them: every file here goes through the public API and a parser that is not ours.

// So that clippy takes the helpers here for tests as well.
#![cfg(test)]

mod delivery;
mod fixture;
mod folder;
mod hostile;
mod journey;
#[cfg(feature = "smtp")]
mod smtp;
mod wording;
