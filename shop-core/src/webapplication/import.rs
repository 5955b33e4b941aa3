//! Import: the rows of the old shop become records of this one.

use std::collections::BTreeMap;

use super::carry::Carrier;
use super::report::{Journal, Summary};
use super::row::{Entry, Phase, Source, Table};
use super::survey::Survey;
use super::task::{Reader, Task};
use crate::account::EmailAddress;
use crate::catalog::{PictureName, Sku};
use crate::error::{Cause, StoreError};
use crate::{Language, Shop};

/// What to carry over, and how.
pub struct Import<'s> {
    /// Where the rows come from.
    pub source: &'s mut dyn Source,
    /// The language of the products' names, and of the mails to the accounts.
    pub language: Language,
    /// Addresses that the operator gives to rows of `useri`, by number, whatever the rows say.
    pub addresses: BTreeMap<i64, EmailAddress>,
    /// The pictures that the shop has, by SKU.
    pub pictures: BTreeMap<Sku, PictureName>,
    /// Whether to tell what would happen, and change nothing.
    pub dry_run: bool,
}

/// Why an import ended early. What was carried by then stays, and another run goes on.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The operator gives an address to a row that is not there; nothing was carried.
    #[error("the source has no readable user {0} to give an address to")]
    NoSuchUser(i64),
    /// The source cannot be read.
    #[error("the old shop cannot be read")]
    Source(#[source] Cause),
    /// The journal cannot be written.
    #[error("the report cannot be written")]
    Journal(#[source] Cause),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Shop {
    /// Carries over everything that a [`Source`] has, in units of some hundred rows.
    ///
    /// It may be run again, also after it was killed: what an earlier run has carried stays as it is. Nobody
    /// gets a mail. Memory grows by some 80 bytes a row of the source.
    pub async fn import_webapplication(
        &self,
        command: Import<'_>,
        journal: &mut dyn Journal,
    ) -> Result<Summary, ImportError> {
        let Import { source, language, addresses, pictures, dry_run } = command;
        let mut reader = Reader::new(self.currency(), &addresses, &pictures);
        let survey = survey(source, &mut reader, journal).await?;
        if let Some(&number) = addresses.keys().find(|&&number| !reader.has_met(Table::Useri, number)) {
            return Err(ImportError::NoSuchUser(number));
        }
        reader.begin_anew();
        carry(source, &mut reader, &survey, &Carrier { shop: self, language, dry_run }, journal).await
    }
}

/// Learns who claims what.
async fn survey(
    source: &mut dyn Source,
    reader: &mut Reader<'_>,
    journal: &mut dyn Journal,
) -> Result<Survey, ImportError> {
    let mut survey = Survey::default();
    source.rewind().await.map_err(ImportError::Source)?;
    loop {
        let entries = next(source, Phase::Survey, journal).await?;
        if entries.is_empty() {
            survey.settle();
            return Ok(survey);
        }
        for row in entries.into_iter().filter_map(|entry| reader.read(entry).ok()) {
            match row.task {
                Task::Leave => {}
                Task::Add(number, goods) => survey.claim_sku(&goods, number),
                Task::Open(number, account) => survey.claim_email(&account, number),
            }
        }
    }
}

/// Carries the winners over.
async fn carry(
    source: &mut dyn Source,
    reader: &mut Reader<'_>,
    survey: &Survey,
    carrier: &Carrier<'_>,
    journal: &mut dyn Journal,
) -> Result<Summary, ImportError> {
    let mut summary = Summary::default();
    source.rewind().await.map_err(ImportError::Source)?;
    loop {
        let entries = next(source, Phase::Carry, journal).await?;
        if entries.is_empty() {
            return Ok(summary);
        }
        let mut rows = Vec::with_capacity(entries.len());
        for entry in entries {
            match reader.read(entry) {
                Ok(row) => rows.push(row.judged(survey)),
                Err(remark) => {
                    summary.remarks += 1;
                    journal.remark(&remark).map_err(ImportError::Journal)?;
                }
            }
        }
        for report in carrier.carry(rows, survey).await? {
            summary.count(&report);
            if !report.findings.is_empty() {
                journal.row(&report).map_err(ImportError::Journal)?;
            }
        }
    }
}

async fn next(
    source: &mut dyn Source,
    phase: Phase,
    journal: &mut dyn Journal,
) -> Result<Vec<Entry>, ImportError> {
    let entries = source.next().await.map_err(ImportError::Source)?;
    journal.progress(phase, source.progress());
    Ok(entries)
}
