//! A shop's mailer whose mails end in a list, and letters for it.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use mail_parser::MessageParser;
use shop_core::account::PostalAddress;
use shop_core::ids::MessageId;
use shop_core::order::{LineState, OrderLine, OrderNumber};
use shop_core::outbox::{Letter, Mail, Message};
use shop_core::ports::{DeliveryError, Mailer as _};
use shop_core::{Currency, Language, Money, Timestamp};
use shop_mailer::{Mailer, MailerConfig, Outgoing, Transport};

/// 21 November 2026, 20:05 UTC.
pub(crate) const EVENING: Timestamp = Timestamp::from_micros(1_795_291_500_000_000);
pub(crate) const TOKEN: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// Keeps what it is given.
#[derive(Clone, Default)]
pub(crate) struct Recorder(Arc<Mutex<Vec<String>>>);

#[async_trait]
impl Transport for Recorder {
    async fn send(&self, mail: Outgoing<'_>) -> Result<(), DeliveryError> {
        let text = str::from_utf8(mail.bytes).expect("UTF-8");
        assert!(text.contains("\r\n\r\n"), "headers and a body");
        assert!(text.is_ascii(), "not every mail server takes more");
        assert!(text.lines().all(|line| line.len() <= 998), "RFC 5322, section 2.1.1");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "lines end in CR LF");
        self.0.lock().expect("no panic").push(text.to_owned());
        Ok(())
    }
}

impl Recorder {
    pub(crate) fn mails(&self) -> Vec<String> {
        self.0.lock().expect("no panic").clone()
    }
}

pub(crate) fn config() -> MailerConfig {
    MailerConfig {
        public_url: "https://shop.example/".parse().expect("a URL"),
        title: "Vitrina".to_owned(),
        from: "Vitrina <shop@shop.example>".parse().expect("a sender"),
    }
}

pub(crate) fn mailer(transport: impl Transport + 'static) -> Mailer {
    Mailer::new(config(), Box::new(transport)).expect("a mailer")
}

pub(crate) fn letter(language: Language, mail: Mail) -> Letter {
    let token = needs_token(&mail).then(|| TOKEN.parse().expect("a token"));
    let id = MessageId::from_bytes(*b"\x01\x9a\xa8\x12\x34\x56\x7a\xbc\x8d\xef\x00\x11\x22\x33\x44\x55");
    let message = Message {
        id,
        user: None,
        to: "ana.pop@example.com".parse().expect("an address"),
        name: "Ana Pop".to_owned(),
        language,
        mail,
        created_at: EVENING,
    };
    Letter { message, token }
}

/// Whether the relay makes a token for it.
fn needs_token(mail: &Mail) -> bool {
    match mail {
        Mail::Activation | Mail::Reset | Mail::EmailChange | Mail::EmailChanged { .. } => true,
        Mail::AlreadyRegistered
        | Mail::PasswordChanged
        | Mail::AccountDeleted
        | Mail::OrderReceived { .. }
        | Mail::OrderShipped { .. }
        | Mail::OrderCanceled { .. } => false,
    }
}

/// A mail of every kind, and where its link leads; a canceled order for each who may do it.
pub(crate) fn every_mail() -> [(Mail, Option<String>); 11] {
    let of_token = |page: &str| Some(format!("/{page}/{TOKEN}"));
    let of_order = Some("/orders/7QX4-M2KD-9".to_owned());
    [
        (Mail::Activation, of_token("activate")),
        (Mail::AlreadyRegistered, Some("/login".to_owned())),
        (Mail::Reset, of_token("reset")),
        (Mail::PasswordChanged, Some("/forgot".to_owned())),
        (Mail::EmailChange, of_token("email")),
        (email_changed(), of_token("email/undo")),
        (Mail::AccountDeleted, None),
        (order(), of_order.clone()),
        (shipped(), of_order.clone()),
        (canceled(false), of_order.clone()),
        (canceled(true), of_order),
    ]
}

pub(crate) fn email_changed() -> Mail {
    Mail::EmailChanged { email: "ana@new.example".parse().expect("an address") }
}

pub(crate) fn order() -> Mail {
    Mail::OrderReceived {
        number: number(),
        placed_at: EVENING,
        lines: lines(),
        total: lei(234_650),
        recipient: "Ana Pop".to_owned(),
        address: address(),
    }
}

pub(crate) fn shipped() -> Mail {
    Mail::OrderShipped {
        number: number(),
        placed_at: EVENING,
        lines: lines(),
        recipient: "Ana Pop".to_owned(),
        address: address(),
    }
}

pub(crate) fn canceled(by_shop: bool) -> Mail {
    Mail::OrderCanceled { number: number(), placed_at: EVENING, lines: lines(), total: lei(234_650), by_shop }
}

fn number() -> OrderNumber {
    "7QX4-M2KD-9".parse().expect("an order number")
}

fn lines() -> Vec<OrderLine> {
    vec![line("SH03", "Smart home hub", 34_900, 3), line("AMTR01", "Ceas „Aurora”, 40 mm", 129_950, 1)]
}

fn address() -> PostalAddress {
    "Str. Lungă 1, ap. 3\n500001 Brașov\nRomânia".parse().expect("an address")
}

pub(crate) fn line(sku: &str, name: &str, price: i64, pieces: u16) -> OrderLine {
    OrderLine {
        sku: sku.parse().expect("a SKU"),
        name: name.to_owned(),
        unit_price: lei(price),
        quantity: pieces.try_into().expect("a quantity"),
        total: lei(price * i64::from(pieces)),
        state: LineState::Processing,
    }
}

fn lei(minor: i64) -> Money {
    Money::from_minor(minor, Currency::RON)
}

/// A mail as a mail program shows it.
pub(crate) struct Seen {
    /// The headers as they were sent.
    pub(crate) head: String,
    pub(crate) subject: String,
    /// The receiver's name and address.
    pub(crate) to: (Option<String>, String),
    pub(crate) text: String,
    pub(crate) html: String,
}

/// The only mail that comes of this letter.
pub(crate) async fn deliver(letter: &Letter) -> Seen {
    let recorder = Recorder::default();
    mailer(recorder.clone()).deliver(letter).await.expect("delivered");
    let [mail] = recorder.mails().try_into().expect("one mail");
    read(&mail)
}

/// Reads a mail with a parser that shares no code with what wrote it.
pub(crate) fn read(mail: &str) -> Seen {
    let parsed = MessageParser::default().parse(mail).expect("a mail");
    let [receiver] = parsed.to().expect("a receiver").as_list().expect("a list") else {
        panic!("one receiver");
    };
    assert_eq!((parsed.text_body_count(), parsed.html_body_count(), parsed.attachment_count()), (1, 1, 0));
    Seen {
        head: mail.split_once("\r\n\r\n").expect("headers").0.replace("\r\n", "\n"),
        subject: parsed.subject().expect("a subject").to_owned(),
        to: (receiver.name().map(str::to_owned), receiver.address().expect("an address").to_owned()),
        text: parsed.body_text(0).expect("a text").replace("\r\n", "\n"),
        html: parsed.body_html(0).expect("a page").replace("\r\n", "\n"),
    }
}
