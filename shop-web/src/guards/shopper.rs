use std::net::IpAddr;

use rocket::http::{CookieJar, Status};
use rocket::request::{FromRequest, Outcome, Request};
use shop_core::account::visit::Visitor;
use shop_core::{Language, Shop};

use super::ClientAddress;
use crate::forgery::same_token;
use crate::place::Place;
use crate::problem::Problem;
use crate::site::Site;
use crate::tally::Tally;

/// Whoever looks at a page, signed in or not, and how the page speaks to them.
#[derive(Clone, Copy)]
pub(crate) struct Shopper<'r> {
    pub(super) site: &'r Site,
    pub(super) jar: &'r CookieJar<'r>,
    pub(super) place: &'r Place,
    pub(super) language: Language,
    pub(super) visitor: Option<&'r Visitor>,
    /// What the browser calls itself.
    pub(super) agent: Option<&'r str>,
    client: ClientAddress,
}

/// What the one read of the store has said, kept for the request's other guards.
struct Visit(Result<Option<Visitor>, Status>);

impl<'r> Shopper<'r> {
    /// The shopper who has sent this request, or the status of the answer if the store cannot tell.
    pub(crate) async fn of(request: &'r Request<'_>) -> Result<Self, Status> {
        let site = site(request)?;
        let visit = request.local_cache_async(read_visit(site, request.cookies())).await;
        let visitor = visit.0.as_ref().map_err(|&status| status)?;
        Ok(Self::new(site, request, visitor.as_ref()))
    }

    /// A shopper of whom nothing is known.
    pub(crate) fn unknown(request: &'r Request<'_>) -> Result<Self, Status> {
        Ok(Self::new(site(request)?, request, None))
    }

    fn new(site: &'r Site, request: &'r Request<'_>, visitor: Option<&'r Visitor>) -> Self {
        let place = Place::of_request(request, &site.config.base_path);
        let asked = || request.headers().get_one("Accept-Language").and_then(Language::negotiate);
        let language = place.language.or_else(|| visitor.map(|visitor| visitor.user.language)).or_else(asked);
        let language = language.unwrap_or(site.config.language);
        let client = ClientAddress::of(request);
        let agent = request.headers().get_one("User-Agent");
        Self { site, jar: request.cookies(), place, language, visitor, agent, client }
    }

    /// The use cases.
    pub(crate) fn shop(&self) -> &'r Shop {
        &self.site.shop
    }

    /// The language of the page: that of its address, else the account's, else what the browser asks for,
    /// else the shop's.
    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// What is counted.
    pub(crate) fn tally(&self) -> &'r Tally {
        &self.site.tally
    }

    pub(crate) fn place(&self) -> &'r Place {
        self.place
    }

    /// Who is signed in.
    pub(crate) fn visitor(&self) -> Option<&'r Visitor> {
        self.visitor
    }

    /// The address of the client, for limits on what one client may do.
    pub(crate) fn client_address(&self) -> Option<IpAddr> {
        self.client.0
    }

    /// Whether this is the token that the forms for this browser carry: that of the session, else that of the
    /// cookie for visitors.
    pub(crate) fn accepts(&self, token: &str) -> bool {
        let tokens = &self.site.form_tokens;
        let expected = match self.visitor {
            Some(visitor) => Some(tokens.of_session(&visitor.session.key)),
            None => self.site.cookies.visitor(self.jar).map(|cookie| tokens.of_visitor(&cookie)),
        };
        expected.is_some_and(|expected| same_token(&expected, token))
    }
}

fn site<'r>(request: &'r Request<'_>) -> Result<&'r Site, Status> {
    request.rocket().state::<Site>().ok_or(Status::InternalServerError)
}

async fn read_visit(site: &Site, jar: &CookieJar<'_>) -> Visit {
    let Some(token) = site.cookies.session(jar) else { return Visit(Ok(None)) };
    Visit(site.shop.visit(&token).await.map_err(|error| {
        let problem = Problem::from(error);
        problem.log();
        problem.status()
    }))
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Shopper<'r> {
    /// The status says it all.
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match Self::of(request).await {
            Ok(shopper) => Outcome::Success(shopper),
            Err(status) => Outcome::Error((status, ())),
        }
    }
}
