//! `/register`

use rocket::{get, post};

use crate::answer::Answer;
use crate::forms::{Protected, RegisterForm};
use crate::guards::Shopper;
use crate::problem::Problem;
use crate::views::{Notice, RegisterView};

#[get("/register")]
pub(super) fn form(shopper: Shopper<'_>) -> Result<Answer, Problem> {
    shopper.show_form(&RegisterView::default())
}

#[post("/register", data = "<form>")]
pub(super) async fn submit(shopper: Shopper<'_>, form: Protected<RegisterForm>) -> Result<Answer, Problem> {
    let registered = match form.command(shopper.language(), shopper.client_address()) {
        Ok(command) => shopper.shop().register(command).await.map_err(Problem::from),
        Err(faults) => Err(faults.into()),
    };
    match registered {
        Ok(()) => Ok(shopper.go_saying("/login", Notice::ActivationSent)),
        Err(problem) => shopper.refuse(problem, "/register", |faults| form.view(&faults)),
    }
}
