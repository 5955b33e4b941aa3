//! What each kind of mail says beside its texts: its link and the values that its templates show.

use serde::Serialize;
use shop_core::account::Purpose;
use shop_core::l10n::Texts;
use shop_core::order::OrderLine;
use shop_core::outbox::{Letter, Mail};

use crate::error::RenderError;
use crate::links::PublicUrl;
use crate::names::one_line;

/// The values of one letter, as its templates see them.
#[derive(Debug, Serialize)]
pub(crate) struct Content {
    pub(crate) link: String,
    #[serde(flatten)]
    details: Details,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Details {
    Activation { hours: u64 },
    AlreadyRegistered {},
    OrderReceived(Order),
}

#[derive(Debug, Serialize)]
struct Order {
    number: String,
    placed_at: String,
    lines: Vec<Line>,
    total: String,
    recipient: String,
    address: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Line {
    name: String,
    quantity: u16,
    unit_price: String,
    total: String,
}

impl Content {
    pub(crate) fn of(letter: &Letter, url: &PublicUrl, texts: Texts<'_>) -> Result<Self, RenderError> {
        let language = letter.message.language;
        let (link, details) = match &letter.message.mail {
            Mail::Activation { .. } => {
                let token = letter.token.as_ref().ok_or(RenderError::NoToken)?;
                let hours = Purpose::Activation.lifetime().as_secs() / 3_600;
                (url.activation(language, token), Details::Activation { hours })
            }
            Mail::AlreadyRegistered => (url.login(language), Details::AlreadyRegistered {}),
            Mail::OrderReceived { number, placed_at, lines, total, recipient, address } => {
                let order = Order {
                    number: number.to_string(),
                    placed_at: texts.date_time(*placed_at),
                    lines: lines.iter().map(|line| Line::of(line, texts)).collect(),
                    total: texts.money(*total),
                    recipient: one_line(recipient),
                    address: address.as_str().lines().map(one_line).collect(),
                };
                (url.order(language, *number), Details::OrderReceived(order))
            }
        };
        Ok(Self { link, details })
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
