//! The order of each use case's effects, and what is left of them when one fails: nothing.
//!
//! A script prepares a unit of work step by step and lets one step fail. The mocks panic if a use case takes a step out of order, takes one
//! too many after a failure, or commits what it should have dropped.

mod account;
mod cart;
mod catalog;
mod checkout;
mod order;
mod outbox;
mod script;
#[cfg(test)]
mod values;
