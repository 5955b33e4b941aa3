//! Renders views: templates, messages and static files, ready for use.

use std::error::Error;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;
use shop_core::Language;
use shop_core::l10n::{LoadError, Messages};
use tera::{Context, Tera, Value};

use super::assets::{Asset, Assets};
use super::embedded::{LOCALES, TEMPLATES};
use super::filters;
use super::overlay::{Overlay, OverlayError};
use super::per_language::PerLanguage;
use super::samples::{self, Sample};
use super::{Page, View};

/// Renders the shop's pages: templates, messages and static files, read and checked once.
///
/// Build it at start and share it; rendering takes `&self`.
pub struct Views {
    /// The same templates for each language, so that a filter knows the language wherever it is used.
    engines: PerLanguage<Tera>,
    messages: Arc<Messages>,
    assets: Arc<Assets>,
}

/// Why there are no views.
#[derive(Debug, thiserror::Error)]
pub enum ViewsError {
    /// The overlay's folder cannot be read.
    #[error(transparent)]
    Overlay(#[from] OverlayError),
    /// Message files cannot be used.
    #[error("messages: {0}")]
    Messages(#[from] LoadError),
    /// Templates cannot be read, or refer to what is not there.
    #[error("templates: {0}")]
    Templates(#[source] Box<dyn Error + Send + Sync>),
    /// A template fails on one of its samples.
    #[error(transparent)]
    Sample(#[from] ViewError),
}

/// A page that could not be rendered: a bug of its template.
#[derive(Debug, thiserror::Error)]
#[error("cannot render {template}: {source}")]
pub struct ViewError {
    template: &'static str,
    source: Box<dyn Error + Send + Sync>,
}

impl Views {
    /// The views as this crate ships them.
    pub fn embedded() -> Result<Self, ViewsError> {
        Self::build(&Overlay::default())
    }

    /// The views with some files replaced by those of a folder.
    ///
    /// The folder may hold `templates/*.html`, `static/*` and `locales/{language}.ftl`. A template or static file replaces the one of the
    /// same name, or is added; of a message file each message replaces the one with the same id. All templates are tried
    /// on their samples in every language, so that a fault shows here and not to a shopper.
    pub fn with_overlay(folder: &Path) -> Result<Self, ViewsError> {
        let views = Self::build(&Overlay::read(folder)?)?;
        for language in Language::ALL {
            views.samples(language)?;
        }
        Ok(views)
    }

    fn build(overlay: &Overlay) -> Result<Self, ViewsError> {
        let resources: Vec<_> = LOCALES.into_iter().chain(overlay.locales()).collect();
        let messages = Arc::new(Messages::new(&resources)?);
        let assets = Arc::new(Assets::new(overlay));
        let tera = read(overlay, &messages, &assets).map_err(|error| ViewsError::Templates(error.into()))?;
        let engines = PerLanguage::new(|language| localized(&tera, language, &messages, &assets));
        Ok(Self { engines, messages, assets })
    }

    /// The page as HTML.
    pub fn render<V: View>(&self, page: &Page, view: &V) -> Result<String, ViewError> {
        self.render_template(V::TEMPLATE, page, Context::from_serialize(view))
    }

    /// The part of every page that names its reader, by itself: `visitor.html`.
    pub fn render_visitor(&self, page: &Page) -> Result<String, ViewError> {
        self.render_template("visitor.html", page, Ok(Context::new()))
    }

    fn render_template(
        &self,
        template: &'static str,
        page: &Page,
        context: Result<Context, tera::Error>,
    ) -> Result<String, ViewError> {
        let render = |mut context: Context| {
            context.insert_value("page", Value::try_from_serializable(page)?);
            self.engines.get(page.language).render(template, &context)
        };
        context.and_then(render).map_err(|error| ViewError { template, source: error.into() })
    }

    /// Every page on every sample of its context: for tests, and for working on templates.
    pub fn samples(&self, language: Language) -> Result<Vec<Sample>, ViewError> {
        samples::render(self, language)
    }

    /// The messages, for texts outside of pages.
    #[must_use]
    pub fn messages(&self) -> &Messages {
        &self.messages
    }

    /// The static file with this name, to be served under `static/` below [`Page::assets`].
    #[must_use]
    pub fn asset(&self, name: &str) -> Option<&Asset> {
        self.assets.get(name)
    }
}

impl fmt::Debug for Views {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Views").finish_non_exhaustive()
    }
}

/// Reads all templates, with filters that serve for checking.
fn read(overlay: &Overlay, messages: &Arc<Messages>, assets: &Arc<Assets>) -> Result<Tera, tera::Error> {
    let mut tera = Tera::new();
    filters::register(&mut tera, Language::default(), messages, assets);
    let embedded = TEMPLATES.into_iter().filter(|(name, _)| !overlay.has_template(name));
    tera.add_raw_templates(embedded.chain(overlay.templates()))?;
    Ok(tera)
}

/// The same templates in one language.
fn localized(tera: &Tera, language: Language, messages: &Arc<Messages>, assets: &Arc<Assets>) -> Tera {
    #[derive(Serialize)]
    struct Entry {
        code: &'static str,
        name: &'static str,
    }
    let mut tera = tera.clone();
    filters::register(&mut tera, language, messages, assets);
    let menu = Language::ALL.map(|language| Entry { code: language.code(), name: language.own_name() });
    tera.global_context().insert("languages", &menu);
    tera
}
