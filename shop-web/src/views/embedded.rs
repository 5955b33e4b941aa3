//! The files that this crate ships.

use shop_core::Language;

macro_rules! templates {
    ($($name:literal)+) => { [$(($name, include_str!(concat!("../../templates/", $name)))),+] };
}

macro_rules! static_files {
    ($($name:literal)+) => { [$(($name, include_bytes!(concat!("../../static/", $name)).as_slice())),+] };
}

/// Names and texts of the templates.
pub(super) const TEMPLATES: [(&str, &str); 25] = templates![
    "account.html" "activate.html" "cart.html" "catalog.html" "catalog_parts.html" "checkout.html"
    "components.html" "confirm_email.html" "delete.html" "edit.html" "error.html" "forgot.html"
    "form_token.html" "layout.html" "login.html" "order.html" "order_print.html" "orders.html"
    "product.html" "register.html" "reset.html" "send_activation.html" "sessions.html" "undo_email.html"
    "visitor.html"
];

/// Names and contents of the static files.
pub(super) const STATIC_FILES: [(&str, &[u8]); 4] =
    static_files!["favicon.svg" "no-picture.svg" "print.css" "shop.css"];

/// The messages of every language.
pub(super) const LOCALES: [(Language, &str); Language::ALL.len()] = [
    (Language::English, include_str!("../../locales/en.ftl")),
    (Language::Romanian, include_str!("../../locales/ro.ftl")),
    (Language::Spanish, include_str!("../../locales/es.ftl")),
    (Language::Portuguese, include_str!("../../locales/pt.ftl")),
    (Language::French, include_str!("../../locales/fr.ftl")),
];
