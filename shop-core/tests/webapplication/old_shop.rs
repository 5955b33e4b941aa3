//! An old shop in memory, and a journal that remembers.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use async_trait::async_trait;
use shop_core::account::{PasswordHash, User};
use shop_core::error::Cause;
use shop_core::ids::UserId;
use shop_core::memory::MemoryStore;
use shop_core::ports::MockPasswordHasher;
use shop_core::webapplication::{
    Entry, Import, ImportError, Journal, Phase, Progress, Remark, RowReport, Source, Summary, Table, Value,
};
use shop_core::{Language, Shop};

/// A hash that Werkzeug made.
pub(crate) const HASH: &str =
    "pbkdf2:sha256:50000$seGFleoM$c78987a943a81ff40a61c892e5c0e87f8c3972e2ebb00e4531b713f68b1fe378";

pub(crate) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A user who has all that can be asked for.
pub(crate) fn user(number: u64, email: &str) -> Vec<Value> {
    let number = number.to_string();
    [&number, "Rizescu", "Eusebiu", email, HASH, "Str. Opulentei, nr. 1", "SH03=3;AMTR01=1", "1"]
        .map(text)
        .into()
}

pub(crate) fn product(number: u64, code: &str) -> Vec<Value> {
    [&number.to_string(), "Smart home hub", code, "", "349"].map(text).into()
}

/// Gives its entries a few at a time; breaks down after so many calls, if it is told to.
#[derive(Default)]
pub(crate) struct OldShop {
    pub(crate) entries: Vec<Entry>,
    pub(crate) rest: VecDeque<Entry>,
    pub(crate) calls_left: Option<u32>,
}

impl OldShop {
    pub(crate) fn users(rows: impl IntoIterator<Item = Vec<Value>>) -> Self {
        Self::default().with(Table::Useri, rows)
    }

    pub(crate) fn with(mut self, table: Table, rows: impl IntoIterator<Item = Vec<Value>>) -> Self {
        self.entries.extend(rows.into_iter().map(|values| table.row(None, values)));
        self
    }
}

#[async_trait]
impl Source for OldShop {
    async fn rewind(&mut self) -> Result<(), Cause> {
        self.rest = self.entries.iter().cloned().collect();
        Ok(())
    }

    async fn next(&mut self) -> Result<Vec<Entry>, Cause> {
        if let Some(left) = &mut self.calls_left {
            *left = left.checked_sub(1).ok_or("the cable was pulled")?;
        }
        let most = self.rest.len().min(3);
        Ok(self.rest.drain(..most).collect())
    }

    fn progress(&self) -> Progress {
        Progress { done: 0, whole: 0 }
    }
}

/// What the journal heard.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub(crate) rows: Vec<RowReport>,
    pub(crate) remarks: Vec<Remark>,
}

impl Notes {
    /// The outcome of a row, with the names of what there is to say about it.
    pub(crate) fn of(&self, number: i64) -> Option<(&'static str, Vec<&'static str>)> {
        let row = self.rows.iter().find(|row| row.number == Some(number))?;
        Some((row.outcome.name(), row.findings.iter().map(|finding| finding.problem.name()).collect()))
    }
}

impl Journal for Notes {
    fn row(&mut self, row: &RowReport) -> Result<(), Cause> {
        self.rows.push(row.clone());
        Ok(())
    }

    fn remark(&mut self, remark: &Remark) -> Result<(), Cause> {
        self.remarks.push(remark.clone());
        Ok(())
    }

    fn progress(&mut self, _: Phase, _: Progress) {}
}

pub(crate) fn shop() -> Shop {
    let mut hasher = MockPasswordHasher::new();
    hasher.expect_hash().returning(|_| Ok(PasswordHash::new("hash".into())));
    Shop::builder_with_hasher(Arc::new(MemoryStore::default()), Arc::new(hasher)).build()
}

pub(crate) fn import(source: &mut OldShop) -> Import<'_> {
    Import {
        source,
        language: Language::Romanian,
        addresses: BTreeMap::new(),
        pictures: BTreeMap::new(),
        dry_run: false,
    }
}

pub(crate) async fn run(shop: &Shop, source: &mut OldShop) -> Result<(Summary, Notes), ImportError> {
    let mut notes = Notes::default();
    let summary = shop.import_webapplication(import(source), &mut notes).await?;
    Ok((summary, notes))
}

/// The account that a row became, and the code of its cart.
pub(crate) async fn account(shop: &Shop, number: u64) -> Option<(User, String)> {
    let id: UserId = format!("00000000-0000-8000-8000-{number:012x}").parse().expect("an id");
    let user = shop.store().accounts().find(id).await.expect("a working store")?;
    let cart = shop.store().carts().load(id).await.expect("a working store");
    Some((user, cart.code))
}
