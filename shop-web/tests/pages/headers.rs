//! Every answer of every route has its headers.

use rocket::http::{ContentType, Header, Method};
use shop_web::{Instance, WebConfig};

use crate::scene::{Scene, Seen, config};

fn assert_complete(answer: &Seen, what: &str) {
    for (name, part) in [
        ("Content-Security-Policy", "default-src 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Permissions-Policy", "geolocation=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ] {
        let values: Vec<_> =
            answer.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name)).collect();
        assert!(matches!(values[..], [(_, value)] if value.contains(part)), "{what}: {name}: {values:?}");
    }
    let keep = answer.header("Cache-Control").unwrap_or_default();
    assert!(keep == "no-store" || answer.header("Set-Cookie").is_none(), "{what}: {keep} with a cookie");
    assert_eq!(answer.header("Server"), None, "{what}");
}

/// What every route answers to a visitor and to a shopper, and what lies beside all routes, each with what was
/// asked for.
async fn everything(scene: &Scene) -> Vec<(String, Seen)> {
    let (visitor, shopper) = (scene.browser(), scene.signed_in("ana@example.com").await);
    let routes: Vec<_> =
        scene.client.rocket().routes().map(|route| (route.method, route.uri.path().to_owned())).collect();
    assert_eq!(routes.len(), 39);
    let mut answers = vec![("unrouted".to_owned(), visitor.get("/nothing").await)];
    for (method, path) in routes {
        for (parameter, value) in [
            ("<token>", "abc"),
            ("<sku>", "SH03"),
            ("<slug>", "smart-hub"),
            ("<number>", "x"),
            ("<name>", "sh03.svg"),
        ] {
            let path = path.replace(parameter, value);
            for browser in [&visitor, &shopper] {
                let answer = browser.send(browser.request(method, &path).header(ContentType::Form)).await;
                answers.push((format!("{method} {path}: {}", answer.status), answer));
            }
        }
    }
    answers
}

#[rocket::async_test]
async fn on_every_route_for_everybody() {
    for (what, answer) in everything(&Scene::new().await).await {
        assert_complete(&answer, &what);
        assert_eq!(answer.header("X-Version"), None, "{what}: a version is nobody's business");
    }
}

#[rocket::async_test]
async fn with_the_version_if_the_instance_is_to_be_shown() {
    let instance = Instance { version: "1.2.3".into(), track: "canary".into(), host: "web-2".into() };
    let scene = Scene::with(WebConfig { show_instance: Some(instance), ..config() }).await;
    let answers = everything(&scene).await;
    for (what, answer) in &answers {
        assert_eq!(answer.header("X-Version"), Some("1.2.3"), "{what}");
    }
    for status in [200, 303, 403, 404, 422] {
        assert!(answers.iter().any(|(_, answer)| answer.status == status), "{status}");
    }
    let browser = scene.browser();
    let first = browser.get("/").await;
    assert!(first.body.contains("<span data-instance>1.2.3 (canary) on web-2</span>"), "{}", first.body);
    let tag = first.header("ETag").expect("a tag").to_owned();
    let again = browser.request(Method::Get, "/").header(Header::new("If-None-Match", tag));
    for (answer, status) in [
        (browser.send(again).await, 304),
        (browser.send(browser.request(Method::Put, "/")).await, 405),
        (browser.get("/%ff").await, 404),
    ] {
        assert_eq!((answer.status, answer.header("X-Version")), (status, Some("1.2.3")));
    }
}

#[rocket::async_test]
async fn personal_pages_are_kept_by_nobody() {
    let scene = Scene::new().await;
    let shopper = scene.signed_in("ana@example.com").await;
    for path in [
        "/account",
        "/account/edit",
        "/account/delete",
        "/account/sessions",
        "/account/export",
        "/cart",
        "/checkout",
        "/orders",
        "/login",
        "/register",
        "/activate",
        "/forgot",
    ] {
        assert_eq!(shopper.get(path).await.header("Cache-Control"), Some("no-store"), "{path}");
    }
}

/// The attributes of the cookie of this name, in small letters.
fn cookie(answer: &Seen, name: &str) -> Option<Vec<String>> {
    let mut cookies = answer.headers.iter().filter(|(header, _)| header.eq_ignore_ascii_case("Set-Cookie"));
    let cookie = cookies.find(|(_, cookie)| cookie.starts_with(&format!("{name}=")))?;
    Some(cookie.1.split("; ").skip(1).map(str::to_ascii_lowercase).collect())
}

#[rocket::async_test]
async fn cookies_are_as_narrow_as_can_be() {
    for (public_url, base_path, prefix) in [
        ("http://localhost", "/", ""),
        ("https://example.com", "/", "__Host-"),
        ("https://example.com", "/shop", "__Secure-"),
    ] {
        let config = WebConfig {
            public_url: public_url.parse().expect("a URL"),
            base_path: base_path.parse().expect("a path"),
            ..config()
        };
        let scene = Scene::with(config).await;
        let base = base_path.trim_end_matches('/');
        let form = scene.browser().get(&format!("{base}/login")).await;
        let visitor = cookie(&form, &format!("{prefix}shop_visitor")).expect("a cookie for the form");
        let browser = scene.signed_in("ana@example.com").await;
        let signed_in = browser.sign_in("ana@example.com", crate::scene::PASSWORD).await;
        let session = cookie(&signed_in, &format!("{prefix}shop_session")).expect("a session");
        let known = cookie(&signed_in, &format!("{prefix}shop_browser")).expect("a mark");
        for attributes in [visitor, session, known] {
            for expected in ["httponly", "samesite=lax", &format!("path={base_path}")] {
                assert!(
                    attributes.iter().any(|attribute| attribute == expected),
                    "{expected}: {attributes:?}"
                );
            }
            assert_eq!(attributes.iter().any(|attribute| attribute == "secure"), !prefix.is_empty());
            assert!(!attributes.iter().any(|attribute| attribute.starts_with("domain")));
        }
        let transport = form.header("Strict-Transport-Security");
        assert_eq!(transport.is_some(), !prefix.is_empty());
    }
}

#[rocket::async_test]
async fn a_head_request_has_the_headers_of_a_get() {
    let scene = Scene::new().await;
    let browser = scene.browser();
    let (head, get) = (browser.send(browser.request(Method::Head, "/")).await, browser.get("/").await);
    assert_eq!(head.headers.iter().filter(|(name, _)| name != "content-length").count(), get.headers.len());
    assert_eq!(head.header("ETag"), get.header("ETag"));
}
