//! Limits of time, size and number.

use rocket::futures::future::join_all;
use shop_web::server::{MAX_HEADER_BYTES, ServerConfig};

use super::harness::{Shop, get, is_alone, millis, patient, run_alone, soon};

#[tokio::test]
async fn a_header_not_completed_in_time_is_answered_408() {
    let shop = Shop::open(ServerConfig { header_time: millis(50), ..patient() }).await;
    let mut wire = shop.connect().await;
    wire.send("GET / HTTP/1.1\r\nHost: shop").await;
    let answer = wire.answer().await;
    assert_eq!((answer.code, answer.closes()), (408, true));
    assert_eq!(wire.rest_as_text().await, "");
}

#[tokio::test]
async fn a_trickled_header_gains_no_time() {
    let shop = Shop::open(ServerConfig { header_time: millis(200), ..patient() }).await;
    let mut slow = shop.connect().await;
    slow.send("GET / HTTP/1.1\r\nX-Slow: ").await;
    let answer = soon(async {
        // Each byte takes another client's whole round trip, so thousands of them would fit an unlimited time.
        loop {
            slow.send("x").await;
            assert_eq!(shop.ask(&get("/")).await.code, 200);
            let mut first = [0];
            if matches!(slow.0.try_read(&mut first), Ok(1)) {
                return String::from_utf8([&first[..], &slow.rest().await].concat()).unwrap();
            }
        }
    })
    .await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
}

#[tokio::test]
async fn a_silent_connection_is_closed_without_a_word() {
    let shop = Shop::open(ServerConfig { header_time: millis(50), ..patient() }).await;
    assert_eq!(shop.connect().await.rest_as_text().await, "");
}

#[tokio::test]
async fn a_second_header_has_the_same_limit() {
    let shop = Shop::open(ServerConfig { header_time: millis(50), ..patient() }).await;
    let mut wire = shop.connect().await;
    wire.send(get("/")).await;
    assert_eq!(wire.answer().await.code, 200);
    wire.send("GET / HT").await;
    assert_eq!(wire.answer().await.code, 408);
}

#[tokio::test]
async fn a_kept_connection_is_closed_after_its_idle_time() {
    let shop = Shop::open(ServerConfig { idle_time: millis(50), ..patient() }).await;
    let mut wire = shop.connect().await;
    wire.send(get("/")).await;
    assert_eq!(wire.answer().await.code, 200);
    assert_eq!(wire.rest_as_text().await, "");
}

#[tokio::test]
async fn a_kept_connection_outlives_the_time_for_a_header() {
    let shop = Shop::open(ServerConfig { header_time: millis(50), ..patient() }).await;
    let mut kept = shop.connect().await;
    kept.send(get("/")).await;
    assert_eq!(kept.answer().await.code, 200);
    // Opened later, and closed for its silence: so that time has passed for the kept one as well.
    assert_eq!(shop.connect().await.rest_as_text().await, "");
    kept.send(get("/")).await;
    assert_eq!(kept.answer().await.code, 200);
}

#[tokio::test]
async fn a_handler_has_all_the_time_it_wants() {
    let brief =
        ServerConfig { header_time: millis(50), body_time: millis(50), idle_time: millis(50), ..patient() };
    let mut shop = Shop::open(brief).await;
    let mut wire = shop.connect().await;
    wire.send(get("/gated")).await;
    assert_eq!(shop.event().await, "entered");
    assert_eq!(shop.connect().await.rest_as_text().await, "");
    shop.let_out(1);
    assert_eq!(wire.answer().await.text(), "let out");
}

#[tokio::test]
async fn a_body_not_completed_in_time_is_answered_408() {
    let shop = Shop::open(ServerConfig { body_time: millis(50), ..patient() }).await;
    let mut wire = shop.connect().await;
    wire.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf").await;
    let answer = wire.answer().await;
    assert_eq!((answer.code, answer.closes()), (408, true));
    assert_eq!(wire.rest_as_text().await, "");
}

#[tokio::test]
async fn a_body_declared_too_large_is_refused_unread() {
    let shop = Shop::open(ServerConfig { max_body_bytes: 1000, ..patient() }).await;
    let mut wire = shop.connect().await;
    wire.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n").await;
    let answer = wire.answer().await;
    assert_eq!((answer.code, answer.closes()), (413, true));
    assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
}

#[tokio::test]
async fn a_chunked_body_is_refused_when_it_grows_too_large() {
    let shop = Shop::open(ServerConfig { max_body_bytes: 1000, ..patient() }).await;
    let mut wire = shop.connect().await;
    wire.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n").await;
    wire.send(format!("3E8\r\n{}\r\n", "x".repeat(1000))).await;
    wire.send("1\r\nx\r\n").await;
    let answer = wire.answer().await;
    assert_eq!((answer.code, answer.closes()), (413, true));
}

#[tokio::test]
async fn a_body_of_exactly_the_limit_passes() {
    let shop = Shop::open(ServerConfig { max_body_bytes: 1000, ..patient() }).await;
    let body = "x".repeat(1000);
    let declared = format!("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{body}");
    assert_eq!(shop.ask(&declared).await.text(), body);
    let chunked = format!(
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3E8\r\n{body}\r\n0\r\n\r\n"
    );
    assert_eq!(shop.ask(&chunked).await.text(), body);
}

