//! `/account/edit`

use rocket::{get, post};
use shop_core::account::edit::{EditError, Edited};

use crate::answer::Answer;
use crate::forms::{EditForm, Protected};
use crate::guards::SignedIn;
use crate::problem::Problem;
use crate::views::{EditView, Notice};

#[get("/account/edit")]
pub(super) fn form(shopper: SignedIn<'_>) -> Result<Answer, Problem> {
    shopper.show(&EditView::new(&shopper.visitor.user))
}

#[post("/account/edit", data = "<form>")]
pub(super) async fn submit(shopper: SignedIn<'_>, form: Protected<EditForm>) -> Result<Answer, Problem> {
    let edited = match form.command(shopper.visitor, shopper.client_address()) {
        Ok(command) => shopper.shop().edit_account(command).await,
        Err(faults) => return refuse(&shopper, &form, faults.into()),
    };
    match edited {
        Ok(edited) => {
            if let Some(token) = &edited.session {
                shopper.begin_session(token, &shopper.visitor.user.email.key());
            }
            Ok(shopper.go_saying("/account", notice(&edited)))
        }
        Err(EditError::Changed) => refuse_outdated(&shopper, &form).await,
        Err(error) => refuse(&shopper, &form, error.into()),
    }
}

const fn notice(edited: &Edited) -> Notice {
    match (edited.email_asked, edited.password_changed) {
        (false, false) => Notice::AccountSaved,
        (true, false) => Notice::EmailAsked,
        (false, true) => Notice::PasswordChanged,
        (true, true) => Notice::EmailAskedPasswordChanged,
    }
}

/// The form again, as it was sent.
fn refuse(shopper: &SignedIn<'_>, form: &EditForm, problem: Problem) -> Result<Answer, Problem> {
    shopper.refuse(problem, "/account/edit", |faults| form.view(&faults, shopper.visitor.user.language))
}

/// The form again, with the version that the account has now: who presses the button once more means it.
async fn refuse_outdated(shopper: &SignedIn<'_>, form: &EditForm) -> Result<Answer, Problem> {
    let user = shopper.shop().store().accounts().find(shopper.id()).await?.ok_or(Problem::SignInFirst)?;
    shopper.refuse(EditError::Changed.into(), "/account/edit", |faults| EditView {
        version: Some(user.version),
        ..form.view(&faults, user.language)
    })
}
