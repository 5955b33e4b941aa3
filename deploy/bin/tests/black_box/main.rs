//! The programs as a user meets them: real processes, real files, real sockets, in a folder of their own.

#![cfg(test)]

mod accounts;
mod backup;
mod browser;
mod endings;
mod hostile;
mod keeping;
mod kills;
mod mails;
#[cfg(feature = "mysql-server")]
mod on_mysql;
mod operator;
mod races;
#[cfg(feature = "mysql-server")]
#[path = "../../../../shop-storage/tests/mysql/server.rs"]
mod server;
mod shop;
mod shopping;
mod starting;
mod witness;
