//! What becomes of a letter, whatever it says.

use std::error::Error;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use mail_parser::MessageParser;
use shop_core::Language;
use shop_core::account::EmailAddress;
use shop_core::outbox::{Letter, Mail};
use shop_core::ports::{DeliveryError, Mailer as _};
use shop_mailer::{Mailer, NullTransport, Outgoing, Transport};

use crate::fixture::{Recorder, TOKEN, config, email_changed, every_mail, letter, mailer, order, read};

#[tokio::test]
async fn headers_tell_programs_what_it_is() -> Result<(), Box<dyn Error>> {
    let recorder = Recorder::default();
    mailer(recorder.clone()).deliver(&letter(Language::Romanian, order())).await?;
    let mails = recorder.mails();
    let mail = MessageParser::default().parse(&mails[0]).expect("a mail");
    assert_eq!(mail.date().map(mail_parser::DateTime::to_rfc3339).as_deref(), Some("2026-11-21T20:05:00Z"));
    assert_eq!(mail.message_id(), Some("019aa812-3456-7abc-8def-001122334455@shop.example"));
    assert_eq!(mail.header_raw("Auto-Submitted").map(str::trim), Some("auto-generated"));
    assert!(mail.reply_to().is_none());
    let from = mail.from().and_then(|from| from.first()).expect("a sender");
    assert_eq!((from.name(), from.address()), (Some("Vitrina"), Some("shop@shop.example")));
    let kind = mail.header("Content-Type").and_then(|header| header.as_content_type()).expect("a type");
    assert_eq!((kind.ctype(), kind.subtype()), ("multipart", Some("alternative")));
    let part = |part: &mail_parser::MessagePart<'_>| {
        let kind = part.headers().iter().find_map(|header| header.value().as_content_type()).expect("a type");
        (kind.subtype().map(str::to_owned), kind.attribute("charset").map(str::to_owned))
    };
    let kinds: Vec<_> = mail.parts.iter().skip(1).map(part).collect();
    assert_eq!(
        kinds,
        ["plain", "html"].map(|kind| (Some(kind.to_owned()), Some("utf-8".to_owned()))),
        "the best part comes last"
    );
    Ok(())
}

#[tokio::test]
async fn the_same_letter_gives_the_same_bytes() -> Result<(), DeliveryError> {
    let recorder = Recorder::default();
    let mailer = mailer(recorder.clone());
    for (mail, _) in every_mail() {
        let letter = letter(Language::English, mail);
        mailer.deliver(&letter).await?;
        mailer.deliver(&letter).await?;
    }
    for pair in recorder.mails().chunks(2) {
        assert_eq!(pair[0], pair[1]);
    }
    Ok(())
}

/// Keeps the envelopes.
#[derive(Clone, Default)]
struct Envelopes(Arc<Mutex<Vec<(EmailAddress, EmailAddress)>>>);

#[async_trait]
impl Transport for Envelopes {
    async fn send(&self, mail: Outgoing<'_>) -> Result<(), DeliveryError> {
        self.0.lock().expect("no panic").push((mail.from.clone(), mail.to.clone()));
        Ok(())
    }
}

#[tokio::test]
async fn the_envelope_holds_bare_addresses() -> Result<(), Box<dyn Error>> {
    let envelopes = Envelopes::default();
    mailer(envelopes.clone()).deliver(&letter(Language::English, order())).await?;
    let expected = ("shop@shop.example".parse()?, "ana.pop@example.com".parse()?);
    assert_eq!(*envelopes.0.lock().expect("no panic"), [expected]);
    Ok(())
}

#[tokio::test]
async fn every_address_of_an_account_fits_a_header() -> Result<(), Box<dyn Error>> {
    let longest = format!("{}@{}.example", "a".repeat(64), ["b"; 3].map(|label| label.repeat(59)).join("."));
    for address in [
        "a@b.ro",
        "o'brien+shop@x-y.co",
        "!#$%&'*+-/=?^_`{|}~@example.com",
        "shop@localhost",
        "1@2.3",
        &longest,
    ] {
        let recorder = Recorder::default();
        let mut letter = letter(Language::English, Mail::Activation);
        letter.message.to = address.parse()?;
        mailer(recorder.clone()).deliver(&letter).await?;
        assert_eq!(read(&recorder.mails()[0]).to.1, address);
    }
    Ok(())
}

#[tokio::test]
async fn a_letter_without_its_token_is_refused_for_good() {
    let recorder = Recorder::default();
    let mailer = mailer(recorder.clone());
    for mail in [Mail::Activation, Mail::Reset, Mail::EmailChange, email_changed()] {
        let letter = Letter { token: None, ..letter(Language::English, mail) };
        let refused = mailer.deliver(&letter).await;
        let Err(DeliveryError::Permanent(cause)) = refused else { panic!("{refused:?}") };
        assert_eq!(cause.to_string(), "the letter has no token for its link");
    }
    assert_eq!(recorder.mails(), [""; 0]);
}

/// A mail server that is away.
struct Away;

#[async_trait]
impl Transport for Away {
    async fn send(&self, _: Outgoing<'_>) -> Result<(), DeliveryError> {
        Err(DeliveryError::Temporary("away".into()))
    }
}

#[tokio::test]
async fn a_link_is_shown_once_its_mail_is_sent() {
    let shown = Arc::new(Mutex::new(Vec::new()));
    let links = |transport: Box<dyn Transport>| {
        let shown = Arc::clone(&shown);
        let mailer = Mailer::new(config(), transport).expect("a mailer");
        mailer.on_link(move |message, link| {
            shown.lock().expect("no panic").push(format!("{}: {link}", message.to));
        })
    };
    let away = links(Box::new(Away)).deliver(&letter(Language::English, Mail::Activation)).await;
    assert!(matches!(away, Err(DeliveryError::Temporary(_))), "{away:?}");
    assert_eq!(*shown.lock().expect("no panic"), [""; 0]);

    let null = links(Box::new(NullTransport));
    let (mails, paths): (Vec<_>, Vec<_>) = every_mail().into_iter().unzip();
    for mail in mails {
        null.deliver(&letter(Language::Romanian, mail)).await.expect("sent");
    }
    let shown = shown.lock().expect("no panic");
    let link = |path| format!("ana.pop@example.com: https://shop.example/ro{path}");
    assert_eq!(*shown, paths.into_iter().flatten().map(link).collect::<Vec<_>>());
    assert_eq!(shown.iter().filter(|line| line.ends_with(TOKEN)).count(), 4);
}
