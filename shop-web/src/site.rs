//! What all requests share.

use std::sync::Arc;

use shop_core::Shop;

use crate::cache::{FinishedPage, PageCache};
use crate::config::{BasePath, PublicUrl, WebConfig};
use crate::cookies::Cookies;
use crate::forgery::FormTokens;
use crate::known_browser::BrowserMarks;
use crate::problem::Problem;
use crate::skeleton::Skeleton;
use crate::tally::Tally;
use crate::views::{Views, ViewsError};

/// The shop behind the pages, and everything that pages are made with.
pub(crate) struct Site {
    pub(crate) shop: Shop,
    pub(crate) config: WebConfig,
    pub(crate) views: Views,
    pub(crate) cookies: Cookies,
    pub(crate) form_tokens: FormTokens,
    pub(crate) browser_marks: BrowserMarks,
    pub(crate) pages: PageCache<FinishedPage, Problem>,
    pub(crate) skeletons: PageCache<Option<Skeleton>, Problem>,
    pub(crate) tally: Arc<Tally>,
}

/// Why there is no site.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SiteError {
    /// Links would lead to where the pages are not.
    #[error("the public URL {url} has another path than the base path {base}")]
    Elsewhere { url: PublicUrl, base: BasePath },
    /// No answer could have it in a header.
    #[error("the version {0:?} is not of visible ASCII characters")]
    Version(String),
    /// The pages cannot be rendered.
    #[error(transparent)]
    Views(#[from] ViewsError),
}

impl Site {
    pub(crate) fn new(shop: Shop, config: WebConfig) -> Result<Self, SiteError> {
        if !config.public_url.fits(&config.base_path) {
            return Err(SiteError::Elsewhere { url: config.public_url, base: config.base_path });
        }
        if let Some(instance) = config.show_instance.as_ref().filter(|instance| !instance.fits_header()) {
            return Err(SiteError::Version(instance.version.clone()));
        }
        let views = match &config.overlay {
            Some(folder) => Views::with_overlay(folder)?,
            None => Views::embedded()?,
        };
        Ok(Self {
            cookies: Cookies::new(&config),
            form_tokens: FormTokens::new(config.secret_key.clone()),
            browser_marks: BrowserMarks::new(config.secret_key.clone()),
            pages: PageCache::default(),
            skeletons: PageCache::default(),
            tally: Arc::default(),
            shop,
            config,
            views,
        })
    }
}
