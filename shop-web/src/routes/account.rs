//! `/account`

use rocket::get;

use crate::answer::Answer;
use crate::guards::SignedIn;
use crate::problem::Problem;
use crate::views::AccountView;

#[get("/account")]
pub(super) async fn show(shopper: SignedIn<'_>) -> Result<Answer, Problem> {
    let cart = shopper.shop().price(&shopper.visitor.cart).await?;
    shopper.show(&AccountView::new(&shopper.visitor.user, &cart))
}
