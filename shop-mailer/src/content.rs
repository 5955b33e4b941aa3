//! What each kind of mail says beside its texts: its link and the values that its templates show.

use serde::Serialize;
use shop_core::Timestamp;
use shop_core::account::{PostalAddress, Purpose};
use shop_core::l10n::Texts;
use shop_core::order::{OrderLine, OrderNumber};
use shop_core::outbox::{Letter, Mail, Message};

use crate::error::RenderError;
use crate::links::PublicUrl;
use crate::names::one_line;

/// The values of one letter, as its templates see them.
#[derive(Debug, Serialize)]
pub(crate) struct Content {
    pub(crate) link: Option<String>,
    #[serde(flatten)]
    details: Details,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Details {
    Words {},
    Link { hours: u64 },
    AlreadyRegistered { forgot: String },
    EmailChanged { email: String, days: u64 },
    Order(Order),
}

#[derive(Debug, Serialize)]
struct Order {
    number: String,
    placed_at: String,
    lines: Vec<Line>,
    total: Option<String>,
    parcel: Option<Parcel>,
    by_shop: bool,
}

#[derive(Debug, Serialize)]
struct Line {
    name: String,
    quantity: u16,
    unit_price: String,
    total: String,
}

#[derive(Debug, Serialize)]
struct Parcel {
    recipient: String,
    address: Vec<String>,
}

impl Content {
    pub(crate) fn of(letter: &Letter, url: &PublicUrl, texts: Texts<'_>) -> Result<Self, RenderError> {
        Ok(Self { link: link(letter, url)?, details: Details::of(&letter.message, url, texts) })
    }
}

/// Where the letter's button leads, if it has one.
fn link(letter: &Letter, url: &PublicUrl) -> Result<Option<String>, RenderError> {
    let language = letter.message.language;
    let token = || letter.token.as_ref().ok_or(RenderError::NoToken);
    Ok(Some(match &letter.message.mail {
        Mail::Activation => url.activation(language, token()?),
        Mail::Reset => url.reset(language, token()?),
        Mail::EmailChange => url.email_change(language, token()?),
        Mail::EmailChanged { .. } => url.email_undo(language, token()?),
        Mail::AlreadyRegistered => url.login(language),
        Mail::PasswordChanged => url.forgot(language),
        Mail::AccountDeleted => return Ok(None),
        Mail::OrderReceived { number, .. }
        | Mail::OrderShipped { number, .. }
        | Mail::OrderCanceled { number, .. } => url.order(language, *number),
    }))
}

/// How many hours a link for this purpose holds.
fn hours(purpose: Purpose) -> u64 {
    purpose.lifetime().as_secs() / 3_600
}

impl Details {
    fn of(message: &Message, url: &PublicUrl, texts: Texts<'_>) -> Self {
        match &message.mail {
            Mail::Activation => Self::Link { hours: hours(Purpose::Activation) },
            Mail::Reset => Self::Link { hours: hours(Purpose::Reset) },
            Mail::EmailChange => Self::Link { hours: hours(Purpose::EmailChange) },
            Mail::EmailChanged { email } => {
                Self::EmailChanged { email: email.to_string(), days: hours(Purpose::EmailUndo) / 24 }
            }
            Mail::AlreadyRegistered => Self::AlreadyRegistered { forgot: url.forgot(message.language) },
            Mail::PasswordChanged | Mail::AccountDeleted => Self::Words {},
            Mail::OrderReceived { number, placed_at, lines, total, recipient, address } => {
                let (total, parcel) = (Some(texts.money(*total)), Some(Parcel::of(recipient, address)));
                Self::Order(Order { total, parcel, ..Order::of(*number, *placed_at, lines, texts) })
            }
            Mail::OrderShipped { number, placed_at, lines, recipient, address } => {
                let parcel = Some(Parcel::of(recipient, address));
                Self::Order(Order { parcel, ..Order::of(*number, *placed_at, lines, texts) })
            }
            Mail::OrderCanceled { number, placed_at, lines, total, by_shop } => {
                let (total, by_shop) = (Some(texts.money(*total)), *by_shop);
                Self::Order(Order { total, by_shop, ..Order::of(*number, *placed_at, lines, texts) })
            }
        }
    }
}

impl Order {
    /// What every mail about an order shows.
    fn of(number: OrderNumber, placed_at: Timestamp, lines: &[OrderLine], texts: Texts<'_>) -> Self {
        Self {
            number: number.to_string(),
            placed_at: texts.date_time(placed_at),
            lines: lines.iter().map(|line| Line::of(line, texts)).collect(),
            total: None,
            parcel: None,
            by_shop: false,
        }
    }
}

impl Line {
    fn of(line: &OrderLine, texts: Texts<'_>) -> Self {
        Self {
            name: one_line(&line.name),
            quantity: line.quantity.get(),
            unit_price: texts.money(line.unit_price),
            total: texts.money(line.total),
        }
    }
}

impl Parcel {
    fn of(recipient: &str, address: &PostalAddress) -> Self {
        Self { recipient: one_line(recipient), address: address.as_str().lines().map(one_line).collect() }
    }
}