#[tokio::test]
async fn a_client_that_sends_on_after_its_refusal_still_hears_it() {
    let shop = Shop::open(patient()).await;
    let mut wire = shop.connect().await;
    wire.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n\r\n").await;
    // More than all buffers in between hold, so that the server must read it for this to end.
    wire.send(vec![b'x'; 20_000_000]).await;
    assert_eq!(wire.answer().await.code, 413);
}

#[tokio::test]
async fn a_body_is_asked_for_only_if_it_will_be_read() {
    let shop = Shop::open(patient()).await;
    let mut wire = shop.connect().await;
    wire.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n").await;
    assert_eq!(wire.answer().await.code, 100);
    wire.send("hello").await;
    assert_eq!(wire.answer().await.text(), "hello");
    wire.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5000000\r\n\r\n")
        .await;
    assert_eq!(wire.answer().await.code, 413);
}

#[tokio::test]
async fn a_header_that_never_ends_is_answered_431() {
    let shop = Shop::open(patient()).await;
    let mut wire = shop.connect().await;
    wire.send("GET / HTTP/1.1\r\nHost: x\r\nX-Long: ").await;
    wire.send("x".repeat(MAX_HEADER_BYTES)).await;
    assert_eq!(wire.head().await.code, 431);
}

#[tokio::test]
async fn too_many_header_fields_are_answered_431() {
    let shop = Shop::open(patient()).await;
    let request = |fields| format!("GET / HTTP/1.1\r\nHost: x\r\n{}\r\n", "X-Field: x\r\n".repeat(fields));
    assert_eq!(shop.ask(&request(99)).await.code, 200);
    assert_eq!(shop.ask(&request(100)).await.code, 431);
}

#[tokio::test]
async fn a_target_as_long_as_the_header_may_be_passes() {
    let shop = Shop::open(patient()).await;
    let query = "x".repeat(MAX_HEADER_BYTES - get("/?").len() - 1);
    assert_eq!(shop.ask(&get(&format!("/?{query}"))).await.code, 200);
    assert_eq!(shop.ask(&get(&format!("/?{query}xx"))).await.code, 431);
}

#[tokio::test]
async fn a_client_that_takes_no_answer_costs_little_and_is_let_go() {
    let shop = Shop::open(ServerConfig { idle_time: millis(100), ..patient() }).await;
    let mut wire = shop.connect().await;
    wire.send(get("/endless")).await;
    soon(async {
        while shop.bytes_made() == 0 || shop.status.in_flight() > 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    // The operating system's buffers between two sockets take some megabytes, the server's own no more than 64 KiB.
    assert!(shop.bytes_made() < 32 << 20, "{} bytes made for nobody", shop.bytes_made());
}

#[tokio::test]
async fn a_connection_beyond_the_total_is_told_to_come_back() {
    let shop = Shop::open(ServerConfig { max_connections: 2, ..patient() }).await;
    let mut kept = [shop.connect().await, shop.connect().await];
    for wire in &mut kept {
        wire.send(get("/")).await;
        assert_eq!(wire.answer().await.code, 200);
    }
    let refused = shop.ask(&get("/")).await;
    assert_eq!((refused.code, refused.closes()), (503, true));
    assert!(refused.header("retry-after").is_some());
    assert_eq!(shop.status.connections(), 2);
    drop(kept);
    soon(async { while shop.ask(&get("/")).await.code != 200 {} }).await;
}

#[tokio::test]
async fn one_address_cannot_take_every_connection() {
    let shop = Shop::open(ServerConfig { max_connections_per_address: 2, ..patient() }).await;
    let mut kept = [shop.connect().await, shop.connect().await];
    for wire in &mut kept {
        wire.send(get("/")).await;
        assert_eq!(wire.answer().await.code, 200);
    }
    assert_eq!(shop.ask(&get("/")).await.code, 503);
    let mut neighbor = shop.connect_from("127.0.0.2").await;
    neighbor.send(get("/")).await;
    assert_eq!(neighbor.answer().await.code, 200);
    drop(kept);
    soon(async { while shop.ask(&get("/")).await.code != 200 {} }).await;
}

#[tokio::test]
async fn a_trusted_proxy_counts_only_in_the_total() {
    let config = ServerConfig {
        max_connections: 3,
        max_connections_per_address: 1,
        trusted_proxies: vec!["127.0.0.1/32".parse().unwrap()],
        ..patient()
    };
    let shop = Shop::open(config).await;
    let mut kept = [shop.connect().await, shop.connect().await, shop.connect().await];
    for wire in &mut kept {
        wire.send(get("/")).await;
        assert_eq!(wire.answer().await.code, 200);
    }
    assert_eq!(shop.ask(&get("/")).await.code, 503);
}

#[tokio::test]
async fn a_crowd_of_silent_connections_keeps_nobody_waiting() {
    let shop = Shop::open(patient()).await;
    let crowd = join_all((0..200).map(|_| shop.connect())).await;
    assert_eq!(shop.ask(&get("/")).await.code, 200);
    drop(crowd);
}

#[cfg(unix)]
#[tokio::test]
async fn running_out_of_descriptors_is_survived() {
    if !is_alone() {
        return run_alone("limits::running_out_of_descriptors_is_survived", "ulimit -n 40");
    }
    let shop = Shop::open(patient()).await;
    // This process holds both ends, so both run out.
    let mut crowd = Vec::new();
    while let Ok(stream) = tokio::net::TcpStream::connect(shop.address).await {
        crowd.push(stream);
    }
    assert!(crowd.len() > 5, "{}", crowd.len());
    drop(crowd);
    assert_eq!(shop.ask(&get("/")).await.code, 200);
}
