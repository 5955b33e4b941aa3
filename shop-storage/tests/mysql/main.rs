//! The MySQL store on a real server, which the tests start themselves: the conformance suite, and what the store
//! does beyond it.
//!
//! The server is MariaDB's (`mariadbd`), or the program that `VITRINA_MYSQLD` names.

#[cfg(test)]
#[path = "../both/audit.rs"]
mod audit;
#[cfg(test)]
#[path = "../both/catalog.rs"]
mod catalog;
#[cfg(test)]
mod conformance;
#[cfg(test)]
#[path = "../both/copy.rs"]
mod copy;
#[cfg(test)]
mod disk;
#[cfg(test)]
#[path = "../both/export.rs"]
mod export;
#[cfg(test)]
mod faults;
#[cfg(test)]
#[path = "../both/migrations.rs"]
mod migrations;
#[cfg(test)]
mod neighbors;
#[cfg(test)]
#[path = "../both/nobody.rs"]
mod nobody;
#[cfg(test)]
mod opening;
#[cfg(test)]
#[path = "../both/orders.rs"]
mod orders;
#[cfg(test)]
#[path = "../both/outbox.rs"]
mod outbox;
#[cfg(test)]
#[path = "../both/rows.rs"]
mod rows;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod server;
#[cfg(test)]
#[path = "../both/statements.rs"]
mod statements;
#[cfg(test)]
mod tls;
#[cfg(test)]
mod unhurried;
#[cfg(test)]
#[path = "../both/units.rs"]
mod units;
#[cfg(test)]
#[path = "../both/upgrade.rs"]
mod upgrade;
#[cfg(test)]
#[path = "../both/values.rs"]
mod values;
#[cfg(test)]
#[cfg(feature = "webapplication")]
mod webapplication;
