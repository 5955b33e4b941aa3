//! The fairing that puts the shop into an embedder's Rocket.

use std::collections::BTreeSet;

use rocket::fairing::{self, Fairing, Info, Kind};
use rocket::{Build, Data, Request, Response, Rocket};
use shop_core::Shop;

use crate::config::WebConfig;
use crate::site::Site;
use crate::{errors, forgery, headers, place, routes};

/// The shop's pages as one fairing: all that an embedder attaches.
///
/// It mounts the pages under [`WebConfig::base_path`]. Its headers and its checks are on its own pages alone;
/// other routes of the same Rocket stay as they are. One Rocket takes one stage.
///
/// ```no_run
/// # use shop_core::{Shop, memory::MemoryStore, system::SystemRandom};
/// # use shop_web::{SecretKey, WebConfig};
/// # async fn start() -> Result<(), Box<dyn std::error::Error>> {
/// let shop = Shop::builder(std::sync::Arc::new(MemoryStore::default())).build();
/// let config = WebConfig {
///     base_path: "/shop".parse()?,
///     ..WebConfig::new("https://example.com".parse()?, SecretKey::fresh(&SystemRandom))
/// };
/// rocket::custom(shop_web::figment()).attach(shop_web::stage(shop, config)).launch().await?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// Rocket does not start (`FailedFairings`, the reason is logged) if the overlay cannot be used, the public
/// URL has another path than the base path, no header can carry the version to be shown, or another stage is
/// attached.
#[must_use]
pub fn stage(shop: Shop, config: WebConfig) -> impl Fairing {
    let first_segment =
        |route: &rocket::Route| route.uri.unmounted_origin.path().segments().next().map(str::to_owned);
    let owned = routes::all().iter().map(|route| first_segment(route).unwrap_or_default()).collect();
    Stage { shop, config, owned }
}

struct Stage {
    shop: Shop,
    config: WebConfig,
    /// What the paths of the shop's pages begin with; empty for the first page.
    owned: BTreeSet<String>,
}

#[rocket::async_trait]
impl Fairing for Stage {
    fn info(&self) -> Info {
        Info { name: "shop", kind: Kind::Ignite | Kind::Request | Kind::Response }
    }

    async fn on_ignite(&self, rocket: Rocket<Build>) -> fairing::Result {
        if rocket.state::<Site>().is_some() {
            tracing::error!("another shop is attached to this Rocket already");
            return Err(rocket);
        }
        let site = match Site::new(self.shop.clone(), self.config.clone()) {
            Ok(site) => site,
            Err(error) => {
                tracing::error!(%error, "the shop's pages cannot be shown");
                return Err(rocket);
            }
        };
        let base = self.config.base_path.as_str();
        let caught = rocket.catchers().any(|catcher| catcher.code.is_none() && catcher.base.path() == base);
        let catchers = if caught { Vec::new() } else { vec![errors::catcher()] };
        Ok(rocket.mount(base, routes::all()).register(base, catchers).manage(site))
    }

    async fn on_request(&self, request: &mut Request<'_>, data: &mut Data<'_>) {
        let ours = place::settle(request, &self.config.base_path, |segment| self.owned.contains(segment));
        if ours {
            forgery::undo_method_override(request, data).await;
        }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, answer: &mut Response<'r>) {
        if let Some(site) = request.rocket().state::<Site>().filter(|_| errors::is_answer_ours(request)) {
            headers::complete(answer, site);
        }
    }
}
