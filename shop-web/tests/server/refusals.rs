//! What the server refuses in front of a shop: the shop's own page says so.

use std::sync::Arc;

use shop_core::Shop;
use shop_core::memory::MemoryStore;
use shop_core::system::SystemRandom;
use shop_web::server::{Server, ServerConfig, Stop};
use shop_web::{SecretKey, WebConfig};
use tokio::net::{TcpListener, TcpStream};

use super::harness::{Answer, Wire, millis, patient, soon};

/// What a shop below `/shop` with these limits answers to a request.
async fn ask(config: ServerConfig, request: &str) -> Answer {
    let web = WebConfig {
        base_path: "/shop".parse().unwrap(),
        ..WebConfig::new("http://localhost:8000".parse().unwrap(), SecretKey::fresh(&SystemRandom))
    };
    let shop = Shop::builder(Arc::new(MemoryStore::default())).build();
    let router = rocket::custom(shop_web::figment()).attach(shop_web::stage(shop, web));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stopper, until) = Stop::new();
    let server = tokio::spawn(Server::new(router, config).await.unwrap().serve(listener, until));
    let mut wire = Wire(soon(TcpStream::connect(address)).await.unwrap());
    wire.send(request).await;
    let answer = wire.answer().await;
    assert_eq!(wire.rest_as_text().await, "", "the connection ends with it");
    stopper.stop();
    let _outcome = soon(server).await.unwrap();
    answer
}

fn post(path: &str, headers: &str) -> String {
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    format!("POST {path} HTTP/1.1\r\nHost: localhost:8000\r\n{form}{headers}\r\n")
}

fn assert_page(answer: &Answer, code: u16, title: &str) {
    assert_eq!((answer.code, answer.closes()), (code, true));
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(answer.text().contains(title), "{}", answer.text());
    for header in ["content-security-policy", "cache-control"] {
        assert!(answer.header(header).is_some(), "{header}");
    }
    assert_eq!(answer.header("set-cookie"), None);
}

#[tokio::test]
async fn a_form_that_is_too_large_gets_a_page_in_the_readers_language() {
    let declared = "Content-Length: 70000\r\n";
    let answer = ask(patient(), &post("/shop/ro/register", declared)).await;
    assert_page(&answer, 413, "<html lang=\"ro\">");
    let answer = ask(patient(), &post("/shop/register", &format!("Accept-Language: ro\r\n{declared}"))).await;
    assert_page(&answer, 413, "<html lang=\"ro\">");
    let chunk = format!(
        "{}10001\r\n{}\r\n",
        post("/shop/cart/items", "Transfer-Encoding: chunked\r\n"),
        "x".repeat(65_537)
    );
    assert_page(&ask(patient(), &chunk).await, 413, "<html lang=\"en\">");
    assert_page(&ask(patient(), &post("/shop/nothing", declared)).await, 413, "data-status=\"413\"");
}

#[tokio::test]
async fn a_form_that_comes_too_slowly_gets_a_page() {
    let config = ServerConfig { body_time: millis(50), ..patient() };
    let answer = ask(config, &post("/shop/login", "Content-Length: 10\r\n")).await;
    assert_page(&answer, 408, "data-status=\"408\"");
}

#[tokio::test]
async fn beside_the_shop_a_line_of_text_says_so() {
    let answer = ask(patient(), &post("/other", "Content-Length: 70000\r\n")).await;
    assert_eq!((answer.code, answer.text()), (413, "the request's body is too large\n"));
    assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
}
