//! `/account/export`

use std::sync::Arc;

use rocket::get;

use crate::answer::Answer;
use crate::guards::SignedIn;
use crate::problem::Problem;

#[get("/account/export")]
pub(super) async fn download(shopper: SignedIn<'_>) -> Result<Answer, Problem> {
    let export = shopper.shop().export_account(shopper.id()).await?.ok_or(Problem::SignInFirst)?;
    let data = serde_json::to_string_pretty(&export).map_err(|error| Problem::Bug(Arc::new(error)))?;
    let moment = export.exported_at.to_string();
    let day = moment.split('T').next().unwrap_or_default();
    Ok(Answer::json(&format!("account-{day}.json"), data))
}
