//! What surrounds every page.

use serde::Serialize;
use shop_core::Language;

use super::Notice;

/// What the layout shows around every page, and what its links start with.
///
/// Everything that differs from shopper to shopper is in [`visitor`](Self::visitor), [`form_token`](Self::form_token) and
/// [`notices`](Self::notices); a page where those are empty is the same for all, and may be cached.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Page {
    /// The language of texts, numbers and dates.
    pub language: Language,
    /// The shop's title.
    pub shop: String,
    /// Scheme, host and port of the shop's public address, such as `https://shop.example`, without a slash behind it.
    pub origin: String,
    /// What addresses of pictures and static files start with: the base path without a slash behind it, which is nothing at a host's root.
    pub assets: String,
    /// What links and forms start with: [`assets`](Self::assets), then `/{lang}` if the page was asked for in that way.
    pub base: String,
    /// Where the shopper is, below [`base`](Self::base), with the query: for the language menu and for coming back after signing in.
    ///
    /// A refused form has the address of the form's page.
    pub path: String,
    /// Whether it is a page of the catalog: the link to sign in leads back to it.
    pub public: bool,
    /// Under which path below [`base`](Self::base) search engines shall keep the page; `None` if they shall not.
    pub canonical: Option<String>,
    /// Who is signed in.
    pub visitor: Option<Visitor>,
    /// The anti-forgery token of the page's forms; signed-out catalog pages have none.
    pub form_token: Option<String>,
    /// What has just happened.
    pub notices: Vec<Notice>,
    /// Version, track and host name for the footer, if the operator wants them shown.
    pub instance: Option<String>,
}

/// Who is signed in.
#[derive(Clone, Debug, Serialize)]
pub struct Visitor {
    /// The first name.
    pub name: String,
    /// How many pieces lie in the cart.
    pub pieces: u32,
}

impl Page {
    /// Pages for tests and for trying out templates: signed out, and signed in with a prefix and everything else set.
    #[must_use]
    pub fn samples(language: Language) -> [(&'static str, Self); 2] {
        let signed_out = Self {
            language,
            shop: "Vitrina".to_owned(),
            origin: "https://shop.example".to_owned(),
            path: "/".to_owned(),
            public: true,
            canonical: Some("/".to_owned()),
            ..Self::default()
        };
        let signed_in = Self {
            assets: "/shop".to_owned(),
            base: format!("/shop/{language}"),
            path: "/?q=usb&page=2".to_owned(),
            canonical: None,
            visitor: Some(Visitor { name: "Ana".to_owned(), pieces: 16 }),
            form_token: Some("2f7c51d0".to_owned()),
            notices: vec![Notice::ItemAdded],
            instance: Some("0.1.0 (stable) on web-2".to_owned()),
            ..signed_out.clone()
        };
        [("signed out", signed_out), ("signed in", signed_in)]
    }
}
