//! Forms: what browsers send, made into commands of the core.
//!
//! # To add a form
//! 1. A struct of [`Typed`] fields that derives `FromForm`; the names of the fields are those of the
//!    contract.
//! 2. A method that makes the use case's command of it, or tells all its [`Faults`] at once.
//! 3. A method that makes the page's view of it again, with what was typed (never passwords) and the faults.
//! 4. The handler takes `Protected<TheForm>`: see [`Protected`] for what that keeps out.

mod account;
mod cart;
mod catalog;
mod checkout;
mod edit;
mod faults;
mod own_path;
mod parsed;
mod protected;
mod reset;
mod sessions;

pub(crate) use account::{EmailForm, LoginForm, RegisterForm};
pub(crate) use cart::{AddItemForm, SetItemForm};
pub(crate) use catalog::CatalogQuery;
pub(crate) use checkout::CheckoutForm;
pub(crate) use edit::{DeleteForm, EditForm};
pub(crate) use faults::Faults;
pub(crate) use own_path::OwnPath;
pub(crate) use parsed::{LinkToken, NoSuchPath, Parsed, Typed};
pub(crate) use protected::{Button, Protected};
pub(crate) use reset::{ForgotForm, ResetForm};
pub(crate) use sessions::EndSessionForm;
