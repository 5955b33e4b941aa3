//! The programs as a user meets them: real processes, real files, real sockets, in a folder of their own.

#![cfg(test)]

mod accounts;
mod backup;
mod bad_databases;
#[cfg(feature = "mysql-server")]
mod bad_on_mysql;
mod browser;
#[cfg(feature = "mysql-server")]
#[path = "../../../../shop-storage/tests/mysql/disk.rs"]
mod disk;
mod endings;
mod hostile;
mod keeping;
mod kills;
mod mails;
mod moving_in;
#[cfg(feature = "mysql-server")]
mod moving_in_on_mysql;
#[cfg(feature = "mysql-server")]
mod on_mysql;
#[cfg(feature = "mysql-server")]
mod on_mysql_faults;
mod operator;
#[cfg(feature = "prometheus")]
mod prometheus;
mod races;
#[cfg(feature = "mysql-server")]
#[path = "../../../../shop-storage/tests/mysql/server.rs"]
mod server;
mod shop;
mod shopping;
mod smtp;
#[expect(dead_code, reason = "the tests of the transport use more of it")]
#[path = "../../../../shop-mailer/tests/mails/smtp/server.rs"]
mod smtp_server;
mod starting;
mod watching;
mod witness;
