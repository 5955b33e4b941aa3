//! Every page on every sample of its context.

use shop_core::Language;

use super::{
    AccountView, ActivateView, CartView, CatalogView, CheckoutView, ConfirmEmailView, DeleteView, EditView,
    ErrorView, ForgotView, LoginView, OrderPrintView, OrderView, OrdersView, Page, ProductView, RegisterView,
    ResetView, SendActivationView, SessionsView, UndoEmailView, View, ViewError, Views,
};

/// A page rendered on a sample.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The template.
    pub template: &'static str,
    /// The name of the view's sample.
    pub view: &'static str,
    /// The name of the page's sample.
    pub page: &'static str,
    /// The page.
    pub html: String,
}

/// Renders all views in one language.
pub(super) fn render(views: &Views, language: Language) -> Result<Vec<Sample>, ViewError> {
    let pages = Page::samples(language);
    let mut samples = Vec::new();
    for page in &pages {
        render_view::<CatalogView>(views, page, &mut samples)?;
        render_view::<ProductView>(views, page, &mut samples)?;
        render_view::<RegisterView>(views, page, &mut samples)?;
        render_view::<ActivateView>(views, page, &mut samples)?;
        render_view::<SendActivationView>(views, page, &mut samples)?;
        render_view::<LoginView>(views, page, &mut samples)?;
        render_view::<ForgotView>(views, page, &mut samples)?;
        render_view::<ResetView>(views, page, &mut samples)?;
        render_view::<AccountView>(views, page, &mut samples)?;
        render_view::<EditView>(views, page, &mut samples)?;
        render_view::<DeleteView>(views, page, &mut samples)?;
        render_view::<SessionsView>(views, page, &mut samples)?;
        render_view::<ConfirmEmailView>(views, page, &mut samples)?;
        render_view::<UndoEmailView>(views, page, &mut samples)?;
        render_view::<CartView>(views, page, &mut samples)?;
        render_view::<CheckoutView>(views, page, &mut samples)?;
        render_view::<OrdersView>(views, page, &mut samples)?;
        render_view::<OrderView>(views, page, &mut samples)?;
        render_view::<OrderPrintView>(views, page, &mut samples)?;
        render_view::<ErrorView>(views, page, &mut samples)?;
    }
    Ok(samples)
}

fn render_view<V: View>(
    views: &Views,
    (page_name, page): &(&'static str, Page),
    samples: &mut Vec<Sample>,
) -> Result<(), ViewError> {
    for (view, sample) in V::samples() {
        let html = views.render(page, &sample)?;
        samples.push(Sample { template: V::TEMPLATE, view, page: page_name, html });
    }
    Ok(())
}
