//! What the SQLite store does beyond the conformance suite: files, processes, migrations, budgets.

#[cfg(test)]
mod backup;
#[cfg(test)]
mod catalog;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod nobody;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod orders;
#[cfg(test)]
mod restore;
#[cfg(test)]
mod rows;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod statements;
#[cfg(test)]
mod units;
#[cfg(test)]
mod upgrade;
