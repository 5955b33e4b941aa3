//! Which methods an address takes: what tells a wrong method from a wrong address.

use rocket::http::Method;
use rocket::request::Request;
use rocket::route::Route;

use super::is_own;

/// The methods by which the shop's pages at this address can be asked for, as the header `Allow` lists them;
/// `None` if there are no pages.
///
/// An address counts by its form: whether there is a product behind `/products/<slug>` only its page can
/// tell.
pub(crate) fn allowed(request: &Request<'_>) -> Option<String> {
    let routes = request.rocket().routes().filter(|route| is_own(route) && leads_to(route, request));
    let methods: Vec<_> = routes.map(|route| route.method).collect();
    let of_get = methods.contains(&Method::Get).then_some([Method::Get, Method::Head]);
    let of_post = methods.contains(&Method::Post).then_some(Method::Post);
    let taken = of_get.into_iter().flatten().chain(of_post).chain([Method::Options]);
    let taken: Vec<_> = taken.map(Method::as_str).collect();
    (!methods.is_empty()).then(|| taken.join(", "))
}

/// Whether the request's path has the form of the route's, segment by segment, as Rocket sees it.
fn leads_to(route: &Route, request: &Request<'_>) -> bool {
    let form = route.uri.path().split('/').filter(|part| !part.is_empty());
    let path = request.uri().path().segments();
    let fits = |(part, segment): (&str, &str)| part.starts_with('<') || part == segment;
    form.clone().count() == path.len() && form.zip(path).all(fits)
}
