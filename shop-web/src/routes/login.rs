//! `/login` and `/logout`

use rocket::{get, post};
use shop_core::account::sign_in::{SignIn, SignedIn as NewSession};
use shop_core::account::sign_out::SignOut;

use crate::answer::Answer;
use crate::forms::{Button, LoginForm, OwnPath, Protected};
use crate::guards::{Shopper, SignedIn};
use crate::problem::Problem;
use crate::views::{LoginView, Notice};

#[get("/login?<next>")]
pub(super) fn form(shopper: Shopper<'_>, next: Option<&str>) -> Result<Answer, Problem> {
    let next = next.and_then(|path| path.parse().ok()).map(|path: OwnPath| path.to_string());
    shopper.show_form(&LoginView { next, ..LoginView::default() })
}

#[post("/login", data = "<form>")]
pub(super) async fn submit(shopper: Shopper<'_>, form: Protected<LoginForm>) -> Result<Answer, Problem> {
    let signed_in = match form.command(shopper.session_key()) {
        Ok(command) => {
            let browser = shopper.browser(&command.email.key());
            let outcome = shopper.shop().sign_in(SignIn { browser, ..command }).await;
            shopper.tally().count_sign_in(&outcome);
            outcome.map_err(Problem::from)
        }
        Err(faults) => Err(faults.into()),
    };
    match signed_in {
        Ok(NewSession { token, user }) => {
            shopper.begin_session(&token, &user.email.key());
            Ok(shopper.go_on(form.next(), "/account", Notice::SignedIn))
        }
        Err(problem) => shopper.refuse(problem, "/login", |faults| form.view(&faults)),
    }
}

#[post("/logout", data = "<_form>")]
pub(super) async fn sign_out(shopper: SignedIn<'_>, _form: Protected<Button>) -> Result<Answer, Problem> {
    shopper.shop().sign_out(SignOut { session: shopper.visitor.session.key }).await?;
    shopper.end_session();
    Ok(shopper.go_saying("/login", Notice::SignedOut))
}
