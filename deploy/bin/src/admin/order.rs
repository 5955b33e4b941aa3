use serde::Serialize;
use shop_core::ids::OrderId;
use shop_core::order::{Order, OrderLine, OrderNumber, OrderSummary};
use shop_core::{Money, Shop, StoreError};

use super::Desk;
use super::arguments::OrderCommand;
use super::output::{View, moment};
use crate::Failure;

pub(super) async fn run(desk: &mut Desk<'_>, command: OrderCommand) -> Result<(), Failure> {
    match command {
        OrderCommand::List => list(desk).await,
        OrderCommand::Show { number } => show(desk, number).await,
    }
}

/// One page of all orders, newest first, and where the next one begins if there may be more.
pub(super) async fn page(
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
    owner: String,
    recipient: &'o str,
    address: &'o str,
    language: &'static str,
    lines: &'o [OrderLine],
}

impl<'o> From<&'o Order> for OrderView<'o> {
    fn from(order: &'o Order) -> Self {
        Self {
            summary: SummaryView::from(&OrderSummary::from(order)),
            owner: order.owner.to_string(),
            recipient: &order.recipient,
            address: order.address.as_str(),
            language: order.language.code(),
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
        let address = self.address.replace('\n', ", ");
        let head = [self.summary.text(), format!("{}, {address}", self.recipient)];
        head.into_iter().chain(self.lines.iter().map(line)).collect::<Vec<_>>().join("\n")
    }
}
