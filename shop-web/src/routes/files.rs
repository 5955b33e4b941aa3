//! `/static/<name>` and `/pictures/<name>`

use rocket::{State, get};
use shop_core::catalog::PictureName;

use crate::files::FileAnswer;
use crate::forms::Parsed;
use crate::problem::Problem;
use crate::site::Site;

#[get("/static/<name>?<v>")]
pub(super) fn asset<'r>(
    site: &'r State<Site>,
    name: &'r str,
    v: Option<&'r str>,
) -> Result<FileAnswer<'r>, Problem> {
    let asset = site.views.asset(name).ok_or(Problem::NotFound)?;
    Ok(FileAnswer::of_asset(asset, v))
}

#[get("/pictures/<name>")]
pub(super) fn picture(site: &State<Site>, name: Parsed<PictureName>) -> Result<FileAnswer<'_>, Problem> {
    let Parsed(name) = name;
    site.config.pictures.get(&name).map(FileAnswer::from).ok_or(Problem::NotFound)
}
