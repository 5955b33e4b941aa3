//! What production refuses.

use shop_web::PublicUrl;

use super::table::variable;
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
        (sends_links && !has_https, "public_url", "the https address under which shoppers reach the shop"),
        (
            sends_links && writes_files,
            "mail_url",
            "a mail server: nobody gets mails that are written to files",
        ),
        (
            serves_pages && settings.secret_key.is_none(),
            "secret_key",
            "a key, the same on every replica; `openssl rand -base64 32` makes one",
        ),
        (serves_pages && settings.sample_catalog, "sample_catalog", "a catalog of its own: it must be false"),
    ];
    let refused = checks.into_iter().filter(|(is_refused, ..)| *is_refused);
    let fault = |key, needs| Fault::of(variable(key), format!("production needs {needs}")).about(key);
    refused.map(|(_, key, needs)| fault(key, needs)).collect()
}
