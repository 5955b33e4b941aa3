//! Whose request it is, as a handler sees it.

use shop_web::server::ServerConfig;

use super::harness::{Shop, patient};

const SPOOFED: &str = "GET /seen/ HTTP/1.1\r\nHost: x\r\nX-Real-IP: 8.8.8.8\r\nX-Client: 8.8.4.4\r\n\
    X-Forwarded-For: 9.9.9.9, 198.51.100.7\r\nX-Forwarded-Proto: https\r\nForwarded: for=9.9.9.9\r\nX-Other: kept\r\n\r\n";

fn behind_a_proxy() -> ServerConfig {
    ServerConfig { trusted_proxies: vec!["127.0.0.1/32".parse().unwrap()], ..patient() }
}

fn seen(answer: &str) -> Vec<&str> {
    let own = |line: &&str| line.starts_with("uri ") || line.starts_with("header x-request-id: ");
    answer.lines().filter(|line| !own(line)).collect()
}

#[tokio::test]
async fn a_strangers_word_on_its_address_is_ignored_and_unseen() {
    let shop = Shop::open(patient()).await;
    let answer = shop.ask(SPOOFED).await;
    let expected = [
        "host Some(\"x\")",
        "client Some(127.0.0.1)",
        "guard Some(127.0.0.1)",
        "header host: x",
        "header x-client: 8.8.4.4",
        "header x-other: kept",
    ];
    assert_eq!(seen(answer.text()), expected);
}

#[tokio::test]
async fn a_trusted_proxys_word_is_believed() {
    let shop = Shop::open(behind_a_proxy()).await;
    let answer = shop.ask(SPOOFED).await;
    let seen = seen(answer.text());
    assert!(seen.contains(&"client Some(198.51.100.7)"), "{seen:?}");
    assert!(seen.contains(&"guard Some(198.51.100.7)"), "{seen:?}");
    assert!(seen.contains(&"header x-forwarded-proto: https"), "{seen:?}");
    assert!(!seen.iter().any(|line| line.contains("8.8.8.8")), "{seen:?}");
}

#[tokio::test]
async fn a_header_that_rocket_was_told_to_believe_is_unseen_too() {
    for config in [patient(), behind_a_proxy()] {
        let figment = rocket::Config::figment().merge(("ip_header", "X-Client"));
        let shop = Shop::configured(config, figment).await;
        let answer = shop.ask(SPOOFED).await;
        assert!(!answer.text().contains("8.8."), "{}", answer.text());
    }
}
