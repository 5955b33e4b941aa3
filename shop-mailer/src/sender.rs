use std::fmt;
use std::str::FromStr;

use lettre::message::Mailbox;
use shop_core::account::EmailAddress;

/// Whom the mails come from: an address, with a name or without.
///
/// ```
/// use shop_mailer::Sender;
///
/// let sender: Sender = "Vitrina <shop@example.com>".parse()?;
/// assert_eq!(sender.address().as_str(), "shop@example.com");
/// assert!("Shoes, hats & more <shop@example.com>".parse::<Sender>().is_err(), "the comma needs quotes");
/// assert!("\"Shoes, hats & more\" <shop@example.com>".parse::<Sender>().is_ok());
/// # Ok::<(), shop_mailer::InvalidSender>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    mailbox: Mailbox,
    address: EmailAddress,
}

/// A text that names no sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a sender such as shop@example.com or Vitrina <shop@example.com> (a name with commas goes between double quotes)"
)]
pub struct InvalidSender;

impl Sender {
    /// The address alone.
    #[must_use]
    pub const fn address(&self) -> &EmailAddress {
        &self.address
    }

    pub(crate) const fn mailbox(&self) -> &Mailbox {
        &self.mailbox
    }
}

impl FromStr for Sender {
    type Err = InvalidSender;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.chars().any(char::is_control) {
            return Err(InvalidSender);
        }
        let mailbox: Mailbox = text.parse().map_err(|_| InvalidSender)?;
        let address = mailbox.email.to_string().parse().map_err(|_| InvalidSender)?;
        Ok(Self { mailbox, address })
    }
}

impl fmt::Display for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.mailbox.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_people_write() {
        for (text, name, address) in [
            ("shop@localhost", None, "shop@localhost"),
            ("Vitrina <shop@localhost>", Some("Vitrina"), "shop@localhost"),
            ("  Vitrina Shop  <shop@example.com> ", Some("Vitrina Shop"), "shop@example.com"),
            ("Prăvălia lui Ion <ion@example.com>", Some("Prăvălia lui Ion"), "ion@example.com"),
            ("\"Shoes, hats\" <a@b.ro>", Some("Shoes, hats"), "a@b.ro"),
        ] {
            let sender: Sender = text.parse().expect(text);
            assert_eq!(sender.mailbox.name.as_deref(), name, "{text}");
            assert_eq!(sender.address.as_str(), address, "{text}");
            assert_eq!(sender.to_string().parse(), Ok(sender), "{text}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        for text in [
            "",
            "Vitrina",
            "<>",
            "Vitrina <shop>",
            "Vitrina <shop@localhost",
            "Shoes, hats <a@b.ro>",
            "a@b.ro, c@d.ro",
            "Vitrina\r\nBcc: x@y.ro <a@b.ro>",
            "Vitrina\u{1} <a@b.ro>",
            "Vitrina <a@[127.0.0.1]>",
            "Vitrina <\"a b\"@c.ro>",
        ] {
            assert_eq!(text.parse::<Sender>(), Err(InvalidSender), "{text:?}");
        }
    }
}
