//! Names and texts that were typed to do harm, or merely to be someone's name.

use proptest::prelude::*;
use shop_core::Language;
use shop_core::account::EmailError;
use shop_core::outbox::{Letter, Mail};
use shop_core::ports::Mailer as _;
use shop_mailer::Mailer;

use crate::fixture::{Recorder, canceled, config, deliver, every_mail, letter, line, order, read, shipped};

fn letter_to(name: &str) -> Letter {
    let mut letter = letter(Language::English, Mail::Activation);
    name.clone_into(&mut letter.message.name);
    letter
}

/// The names of a mail's headers, in order.
fn header_names(head: &str) -> Vec<&str> {
    let starts = head.lines().filter(|line| !line.starts_with([' ', '\t']));
    starts.map(|line| line.split_once(':').expect("a header").0).collect()
}

const HEADERS: [&str; 8] =
    ["Date", "Message-ID", "From", "To", "Subject", "Auto-Submitted", "MIME-Version", "Content-Type"];

#[tokio::test]
async fn names_arrive_as_they_were_typed() {
    for name in [
        "Ana Pop",
        "O'Brien",
        "Pop, Ana",
        "\"Bob\" <Builder>",
        "Ștefan Țurcanu",
        "محمد بن سلمان",
        "小明",
        "👩\u{200d}🔬 Marie",
        "a=?utf-8?b?QQ==?=",
        "(comment) ; group",
        "José Luís Fernando Henrique de Souza Albuquerque e Vasconcelos da Conceição",
    ] {
        let seen = deliver(&letter_to(name)).await;
        assert_eq!(seen.to, (Some(name.to_owned()), "ana.pop@example.com".to_owned()));
        assert_eq!(seen.text.lines().next(), Some(format!("Hello {name},").as_str()));
        assert_eq!(header_names(&seen.head), HEADERS);
    }
}

#[tokio::test]
async fn a_name_that_advertises_is_left_out() {
    for name in ["Ana\r\nBcc: all@evil.example", "Win at www.evil.example", &"x".repeat(201), "\u{0}", "  "] {
        let seen = deliver(&letter_to(name)).await;
        assert_eq!(seen.to, (None, "ana.pop@example.com".to_owned()), "{name:?}");
        assert_eq!(seen.text.lines().next(), Some("Hello,"));
        assert!(!seen.html.contains("evil") && !seen.text.contains("evil"));
        assert_eq!(header_names(&seen.head), HEADERS);
    }
}

/// Every mail about an order, with these products, this receiver and this address where it shows them.
fn orders(products: &[&str], receiver: &str, street: &str) -> Vec<Mail> {
    let mut mails = vec![order(), shipped(), canceled(false), canceled(true)];
    for mail in &mut mails {
        let (Mail::OrderReceived { lines, .. }
        | Mail::OrderShipped { lines, .. }
        | Mail::OrderCanceled { lines, .. }) = mail
        else {
            panic!("{mail:?}")
        };
        *lines = products.iter().map(|name| line("SH03", name, 100, 2)).collect();
        if let Mail::OrderReceived { recipient, address, .. }
        | Mail::OrderShipped { recipient, address, .. } = mail
        {
            receiver.clone_into(recipient);
            *address = street.parse().expect("an address");
        }
    }
    mails
}

const STREET: &str = "Str. Lungă 1";

