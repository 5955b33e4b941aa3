//! The ports, implemented once for all databases: a file for each aggregate, with what units change and what pages read of it.

mod carts;
mod catalog;
mod nobody;
mod orders;
mod outbox;
mod products;
mod sessions;
mod stock;
mod throttles;
mod tokens;
mod users;
