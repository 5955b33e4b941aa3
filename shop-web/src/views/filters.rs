//! What templates can do with a value: say, write and encode it.
//!
//! | in a template | gives |
//! |---|---|
//! | `{{ "cart-title" \| t }}`, `{{ "cart-pieces" \| t(count=3) }}` | a message |
//! | `{{ fault \| t }}` | a [`Phrase`](super::Phrase) |
//! | `{{ price \| money }}` | an amount |
//! | `{{ 1200 \| number }}` | a whole number |
//! | `{{ placed_at \| date }}`, `{{ placed_at \| date_time }}` | a moment |
//! | `{{ path \| urlencode }}` | a part of an address |
//! | `{{ "shop.css" \| versioned }}` | a static file's name with its version |
//!
//! All of them are escaped like any other text.

use std::borrow::Cow;
use std::sync::Arc;

use rocket::http::RawStr;
use serde::Deserialize;
use shop_core::l10n::{Args, Messages, Texts, Value as Filling};
use shop_core::{Language, Money, Timestamp};
use tera::{Kwargs, Map, State, Tera, TeraResult, Value};

use super::assets::Assets;

/// The messages in one language, to be kept by a filter.
#[derive(Clone)]
struct Voice {
    messages: Arc<Messages>,
    language: Language,
}

impl Voice {
    fn texts(&self) -> Texts<'_> {
        self.messages.language(self.language)
    }
}

/// Registers the filters for one language, in place of those for another.
pub(super) fn register(tera: &mut Tera, language: Language, messages: &Arc<Messages>, assets: &Arc<Assets>) {
    let voice = Voice { messages: Arc::clone(messages), language };
    register_texts(tera, &voice);
    register_formats(tera, &voice);
    tera.register_filter("urlencode", |text: &str, _: Kwargs, _: &State<'_>| {
        RawStr::new(text).percent_encode().to_string()
    });
    let assets = Arc::clone(assets);
    tera.register_filter("versioned", move |name: &str, _: Kwargs, _: &State<'_>| {
        assets
            .versioned(name)
            .ok_or_else(|| tera::Error::message(format!("there is no static file {name:?}")))
    });
}

fn register_texts(tera: &mut Tera, voice: &Voice) {
    let voice = voice.clone();
    tera.register_filter("t", move |value: &Value, kwargs: Kwargs, _: &State<'_>| {
        say(voice.texts(), value, &kwargs)
    });
}

fn register_formats(tera: &mut Tera, voice: &Voice) {
    let money = voice.clone();
    tera.register_filter("money", move |value: &Value, _: Kwargs, _: &State<'_>| {
        amount(value).map(|amount| money.texts().money(amount))
    });
    let number = voice.clone();
    tera.register_filter("number", move |value: i64, _: Kwargs, _: &State<'_>| number.texts().number(value));
    let date = voice.clone();
    tera.register_filter("date", move |micros: i64, _: Kwargs, _: &State<'_>| {
        date.texts().date(Timestamp::from_micros(micros))
    });
    let date_time = voice.clone();
    tera.register_filter("date_time", move |micros: i64, _: Kwargs, _: &State<'_>| {
        date_time.texts().date_time(Timestamp::from_micros(micros))
    });
}

/// The message with the id `value`, filled with `kwargs`; or the phrase `value`.
fn say(texts: Texts<'_>, value: &Value, kwargs: &Kwargs) -> TeraResult<String> {
    let no_args = Map::new();
    let (id, args) = match value.as_map() {
        Some(phrase) => {
            let id = phrase.get(&"id".into()).and_then(Value::as_str);
            (id, phrase.get(&"args".into()).and_then(Value::as_map).unwrap_or(&no_args))
        }
        None => (value.as_str(), &no_args),
    };
    let id = id.ok_or_else(|| tera::Error::message(format!("`t` takes an id or a phrase, not {value}")))?;
    let pairs = args.iter().chain(kwargs.iter());
    let args = pairs
        .map(|(name, value)| Ok((name.to_string(), filling(value)?)))
        .collect::<TeraResult<Args<'_>>>()?;
    Ok(texts.format(id, &args).into_owned())
}

fn filling(value: &Value) -> TeraResult<Filling<'_>> {
    if let Some(text) = value.as_str() {
        Ok(Filling::Text(Cow::Borrowed(text)))
    } else if let Some(number) = value.as_i64() {
        Ok(Filling::Number(number))
    } else {
        amount(value).map(Filling::Money)
    }
}

fn amount(value: &Value) -> TeraResult<Money> {
    Money::deserialize(value).map_err(tera::Error::message)
}
