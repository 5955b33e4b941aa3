//! `/checkout`

use rocket::{get, post};
use shop_core::cart::show::{LineProblem, PricedCart};
use shop_core::catalog::Sku;
use shop_core::checkout::IdempotencyKey;
use shop_core::checkout::place_order::{PlaceOrderError, Placed};

use crate::answer::Answer;
use crate::forms::{CheckoutForm, Protected};
use crate::guards::SignedIn;
use crate::problem::Problem;
use crate::views::{CheckoutView, Notice};

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
    let currency = shopper.shop().currency();
    let command = form.command(shopper.id(), currency, shopper.language(), shopper.client_address());
    let placed = match command {
        Ok(command) => shopper.shop().place_order(command).await,
        Err(faults) => return refuse(&shopper, &form, faults.into(), &[]).await,
    };
    match placed {
        Ok(Placed { order, repeated }) => {
            if !repeated {
                shopper.tally().count_order();
            }
            let notice = if repeated { Notice::OrderRepeated } else { Notice::OrderPlaced };
            Ok(shopper.go_saying(&format!("/orders/{}", order.number), notice))
        }
        Err(error) => {
            let lines = if let PlaceOrderError::Lines(lines) = &error { lines.clone() } else { Vec::new() };
            refuse(&shopper, &form, error.into(), &lines).await
        }
    }
}

fn fresh_key(shopper: &SignedIn<'_>) -> IdempotencyKey {
    IdempotencyKey::fresh(shopper.shop().random())
}

fn view(shopper: &SignedIn<'_>, cart: &PricedCart, key: &IdempotencyKey) -> CheckoutView {
    CheckoutView::new(&shopper.visitor.user, cart, key, shopper.language())
}

/// The form again, with what was typed, and with what is wrong beside each line that cannot be ordered; these
/// lines are what the order ran into.
///
/// Its button stays: whoever changes the cart in another window need not type the address again.
async fn refuse(
    shopper: &SignedIn<'_>,
    form: &CheckoutForm,
    problem: Problem,
    lines: &[(Sku, LineProblem)],
) -> Result<Answer, Problem> {
    let cart = shopper.shop().price(&shopper.visitor.cart).await?;
    let key = form.key().unwrap_or_else(|| fresh_key(shopper));
    shopper.refuse(problem, "/checkout", |faults| CheckoutView {
        address: form.address(&faults),
        problem: faults.whole(),
        ..view(shopper, &cart, &key).marking(lines)
    })
}
