//! `/forgot` and `/reset/<token>`
//!
//! The address of the second one is a secret; what [`activate`](super::activate) says of such pages holds
//! here too.

use rocket::{get, post};
use shop_core::account::reset::ResetError;
use shop_core::account::{Purpose, Token};

use crate::answer::Answer;
use crate::forms::{ForgotForm, LinkToken, NoSuchPath, Protected, ResetForm};
use crate::guards::Shopper;
use crate::problem::Problem;
use crate::views::{ForgotView, Notice, ResetView};

#[get("/forgot")]
pub(super) fn forgot(shopper: Shopper<'_>) -> Result<Answer, Problem> {
    shopper.show_form(&ForgotView::default())
}

#[post("/forgot", data = "<form>")]
pub(super) async fn ask(shopper: Shopper<'_>, form: Protected<ForgotForm>) -> Result<Answer, Problem> {
    let asked = match form.command(shopper.language(), shopper.client_address()) {
        Ok(command) => shopper.shop().ask_reset(command).await.map_err(Problem::from),
        Err(faults) => Err(faults.into()),
    };
    match asked {
        Ok(()) => Ok(shopper.go_saying("/login", Notice::ResetSent)),
        Err(problem) => shopper.refuse(problem, "/forgot", |faults| form.view(&faults)),
    }
}

#[get("/reset/<token>")]
pub(super) async fn form(shopper: Shopper<'_>, token: LinkToken) -> Result<Answer, Problem> {
    match token {
        Ok(token) if shopper.shop().link_holds(&token.0, Purpose::Reset).await? => {
            shopper.show_form(&ResetView { token: token.0.reveal(), ..ResetView::default() })
        }
        Ok(_) | Err(NoSuchPath) => offer_another(&shopper, ResetError::NoSuchToken),
    }
}

#[post("/reset/<token>", data = "<form>")]
pub(super) async fn submit(
    shopper: Shopper<'_>,
    token: LinkToken,
    form: Protected<ResetForm>,
) -> Result<Answer, Problem> {
    let Ok(token) = token else { return offer_another(&shopper, ResetError::NoSuchToken) };
    let reset = match form.command(token.0.clone()) {
        Ok(command) => shopper.shop().reset(command).await,
        Err(faults) => return refuse(&shopper, &token.0, faults.into()),
    };
    match reset {
        Ok(user) => {
            shopper.end_void_session().await;
            // Who resets in this browser signs in here next: strangers' tries must not be in the way.
            shopper.mark_browser(&user.email.key());
            Ok(shopper.go_saying("/login", Notice::PasswordReset))
        }
        Err(ResetError::NoSuchToken) => offer_another(&shopper, ResetError::NoSuchToken),
        Err(error) => refuse(&shopper, &token.0, error.into()),
    }
}

/// The form again.
fn refuse(shopper: &Shopper<'_>, token: &Token, problem: Problem) -> Result<Answer, Problem> {
    let path = format!("/reset/{}", token.reveal());
    shopper.refuse(problem, &path, |faults| ResetView::refused(token, &faults))
}

/// The page that sends another link, with the reason why this one is no use.
fn offer_another(shopper: &Shopper<'_>, error: ResetError) -> Result<Answer, Problem> {
    shopper.refuse(error.into(), "/forgot", |faults| ForgotView {
        problem: faults.whole(),
        ..ForgotView::default()
    })
}
