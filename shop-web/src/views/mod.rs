//! What the shop's pages show, and how they are rendered.
//!
//! Every page has a context struct here, a template of its own in `templates/`, and messages in `locales/`. A handler
//! fills the struct from what its use case returned and calls [`Views::render`]; it never builds HTML.
//!
//! | page | context | template |
//! |---|---|---|
//! | around every page | [`Page`] | `layout.html` |
//! | catalog | [`CatalogView`] | `catalog.html` |
//! | product | [`ProductView`] | `product.html` |
//! | register | [`RegisterView`] | `register.html` |
//! | the link of the "activate" mail | [`ActivateView`] | `activate.html` |
//! | send that link again | [`SendActivationView`] | `send_activation.html` |
//! | sign in | [`LoginView`] | `login.html` |
//! | ask for a new password | [`ForgotView`] | `forgot.html` |
//! | the link of the "reset" mail | [`ResetView`] | `reset.html` |
//! | account | [`AccountView`] | `account.html` |
//! | change the account | [`EditView`] | `edit.html` |
//! | remove the account | [`DeleteView`] | `delete.html` |
//! | where it is signed in | [`SessionsView`] | `sessions.html` |
//! | the link of the "new address" mail | [`ConfirmEmailView`] | `confirm_email.html` |
//! | the link that undoes that | [`UndoEmailView`] | `undo_email.html` |
//! | cart | [`CartView`] | `cart.html` |
//! | checkout | [`CheckoutView`] | `checkout.html` |
//! | own orders | [`OrdersView`] | `orders.html` |
//! | an order | [`OrderView`] | `order.html` |
//! | an order for the printer | [`OrderPrintView`] | `order_print.html` |
//! | everything that went wrong | [`ErrorView`] | `error.html` |
//!
//! What is personal on a page comes from three places alone, so that the rest can be cached: `visitor.html`, `form_token.html`, and
//! the notices in `layout.html`.
//!
//! # To add a page
//! 1. Write its context, with the plain values that the template shows: a struct that implements [`View`].
//! 2. Write its template, which extends `layout.html` and fills the blocks `title` and `main`; its texts are messages
//!    (`{{ "imprint-title" | t }}`), amounts and dates go through filters (`{{ price | money }}`), and links start with
//!    `{{ page.base }}`. Nothing is marked as safe.
//! 3. Write its messages into `locales/en.ftl` and every other language's file.
//! 4. A page of this crate is listed in `embedded.rs` and `samples.rs`, and its snapshot is made by `cargo test`.
//!    A page of an embedder lies in the overlay's folder, and is rendered like any other:
//!
//! ```no_run
//! use serde::Serialize;
//! use shop_web::views::{Page, View, Views};
//!
//! #[derive(Serialize)]
//! struct Imprint {
//!     company: String,
//! }
//!
//! impl View for Imprint {
//!     const TEMPLATE: &'static str = "imprint.html";
//!
//!     fn samples() -> Vec<(&'static str, Self)> {
//!         vec![("ours", Self { company: "Vitrina SRL".to_owned() })]
//!     }
//! }
//!
//! let views = Views::with_overlay("our-look".as_ref())?;
//! let page = Page { shop: "Vitrina".to_owned(), ..Page::default() };
//! let html = views.render(&page, &Imprint { company: "Vitrina SRL".to_owned() })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # To give the shop another look
//! Put files into a folder and hand it to [`Views::with_overlay`]: `static/shop.css`, `templates/layout.html`, or a few messages in
//! `locales/en.ftl` replace what this crate ships, file by file and message by message.

mod account;
mod assets;
mod cart;
mod catalog;
mod checkout;
mod edit;
mod email;
mod embedded;
mod engine;
mod error;
mod field;
mod filters;
mod notice;
mod order;
mod overlay;
mod page;
mod per_language;
mod phrase;
mod product;
mod reset;
mod samples;
mod sessions;
mod user_agent;

use serde::Serialize;

pub use account::{AccountView, ActivateView, LoginView, RegisterView, SendActivationView};
pub use assets::Asset;
pub use cart::{Addition, CartRow, CartView, RowProblem};
pub use catalog::{
    CatalogView, CategoryLink, ProductCard, catalog_canonical, catalog_path, sort_from_name, sort_name,
};
pub use checkout::{CheckoutRow, CheckoutView};
pub use edit::{DeleteView, EditView};
pub use email::{ConfirmEmailView, UndoEmailView};
pub use engine::{ViewError, Views, ViewsError};
pub use error::ErrorView;
pub use field::{Field, Secret};
pub use notice::{Notice, Tone};
pub use order::{OrderPrintView, OrderRow, OrderSummaryRow, OrderView, OrdersView, TimelineRow};
pub use overlay::OverlayError;
pub use page::{Page, Visitor};
pub use phrase::Phrase;
pub use product::{Choice, ProductView, VariantOffer};
pub use reset::{ForgotView, ResetView};
pub use samples::Sample;
pub use sessions::{SessionRow, SessionsView};

/// The context of one page, which names its template.
pub trait View: Serialize + Sized {
    /// The name of the template, which lies in `templates/` under this name.
    const TEMPLATE: &'static str;

    /// Examples with a name each that together reach every branch of the template.
    ///
    /// Tests render them all in every language; an overlay's templates are tried on them before the shop starts.
    fn samples() -> Vec<(&'static str, Self)>;
}
