//! `/orders`, `/orders/<number>` and what is done there

use rocket::{get, post};
use shop_core::order::cancel::CancelOrder;
use shop_core::order::history::ListOrders;
use shop_core::order::show::ShowOrder;
use shop_core::order::{Order, OrderNumber};

use crate::answer::Answer;
use crate::forms::{Button, Parsed, Protected};
use crate::guards::SignedIn;
use crate::problem::Problem;
use crate::views::{Notice, OrderPrintView, OrderView, OrdersView};

#[get("/orders?<before>")]
pub(super) async fn list(shopper: SignedIn<'_>, before: Option<&str>) -> Result<Answer, Problem> {
    let before =
        before.filter(|id| !id.is_empty()).map(str::parse).transpose().map_err(|_| Problem::NotFound)?;
    let page = shopper.shop().orders(ListOrders { owner: shopper.id(), before }).await?;
    shopper.show(&OrdersView::new(&page, before.is_none()))
}

#[get("/orders/<number>")]
pub(super) async fn show(shopper: SignedIn<'_>, number: Parsed<OrderNumber>) -> Result<Answer, Problem> {
    shopper.show(&OrderView::from(&own(&shopper, number.0).await?))
}

/// The order for the printer; what belongs to the screen alone, such as a notice, waits for the next page.
#[get("/orders/<number>/print")]
pub(super) async fn print(shopper: SignedIn<'_>, number: Parsed<OrderNumber>) -> Result<Answer, Problem> {
    let view = OrderPrintView(OrderView::from(&own(&shopper, number.0).await?));
    shopper.render(&shopper.common_page(&shopper.place().path), &view)
}

#[post("/orders/<number>/cancel", data = "<_form>")]
pub(super) async fn cancel(
    shopper: SignedIn<'_>,
    number: Parsed<OrderNumber>,
    _form: Protected<Button>,
) -> Result<Answer, Problem> {
    let path = format!("/orders/{}", number.0);
    let canceled = shopper.shop().cancel_order(CancelOrder { owner: shopper.id(), number: number.0 }).await;
    match canceled {
        Ok(_) => Ok(shopper.go_saying(&path, Notice::OrderCanceled)),
        Err(error) => {
            let view = OrderView::from(&own(&shopper, number.0).await?);
            shopper.refuse(error.into(), &path, |faults| OrderView { problem: faults.whole(), ..view })
        }
    }
}

/// The order as it is, if it is the shopper's own.
async fn own(shopper: &SignedIn<'_>, number: OrderNumber) -> Result<Order, Problem> {
    let order = shopper.shop().order(ShowOrder { owner: shopper.id(), number }).await?;
    order.ok_or(Problem::NotFound)
}
