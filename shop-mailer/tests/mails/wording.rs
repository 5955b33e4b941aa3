//! What each mail says, in each language.

use insta::assert_snapshot;
use shop_core::Language;
use shop_core::outbox::Mail;

use crate::fixture::{canceled, deliver, email_changed, every_mail, letter, order, shipped};

async fn shown(language: Language, mail: Mail) -> String {
    let seen = deliver(&letter(language, mail)).await;
    format!("{}\n\nSubject: {}\n\n{}\n{}", seen.head, seen.subject, seen.text, seen.html)
}

#[tokio::test]
async fn activation_mails() {
    assert_snapshot!("activation_en", shown(Language::English, Mail::Activation).await);
    assert_snapshot!("activation_ro", shown(Language::Romanian, Mail::Activation).await);
}

#[tokio::test]
async fn already_registered_mails() {
    assert_snapshot!("already_registered_en", shown(Language::English, Mail::AlreadyRegistered).await);
    assert_snapshot!("already_registered_ro", shown(Language::Romanian, Mail::AlreadyRegistered).await);
}

#[tokio::test]
async fn reset_mails() {
    assert_snapshot!("reset_en", shown(Language::English, Mail::Reset).await);
    assert_snapshot!("reset_ro", shown(Language::Romanian, Mail::Reset).await);
}

#[tokio::test]
async fn password_changed_mails() {
    assert_snapshot!("password_changed_en", shown(Language::English, Mail::PasswordChanged).await);
    assert_snapshot!("password_changed_ro", shown(Language::Romanian, Mail::PasswordChanged).await);
}

#[tokio::test]
async fn email_change_mails() {
    assert_snapshot!("email_change_en", shown(Language::English, Mail::EmailChange).await);
    assert_snapshot!("email_change_ro", shown(Language::Romanian, Mail::EmailChange).await);
}

#[tokio::test]
async fn email_changed_mails() {
    assert_snapshot!("email_changed_en", shown(Language::English, email_changed()).await);
    assert_snapshot!("email_changed_ro", shown(Language::Romanian, email_changed()).await);
}

#[tokio::test]
async fn account_deleted_mails() {
    assert_snapshot!("account_deleted_en", shown(Language::English, Mail::AccountDeleted).await);
    assert_snapshot!("account_deleted_ro", shown(Language::Romanian, Mail::AccountDeleted).await);
}

#[tokio::test]
async fn order_shipped_mails() {
    assert_snapshot!("order_shipped_en", shown(Language::English, shipped()).await);
    assert_snapshot!("order_shipped_ro", shown(Language::Romanian, shipped()).await);
}

#[tokio::test]
async fn order_canceled_mails() {
    assert_snapshot!("order_canceled_en", shown(Language::English, canceled(false)).await);
    assert_snapshot!("order_canceled_ro", shown(Language::Romanian, canceled(false)).await);
    assert_snapshot!("order_canceled_by_shop_en", shown(Language::English, canceled(true)).await);
    assert_snapshot!("order_canceled_by_shop_ro", shown(Language::Romanian, canceled(true)).await);
}

#[tokio::test]
async fn order_received_mails() {
    assert_snapshot!("order_received_en", shown(Language::English, order()).await);
    assert_snapshot!("order_received_ro", shown(Language::Romanian, order()).await);
}

#[tokio::test]
async fn every_language_has_its_own_words() {
    let own = [
        (Language::English, "We have received your order", "November 21, 2026 at 20:05", "RON\u{a0}2,346.50"),
        (Language::Romanian, "Am primit comanda", "21 noiembrie 2026 la 20:05", "2.346,50\u{a0}lei"),
        (
            Language::Spanish,
            "Hemos recibido tu pedido",
            "21 de noviembre de 2026 a las 20:05",
            "2346,50\u{a0}RON",
        ),
        (
            Language::Portuguese,
            "Recebemos o seu pedido",
            "21 de novembro de 2026 às 20:05",
            "RON\u{a0}2.346,50",
        ),
        (
            Language::French,
            "Nous avons bien reçu votre commande",
            "21 novembre 2026 à 20:05",
            "2\u{202f}346,50\u{a0}RON",
        ),
    ];
    assert_eq!(own.map(|(language, ..)| language), Language::ALL);
    for (language, subject, placed_at, total) in own {
        let seen = deliver(&letter(language, order())).await;
        assert_eq!(seen.subject, format!("{subject} 7QX4-M2KD-9"));
        for part in [&seen.text, &seen.html] {
            assert!(part.contains(placed_at) && part.contains(total), "{part}");
        }
        assert!(seen.html.contains(&format!("<html lang=\"{language}\">")), "{}", seen.html);
    }
}

#[tokio::test]
async fn french_mails_keep_the_space_before_a_colon() {
    let text = deliver(&letter(Language::French, order())).await.text;
    assert!(text.contains("Voir ma commande\u{a0}:\nhttps://"), "{text}");
}

#[tokio::test]
async fn both_parts_carry_the_link() {
    for language in Language::ALL {
        for (mail, path) in every_mail() {
            let seen = deliver(&letter(language, mail)).await;
            let Some(path) = path else {
                assert!(!seen.text.contains("http") && !seen.html.contains("<a"), "{}", seen.html);
                continue;
            };
            let link = format!("https://shop.example/{language}{path}");
            assert!(seen.text.lines().any(|line| line == link), "{}", seen.text);
            assert_eq!(seen.html.matches(&format!("href=\"{link}\"")).count(), 2, "{}", seen.html);
        }
    }
}

#[tokio::test]
async fn a_forgotten_password_is_one_link_away_from_an_account_that_exists() {
    for language in Language::ALL {
        let seen = deliver(&letter(language, Mail::AlreadyRegistered)).await;
        let link = format!("https://shop.example/{language}/forgot");
        assert!(seen.text.lines().any(|line| line == link), "{}", seen.text);
        assert!(seen.html.contains(&format!("<a href=\"{link}\">{link}</a>")), "{}", seen.html);
    }
}

#[tokio::test]
async fn a_link_says_how_long_it_holds() {
    for (mail, time) in [
        (Mail::Activation, "48 hours"),
        (Mail::Reset, "one hour"),
        (Mail::EmailChange, "48 hours"),
        (email_changed(), "7 days"),
    ] {
        let seen = deliver(&letter(Language::English, mail)).await;
        for part in [&seen.text, &seen.html] {
            let said = format!("The link is valid for {time} and can be used once.");
            assert!(part.contains(&said), "{said} not in {part}");
        }
    }
}

#[tokio::test]
async fn pages_load_nothing_from_anywhere() {
    for (mail, _) in every_mail() {
        let html = deliver(&letter(Language::English, mail)).await.html;
        for tag in ["<img", "<script", "<link", "<style", "<table", "<iframe", "src=", "url(", "@import"] {
            assert!(!html.contains(tag), "{tag} in {html}");
        }
        assert_eq!(html.matches("http").count(), html.matches("https://shop.example/en/").count());
    }
}
