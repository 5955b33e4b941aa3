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

/// The message files; a language without one is served in English.
const TEXTS: [(Language, &str); 2] = [
    (Language::English, include_str!("../locales/en/mail.ftl")),
    (Language::Romanian, include_str!("../locales/ro/mail.ftl")),
];

/// Tera escapes what a name ending in `.html` shows, and nothing else.
const TEMPLATES: [(&str, &str); 8] = [
    ("layout.html", include_str!("../templates/layout.html")),
    ("layout.txt", include_str!("../templates/layout.txt")),
    ("activation/body.html", include_str!("../templates/activation/body.html")),
    ("activation/body.txt", include_str!("../templates/activation/body.txt")),
    ("already_registered/body.html", include_str!("../templates/already_registered/body.html")),
    ("already_registered/body.txt", include_str!("../templates/already_registered/body.txt")),
    ("order_received/body.html", include_str!("../templates/order_received/body.html")),
    ("order_received/body.txt", include_str!("../templates/order_received/body.txt")),
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

    /// The texts for a letter: all in the reader's language or, as long as that has none for this mail, all in English.
    pub(crate) fn texts(&self, message: &Message) -> Texts<'_> {
        let subject = subject_id(message.mail.kind());
        self.messages.language(self.messages.source(message.language, &subject).unwrap_or_default())
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
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn templates() -> Templates {
        Templates::load().expect("texts and templates load")
    }

    #[test]
    fn each_language_says_what_english_says() {
        let languages = TEXTS.map(|(language, _)| language);
        assert_eq!(templates().messages.gaps(&languages), []);
    }

    #[test]
    fn each_text_is_shown_and_each_text_shown_is_there() {
        let sources = TEMPLATES.iter().flat_map(|(_, source)| source.split("t(id=\"").skip(1));
        let in_bodies = sources.filter_map(|rest| rest.split('"').next()).map(str::to_owned);
        let subjects = TEMPLATES.iter().filter_map(|(name, _)| name.strip_suffix("/body.txt"));
        let shown: BTreeSet<_> = subjects.map(subject_id).chain(in_bodies).collect();
        let messages = templates().messages;
        // How a price is written is built into the core.
        let written = messages.ids(Language::English).filter(|id| *id != "money").map(str::to_owned);
        assert_eq!(shown, written.collect());
    }

    #[test]
    fn a_text_that_is_not_there_is_an_error() {
        let error = text(&templates().messages, Language::Romanian, "no-such-text", std::iter::empty());
        assert_eq!(
            error.map_err(|error| error.to_string()),
            Err("there is no text `no-such-text`".to_owned())
        );
    }

    #[test]
    fn numbers_choose_their_plural() {
        let hours = |language, hours: u64| {
            let values = [(Key::from("hours"), Value::from(hours))];
            let values = values.iter().map(|(name, value)| (name, value));
            text(&templates().messages, language, "activation-validity", values).expect("a text")
        };
        assert_eq!(hours(Language::English, 1), "The link holds for one hour and works once.");
        assert_eq!(hours(Language::English, 48), "The link holds for 48 hours and works once.");
        let romanian = [1, 2, 48].map(|n| hours(Language::Romanian, n));
        let forms = ["o oră", "2 ore", "48 de ore"];
        assert_eq!(
            romanian,
            forms.map(|n| format!("Linkul este valabil {n} și poate fi folosit o singură dată."))
        );
    }
}
