//! Looking through a whole database for what is wrong with it.

use shop_core::StoreError;
use shop_core::cart::code;
use shop_core::ids::UserId;

use crate::dialect::{Connections, Dialect};
use crate::sql::audit::{self as sql, RULES, Rule};
use crate::statement::Statement;
use crate::store::SqlStore;

/// Carts read at once.
const PAGE: u32 = 500;
/// Examples of one fault that are named.
const EXAMPLES: usize = 20;

/// What is wrong with the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub fault: &'static str,
    /// Where: order numbers, slugs, SKUs, ids in hexadecimal digits; at most 20 of them.
    pub examples: Vec<String>,
}

impl<D: Dialect> SqlStore<D> {
    /// Looks at everything that the schema's own rules cannot hold: sums of orders, steps, carts that cannot be read, rows that refer
    /// to nothing. An empty list says that nothing is wrong.
    ///
    /// Each rule is one read of whole tables, outside of any unit: the shop may run meanwhile, and what one rule sees may be newer than
    /// what the one before has seen; none compares two reads.
    pub async fn audit(&self) -> Result<Vec<Finding>, StoreError> {
        let mut link = self.connections.reader_unhurried().await?;
        let mut findings = Vec::new();
        for rule in RULES {
            let examples = breaking::<D>(&mut link, *rule).await?;
            if !examples.is_empty() {
                findings.push(Finding { fault: rule.fault, examples });
            }
        }
        let examples = unreadable_carts::<D>(&mut link).await?;
        if !examples.is_empty() {
            findings.push(Finding { fault: "cart: its code cannot be read", examples });
        }
        Ok(findings)
    }
}

/// What breaks a rule.
async fn breaking<D: Dialect>(link: &mut D::Link, rule: Rule) -> Result<Vec<String>, StoreError> {
    let rows = Statement::<D>::new(rule.sql).rows(link, "what breaks a rule").await?;
    rows.iter().map(|row| row.text("what")).collect()
}

/// The owners of carts whose code is none.
async fn unreadable_carts<D: Dialect>(link: &mut D::Link) -> Result<Vec<String>, StoreError> {
    let (mut unreadable, mut last) = (Vec::new(), UserId::from_bytes([0; 16]));
    loop {
        let rows = Statement::<D>::new(sql::CARTS).bind(last).bind(PAGE).rows(link, "carts").await?;
        for row in &rows {
            last = UserId::from_bytes(row.bytes("owner_id")?);
            if code::parse(&row.text("code")?).is_err() && unreadable.len() < EXAMPLES {
                unreadable.push(last.to_string());
            }
        }
        if rows.is_empty() {
            return Ok(unreadable);
        }
    }
}
