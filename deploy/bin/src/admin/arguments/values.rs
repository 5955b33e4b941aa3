//! What can be written for one argument.

use std::convert::Infallible;
use std::str::FromStr;

use shop_core::Language;
use shop_core::account::{EmailAddress, EmailError};
use shop_core::catalog::{PictureName, PictureNameError, Sku, Slug};
use shop_core::order::OrderState;
use shop_core::outbox::MessageState;
use shop_core::stock::{Stock, StockChange};

use crate::sample::PICTURES;

/// An address for a user of the old shop.
#[derive(Clone, Debug)]
pub(in crate::admin) struct GivenAddress {
    pub(in crate::admin) number: i64,
    pub(in crate::admin) email: EmailAddress,
}

impl FromStr for GivenAddress {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (number, email) = text.split_once('=').ok_or("not of the form 12=name@example.com")?;
        let number = number.trim().parse().map_err(|_| "a number stands before `=`")?;
        let email = email.parse().map_err(|error: EmailError| error.to_string())?;
        Ok(Self { number, email })
    }
}

pub(super) fn settled_state(name: &str) -> Result<MessageState, &'static str> {
    let state = MessageState::from_name(name).filter(|&state| state != MessageState::Waiting);
    state.ok_or("not one of sent, dead")
}

pub(super) fn message_state(name: &str) -> Result<MessageState, &'static str> {
    MessageState::from_name(name).ok_or("not one of waiting, sent, dead")
}

pub(super) fn order_state(name: &str) -> Result<OrderState, String> {
    let names = OrderState::ALL.map(OrderState::name).join(", ");
    OrderState::from_name(name).ok_or_else(|| format!("not one of {names}"))
}

/// A picture that the shop's pages can show.
pub(super) fn served_picture(name: &str) -> Result<PictureName, String> {
    let picture = name.parse().map_err(|error: PictureNameError| error.to_string())?;
    let served: Vec<_> = PICTURES.iter().map(|&(name, _)| name).collect();
    if served.contains(&name) {
        Ok(picture)
    } else {
        let served = served.join(", ");
        Err(format!(
            "shop-web serves no picture of this name, but {served}; \
            others are for programs of your own, which embed them with their pages (shop_web::Pictures)"
        ))
    }
}

/// A product by one of its SKUs or by its slug.
#[derive(Clone, Debug)]
pub(in crate::admin) enum ProductRef {
    Sku(Sku),
    Slug(Slug),
}

impl FromStr for ProductRef {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let sku = text.parse().map(Self::Sku);
        sku.or_else(|_| text.parse().map(Self::Slug).map_err(|_| "neither a SKU nor a slug"))
    }
}

/// `uncounted`, or a number of pieces.
#[derive(Clone, Copy, Debug)]
pub(in crate::admin) struct StockArgument(pub(in crate::admin) Stock);

impl FromStr for StockArgument {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "uncounted" => Ok(Self(Stock::Uncounted)),
            // What looks like a change is none here.
            number if number.starts_with('+') => Err("neither a number nor `uncounted`"),
            number => number
                .parse()
                .map(|pieces| Self(Stock::Counted(pieces)))
                .map_err(|_| "neither a number nor `uncounted`"),
        }
    }
}

/// The same, or so many pieces more or fewer: `+20`, `-3`.
#[derive(Clone, Copy, Debug)]
pub(in crate::admin) struct StockChangeArgument(pub(in crate::admin) StockChange);

impl FromStr for StockChangeArgument {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.starts_with(['+', '-']) {
            let by = text.parse().map_err(|_| "not a change by -2147483648 to +2147483647")?;
            Ok(Self(StockChange::By(by)))
        } else {
            text.parse().map(|StockArgument(stock)| Self(StockChange::Set(stock)))
        }
    }
}

/// A text, perhaps with its language before it: `ro=Ac`.
#[derive(Clone, Debug)]
pub(in crate::admin) struct Wording {
    /// The shop's own without one.
    pub(in crate::admin) language: Option<Language>,
    pub(in crate::admin) text: String,
}

impl FromStr for Wording {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let marked = text.split_once('=').and_then(|(code, text)| Some((code.parse().ok()?, text)));
        Ok(match marked {
            Some((language, text)) => Self { language: Some(language), text: text.to_owned() },
            None => Self { language: None, text: text.to_owned() },
        })
    }
}
