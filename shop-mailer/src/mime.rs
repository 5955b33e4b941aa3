//! A rendered letter as a mail (RFC 5322) in text and HTML (RFC 2046, section 5.1.4).

use std::time::{Duration, SystemTime};

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, MultiPartKind, SinglePart};
use shop_core::Timestamp;
use shop_core::outbox::Message;

use crate::error::RenderError;
use crate::names::presentable;
use crate::sender::Sender;
use crate::templates::Rendered;

/// The mail's bytes. The same message and texts always give the same ones.
pub(crate) fn mail(message: &Message, from: &Sender, rendered: Rendered) -> Result<Vec<u8>, RenderError> {
    let to = Mailbox::new(presentable(&message.name).map(str::to_owned), message.to.as_str().parse()?);
    let id = format!("<{}@{}>", message.id, from.mailbox().email.domain());
    // Nobody has to answer it, and programs must not: no "out of office", no loops (RFC 3834, section 5).
    let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
    // The boundary cannot occur in a body, for nobody who wrote a part of it knew the id.
    let bodies = MultiPart::builder()
        .kind(MultiPartKind::Alternative)
        .boundary(message.id.to_string())
        .singlepart(part(ContentType::TEXT_PLAIN, rendered.text))
        .singlepart(part(ContentType::TEXT_HTML, rendered.html));
    let mail = lettre::Message::builder()
        .date(date(message.created_at))
        .message_id(Some(id))
        .from(from.mailbox().clone())
        .to(to)
        .subject(rendered.subject)
        .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
        .multipart(bodies)?;
    Ok(mail.formatted())
}

/// A part in ASCII, so that every mail server takes it: quoted-printable, unless it is short ASCII already.
fn part(kind: ContentType, text: String) -> SinglePart {
    SinglePart::builder().header(kind).body(text)
}

/// The moment as a `Date` header can hold it: in the years 1970 to 9999, or else the nearer end of these.
fn date(at: Timestamp) -> SystemTime {
    const LAST_SECOND: u64 = 253_402_300_799;
    SystemTime::UNIX_EPOCH + Duration::from_secs((at.as_millis() / 1_000).min(LAST_SECOND))
}

#[cfg(test)]
mod tests {
    use lettre::message::header::{Date, Header};

    use super::*;

    #[test]
    fn any_moment_has_a_date() {
        for (micros, expected) in [
            (1_795_291_559_999_999, "Sat, 21 Nov 2026 20:05:59 +0000"),
            (-1, "Thu, 01 Jan 1970 00:00:00 +0000"),
            (i64::MIN, "Thu, 01 Jan 1970 00:00:00 +0000"),
            (i64::MAX, "Fri, 31 Dec 9999 23:59:59 +0000"),
        ] {
            let shown = Date::new(date(Timestamp::from_micros(micros))).display();
            assert_eq!(Date::parse(expected).map(|date| date.display()).ok(), Some(shown), "{micros}");
        }
    }
}
