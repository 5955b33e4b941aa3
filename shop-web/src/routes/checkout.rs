//! `/checkout`

use rocket::{get, post};
use shop_core::cart::show::{LineProblem, PricedCart};
use shop_core::catalog::Sku;
use shop_core::checkout::IdempotencyKey;
use shop_core::checkout::place_order::PlaceOrderError;

use crate::answer::Answer;
use crate::forms::{CheckoutForm, Faults, Protected};
use crate::guards::SignedIn;
use crate::problem::Problem;
use crate::views::{CartView, CheckoutView, Notice, Phrase};

#[get("/checkout")]
pub(super) async fn form(shopper: SignedIn<'_>) -> Result<Answer, Problem> {
    let cart = shopper.shop().price(&shopper.visitor.cart).await?;
    if !cart.is_orderable() {
        return Ok(shopper.go("/cart"));
    }
    shopper.show(&view(&shopper, &cart, &fresh_key(&shopper)))
}

#[post("/checkout", data = "<form>")]
pub(super) async fn submit(shopper: SignedIn<'_>, form: Protected<CheckoutForm>) -> Result<Answer, Problem> {
    let command = form.command(shopper.id(), shopper.shop().currency(), shopper.language());
    let placed = match command {
        Ok(command) => shopper.shop().place_order(command).await,
        Err(faults) => return refuse_form(&shopper, &form, faults.into()).await,
    };
    match placed {
        Ok(order) => Ok(shopper.go_saying(&format!("/orders/{}", order.number), Notice::OrderPlaced)),
        Err(PlaceOrderError::Lines(lines)) => refuse_lines(&shopper, &lines).await,
        Err(error) => refuse_form(&shopper, &form, error.into()).await,
    }
}

fn fresh_key(shopper: &SignedIn<'_>) -> IdempotencyKey {
    IdempotencyKey::fresh(shopper.shop().random())
}

fn view(shopper: &SignedIn<'_>, cart: &PricedCart, key: &IdempotencyKey) -> CheckoutView {
    CheckoutView::new(&shopper.visitor.user, cart, key, shopper.language())
}

/// The form again; or the cart, if that is what is in the way.
async fn refuse_form(
    shopper: &SignedIn<'_>,
    form: &CheckoutForm,
    problem: Problem,
) -> Result<Answer, Problem> {
    let cart = shopper.shop().price(&shopper.visitor.cart).await?;
    if !cart.is_orderable() {
        let view = CartView::new(&cart, shopper.language());
        return shopper.refuse(problem, "/cart", |faults| CartView { problem: faults.whole(), ..view });
    }
    let key = form.key().unwrap_or_else(|| fresh_key(shopper));
    shopper.refuse(problem, "/checkout", |faults| CheckoutView {
        address: form.address(&faults),
        problem: faults.whole(),
        ..view(shopper, &cart, &key)
    })
}

/// The cart, with what is wrong beside each of these lines.
async fn refuse_lines(shopper: &SignedIn<'_>, lines: &[(Sku, LineProblem)]) -> Result<Answer, Problem> {
    let cart = shopper.shop().price(&shopper.visitor.cart).await?;
    let mut view = CartView { orderable: false, ..CartView::new(&cart, shopper.language()) };
    for (sku, problem) in lines {
        // The reader may not have seen yet what the order ran into.
        if let Some(row) = view.rows.iter_mut().find(|row| row.sku == sku.as_str()) {
            row.problem = Some((*problem).into());
        }
    }
    let fault = Faults::of_the_whole(Phrase::new("checkout-lines"));
    shopper.refuse(fault.into(), "/cart", |faults| CartView { problem: faults.whole(), ..view })
}
