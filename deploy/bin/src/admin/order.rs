use serde::Serialize;
use shop_core::account::User;
use shop_core::ids::OrderId;
use shop_core::order::advance::AdvanceOrder;
use shop_core::order::{Order, OrderAction, OrderLine, OrderNumber, OrderState, OrderStep, OrderSummary};
use shop_core::{Money, Shop, StoreError};

use super::Desk;
use super::arguments::OrderCommand;
use super::output::{View, moment};
use crate::Failure;
use crate::failure::one_line;

pub(super) async fn run(desk: &mut Desk<'_>, command: OrderCommand) -> Result<(), Failure> {
    match command {
        OrderCommand::List { state, limit } => list(desk, state, limit).await,
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

/// Lists those in this state (in any, without one), at most so many.
async fn list(desk: &mut Desk<'_>, state: Option<OrderState>, limit: Option<usize>) -> Result<(), Failure> {
    let mut list = desk.output.list();
    let (mut before, mut left) = (None, limit.unwrap_or(usize::MAX));
    while left > 0 {
        let (orders, next) = page(&desk.shop, before).await?;
        let fitting = orders.iter().filter(|order| state.is_none_or(|state| order.state == state));
        for order in fitting.take(left) {
            list.item(&SummaryView::from(order))?;
            left -= 1;
        }
        if next.is_none() {
            break;
        }
        before = next;
    }
    list.end()
}

async fn show(desk: &mut Desk<'_>, number: OrderNumber) -> Result<(), Failure> {
    let order = desk.shop.store().orders().find(number).await?;
    let order = order.ok_or_else(|| Failure::Incomplete("there is no such order".to_owned()))?;
    let buyer = match order.owner {
        Some(owner) => desk.shop.store().accounts().find(owner).await?,
        None => None,
    };
    desk.output.show(&OrderView::new(&order, buyer.as_ref()))
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
    /// The same, for whoever has to write to them.
    buyer: Option<BuyerView>,
    /// Nothing, once it may be forgotten; the address likewise.
    recipient: Option<&'o str>,
    address: Option<&'o str>,
    language: &'static str,
    steps: Vec<StepView>,
    lines: &'o [OrderLine],
}

impl<'o> OrderView<'o> {
    fn new(order: &'o Order, buyer: Option<&User>) -> Self {
        Self {
            summary: SummaryView::from(&OrderSummary::from(order)),
            owner: order.owner.map(|owner| owner.to_string()),
            buyer: buyer.map(BuyerView::from),
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
        let buyer = self.buyer.as_ref();
        let buyer = buyer.map_or("(no account any more)".to_owned(), |BuyerView { name, email }| {
            format!("{name} <{email}>")
        });
        let delivery = match (self.recipient, self.address) {
            (Some(recipient), Some(address)) => format!("{recipient}, {}", address.replace('\n', ", ")),
            _ => "(no name or address kept)".to_owned(),
        };
        let steps = self.steps.iter().map(|step| format!("{:<11}  {}", step.state, step.at));
        let head = [self.summary.text(), buyer, delivery].into_iter();
        head.chain(steps).chain(self.lines.iter().map(line)).collect::<Vec<_>>().join("\n")
    }
}

#[derive(Serialize)]
struct BuyerView {
    name: String,
    email: String,
}

impl From<&User> for BuyerView {
    fn from(user: &User) -> Self {
        Self { name: user.full_name(), email: user.email.to_string() }
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
