//! What the health port counts of the storefront.

use std::sync::Arc;

use shop_core::Shop as Core;
use shop_core::memory::MemoryStore;
use shop_core::system::SystemRandom;
use shop_web::server::ServerConfig;
use shop_web::{SecretKey, WebConfig};

use super::harness::{Shop, get, patient, soon};
use super::health::Port;

/// The version's labels, as the health port of the tests writes them.
const VERSION: &str = r#"version="1.2.3",track="a \"quoted\" \\ track\n""#;

impl Port {
    /// The metrics, without the version's labels.
    async fn metrics(&self) -> String {
        let answer = self.ask(&get("/metrics")).await;
        assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
        for line in answer.text().lines().filter(|line| !line.starts_with('#')) {
            assert!(line.contains(VERSION), "{line}");
        }
        answer.text().replace(&format!("{{{VERSION}}}"), "").replace(&format!("{VERSION},"), "")
    }
}

/// The lines that do not depend on the clock.
fn timeless(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| line.starts_with('#') || !line.contains("_seconds")).collect()
}

#[tokio::test]
async fn everything_that_happened_is_counted() {
    let mut port = Port::open().await;
    for (path, code) in
        [("/", 200), ("/?q=ana", 200), ("/unchanged", 304), ("/missing", 404), ("/panic", 500)]
    {
        assert_eq!(port.shop.ask(&get(path)).await.code, code);
    }
    assert_eq!(port.shop.ask("nonsense\r\n\r\n").await.code, 400);
    assert_eq!(port.shop.ask("BREW / HTTP/1.1\r\nHost: x\r\n\r\n").await.code, 501);
    let mut open = port.shop.connect().await;
    open.send(get("/gated")).await;
    assert_eq!(port.shop.event().await, "entered");
    soon(async {
        while port.shop.status.connections() > 1 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert_eq!(timeless(&port.metrics().await), include_str!("metrics.txt"));
}

#[tokio::test]
async fn a_route_is_told_by_its_pattern_however_it_is_asked_for() {
    let port = Port::open().await;
    for path in ["/sized/1", "/sized/2?token=secret", "//sized//3", "/sized/many"] {
        port.shop.ask(&get(path)).await;
    }
    assert_eq!(port.shop.ask(&get("/sized/4").replace("GET", "POST")).await.code, 404);
    let mut wire = port.shop.connect().await;
    wire.send(get("/sized/100000").replace("GET", "HEAD")).await;
    assert_eq!(wire.head().await.code, 200);
    let text = port.metrics().await;
    for expected in [
        r#"{route="/sized/<size>",method="GET",status="200"} 3"#,
        // Rocket takes a parameter that does not parse for another address.
        r#"{route="/sized/<size>",method="GET",status="422"} 1"#,
        r#"{route="/sized/<size>",method="HEAD",status="200"} 1"#,
        r#"{route="unrouted",method="POST",status="404"} 1"#,
    ] {
        let line = format!("\nvitrina_http_requests_total{expected}\n");
        assert!(text.contains(&line), "{expected} is not in {text}");
    }
    assert!(
        text.contains("\nvitrina_http_request_duration_seconds_count{route=\"/sized/<size>\"} 5\n"),
        "{text}"
    );
    assert!(!text.contains("secret") && !text.contains("many"), "{text}");
}

#[tokio::test]
async fn what_never_reaches_a_route_is_unrouted() {
    let port = Port::open().await;
    for _ in 0..3 {
        assert_eq!(port.shop.ask(&get("/fairing-panic")).await.code, 500);
    }
    let too_large = format!("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n", 1 << 30);
    assert_eq!(port.shop.ask(&too_large).await.code, 413);
    let text = port.metrics().await;
    for expected in [r#"method="GET",status="500"} 3"#, r#"method="POST",status="413"} 1"#] {
        let line = format!("\nvitrina_http_requests_total{{route=\"unrouted\",{expected}\n");
        assert!(text.contains(&line), "{expected} is not in {text}");
    }
}

#[tokio::test]
async fn refused_connections_are_counted() {
    let port =
        Port::beside(Shop::open(ServerConfig { max_connections_per_address: 0, ..patient() }).await).await;
    assert_eq!(port.shop.ask(&get("/")).await.code, 503);
    let text = port.metrics().await;
    assert!(text.contains("\nvitrina_connections_refused_total{limit=\"address\"} 1\n"), "{text}");
}

#[tokio::test]
async fn the_shops_pages_are_counted_in_all_languages_at_once() {
    let core = Core::builder(Arc::new(MemoryStore::default())).build();
    let public_url = "http://localhost:8000".parse().unwrap();
    let config = WebConfig {
        base_path: "/shop".parse().unwrap(),
        ..WebConfig::new(public_url, SecretKey::fresh(&SystemRandom))
    };
    let router = shop_web::rocket::custom(shop_web::figment()).attach(shop_web::stage(core, config));
    let port = Port::beside(Shop::serving(patient(), router).await).await;
    for (path, code) in [
        ("/shop", 200),
        ("/shop/ro", 200),
        ("/shop/fr?page=1", 200),
        ("/shop/de", 404),
        ("/shop/es/products/nothing", 404),
        ("/shop/products/%C4%83", 404),
        ("/shop/activate/secret-token", 422),
    ] {
        assert_eq!(port.shop.ask(&get(path)).await.code, code, "{path}");
    }
    let text = port.metrics().await;
    for expected in [
        r#"{route="/shop",method="GET",status="200"} 3"#,
        r#"{route="/shop/products/<slug>",method="GET",status="404"} 2"#,
        r#"{route="/shop/activate/<token>",method="GET",status="422"} 1"#,
        r#"{route="unrouted",method="GET",status="404"} 1"#,
    ] {
        let line = format!("\nvitrina_http_requests_total{expected}\n");
        assert!(text.contains(&line), "{expected} is not in {text}");
    }
    assert!(text.contains("\nvitrina_orders_placed_total 0\n"), "{text}");
    assert!(text.contains("\nvitrina_sign_ins_total{outcome=\"ok\"} 0\n"), "{text}");
}
