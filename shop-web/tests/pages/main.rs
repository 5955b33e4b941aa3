//! The shop's pages, seen through Rocket without a port.
#![cfg(test)]

mod account;
mod caching;
mod cart;
mod checkout;
mod embedding;
mod forgery;
mod headers;
mod input;
mod language;
mod outage;
mod scene;
mod walk;
