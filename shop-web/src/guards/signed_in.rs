use std::ops::Deref;

use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};
use shop_core::account::visit::Visitor;
use shop_core::ids::UserId;

use super::Shopper;

/// A shopper who is signed in.
#[derive(Clone, Copy)]
pub(crate) struct SignedIn<'r> {
    shopper: Shopper<'r>,
    /// The account, its session and its cart.
    pub(crate) visitor: &'r Visitor,
}

impl SignedIn<'_> {
    /// The account's id: whose cart and orders are meant.
    pub(crate) fn id(&self) -> UserId {
        self.visitor.user.id
    }
}

impl<'r> Deref for SignedIn<'r> {
    type Target = Shopper<'r>;

    fn deref(&self) -> &Shopper<'r> {
        &self.shopper
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SignedIn<'r> {
    /// The status says it all.
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match Shopper::of(request).await {
            Ok(shopper) => match shopper.visitor() {
                Some(visitor) => Outcome::Success(Self { shopper, visitor }),
                None => Outcome::Error((Status::Unauthorized, ())),
            },
            Err(status) => Outcome::Error((status, ())),
        }
    }
}
