//! What the SQLite store does beyond the conformance suite: files, processes, migrations, budgets.

#[cfg(test)]
#[path = "../both/audit.rs"]
mod audit;
#[cfg(test)]
mod backup;
#[cfg(test)]
#[path = "../both/catalog.rs"]
mod catalog;
#[cfg(test)]
#[path = "../both/copy.rs"]
mod copy;
#[cfg(test)]
mod dropped;
#[cfg(test)]
#[path = "../both/export.rs"]
mod export;
#[cfg(test)]
#[path = "../both/migrations.rs"]
mod migrations;
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
mod restore;
#[cfg(test)]
#[path = "../both/rows.rs"]
mod rows;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod schema;
#[cfg(test)]
#[path = "../both/statements.rs"]
mod statements;
#[cfg(test)]
mod torn;
#[cfg(test)]
#[path = "../both/units.rs"]
mod units;
#[cfg(test)]
#[path = "../both/upgrade.rs"]
mod upgrade;
#[cfg(test)]
#[path = "../both/values.rs"]
mod values;
