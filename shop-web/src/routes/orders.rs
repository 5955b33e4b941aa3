//! `/orders` and `/orders/<number>`

use rocket::get;
use shop_core::order::OrderNumber;
use shop_core::order::history::ListOrders;
use shop_core::order::show::ShowOrder;

use crate::answer::Answer;
use crate::forms::Parsed;
use crate::guards::SignedIn;
use crate::problem::Problem;
use crate::views::{OrderView, OrdersView};

#[get("/orders?<before>")]
pub(super) async fn list(shopper: SignedIn<'_>, before: Option<&str>) -> Result<Answer, Problem> {
    let before =
        before.filter(|id| !id.is_empty()).map(str::parse).transpose().map_err(|_| Problem::NotFound)?;
    let page = shopper.shop().orders(ListOrders { owner: shopper.id(), before }).await?;
    shopper.show(&OrdersView::new(&page, before.is_none()))
}

#[get("/orders/<number>")]
pub(super) async fn show(shopper: SignedIn<'_>, number: Parsed<OrderNumber>) -> Result<Answer, Problem> {
    let order = shopper.shop().order(ShowOrder { owner: shopper.id(), number: number.0 }).await?;
    shopper.show(&OrderView::from(&order.ok_or(Problem::NotFound)?))
}