#[tokio::test]
async fn markup_is_text() {
    let product = "<b onclick='x'>\"Hub\"</b> {{ title }} {$name}";
    let receiver = "</address><script>alert(1)</script>";
    for mail in orders(&[product], receiver, "1 <i>Long</i> Street\nZIP & City") {
        let has_address = !matches!(mail, Mail::OrderCanceled { .. });
        let mut letter = letter(Language::English, mail);
        letter.message.name = "<script>alert`1` & co".to_owned();
        let seen = deliver(&letter).await;
        for markup in ["<script", "<b ", "<i>", "</address><", "& co", "& City"] {
            assert!(!seen.html.contains(markup), "{markup} in {}", seen.html);
        }
        for escaped in ["&lt;script&gt;alert`1` &amp; co", "&lt;b onclick=", "{{ title }} {$name}"] {
            assert!(seen.html.contains(escaped), "{escaped} not in {}", seen.html);
        }
        for escaped in ["&lt;i&gt;Long&lt;", "<br>ZIP &amp; City"] {
            assert_eq!(seen.html.contains(escaped), has_address, "{escaped}: {}", seen.html);
        }
        for text in ["Hello <script>alert`1` & co,\n", &format!("\n{product}\n  2 × ")] {
            assert!(seen.text.contains(text), "{text} not in {}", seen.text);
        }
        let label = format!("\n{receiver}\n1 <i>Long</i> Street\nZIP & City\n");
        assert_eq!(seen.text.contains(&label), has_address, "{label}: {}", seen.text);
    }
}

#[tokio::test]
async fn a_new_address_is_text() -> Result<(), EmailError> {
    let email = "o'brien&co`{{title}}`+{$email}@new.example";
    let seen = deliver(&letter(Language::English, Mail::EmailChanged { email: email.parse()? })).await;
    assert!(seen.text.contains(&format!("\n{email}\n")), "{}", seen.text);
    assert!(seen.html.contains("&amp;co`{{title}}`+{$email}@new.example</strong>"), "{}", seen.html);
    assert!(!seen.html.contains("&co"), "{}", seen.html);
    Ok(())
}

#[tokio::test]
async fn lines_of_typed_text_are_not_added() {
    for mail in orders(&["Hub\r\n\r\nTotal: 0"], "Ana\nPop", STREET) {
        let has_address = !matches!(mail, Mail::OrderCanceled { .. });
        let text = deliver(&letter(Language::English, mail)).await.text;
        assert!(text.contains("\nHub    Total: 0\n"), "{text}");
        assert_eq!(text.contains("\nAna Pop\n"), has_address, "{text}");
    }
}

#[tokio::test]
async fn names_from_right_to_left_keep_their_numbers_apart() {
    for mail in orders(&["سماعات"], "Ana Pop", STREET) {
        let seen = deliver(&letter(Language::English, mail)).await;
        assert!(seen.html.contains("<bdi>سماعات</bdi><br>2 × "), "{}", seen.html);
        assert!(seen.text.contains("\nسماعات\n  2 × "), "{}", seen.text);
    }
}

#[tokio::test]
async fn a_shop_may_have_any_title() {
    for title in ["Café „Țuică” & <Co>", "Vitrina\r\nBcc: all@evil.example", "店".repeat(60).as_str()]
    {
        let recorder = Recorder::default();
        let mut settings = config();
        title.clone_into(&mut settings.title);
        let mailer = Mailer::new(settings, Box::new(recorder.clone())).expect("a mailer");
        for (mail, _) in every_mail() {
            mailer.deliver(&letter(Language::English, mail)).await.expect("delivered");
        }
        let seen: Vec<_> = recorder.mails().iter().map(|mail| read(mail)).collect();
        let on_one_line = title.replace(['\r', '\n'], " ");
        assert_eq!(seen[0].subject, format!("Activate your account at {on_one_line}"));
        for seen in seen {
            assert_eq!(header_names(&seen.head), HEADERS);
            assert!(!seen.html.contains("<Co>"), "{}", seen.html);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_name_adds_a_header(
        name in any::<String>(),
        recipient in any::<String>(),
        product in any::<String>(),
        kind in 0..4_usize,
    ) {
        let mut letter = letter(Language::Romanian, orders(&[&product], &recipient, STREET).swap_remove(kind));
        letter.message.name = name;
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let seen = runtime.block_on(deliver(&letter));
        prop_assert_eq!(header_names(&seen.head), HEADERS);
        prop_assert_eq!(seen.to.1, "ana.pop@example.com");
    }
}
