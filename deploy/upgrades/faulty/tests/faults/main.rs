//! Each bad release as a process: it is bad in the one way that it is made for, and a shop in all others.

#![cfg(test)]

mod migration;
#[cfg(feature = "mysql-server")]
#[path = "../../../../../shop-storage/tests/mysql/server.rs"]
mod server;
mod serving;
mod shop;
