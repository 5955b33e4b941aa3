//! The files that this crate ships.

use shop_core::Language;

macro_rules! templates {
    ($($name:literal)+) => { [$(($name, include_str!(concat!("../../templates/", $name)))),+] };
}

macro_rules! static_files {
    ($($name:literal)+) => { [$(($name, include_bytes!(concat!("../../static/", $name)).as_slice())),+] };
}

/// Names and texts of the templates.
pub(super) const TEMPLATES: [(&str, &str); 17] = templates![
    "account.html" "activate.html" "cart.html" "catalog.html" "catalog_parts.html" "checkout.html"
    "components.html" "error.html" "form_token.html" "layout.html" "login.html" "order.html" "orders.html"
    "product.html" "register.html" "send_activation.html" "visitor.html"
];

/// Names and contents of the static files.
pub(super) const STATIC_FILES: [(&str, &[u8]); 3] = static_files!["favicon.svg" "no-picture.svg" "shop.css"];

/// The messages; a language without a file is served in English.
pub(super) const LOCALES: [(Language, &str); 2] = [
    (Language::English, include_str!("../../locales/en.ftl")),
    (Language::Romanian, include_str!("../../locales/ro.ftl")),
];
