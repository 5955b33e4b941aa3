//! Moving in from the old shop, into the memory store.

#![cfg(test)]

mod dirt;
mod old_shop;
mod rules;
mod runs;
