//! Where a request points: below the base path, and behind the language that its path begins with.
//!
//! Every page answers under `/{lang}` too. Rocket tries its routes one after another, so they are not mounted
//! once more for each language; instead the language is taken out of the path before the request is routed,
//! and remembered here.

use rocket::http::RawStr;
use rocket::http::uri::Origin;
use rocket::request::Request;
use shop_core::Language;

use crate::config::BasePath;

/// Where a request points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// The language that the path begins with.
    pub(crate) language: Option<Language>,
    /// The path behind it, with the query; always with a slash in front.
    pub(crate) path: String,
}

impl Place {
    /// Where this address points, if that is below the base path.
    fn of(address: &Origin<'_>, base: &BasePath) -> Option<Self> {
        let mut segments = address.path().raw_segments().filter(|segment| !segment.is_empty()).peekable();
        if !base.segments().all(|own| segments.next().is_some_and(|segment| segment == own)) {
            return None;
        }
        let language = segments.peek().and_then(|segment| segment.as_str().parse().ok());
        let rest: Vec<_> = segments.skip(usize::from(language.is_some())).map(RawStr::as_str).collect();
        let query = address.query().map(|query| format!("?{query}")).unwrap_or_default();
        Some(Self { language, path: format!("/{}{query}", rest.join("/")) })
    }

    /// The place of this request; a request that no fairing has seen (its address cannot be read) gets one
    /// all the same.
    pub(crate) fn of_request<'r>(request: &'r Request<'_>, base: &BasePath) -> &'r Self {
        request.local_cache(|| {
            Self::of(request.uri(), base).unwrap_or_else(|| Self { language: None, path: "/".into() })
        })
    }

    /// The first part of the path: what tells whether the shop has pages there.
    fn first_segment(&self) -> &str {
        self.path.trim_start_matches('/').split(['/', '?']).next().unwrap_or_default()
    }

    /// What stands before links: the language, if the page was asked for under one.
    pub(crate) fn prefix(&self) -> &'static str {
        match self.language {
            None => "",
            Some(Language::English) => "/en",
            Some(Language::Romanian) => "/ro",
            Some(Language::Spanish) => "/es",
            Some(Language::Portuguese) => "/pt",
            Some(Language::French) => "/fr",
        }
    }
}

/// Notes where the request points, and takes the language out of its path. Returns whether the shop may have
/// a page there, as `owned` tells by the first part of a path; addresses of which it does not say so stay as
/// they are.
pub(crate) fn settle(request: &mut Request<'_>, base: &BasePath, owned: impl Fn(&str) -> bool) -> bool {
    let Some(place) = Place::of(request.uri(), base) else { return false };
    let ours = owned(place.first_segment());
    if ours
        && place.language.is_some()
        && let Ok(address) = Origin::parse_owned(format!("{}{}", base.prefix(), place.path))
    {
        request.set_uri(address);
    }
    request.local_cache(|| place);
    request.local_cache(|| Settled(true));
    ours
}

struct Settled(bool);

/// Whether [`settle`] has seen this request. Rocket passes its fairings by when it cannot read an address.
pub(crate) fn is_settled(request: &Request<'_>) -> bool {
    request.local_cache(|| Settled(false)).0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(address: &str, base: &str) -> Option<(Option<Language>, String)> {
        let address = Origin::parse(address).expect("an address");
        Place::of(&address, &base.parse().expect("a base path")).map(|place| (place.language, place.path))
    }

    #[test]
    fn a_language_stands_behind_the_base_path_alone() {
        let romanian = Some(Language::Romanian);
        for (address, base, language, path) in [
            ("/", "/", None, "/"),
            ("/ro", "/", romanian, "/"),
            ("/ro/?q=a%20b", "/", romanian, "/?q=a%20b"),
            ("/ro/cart/", "/", romanian, "/cart"),
            ("//ro//cart", "/", romanian, "/cart"),
            ("/rom/cart", "/", None, "/rom/cart"),
            ("/de/cart", "/", None, "/de/cart"),
            ("/RO/cart", "/", None, "/RO/cart"),
            ("/cart/ro", "/", None, "/cart/ro"),
            ("/ro/ro", "/", romanian, "/ro"),
            ("/shop/ro/cart", "/shop", romanian, "/cart"),
            ("/shop", "/shop", None, "/"),
        ] {
            assert_eq!(place(address, base), Some((language, path.to_owned())), "{address}");
        }
        for address in ["/", "/ro/shop", "/shopping", "/other"] {
            assert_eq!(place(address, "/shop"), None, "{address}");
        }
    }

    #[test]
    fn every_language_has_its_prefix() {
        for language in Language::ALL {
            let place = Place { language: Some(language), path: "/".into() };
            assert_eq!(place.prefix(), format!("/{language}"));
        }
    }
}
