//! Answers of every shape, as they come over the wire.

use shop_web::server::Outcome;

use super::harness::{Shop, get, long_body, patient};

#[tokio::test]
async fn a_short_answer_has_its_length_and_a_date_and_keeps_the_connection() {
    let shop = Shop::open(patient()).await;
    let mut wire = shop.connect().await;
    for _ in 0..3 {
        wire.send(get("/")).await;
        let answer = wire.answer().await;
        assert_eq!((answer.code, answer.text()), (200, "hello"));
        assert_eq!(answer.header("content-length"), Some("5"));
        assert!(answer.header("date").is_some());
        assert_eq!(answer.header("server"), None);
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    }
}

#[tokio::test]
async fn a_long_answer_of_known_size_arrives_whole_and_in_order() {
    let shop = Shop::open(patient()).await;
    let mut wire = shop.connect().await;
    for _ in 0..2 {
        wire.send(get("/long")).await;
        let answer = wire.answer().await;
        assert_eq!(answer.header("content-length"), Some("1048576"));
        assert!(answer.body == long_body());
    }
}

#[tokio::test]
async fn an_answer_of_unknown_size_arrives_whole_and_in_order() {
    let shop = Shop::open(patient()).await;
    let mut wire = shop.connect().await;
    for _ in 0..2 {
        wire.send(get("/pieces")).await;
        let answer = wire.answer().await;
        assert_eq!(answer.header("transfer-encoding"), Some("chunked"));
        assert!(answer.body == long_body());
    }
}

#[tokio::test]
async fn a_head_answer_has_the_length_and_no_body() {
    let shop = Shop::open(patient()).await;
    let mut wire = shop.connect().await;
    for (path, length) in [("/", Some("5")), ("/long", Some("1048576")), ("/pieces", None)] {
        wire.send(get(path).replace("GET", "HEAD")).await;
        let answer = wire.head().await;
        assert_eq!((answer.code, answer.header("content-length")), (200, length), "{path}");
    }
    // The next answer would not be read as one, had a body come before it.
    wire.send(get("/")).await;
    assert_eq!(wire.answer().await.text(), "hello");
}

#[tokio::test]
async fn no_body_follows_204_and_304() {
    let shop = Shop::open(patient()).await;
    let mut wire = shop.connect().await;
    for (path, code) in [("/nothing", 204), ("/unchanged", 304)] {
        wire.send(get(path)).await;
        let answer = wire.head().await;
        assert_eq!((answer.code, answer.header("transfer-encoding")), (code, None));
        assert_eq!(answer.header("content-length"), None);
    }
    wire.send(get("/")).await;
    assert_eq!(wire.answer().await.text(), "hello");
}

#[tokio::test]
async fn every_cookie_is_set_in_a_header_of_its_own() {
    let shop = Shop::open(patient()).await;
    let answer = shop.ask("POST /cookies HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n").await;
    let cookies = answer.headers.iter().filter(|(name, _)| name == "set-cookie").count();
    assert_eq!(cookies, 2, "{:?}", answer.headers);
}

#[tokio::test]
async fn a_panic_is_answered_500_and_costs_nobody_else() {
    let shop = Shop::open(patient()).await;
    let mut wire = shop.connect().await;
    for path in ["/panic", "/fairing-panic"] {
        wire.send(get(path)).await;
        assert_eq!(wire.answer().await.code, 500, "{path}");
    }
    wire.send(get("/")).await;
    assert_eq!(wire.answer().await.text(), "hello");
    shop.stopper.stop();
    assert_eq!(shop.outcome().await, Outcome::Finished);
}

#[tokio::test]
async fn a_stream_that_fails_is_not_taken_for_complete() {
    let shop = Shop::open(patient()).await;
    let mut wire = shop.connect().await;
    wire.send(get("/broken-stream")).await;
    assert_eq!(wire.head().await.code, 200);
    assert_eq!(wire.exactly(10).await, b"5\r\nbegun\r\n");
    shop.let_out(1);
    assert_eq!(wire.chunks().await, None);
    assert_eq!(shop.ask(&get("/")).await.code, 200);
}

#[tokio::test]
async fn a_header_that_would_split_the_answer_is_not_sent() {
    let shop = Shop::open(patient()).await;
    let answer = shop.ask(&get("/bad-header")).await;
    assert_eq!((answer.code, answer.header("x-two")), (500, None));
}
