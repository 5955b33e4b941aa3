//! The pages, one file each, by their addresses.
//!
//! A handler is four steps: guards in, form into command, use case, answer out. What is the same for all of
//! them is not in any of them: every route is wrapped when it is mounted ([`own`]), so that requests from
//! other sites' pages are refused, every error becomes a page, and every answer has its headers, whatever the
//! handler does.
//!
//! # To add a page
//! 1. A view for it, with template and messages: see [`views`](crate::views).
//! 2. If it has a form, the form: see [`forms`](crate::forms).
//! 3. Its handler in a file here. Who may see it is said by the guard in its arguments; a parameter in its
//!    path is a [`Parsed`](crate::forms::Parsed) value of the core.
//! 4. The handler's name in [`all`]. The tests of forgery and of headers walk through all routes, so they
//!    have it from there on.
//!
//! [`register`] is a page with a form for everybody, [`orders`] are pages for those who are signed in:
//! copy whichever is closer.

mod account;
mod activate;
mod allowed;
mod cart;
mod catalog;
mod checkout;
mod delete;
mod edit;
mod email;
mod export;
mod files;
mod login;
mod orders;
mod own;
mod register;
mod reset;
mod sessions;

use rocket::{Route, routes};

pub(crate) use allowed::allowed;
pub(crate) use own::is_own;

/// All routes of the shop.
pub(crate) fn all() -> Vec<Route> {
    let routes = routes![
        account::show,
        activate::ask,
        activate::confirm,
        activate::form,
        activate::send,
        cart::add,
        cart::clear,
        cart::set,
        cart::show,
        catalog::product,
        catalog::show,
        checkout::form,
        checkout::submit,
        delete::form,
        delete::submit,
        edit::form,
        edit::submit,
        email::ask_confirm,
        email::ask_undo,
        email::confirm,
        email::undo,
        export::download,
        files::asset,
        files::picture,
        login::form,
        login::sign_out,
        login::submit,
        orders::cancel,
        orders::list,
        orders::print,
        orders::show,
        register::form,
        register::submit,
        reset::ask,
        reset::forgot,
        reset::form,
        reset::submit,
        sessions::end,
        sessions::list,
    ];
    routes.into_iter().map(own::own).collect()
}
