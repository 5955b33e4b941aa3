//! The shop's pages, seen through Rocket without a port.
#![cfg(test)]

mod account;
mod caching;
mod cart;
mod checkout;
mod deletion;
mod edit;
mod email;
mod embedding;
mod export;
mod forgery;
mod headers;
mod input;
mod language;
mod methods;
mod orders;
mod outage;
mod reset;
mod scene;
mod sessions;
mod throttling;
mod walk;
