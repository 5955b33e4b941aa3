//! How a page of the catalog is shown: rendered once for all who ask within half a second.

use super::Shopper;
use crate::answer::Answer;
use crate::cache::{FinishedPage, PageKey};
use crate::problem::Problem;
use crate::skeleton::Skeleton;
use crate::views::{Page, View};

impl Shopper<'_> {
    /// Shows a page of the catalog, whose path is `path` in whatever way it was asked for, and which shows
    /// the same to everybody. Search engines keep it under `canonical`, if at all.
    ///
    /// For those who are not signed in it carries nothing personal and may be kept by others too.
    pub(crate) async fn show_public<V, F>(
        &self,
        path: String,
        canonical: Option<String>,
        view: impl Fn() -> F + Sync,
    ) -> Result<Answer, Problem>
    where
        V: View + Sync,
        F: Future<Output = Result<V, Problem>> + Send,
    {
        if self.visitor.is_some() {
            return self.show_personal(path, canonical, view).await;
        }
        let page = Page { public: true, canonical, ..self.common_page(&path) };
        let finished =
            async { Ok::<_, Problem>(FinishedPage::new(self.site.views.render(&page, &view().await?)?)) };
        let finished = self.site.pages.page(self.key(path), self.shop().clock().now(), finished).await?;
        Ok(Answer::finished(finished).header("Vary", self.varies_with()))
    }

    async fn show_personal<V, F>(
        &self,
        path: String,
        canonical: Option<String>,
        view: impl Fn() -> F + Sync,
    ) -> Result<Answer, Problem>
    where
        V: View + Sync,
        F: Future<Output = Result<V, Problem>> + Send,
    {
        let page = Page { public: true, canonical, ..self.page(&path) };
        if !page.notices.is_empty() {
            return self.render(&page, &view().await?);
        }
        let views = &self.site.views;
        let skeleton = async {
            let view = view().await?;
            Ok::<_, Problem>(Skeleton::new(views, &page, |page| views.render(page, &view))?)
        };
        let skeleton = self.site.skeletons.page(self.key(path), self.shop().clock().now(), skeleton).await?;
        match &*skeleton {
            Some(skeleton) => Ok(self.answer(skeleton.fill(views, &page)?)),
            None => self.render(&page, &view().await?),
        }
    }

    fn key(&self, path: String) -> PageKey {
        PageKey { language: self.language, prefix: self.place.prefix(), path }
    }
}
