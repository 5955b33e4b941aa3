//! What each mail says, in each language.

use insta::assert_snapshot;
use shop_core::Language;
use shop_core::outbox::Mail;

use crate::fixture::{TOKEN, activation, deliver, letter, order};

async fn shown(language: Language, mail: Mail) -> String {
    let seen = deliver(&letter(language, mail)).await;
    format!("{}\n\nSubject: {}\n\n{}\n{}", seen.head, seen.subject, seen.text, seen.html)
}

#[tokio::test]
async fn activation_mails() {
    assert_snapshot!("activation_en", shown(Language::English, activation()).await);
    assert_snapshot!("activation_ro", shown(Language::Romanian, activation()).await);
}

#[tokio::test]
async fn already_registered_mails() {
    assert_snapshot!("already_registered_en", shown(Language::English, Mail::AlreadyRegistered).await);
    assert_snapshot!("already_registered_ro", shown(Language::Romanian, Mail::AlreadyRegistered).await);
}

#[tokio::test]
async fn order_received_mails() {
    assert_snapshot!("order_received_en", shown(Language::English, order()).await);
    assert_snapshot!("order_received_ro", shown(Language::Romanian, order()).await);
}

#[tokio::test]
async fn a_language_without_texts_reads_english_throughout() {
    for language in [Language::Spanish, Language::Portuguese, Language::French] {
        let seen = deliver(&letter(language, order())).await;
        let english = deliver(&letter(Language::English, order())).await;
        let localized = |text: &str| text.replace("/en/orders/", &format!("/{language}/orders/"));
        assert_eq!(seen.subject, english.subject);
        assert_eq!(
            seen.text,
            localized(&english.text),
            "money, dates and words agree; only the link keeps {language}"
        );
        assert_eq!(seen.html, localized(&english.html));
        assert!(seen.html.contains("<html lang=\"en\">"));
    }
}

#[tokio::test]
async fn both_parts_carry_the_link() {
    let links = [
        (activation(), format!("/activate/{TOKEN}")),
        (Mail::AlreadyRegistered, "/login".to_owned()),
        (order(), "/orders/7QX4-M2KD-9".to_owned()),
    ];
    for language in Language::ALL {
        for (mail, path) in &links {
            let seen = deliver(&letter(language, mail.clone())).await;
            let link = format!("https://shop.example/{language}{path}");
            assert!(seen.text.lines().any(|line| line == link), "{}", seen.text);
            assert_eq!(seen.html.matches(&format!("href=\"{link}\"")).count(), 2, "{}", seen.html);
        }
    }
}

#[tokio::test]
async fn pages_load_nothing_from_anywhere() {
    for mail in [activation(), Mail::AlreadyRegistered, order()] {
        let html = deliver(&letter(Language::English, mail)).await.html;
        for tag in ["<img", "<script", "<link", "<style", "<table", "<iframe", "src=", "url(", "@import"] {
            assert!(!html.contains(tag), "{tag} in {html}");
        }
        assert_eq!(html.matches("http").count(), html.matches("https://shop.example/en/").count());
    }
}
