//! What production refuses.

use shop_web::PublicUrl;

use super::{Fault, MailTarget, Settings};
use crate::Program;

/// Every value that is fit for a developer's machine alone and that this program would run with.
pub(super) fn faults(program: Program, settings: &Settings) -> Vec<Fault> {
    let (serves_pages, sends_links) = match program {
        Program::Web => (true, true),
        Program::Mailer => (false, true),
        Program::Admin => (false, false),
    };
    let has_https = settings.public_url.as_ref().is_some_and(PublicUrl::is_https);
    let writes_files = matches!(settings.mail.target, MailTarget::Folder(_));
    let checks = [
        (
            sends_links && !has_https,
            "SHOP_PUBLIC_URL",
            "the https address under which shoppers reach the shop",
        ),
        (
            sends_links && writes_files,
            "SHOP_MAIL_URL",
            "a mail server: nobody gets mails that are written to files",
        ),
        (
            serves_pages && settings.secret_key.is_none(),
            "SHOP_SECRET_KEY",
            "a key, the same on every replica; `openssl rand -base64 32` makes one",
        ),
        (
            serves_pages && settings.sample_catalog,
            "SHOP_SAMPLE_CATALOG",
            "a catalog of its own: it must be false",
        ),
    ];
    let refused = checks.into_iter().filter(|(is_refused, ..)| *is_refused);
    refused.map(|(_, variable, needs)| Fault::of(variable, format!("production needs {needs}"))).collect()
}
