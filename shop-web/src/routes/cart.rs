//! `/cart` and what changes it

use rocket::{get, post};
use shop_core::cart::clear::ClearCart;
use shop_core::catalog::Sku;

use crate::answer::Answer;
use crate::forms::{AddItemForm, Button, Parsed, Protected, SetItemForm};
use crate::guards::SignedIn;
use crate::problem::Problem;
use crate::views::{CartView, Notice, ProductView};

#[get("/cart")]
pub(super) async fn show(shopper: SignedIn<'_>) -> Result<Answer, Problem> {
    shopper.show(&view(&shopper).await?)
}

#[post("/cart/items", data = "<form>")]
pub(super) async fn add(shopper: SignedIn<'_>, form: Protected<AddItemForm>) -> Result<Answer, Problem> {
    let added = match form.command(shopper.id()) {
        Ok(command) => shopper.shop().add_item(command).await.map_err(Problem::from),
        Err(faults) => Err(faults.into()),
    };
    match added {
        Ok(_) => Ok(shopper.go_saying("/cart", Notice::ItemAdded)),
        Err(problem) => refuse_to_add(&shopper, &form, problem).await,
    }
}

#[post("/cart/items/<sku>", data = "<form>")]
pub(super) async fn set(
    shopper: SignedIn<'_>,
    sku: Parsed<Sku>,
    form: Protected<SetItemForm>,
) -> Result<Answer, Problem> {
    let command = form.command(shopper.id(), sku.0);
    let notice = if command.as_ref().is_ok_and(|set| set.quantity.is_none()) {
        Notice::ItemRemoved
    } else {
        Notice::QuantitySet
    };
    let set = match command {
        Ok(command) => shopper.shop().set_item(command).await.map_err(Problem::from),
        Err(faults) => Err(faults.into()),
    };
    match set {
        Ok(_) => Ok(shopper.go_saying("/cart", notice)),
        Err(problem) => refuse_line(&shopper, sku.0, form.quantity(), problem).await,
    }
}

#[post("/cart/clear", data = "<_form>")]
pub(super) async fn clear(shopper: SignedIn<'_>, _form: Protected<Button>) -> Result<Answer, Problem> {
    shopper.shop().clear_cart(ClearCart { owner: shopper.id() }).await?;
    Ok(shopper.go_saying("/cart", Notice::CartCleared))
}

/// The cart as it is.
async fn view(shopper: &SignedIn<'_>) -> Result<CartView, Problem> {
    let cart = shopper.shop().price(&shopper.visitor.cart).await?;
    Ok(CartView::new(&cart, shopper.language()))
}

/// The product's page again, with the fault at the quantity of its variant; the cart with what was typed, if
/// there is no such page.
async fn refuse_to_add(
    shopper: &SignedIn<'_>,
    form: &AddItemForm,
    problem: Problem,
) -> Result<Answer, Problem> {
    let Some((sku, page)) = page_of(shopper, form.sku()).await? else {
        let view = view(shopper).await?;
        return shopper
            .refuse(problem, "/cart", |faults| CartView { addition: Some(form.view(&faults)), ..view });
    };
    shopper.refuse(problem, &format!("/products/{}", page.slug), |faults| {
        page.refused(sku.as_str(), form.quantity(), faults.any())
    })
}

/// The page that offers this variant.
async fn page_of(shopper: &SignedIn<'_>, sku: Option<Sku>) -> Result<Option<(Sku, ProductView)>, Problem> {
    let Some(sku) = sku else { return Ok(None) };
    let offers = shopper.shop().store().catalog().offers(&[sku]).await?;
    let Some(offer) = offers.into_iter().next() else { return Ok(None) };
    let Some(product) = shopper.shop().product(&offer.slug).await? else { return Ok(None) };
    let page = ProductView::new(&product, shopper.language(), shopper.shop().currency());
    Ok(page.offers(sku).then_some((sku, page)))
}

/// The cart again, with the fault at the quantity of this line.
async fn refuse_line(
    shopper: &SignedIn<'_>,
    sku: Sku,
    typed: &str,
    problem: Problem,
) -> Result<Answer, Problem> {
    let view = view(shopper).await?;
    shopper.refuse(problem, "/cart", |faults| match faults.any() {
        Some(fault) => view.refused(sku.as_str(), typed.to_owned(), fault),
        None => view,
    })
}
