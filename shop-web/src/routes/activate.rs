//! `/activate` and `/activate/<token>`
//!
//! A link in a mail is followed by mail scanners too, so that following it changes nothing: the page has a
//! button. The page refers to nothing outside of the shop, and its `Referrer-Policy` keeps the address with
//! the secret within the shop. (`no-referrer` would be stricter, but browsers that know no `Sec-Fetch-Site`
//! would send `Origin: null` with the button then.)

use rocket::{get, post};
use shop_core::account::Purpose;
use shop_core::account::activate::{Activate, ActivateError};

use crate::answer::Answer;
use crate::forms::{Button, EmailForm, LinkToken, NoSuchPath, Protected};
use crate::guards::Shopper;
use crate::problem::Problem;
use crate::views::{ActivateView, Notice, SendActivationView};

#[get("/activate/<token>")]
pub(super) async fn ask(shopper: Shopper<'_>, token: LinkToken) -> Result<Answer, Problem> {
    match token {
        Ok(token) if shopper.shop().link_holds(&token.0, Purpose::Activation).await? => {
            shopper.show_form(&ActivateView { token: token.0.reveal() })
        }
        Ok(_) | Err(NoSuchPath) => offer_another(&shopper, ActivateError::NoSuchToken.into()),
    }
}

#[post("/activate/<token>", data = "<_form>")]
pub(super) async fn confirm(
    shopper: Shopper<'_>,
    token: LinkToken,
    _form: Protected<Button>,
) -> Result<Answer, Problem> {
    let activated = match token {
        Ok(token) => shopper.shop().activate(Activate { token: token.0 }).await,
        Err(NoSuchPath) => Err(ActivateError::NoSuchToken),
    };
    match activated {
        Ok(()) => Ok(shopper.go_saying("/login", Notice::Activated)),
        Err(error) => offer_another(&shopper, error.into()),
    }
}

/// The page that sends another link, with the reason why this one is no use.
fn offer_another(shopper: &Shopper<'_>, problem: Problem) -> Result<Answer, Problem> {
    shopper.refuse(problem, "/activate", |faults| SendActivationView {
        problem: faults.whole(),
        ..SendActivationView::default()
    })
}

#[get("/activate")]
pub(super) fn form(shopper: Shopper<'_>) -> Result<Answer, Problem> {
    shopper.show_form(&SendActivationView::default())
}

#[post("/activate", data = "<form>")]
pub(super) async fn send(shopper: Shopper<'_>, form: Protected<EmailForm>) -> Result<Answer, Problem> {
    let sent = match form.command(shopper.language(), shopper.client_address()) {
        Ok(command) => shopper.shop().send_activation(command).await.map_err(Problem::from),
        Err(faults) => Err(faults.into()),
    };
    match sent {
        Ok(()) => Ok(shopper.go_saying("/login", Notice::ActivationSent)),
        Err(problem) => shopper.refuse(problem, "/activate", |faults| form.view(&faults)),
    }
}
