//! `/account/sessions` and `/account/sessions/end`

use rocket::{get, post};
use shop_core::account::end_sessions::Which;

use crate::answer::Answer;
use crate::forms::{EndSessionForm, Protected};
use crate::guards::SignedIn;
use crate::problem::Problem;
use crate::views::{Notice, SessionsView};

#[get("/account/sessions")]
pub(super) async fn list(shopper: SignedIn<'_>) -> Result<Answer, Problem> {
    shopper.show(&view(&shopper).await?)
}

#[post("/account/sessions/end", data = "<form>")]
pub(super) async fn end(shopper: SignedIn<'_>, form: Protected<EndSessionForm>) -> Result<Answer, Problem> {
    let command = match form.command(shopper.visitor) {
        Ok(command) => command,
        Err(faults) => {
            let view = view(&shopper).await?;
            return shopper.refuse(faults.into(), "/account/sessions", |faults| view.refused(faults.whole()));
        }
    };
    shopper.shop().end_sessions(command).await?;
    match command.which {
        Which::One(key) if key == shopper.visitor.session.key => {
            shopper.end_session();
            Ok(shopper.go_saying("/login", Notice::SignedOut))
        }
        Which::One(_) => Ok(shopper.go_saying("/account/sessions", Notice::SessionEnded)),
        Which::Others(_) => Ok(shopper.go_saying("/account/sessions", Notice::OtherSessionsEnded)),
    }
}

/// The sessions as they are.
async fn view(shopper: &SignedIn<'_>) -> Result<SessionsView, Problem> {
    let sessions = shopper.shop().sessions(shopper.id()).await?;
    Ok(SessionsView::new(&sessions, &shopper.visitor.session))
}
