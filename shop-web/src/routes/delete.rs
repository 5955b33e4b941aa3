//! `/account/delete`

use rocket::{get, post};

use crate::answer::Answer;
use crate::forms::{DeleteForm, Protected};
use crate::guards::SignedIn;
use crate::problem::Problem;
use crate::views::{DeleteView, Notice};

#[get("/account/delete")]
pub(super) fn form(shopper: SignedIn<'_>) -> Result<Answer, Problem> {
    shopper.show(&DeleteView::default())
}

#[post("/account/delete", data = "<form>")]
pub(super) async fn submit(shopper: SignedIn<'_>, form: Protected<DeleteForm>) -> Result<Answer, Problem> {
    let deleted = match form.command(shopper.id()) {
        Ok(command) => shopper.shop().delete_account(command).await.map_err(Problem::from),
        Err(faults) => Err(faults.into()),
    };
    match deleted {
        Ok(()) => {
            shopper.forget_account();
            Ok(shopper.go_saying("/login", Notice::AccountDeleted))
        }
        Err(problem) => shopper.refuse(problem, "/account/delete", |faults| DeleteView::refused(&faults)),
    }
}
