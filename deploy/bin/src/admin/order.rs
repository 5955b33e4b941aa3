use serde::Serialize;
use shop_core::ids::OrderId;
use shop_core::order::advance::AdvanceOrder;
use shop_core::order::{Order, OrderAction, OrderLine, OrderNumber, OrderStep, OrderSummary};
use shop_core::{Money, Shop, StoreError};

use super::Desk;
use super::arguments::OrderCommand;
use super::output::{View, moment};
use crate::Failure;
use crate::failure::one_line;

pub(super) async fn run(desk: &mut Desk<'_>, command: OrderCommand) -> Result<(), Failure> {
    match command {
        OrderCommand::List => list(desk).await,
        OrderCommand::Show { number } => show(desk, number).await,
        OrderCommand::Confirm(orders) => advance(desk, &orders.numbers, OrderAction::Confirm).await,
        OrderCommand::Ship(orders) => advance(desk, &orders.numbers, OrderAction::Ship).await,
        OrderCommand::Deliver(orders) => advance(desk, &orders.numbers, OrderAction::Deliver).await,
        OrderCommand::Cancel(orders) => advance(desk, &orders.numbers, OrderAction::Cancel).await,
    }
}

/// One page of all orders, newest first, and where the next one begins if there may be more.
async fn page(
    shop: &Shop,
    before: Option<OrderId>,
) -> Result<(Vec<OrderSummary>, Option<OrderId>), StoreError> {
    const PAGE: u32 = 500;
    let orders = shop.store().orders().list(None, before, PAGE).await?;
    let is_full = u32::try_from(orders.len()) == Ok(PAGE);
    let next = orders.last().filter(|_| is_full).map(|order| order.id);
    Ok((orders, next))
}

async fn list(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let mut list = desk.output.list();
    let mut before = None;
    loop {
        let (orders, next) = page(&desk.shop, before).await?;
        orders.iter().try_for_each(|order| list.item(&SummaryView::from(order)))?;
        match next {
            Some(_) => before = next,
            None => return list.end(),
        }
    }
}

async fn show(desk: &mut Desk<'_>, number: OrderNumber) -> Result<(), Failure> {
    let order = desk.shop.store().orders().find(number).await?;
    let order = order.ok_or_else(|| Failure::Incomplete("there is no such order".to_owned()))?;
    desk.output.show(&OrderView::from(&order))
}

/// Takes each order one step on. Those that cannot be are named at the end, and the others are done.
async fn advance(desk: &mut Desk<'_>, numbers: &[OrderNumber], action: OrderAction) -> Result<(), Failure> {
    let mut refused = Vec::new();
    let mut list = desk.output.list();
    for &number in numbers {
        match desk.shop.advance_order(AdvanceOrder { number, action }).await {
            Ok(order) => list.item(&SummaryView::from(&OrderSummary::from(&order)))?,
            Err(failure) => refused.push(format!("{number}: {}", one_line(&failure))),
        }
    }
    list.end()?;
    if refused.is_empty() { Ok(()) } else { Err(Failure::Incomplete(refused.join("; "))) }
}

#[derive(Serialize)]
struct SummaryView {
    number: String,
    state: &'static str,
    placed_at: String,
    total: Money,
}

impl From<&OrderSummary> for SummaryView {
    fn from(order: &OrderSummary) -> Self {
        Self {
            number: order.number.to_string(),
            state: order.state.name(),
            placed_at: moment(order.placed_at),
            total: order.total,
        }
    }
}

impl View for SummaryView {
    fn text(&self) -> String {
        let Self { number, state, placed_at, total } = self;
        format!("{number}  {state:<11}  {placed_at:<27}  {:>16}", total.to_string())
    }
}

#[derive(Serialize)]
struct OrderView<'o> {
    #[serde(flatten)]
    summary: SummaryView,
    /// Nobody, once their account is deleted.
    owner: Option<String>,
    /// Nothing, once it may be forgotten; the address likewise.
    recipient: Option<&'o str>,
    address: Option<&'o str>,
    language: &'static str,
    steps: Vec<StepView>,
    lines: &'o [OrderLine],
}

impl<'o> From<&'o Order> for OrderView<'o> {
    fn from(order: &'o Order) -> Self {
        Self {
            summary: SummaryView::from(&OrderSummary::from(order)),
            owner: order.owner.map(|owner| owner.to_string()),
            recipient: order.delivery.as_ref().map(|delivery| delivery.recipient.as_str()),
            address: order.delivery.as_ref().map(|delivery| delivery.address.as_str()),
            language: order.language.code(),
            steps: order.steps.iter().map(StepView::from).collect(),
            lines: &order.lines,
        }
    }
}

impl View for OrderView<'_> {
    fn text(&self) -> String {
        let line = |line: &OrderLine| {
            let OrderLine { sku, name, unit_price, quantity, total, state } = line;
            format!("{quantity:>5} x {sku}  {unit_price} = {total}  {}  {name}", state.name())
        };
        let delivery = match (self.recipient, self.address) {
            (Some(recipient), Some(address)) => format!("{recipient}, {}", address.replace('\n', ", ")),
            _ => "(no name or address kept)".to_owned(),
        };
        let steps = self.steps.iter().map(|step| format!("{:<11}  {}", step.state, step.at));
        let head = [self.summary.text(), delivery].into_iter();
        head.chain(steps).chain(self.lines.iter().map(line)).collect::<Vec<_>>().join("\n")
    }
}

#[derive(Serialize)]
struct StepView {
    state: &'static str,
    at: String,
}

impl From<&OrderStep> for StepView {
    fn from(step: &OrderStep) -> Self {
        Self { state: step.state.name(), at: moment(step.at) }
    }
}
