//! Every request has a name, which its answer tells.

use std::collections::HashSet;

use shop_web::server::ServerConfig;

use super::harness::{Answer, Shop, get, patient};

fn id(answer: &Answer) -> &str {
    let ids: Vec<_> = answer.headers.iter().filter(|(name, _)| name == "x-request-id").collect();
    assert_eq!(ids.len(), 1, "{answer:?}");
    &ids[0].1
}

fn named(path: &str, id: &str) -> String {
    get(path).replace("\r\n\r\n", &format!("\r\nX-Request-Id: {id}\r\n\r\n"))
}

#[tokio::test]
async fn every_answer_names_its_request_anew() {
    let shop = Shop::open(patient()).await;
    let mut seen = HashSet::new();
    let mut wire = shop.connect().await;
    for path in ["/", "/", "/long", "/pieces", "/missing", "/panic", "/bad-header", "/fairing-panic"] {
        wire.send(get(path)).await;
        let answer = wire.answer().await;
        let id = id(&answer);
        assert!(id.len() == 32 && id.bytes().all(|digit| digit.is_ascii_hexdigit()), "{id}");
        assert!(seen.insert(id.to_owned()), "{id} once more");
    }
    let refused = shop.ask("BREW / HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(seen.insert(id(&refused).to_owned()));
    // What cannot be read as a request has no name.
    assert_eq!(shop.ask("nonsense\r\n\r\n").await.header("x-request-id"), None);
}

#[tokio::test]
async fn a_clients_own_name_is_not_taken() {
    let shop = Shop::open(patient()).await;
    let answer = shop.ask(&named("/seen/it", "mine")).await;
    assert_ne!(id(&answer), "mine");
    let line = format!("header x-request-id: {}", id(&answer));
    assert!(answer.text().lines().any(|seen| seen == line), "{}", answer.text());
    assert!(!answer.text().contains("mine"), "{}", answer.text());
}

#[tokio::test]
async fn a_trusted_proxys_name_is_kept_if_it_is_one() {
    let trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    let shop = Shop::open(ServerConfig { trusted_proxies, ..patient() }).await;
    let answer = shop.ask(&named("/seen/it", "edge-7.a_B")).await;
    assert_eq!(id(&answer), "edge-7.a_B");
    assert!(answer.text().contains("header x-request-id: edge-7.a_B"), "{}", answer.text());
    for other in ["ana@example.com", &"x".repeat(65), "a b", ""] {
        assert_eq!(id(&shop.ask(&named("/", other)).await).len(), 32, "{other}");
    }
}
