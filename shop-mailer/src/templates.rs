//! Subject, text and HTML of a letter: Fluent's messages within tera's templates.

use std::sync::Arc;

use serde::Serialize;
use shop_core::Language;
use shop_core::l10n::{self, Args, Messages, Texts};
use shop_core::outbox::Message;
use tera::value::Key;
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

use crate::content::Content;
use crate::error::{BuildError, RenderError};
use crate::names::{one_line, presentable};

/// The messages of every language.
const TEXTS: [(Language, &str); Language::ALL.len()] = [
    (Language::English, include_str!("../locales/en/mail.ftl")),
    (Language::Romanian, include_str!("../locales/ro/mail.ftl")),
    (Language::Spanish, include_str!("../locales/es/mail.ftl")),
    (Language::Portuguese, include_str!("../locales/pt/mail.ftl")),
    (Language::French, include_str!("../locales/fr/mail.ftl")),
];

/// Tera escapes what a name ending in `.html` shows, and nothing else.
const TEMPLATES: [(&str, &str); 24] = [
    ("layout.html", include_str!("../templates/layout.html")),
    ("layout.txt", include_str!("../templates/layout.txt")),
    ("order.html", include_str!("../templates/order.html")),
    ("order.txt", include_str!("../templates/order.txt")),
    ("activation/body.html", include_str!("../templates/activation/body.html")),
    ("activation/body.txt", include_str!("../templates/activation/body.txt")),
    ("already_registered/body.html", include_str!("../templates/already_registered/body.html")),
    ("already_registered/body.txt", include_str!("../templates/already_registered/body.txt")),
    ("reset/body.html", include_str!("../templates/reset/body.html")),
    ("reset/body.txt", include_str!("../templates/reset/body.txt")),
    ("password_changed/body.html", include_str!("../templates/password_changed/body.html")),
    ("password_changed/body.txt", include_str!("../templates/password_changed/body.txt")),
    ("email_change/body.html", include_str!("../templates/email_change/body.html")),
    ("email_change/body.txt", include_str!("../templates/email_change/body.txt")),
    ("email_changed/body.html", include_str!("../templates/email_changed/body.html")),
    ("email_changed/body.txt", include_str!("../templates/email_changed/body.txt")),
    ("account_deleted/body.html", include_str!("../templates/account_deleted/body.html")),
    ("account_deleted/body.txt", include_str!("../templates/account_deleted/body.txt")),
    ("order_received/body.html", include_str!("../templates/order_received/body.html")),
    ("order_received/body.txt", include_str!("../templates/order_received/body.txt")),
    ("order_shipped/body.html", include_str!("../templates/order_shipped/body.html")),
    ("order_shipped/body.txt", include_str!("../templates/order_shipped/body.txt")),
    ("order_canceled/body.html", include_str!("../templates/order_canceled/body.html")),
    ("order_canceled/body.txt", include_str!("../templates/order_canceled/body.txt")),
];

/// A letter in words.
#[derive(Debug)]
pub(crate) struct Rendered {
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
}

pub(crate) struct Templates {
    messages: Arc<Messages>,
    tera: Tera,
}

/// What the subject and every template see.
#[derive(Serialize)]
struct View<'a> {
    language: Language,
    title: &'a str,
    name: Option<&'a str>,
    #[serde(flatten)]
    content: &'a Content,
}

impl Templates {
    pub(crate) fn load() -> Result<Self, BuildError> {
        let messages = Arc::new(Messages::new(&TEXTS)?);
        let mut tera = Tera::default();
        let texts = Arc::clone(&messages);
        tera.register_function("t", move |values: Kwargs, state: &State<'_>| {
            let language = state.get::<String>("language")?.and_then(|code| code.parse().ok());
            let id = values.must_get::<&str>("id")?;
            text(&texts, language.unwrap_or_default(), id, values.iter())
        });
        tera.add_raw_templates(TEMPLATES).map_err(|error| BuildError::Templates(error.into()))?;
        Ok(Self { messages, tera })
    }

    /// The texts in the reader's language.
    pub(crate) fn texts(&self, language: Language) -> Texts<'_> {
        self.messages.language(language)
    }

    pub(crate) fn render(
        &self,
        message: &Message,
        content: &Content,
        texts: Texts<'_>,
        title: &str,
    ) -> Result<Rendered, RenderError> {
        let view = View { language: texts.language(), title, name: presentable(&message.name), content };
        let values = Value::try_from_serializable(&view)?;
        let arguments = values.as_map().into_iter().flatten();
        let subject = text(&self.messages, texts.language(), &subject_id(message.mail.kind()), arguments)?;
        let subject = one_line(&subject);
        let mut scope = Context::from_serialize(&values)?;
        scope.insert("subject", &subject);
        let body = |format| self.tera.render(&format!("{}/body.{format}", message.mail.kind()), &scope);
        Ok(Rendered { text: body("txt")?, html: body("html")?, subject })
    }
}

fn subject_id(kind: &str) -> String {
    format!("{}-subject", kind.replace('_', "-"))
}

/// The text of `id` with these values for its variables.
///
/// A text that is not there is an error: no mail leaves with a hole in it.
fn text<'v>(
    messages: &Messages,
    language: Language,
    id: &str,
    values: impl Iterator<Item = (&'v Key<'static>, &'v Value)>,
) -> TeraResult<String> {
    if messages.source(language, id).is_none() {
        return Err(tera::Error::message(format!("there is no text `{id}`")));
    }
    let argument = |value: &'v Value| match (value.as_str(), value.as_i64()) {
        (Some(text), _) => Some(l10n::Value::from(text)),
        (None, Some(number)) => Some(number.into()),
        (None, None) => None,
    };
    let args = values.filter_map(|(name, value)| Some((name.as_str()?, argument(value)?)));
    Ok(messages.format(language, id, &args.collect::<Args<'_>>()).into_owned())
}

#[cfg(test)]
mod tests;
