//! Consistency: what the schema's own rules cannot hold.

use serde::Serialize;
use shop_core::Shop;
use shop_core::catalog::Product;
use shop_core::outbox::MessageState;
use shop_storage::Finding;

use super::output::View;
use super::{Desk, product};
use crate::Failure;
use crate::compose::Storage;

#[derive(Serialize)]
struct Findings {
    findings: Vec<String>,
}

impl View for Findings {
    fn text(&self) -> String {
        if self.findings.is_empty() { "nothing is wrong".to_owned() } else { self.findings.join("\n") }
    }
}

pub(super) async fn run(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let mut findings = Vec::new();
    check_products(&desk.shop, &mut findings).await?;
    check_rows(&desk.store, &mut findings).await?;
    check_outbox(&desk.shop, &mut findings).await?;
    let count = findings.len();
    desk.output.show(&Findings { findings })?;
    if count == 0 { Ok(()) } else { Err(Failure::Incomplete(format!("findings: {count}"))) }
}

/// Variants that nobody can buy although they are shown.
async fn check_products(shop: &Shop, findings: &mut Vec<String>) -> Result<(), Failure> {
    let currency = shop.currency();
    let look = |product: Product| {
        for variant in product.variants.iter().filter(|_| product.active) {
            if variant.price.currency() != currency {
                let finding =
                    format!("{}: its price is {}, the shop sells in {currency}", variant.sku, variant.price);
                findings.push(finding);
            }
        }
        Ok(())
    };
    product::for_each(shop, look).await
}

/// What the store finds when it looks at all of its rows.
async fn check_rows(store: &Storage, findings: &mut Vec<String>) -> Result<(), Failure> {
    for Finding { fault, examples } in store.audit().await? {
        findings.push(format!("{fault}: {}", examples.join(", ")));
    }
    Ok(())
}

/// Mails that nobody will get.
async fn check_outbox(shop: &Shop, findings: &mut Vec<String>) -> Result<(), Failure> {
    const MOST: u32 = 1_000;
    let dead = shop.store().outbox().list(Some(MessageState::Dead), MOST).await?;
    if !dead.is_empty() {
        let or_more = if u32::try_from(dead.len()) == Ok(MOST) { " or more" } else { "" };
        findings.push(format!("outbox: {}{or_more} mails were given up", dead.len()));
    }
    Ok(())
}
