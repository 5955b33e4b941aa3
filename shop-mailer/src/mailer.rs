use std::fmt;

use async_trait::async_trait;
use shop_core::outbox::{Letter, Message};
use shop_core::ports::DeliveryError;

use crate::content::Content;
use crate::error::{BuildError, RenderError};
use crate::links::PublicUrl;
use crate::mime;
use crate::sender::Sender;
use crate::templates::Templates;
use crate::transport::{Outgoing, Transport};

/// What every mail of a shop has in common.
#[derive(Clone, Debug)]
pub struct MailerConfig {
    /// The base of every link (`SHOP_PUBLIC_URL`).
    pub public_url: PublicUrl,
    /// The shop's name, as subjects and texts show it (`SHOP_TITLE`).
    pub title: String,
    /// Whom the mails come from (`SHOP_MAIL_FROM`).
    pub from: Sender,
}

/// Renders each letter in its reader's language and hands it to a [`Transport`].
pub struct Mailer {
    config: MailerConfig,
    templates: Templates,
    transport: Box<dyn Transport>,
    on_link: Option<Box<LinkHook>>,
}

type LinkHook = dyn Fn(&Message, &str) + Send + Sync;

impl Mailer {
    /// A mailer that sends by `transport`.
    pub fn new(config: MailerConfig, transport: Box<dyn Transport>) -> Result<Self, BuildError> {
        Ok(Self { config, templates: Templates::load()?, transport, on_link: None })
    }

    /// The same mailer, which shows `hook` the link of every letter that has one, once it has been sent.
    ///
    /// For development, where nobody reads the mail: a program prints the link. A link may carry a secret, so it has no
    /// place in the log of a real shop.
    #[must_use]
    pub fn on_link(self, hook: impl Fn(&Message, &str) + Send + Sync + 'static) -> Self {
        Self { on_link: Some(Box::new(hook)), ..self }
    }

    /// The letter's link, if it has one, and the finished mail.
    fn write(&self, letter: &Letter) -> Result<(Option<String>, Vec<u8>), RenderError> {
        let MailerConfig { public_url, title, from } = &self.config;
        let texts = self.templates.texts(letter.message.language);
        let content = Content::of(letter, public_url, texts)?;
        let rendered = self.templates.render(&letter.message, &content, texts, title)?;
        let bytes = mime::mail(&letter.message, from, rendered)?;
        Ok((content.link, bytes))
    }
}

#[async_trait]
impl shop_core::ports::Mailer for Mailer {
    /// Renders and sends `letter`.
    ///
    /// A letter that cannot be rendered is refused for good; otherwise the transport's word counts.
    async fn deliver(&self, letter: &Letter) -> Result<(), DeliveryError> {
        let message = &letter.message;
        let (link, bytes) = self.write(letter).map_err(|error| DeliveryError::Permanent(Box::new(error)))?;
        let from = self.config.from.address();
        self.transport.send(Outgoing { id: message.id, from, to: &message.to, bytes: &bytes }).await?;
        if let (Some(hook), Some(link)) = (&self.on_link, link) {
            hook(message, &link);
        }
        Ok(())
    }
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailer").field("config", &self.config).finish_non_exhaustive()
    }
}
