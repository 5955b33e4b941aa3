//! Consistency: what the store's own rules cannot hold, looked at through the ports.

use serde::Serialize;
use shop_core::catalog::Product;
use shop_core::order::Order;
use shop_core::outbox::MessageState;
use shop_core::{Money, Shop};

use super::output::View;
use super::{Desk, order, product};
use crate::Failure;

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
    check_orders(&desk.shop, &mut findings).await?;
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

/// Orders whose sums do not add up. One read an order.
async fn check_orders(shop: &Shop, findings: &mut Vec<String>) -> Result<(), Failure> {
    let mut before = None;
    loop {
        let (orders, next) = order::page(shop, before).await?;
        for summary in orders {
            let order = shop.store().orders().find(summary.number).await?;
            if let Some(fault) = order.and_then(|order| fault_of(&order)) {
                findings.push(format!("order {}: {fault}", summary.number));
            }
        }
        match next {
            Some(_) => before = next,
            None => return Ok(()),
        }
    }
}

fn fault_of(order: &Order) -> Option<String> {
    if order.lines.is_empty() {
        return Some("it has no line".to_owned());
    }
    if let Some(line) =
        order.lines.iter().find(|line| line.unit_price.checked_times(line.quantity) != Some(line.total))
    {
        return Some(format!(
            "{} x {} at {} is not {}",
            line.quantity, line.sku, line.unit_price, line.total
        ));
    }
    let zero = Money::zero(order.total.currency());
    let sum = order.lines.iter().map(|line| line.total).try_fold(zero, Money::checked_add);
    (sum != Some(order.total)).then(|| format!("its lines do not add up to {}", order.total))
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
