//! A form that proves that one of the shop's own pages made it for this browser.

use std::ops::Deref;

use rocket::data::{Data, FromData, Outcome, ToByteUnit};
use rocket::form::{Form, FromForm};
use rocket::http::{RawStr, Status};
use rocket::request::Request;

use super::Typed;
use crate::guards::Shopper;

/// The greatest length of a form's body, in KiB: three passwords of 1,000 emoji make 36.
const LIMIT_KIB: u64 = 64;

/// A form of type `T` whose `form_token` is the one that this browser's pages carry.
///
/// It is the only way by which a handler of the shop takes a form. It answers by itself: 403 to a wrong or
/// missing token, 413 to more than 64 KiB, 415 to anything but `application/x-www-form-urlencoded`, 400 to a
/// body that is not UTF-8.
pub(crate) struct Protected<T>(T);

impl<T> Deref for Protected<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// A form whose button is all there is to it.
#[derive(FromForm)]
pub(crate) struct Button {
    #[field(name = "form_token")]
    _token: Typed<String>,
}

#[derive(FromForm)]
struct Token {
    form_token: Typed<String>,
}

#[rocket::async_trait]
impl<'r, T> FromData<'r> for Protected<T>
where
    T: for<'f> FromForm<'f> + Send + 'static,
{
    /// The status says it all.
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        match read(request, data).await {
            Ok(form) => Outcome::Success(Self(form)),
            Err(status) => Outcome::Error((status, ())),
        }
    }
}

async fn read<T>(request: &Request<'_>, data: Data<'_>) -> Result<T, Status>
where
    T: for<'f> FromForm<'f> + 'static,
{
    if !request.content_type().is_some_and(|media| media.is_form()) {
        return Err(Status::UnsupportedMediaType);
    }
    let body = data.open(LIMIT_KIB.kibibytes()).into_string().await.map_err(|_| Status::BadRequest)?;
    if !body.is_complete() {
        return Err(Status::PayloadTooLarge);
    }
    let body = RawStr::new(body.as_str());
    let token: Token = parsed(body)?;
    let shopper = Shopper::of(request).await?;
    if shopper.accepts(token.form_token.text()) { parsed(body) } else { Err(Status::Forbidden) }
}

fn parsed<T: for<'f> FromForm<'f> + 'static>(body: &RawStr) -> Result<T, Status> {
    Form::parse_encoded(body).map_err(|_| Status::BadRequest)
}
