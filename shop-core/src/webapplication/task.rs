//! From an entry of the source to what is to be done with it.

use std::collections::{BTreeMap, HashSet};

use super::product::{self, Goods};
use super::reading::Reading;
use super::report::{Finding, Outcome, Problem, RowReport};
use super::row::{Entry, Remark, Table, Unreadable};
use super::survey::Survey;
use super::user::{self, Account};
use crate::account::EmailAddress;
use crate::catalog::{PictureName, Sku};
use crate::money::Currency;

/// A row on its way, and what there is to say about it by now.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) report: RowReport,
    pub(super) task: Task,
    /// Why it is left nevertheless, unless an earlier run has carried it.
    pub(super) rival: Option<Finding>,
}

/// What is to be done with a row.
#[derive(Debug)]
pub(super) enum Task {
    /// Nothing: it cannot be carried.
    Leave,
    /// Add the product with this number.
    Add(i64, Goods),
    /// Open the account with this number.
    Open(i64, Box<Account>),
}

/// Reads the entries of a source, one after the other.
pub(super) struct Reader<'a> {
    currency: Currency,
    addresses: &'a BTreeMap<i64, EmailAddress>,
    pictures: &'a BTreeMap<Sku, PictureName>,
    /// The numbers of the rows so far that could be read.
    met: HashSet<(Table, i64)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        currency: Currency,
        addresses: &'a BTreeMap<i64, EmailAddress>,
        pictures: &'a BTreeMap<Sku, PictureName>,
    ) -> Self {
        Self { currency, addresses, pictures, met: HashSet::new() }
    }

    /// Whether a row with this number could be read.
    pub(super) fn has_met(&self, table: Table, number: i64) -> bool {
        self.met.contains(&(table, number))
    }

    /// Forgets what was read.
    pub(super) fn begin_anew(&mut self) {
        self.met.clear();
    }

    /// What an entry says by itself; what is no row comes back as it is.
    pub(super) fn read(&mut self, entry: Entry) -> Result<Row, Remark> {
        Ok(match entry {
            Entry::Product(row) => {
                let reading = product::read(&row, self.currency, self.pictures);
                self.row(Table::Produse, row.line, reading, Task::Add)
            }
            Entry::User(row) => {
                let reading = user::read(&row, self.addresses);
                self.row(Table::Useri, row.line, reading, |number, account| {
                    Task::Open(number, Box::new(account))
                })
            }
            Entry::Unreadable(Unreadable { table, line, reason }) => {
                let findings = vec![Finding::silent("", Problem::Row(reason))];
                Row::new(table, line, None, findings, Task::Leave)
            }
            Entry::Remark(remark) => return Err(remark),
        })
    }

    fn row<T>(
        &mut self,
        table: Table,
        line: Option<u64>,
        reading: Reading<T>,
        task: impl FnOnce(i64, T) -> Task,
    ) -> Row {
        let Reading { number, record, mut findings } = reading;
        let task = match number.zip(record) {
            Some((number, record)) if self.met.insert((table, number)) => task(number, record),
            Some(_) => {
                findings.push(Finding::silent(table.key(), Problem::NumberRepeated));
                Task::Leave
            }
            None => Task::Leave,
        };
        Row::new(table, line, number, findings, task)
    }
}

impl Row {
    const fn new(
        table: Table,
        line: Option<u64>,
        number: Option<i64>,
        findings: Vec<Finding>,
        task: Task,
    ) -> Self {
        let report = RowReport { table, number, line, outcome: Outcome::Left, findings };
        Self { report, task, rival: None }
    }

    /// The same, with the row that has precedence over it, if there is one.
    pub(super) fn judged(mut self, survey: &Survey) -> Self {
        self.rival = match &self.task {
            Task::Leave => None,
            Task::Add(number, goods) => survey
                .owner_of_sku(goods)
                .filter(|owner| owner != number)
                .map(|owner| Finding::silent("cod", Problem::SkuOfRow(owner))),
            Task::Open(number, account) => survey
                .owner_of_email(account)
                .filter(|owner| owner != number)
                .map(|owner| Finding::silent("email", Problem::EmailOfRow(owner))),
        };
        self
    }
}
