//! Requests of every shape, honest and hostile.

use super::harness::{Shop, get, patient};

#[tokio::test]
async fn requests_sent_ahead_are_answered_in_order() {
    let mut shop = Shop::open(patient()).await;
    let mut wire = shop.connect().await;
    wire.send([get("/gated"), get("/"), get("/seen/3")].concat()).await;
    assert_eq!(shop.event().await, "entered");
    shop.let_out(1);
    assert_eq!(wire.answer().await.text(), "let out");
    assert_eq!(wire.answer().await.text(), "hello");
    assert!(wire.answer().await.text().starts_with("uri /seen/3\n"));
}

#[tokio::test]
async fn a_request_in_single_bytes_is_understood() {
    let shop = Shop::open(patient()).await;
    let mut wire = shop.connect().await;
    wire.0.set_nodelay(true).unwrap();
    for byte in "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello".bytes() {
        wire.send([byte]).await;
        tokio::task::yield_now().await;
    }
    assert_eq!(wire.answer().await.text(), "hello");
}

#[tokio::test]
async fn http_1_0_is_spoken() {
    let shop = Shop::open(patient()).await;
    let mut wire = shop.connect().await;
    wire.send("GET / HTTP/1.0\r\n\r\n").await;
    let all = wire.rest_as_text().await;
    assert!(all.starts_with("HTTP/1.0 200 OK\r\n") && all.ends_with("\r\n\r\nhello"), "{all}");
    let mut wire = shop.connect().await;
    wire.send("GET /pieces HTTP/1.0\r\n\r\n").await;
    let all = wire.rest().await;
    assert!(all.ends_with(&super::harness::long_body()));
    let mut wire = shop.connect().await;
    for _ in 0..2 {
        wire.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").await;
        assert_eq!(wire.answer().await.text(), "hello");
    }
}

#[tokio::test]
async fn a_client_that_has_said_all_still_gets_its_answer() {
    use tokio::io::AsyncWriteExt;
    let mut shop = Shop::open(patient()).await;
    let mut wire = shop.connect().await;
    wire.send(get("/gated")).await;
    wire.0.shutdown().await.unwrap();
    assert_eq!(shop.event().await, "entered");
    shop.let_out(1);
    assert_eq!(wire.answer().await.text(), "let out");
}

#[tokio::test]
async fn a_request_runs_to_its_end_though_its_client_goes() {
    let mut shop = Shop::open(patient()).await;
    let mut wire = shop.connect().await;
    wire.send(get("/gated")).await;
    assert_eq!(shop.event().await, "entered");
    drop(wire);
    // Long enough for the server to have noticed.
    assert_eq!(shop.ask(&get("/")).await.code, 200);
    shop.let_out(1);
    assert_eq!(shop.event().await, "left");
}

#[tokio::test]
async fn target_host_and_cookies_reach_the_handler() {
    let shop = Shop::open(patient()).await;
    let cases = [
        ("/seen/a%20b?q=c+d", "/seen/a%20b?q=c+d"),
        ("/seen/a|b{c}?q=d|e", "/seen/a%7Cb%7Bc%7D?q=d%7Ce"),
        ("/seen/căni", "/seen/c%C4%83ni"),
        ("http://other.example:81/seen/x?y", "/seen/x?y"),
    ];
    for (sent, expected) in cases {
        let answer = shop.ask(&get(sent)).await;
        assert_eq!(answer.text().lines().next(), Some(format!("uri {expected}").as_str()));
    }
    let absolute = shop.ask(&get("http://other.example:81/seen/x")).await;
    assert!(absolute.text().contains("host Some(\"other.example:81\")"), "{}", absolute.text());
    let cookies =
        "GET /seen/ HTTP/1.1\r\nHost: shop.example:8000\r\nCookie: a=1; b=%C3%A9\r\nCookie: c=3\r\n\r\n";
    let answer = shop.ask(cookies).await;
    for line in ["host Some(\"shop.example:8000\")", "cookie a=1", "cookie b=é", "cookie c=3"] {
        assert!(answer.text().contains(line), "{line} in {}", answer.text());
    }
}

