//! `/email/<token>` and `/email/undo/<token>`
//!
//! Both addresses are secrets; what [`activate`](super::activate) says of such pages holds here too.

use rocket::{get, post};
use shop_core::account::Purpose;
use shop_core::account::confirm_email::{ConfirmEmail, ConfirmEmailError};
use shop_core::account::undo_email::UndoEmail;

use crate::answer::Answer;
use crate::forms::{Button, LinkToken, NoSuchPath, Protected};
use crate::guards::Shopper;
use crate::problem::Problem;
use crate::views::{ConfirmEmailView, Notice, UndoEmailView};

#[get("/email/<token>")]
pub(super) async fn ask_confirm(shopper: Shopper<'_>, token: LinkToken) -> Result<Answer, Problem> {
    match token {
        Ok(token) if shopper.shop().link_holds(&token.0, Purpose::EmailChange).await? => {
            shopper.show_form(&ConfirmEmailView::link(&token.0))
        }
        Ok(_) | Err(NoSuchPath) => refuse_to_confirm(&shopper, ConfirmEmailError::NoSuchToken),
    }
}

#[post("/email/<token>", data = "<_form>")]
pub(super) async fn confirm(
    shopper: Shopper<'_>,
    token: LinkToken,
    _form: Protected<Button>,
) -> Result<Answer, Problem> {
    let confirmed = match token {
        Ok(token) => shopper.shop().confirm_email(ConfirmEmail { token: token.0 }).await,
        Err(NoSuchPath) => Err(ConfirmEmailError::NoSuchToken),
    };
    let next = if shopper.visitor().is_some() { "/account" } else { "/login" };
    match confirmed {
        Ok(()) => Ok(shopper.go_saying(next, Notice::EmailConfirmed)),
        Err(error) => refuse_to_confirm(&shopper, error),
    }
}

#[get("/email/undo/<token>")]
pub(super) async fn ask_undo(shopper: Shopper<'_>, token: LinkToken) -> Result<Answer, Problem> {
    match token {
        Ok(token) if shopper.shop().link_holds(&token.0, Purpose::EmailUndo).await? => {
            shopper.show_form(&UndoEmailView::link(&token.0))
        }
        Ok(_) | Err(NoSuchPath) => refuse_to_undo(&shopper, ConfirmEmailError::NoSuchToken),
    }
}

#[post("/email/undo/<token>", data = "<_form>")]
pub(super) async fn undo(
    shopper: Shopper<'_>,
    token: LinkToken,
    _form: Protected<Button>,
) -> Result<Answer, Problem> {
    let undone = match token {
        Ok(token) => shopper.shop().undo_email(UndoEmail { token: token.0 }).await,
        Err(NoSuchPath) => Err(ConfirmEmailError::NoSuchToken),
    };
    match undone {
        Ok(()) => {
            shopper.end_void_session().await;
            Ok(shopper.go_saying("/login", Notice::EmailUndone))
        }
        Err(error) => refuse_to_undo(&shopper, error),
    }
}

/// The page without a button, with the reason why there is none.
fn refuse_to_confirm(shopper: &Shopper<'_>, error: ConfirmEmailError) -> Result<Answer, Problem> {
    shopper.refuse(error.into(), "/account/edit", |faults| ConfirmEmailView::refused(faults.whole()))
}

fn refuse_to_undo(shopper: &Shopper<'_>, error: ConfirmEmailError) -> Result<Answer, Problem> {
    shopper.refuse(error.into(), "/forgot", |faults| UndoEmailView::refused(faults.whole()))
}
