//! Every answer of every route has its headers.

use rocket::http::{ContentType, Method};

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

#[rocket::async_test]
async fn on_every_route_for_everybody() {
    let scene = Scene::new().await;
    let (visitor, shopper) = (scene.browser(), scene.signed_in("ana@example.com").await);
    let routes: Vec<_> =
        scene.client.rocket().routes().map(|route| (route.method, route.uri.path().to_owned())).collect();
    assert_eq!(routes.len(), 39);
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
                assert_complete(&answer, &format!("{method} {path}: {}", answer.status));
            }
        }
    }
    assert_complete(&visitor.get("/nothing").await, "unrouted");
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
        let config = shop_web::WebConfig {
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
