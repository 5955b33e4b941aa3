//! Names and texts that were typed to do harm, or merely to be someone's name.

use proptest::prelude::*;
use shop_core::Language;
use shop_core::outbox::{Letter, Mail};
use shop_core::ports::Mailer as _;
use shop_mailer::Mailer;

use crate::fixture::{Recorder, activation, config, deliver, letter, line, order, read};

fn letter_to(name: &str) -> Letter {
    let mut letter = letter(Language::English, activation());
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

#[tokio::test]
async fn markup_is_text() {
    let mut letter = letter(Language::English, order());
    letter.message.name = "<script>alert`1` & co".to_owned();
    if let Mail::OrderReceived { lines, recipient, address, .. } = &mut letter.message.mail {
        *lines = vec![line("SH03", "<b onclick='x'>\"Hub\"</b> {{ title }} {$name}", 100, 999)];
        "</address><script>alert(1)</script>".clone_into(recipient);
        *address = "1 <i>Long</i> Street\nZIP & City".parse().expect("an address");
    }
    let seen = deliver(&letter).await;
    for markup in ["<script", "<b ", "<i>", "</address><", "& co", "& City"] {
        assert!(!seen.html.contains(markup), "{markup} in {}", seen.html);
    }
    for escaped in [
        "&lt;script&gt;alert`1` &amp; co",
        "&lt;b onclick=",
        "{{ title }} {$name}",
        "&lt;i&gt;Long&lt;",
        "<br>ZIP &amp; City",
    ] {
        assert!(seen.html.contains(escaped), "{escaped} not in {}", seen.html);
    }
    for text in [
        "Hello <script>alert`1` & co,\n",
        "\n<b onclick='x'>\"Hub\"</b> {{ title }} {$name}\n  999 × ",
        "\n</address><script>alert(1)</script>\n1 <i>Long</i> Street\nZIP & City\n",
    ] {
        assert!(seen.text.contains(text), "{text} not in {}", seen.text);
    }
}

#[tokio::test]
async fn lines_of_typed_text_are_not_added() {
    let mut letter = letter(Language::English, order());
    if let Mail::OrderReceived { lines, recipient, .. } = &mut letter.message.mail {
        *lines = vec![line("SH03", "Hub\r\n\r\nTotal: 0", 100, 1)];
        "Ana\nPop".clone_into(recipient);
    }
    let text = deliver(&letter).await.text;
    assert!(text.contains("\nHub    Total: 0\n") && text.contains("\nAna Pop\n"), "{text}");
}

#[tokio::test]
async fn names_from_right_to_left_keep_their_numbers_apart() {
    let mut letter = letter(Language::English, order());
    if let Mail::OrderReceived { lines, .. } = &mut letter.message.mail {
        *lines = vec![line("SH03", "سماعات", 100, 2)];
    }
    let seen = deliver(&letter).await;
    assert!(seen.html.contains("<bdi>سماعات</bdi><br>2 × "), "{}", seen.html);
    assert!(seen.text.contains("\nسماعات\n  2 × "), "{}", seen.text);
}

#[tokio::test]
async fn a_shop_may_have_any_title() {
    for title in ["Café „Țuică” & <Co>", "Vitrina\r\nBcc: all@evil.example", "店".repeat(60).as_str()]
    {
        let recorder = Recorder::default();
        let mut settings = config();
        title.clone_into(&mut settings.title);
        let mailer = Mailer::new(settings, Box::new(recorder.clone())).expect("a mailer");
        mailer.deliver(&letter(Language::English, activation())).await.expect("delivered");
        let seen = read(&recorder.mails()[0]);
        assert_eq!(header_names(&seen.head), HEADERS);
        let on_one_line = title.replace(['\r', '\n'], " ");
        assert_eq!(seen.subject, format!("Activate your account at {on_one_line}"));
        assert!(!seen.html.contains("<Co>"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_name_adds_a_header(name in any::<String>(), recipient in any::<String>(), product in any::<String>()) {
        let mut letter = letter(Language::Romanian, order());
        letter.message.name = name;
        if let Mail::OrderReceived { lines, recipient: receiver, .. } = &mut letter.message.mail {
            *lines = vec![line("SH03", &product, 100, 1)];
            *receiver = recipient;
        }
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let seen = runtime.block_on(deliver(&letter));
        prop_assert_eq!(header_names(&seen.head), HEADERS);
        prop_assert_eq!(seen.to.1, "ana.pop@example.com");
    }
}