#[tokio::test]
async fn what_is_no_request_for_a_shop_is_refused() {
    let shop = Shop::open(patient()).await;
    let long_size = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n";
    let cases = [
        (400, "\0\0\0\0\r\n\r\n"),
        (400, "hello\r\n\r\n"),
        (400, "GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n"),
        (400, "GET / HTTP/1.1\r\nHost: x\r\n folded: line\r\n\r\n"),
        (400, "GET / HTTP/1.1\r\nHost : x\r\n\r\n"),
        (400, "GET / HTTP/3.7\r\nHost: x\r\n\r\n"),
        (400, "GET / HTTP/1.1\r\n\r\n"),
        (400, "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"),
        (400, "GET / HTTP/1.1\r\nHost: x y\r\n\r\n"),
        (400, "GET / HTTP/1.1\r\nHost: x:99999\r\n\r\n"),
        (400, "GET * HTTP/1.1\r\nHost: x\r\n\r\n"),
        (400, "GET shop.example:80 HTTP/1.1\r\nHost: x\r\n\r\n"),
        (501, "BREW / HTTP/1.1\r\nHost: x\r\n\r\n"),
        (501, "get / HTTP/1.1\r\nHost: x\r\n\r\n"),
        (501, "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n"),
        (501, "CONNECT shop.example:80 HTTP/1.1\r\nHost: x\r\n\r\n"),
        (400, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
        (400, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"),
        (400, long_size),
        (400, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        (400, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n0\r\n\r\n"),
        (400, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n\r\n"),
    ];
    for (code, request) in cases {
        let mut wire = shop.connect().await;
        wire.send(request).await;
        let answer = wire.rest_as_text().await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {code} ")), "{request:?} got {answer:?}");
    }
    assert_eq!(shop.ask(&get("/")).await.code, 200);
}

#[tokio::test]
async fn a_request_of_two_lengths_cannot_hide_another() {
    let shop = Shop::open(patient()).await;
    let hidden = "GET /stop HTTP/1.1\r\nHost: x\r\n\r\n";
    let body = format!("3\r\nabc\r\n0\r\n\r\n{hidden}");
    let length = format!("Content-Length: {}\r\n", body.len());
    let chunked = "Transfer-Encoding: chunked\r\n";
    let headers = [
        format!("{length}{chunked}"),
        format!("{chunked}{length}"),
        format!("{length}{chunked}{length}"),
        format!("{chunked}Content-Length: 0\r\n"),
        format!("{chunked}Content-Length: none\r\n"),
        format!("Connection: keep-alive\r\n{length}{chunked}Connection: keep-alive\r\n"),
    ];
    for headers in headers {
        let mut wire = shop.connect().await;
        wire.send(format!("POST /echo HTTP/1.1\r\nHost: x\r\n{headers}\r\n{body}")).await;
        let answer = wire.answer().await;
        assert_eq!((answer.code, answer.text(), answer.closes()), (200, "abc", true), "{headers:?}");
        assert_eq!(wire.rest_as_text().await, "", "{headers:?}");
    }
    assert!(!shop.status.is_draining(), "nobody has heard the hidden request");
}

#[tokio::test]
async fn a_length_that_cannot_be_told_is_refused_and_nothing_behind_it_is_heard() {
    let shop = Shop::open(patient()).await;
    let hidden = "GET /stop HTTP/1.1\r\nHost: x\r\n\r\n";
    for headers in [
        "Content-Length: 5\r\nTransfer-Encoding: identity\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: xchunked\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: chunked, identity\r\n",
        "Content-Length: 5\r\nTransfer-Encoding : chunked\r\n",
        "Content-Length: 5\r\n Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n",
        "Content-Length: 5, 6\r\n",
        "Content-Length: +5\r\n",
    ] {
        let mut wire = shop.connect().await;
        wire.send(format!("POST /echo HTTP/1.1\r\nHost: x\r\n{headers}\r\n0\r\n\r\n{hidden}")).await;
        let all = wire.rest_as_text().await;
        assert!(
            all.starts_with("HTTP/1.1 400 ") && all.matches("HTTP/1.1").count() == 1,
            "{headers:?}: {all}"
        );
    }
    assert!(!shop.status.is_draining(), "nobody has heard the hidden request");
}

#[tokio::test]
async fn other_protocols_are_turned_down() {
    let shop = Shop::open(patient()).await;
    let mut http2 = shop.connect().await;
    http2.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await;
    assert_eq!(http2.rest().await, b"");
    let mut tls = shop.connect().await;
    tls.send(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n").await;
    assert!(tls.rest_as_text().await.starts_with("HTTP/1.1 400 "));
    let upgrade = "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    assert_eq!(shop.ask(upgrade).await.text(), "hello");
}

#[tokio::test]
async fn a_body_cut_off_does_not_reach_the_handler() {
    use tokio::io::AsyncWriteExt;
    let shop = Shop::open(patient()).await;
    let mut wire = shop.connect().await;
    wire.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf").await;
    wire.0.shutdown().await.unwrap();
    let answer = wire.rest_as_text().await;
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer:?}");
}
