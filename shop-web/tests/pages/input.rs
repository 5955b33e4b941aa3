//! Whatever is sent, the shop answers with a page of its own, and never with "our fault".

use std::time::Duration;

use rocket::http::{ContentType, Header, Method};

use crate::scene::{Browser, PASSWORD, Scene, Seen, assert_own_page, encoded, registration};

#[rocket::async_test]
async fn addresses_that_lead_nowhere() {
    let scene = Scene::new().await;
    let visitor = scene.browser();
    let shopper = scene.signed_in("ana@example.com").await;
    let long = "x".repeat(5_000);
    let addresses = [
        "/nothing",
        "/ro/nothing",
        "/products",
        "/products/",
        "/products/Smart-Hub",
        "/products/no-such",
        "/products/a--b",
        "/products/%00",
        "/products/%ff%fe",
        "/products/../cart",
        "/products/smart-hub/more",
        "/orders/7QX4-M2KD-9",
        "/orders/nonsense",
        "/orders/%F0%9F%92%A9",
        "/orders?before=1",
        "/orders?before=%00",
        "/static/",
        "/static/nothing.css",
        "/static/../Cargo.toml",
        "/static/%2e%2e%2fCargo.toml",
        "/pictures/nothing.svg",
        "/pictures/SH03.SVG",
        "/pictures/..%2f",
        "/?page=0",
        "/?page=-1",
        "/?page=1001",
        "/?page=99999999999",
        "/?page=one",
        "/?page=2",
        "/?page=%00",
        "/?category=no-such",
        "/?category=No%20Such",
        "/?category=%ff",
        "/de",
        &format!("/{long}"),
        &format!("/products/{long}"),
    ];
    for address in addresses {
        for browser in [&visitor, &shopper] {
            let answer = browser.get(address).await;
            let led_to_login = answer.status == 303 && answer.location().starts_with("/login?next=%2Forders");
            assert!(answer.status == 404 || led_to_login, "{address}: {}", answer.status);
            if answer.status == 404 {
                assert_own_page(&answer, address);
            }
        }
    }
}

#[rocket::async_test]
async fn a_link_that_was_cut_short_offers_another() {
    let scene = Scene::new().await;
    for token in ["abc", &"g".repeat(64), &"0".repeat(63), "%00"] {
        let page = scene.browser().get(&format!("/activate/{token}")).await;
        assert_eq!(page.status, 422);
        assert!(page.form("/activate").contains_key("form_token"));
    }
}

#[rocket::async_test]
async fn addresses_with_odd_queries_that_mean_nothing() {
    let scene = Scene::new().await;
    let browser = scene.browser();
    for address in [
        "/?sort=sideways",
        "/?q=",
        "/?q=%20%20&category=&sort=&page=",
        "/?unknown=1",
        "/?q=hub&q=drive",
        "/?&&&",
        "/?q",
        "/?=",
        "/?q[x]=hub",
        "/?page=1&page=0",
        "/?q=%F0%9F%92%A9",
        "/login?next=%00",
        "/login?next=//evil.example",
        "/register?email=a@b.ro",
    ] {
        let answer = browser.get(address).await;
        assert_eq!(answer.status, 200, "{address}");
        assert_own_page(&answer, address);
    }
}

#[rocket::async_test]
async fn a_search_text_that_cannot_be_is_marked() {
    let scene = Scene::new().await;
    for query in [format!("/?q={}", "x".repeat(101)), "/?q=a%00b".to_owned(), "/ro?q=%E2%80%AEabc".to_owned()]
    {
        let answer = scene.browser().get(&query).await;
        assert_eq!(answer.status, 422, "{query}");
        assert!(answer.body.contains("aria-invalid=\"true\""), "{query}");
        assert_eq!(answer.header("Cache-Control"), Some("no-store"));
    }
}

#[rocket::async_test]
async fn an_address_that_cannot_be_read_gets_a_page_with_all_headers() {
    let scene = Scene::new().await;
    let answer = scene.browser().get("/products/a b\u{7f}").await;
    assert_eq!(answer.status, 400);
    assert_own_page(&answer, "unreadable");
    assert!(
        answer.header("Content-Security-Policy").is_some()
            && answer.header("X-Content-Type-Options").is_some()
    );
}

/// Every form of the shop with its right token and what stands in place of its fields.
async fn send_everywhere(scene: &Scene, browser: &Browser, fields: &str) -> Vec<(String, Seen)> {
    let mut answers = Vec::new();
    let routes = scene.client.rocket().routes().filter(|route| route.method == Method::Post);
    for route in routes.filter(|route| route.uri.path() != "/logout") {
        let path = route.uri.path().replace("<token>", &"0".repeat(64)).replace("<sku>", "SH03");
        let path = path.replace("<number>", "7QX4-M2KD-9");
        let token = browser.form_token().await;
        let request = browser.request(Method::Post, &path).header(ContentType::Form);
        let request = request.body(format!("form_token={token}&{fields}"));
        answers.push((path, browser.window().send(request).await));
    }
    assert_eq!(answers.len(), 16, "of all forms but the one that signs out");
    answers
}

#[rocket::async_test]
async fn forms_full_of_rubbish_are_shown_again() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    browser.add("SH03", "1").await;
    let names = [
        "email",
        "last_name",
        "first_name",
        "address",
        "password",
        "password_confirmation",
        "sku",
        "quantity",
        "current_password",
        "language",
        "version",
        "session",
        "idempotency_key",
        "total",
        "next",
    ];
    let all = |value: &str| names.map(|name| format!("{name}={value}")).join("&");
    let rubbish = [
        String::new(),
        "&&&=&=&=".to_owned(),
        all(""),
        all("%00"),
        all("%ff%fe%zz%"),
        all("%E2%80%AE"),
        all("-1"),
        all("9999999999999999999999"),
        all("1e309"),
        all(&"%F0%9F%92%A9".repeat(300)),
        all("<script>alert(1)</script>"),
        all("a%0d%0aSet-Cookie:x=y"),
        format!("{}&{}", all("%00"), all("good@example.com")),
        names.map(|name| format!("{name}[0][x]=%00&{name}.y=2")).join("&"),
    ];
    for fields in rubbish {
        for (path, answer) in send_everywhere(&scene, &browser, &fields).await {
            // A form without a session ends all others.
            let buttons = ["/cart/clear", "/account/sessions/end"];
            let pressed = buttons.contains(&path.as_str()) && answer.status == 303;
            let no_such_order = path.starts_with("/orders/") && answer.status == 404;
            assert!(
                answer.status == 422 || pressed || no_such_order,
                "{path} with {fields:.80}: {}",
                answer.status
            );
            assert!(!answer.body.contains("<script>"), "{path}");
        }
        browser.add("SH03", "1").await;
        // Some of it counts as a wrong password.
        scene.clock.advance(Duration::from_mins(10));
    }
}

#[rocket::async_test]
async fn bodies_that_are_no_form_of_ours() {
    let scene = Scene::new().await;
    let browser = scene.browser();
    let token = browser.get("/register").await.form("/register").remove("form_token").expect("a token");
    let form = encoded(&[("form_token", &token)]);
    let multipart =
        format!("--x\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n{token}\r\n--x--\r\n");
    let too_long = format!("{form}&address={}", "x".repeat(65_537 - form.len()));
    let cases: [(&str, Vec<u8>, u16); 9] = [
        ("", form.clone().into_bytes(), 415),
        ("text/plain", form.clone().into_bytes(), 415),
        ("application/json", b"{}".to_vec(), 415),
        ("multipart/form-data; boundary=x", multipart.into_bytes(), 415),
        ("nonsense", form.clone().into_bytes(), 415),
        ("application/x-www-form-urlencoded", too_long.into_bytes(), 413),
        ("application/x-www-form-urlencoded", [form.as_bytes(), b"&email=\xff\xfe"].concat(), 400),
        ("application/x-www-form-urlencoded", Vec::new(), 403),
        ("application/x-www-form-urlencoded; charset=utf-8", form.into_bytes(), 422),
    ];
    for (content_type, body, status) in cases {
        let mut request = browser.request(Method::Post, "/register");
        if !content_type.is_empty() {
            request.add_header(Header::new("Content-Type", content_type));
        }
        let answer = browser.send(request.body(&body)).await;
        assert_eq!(answer.status, status, "{content_type}");
        assert_own_page(&answer, content_type);
    }
}

#[rocket::async_test]
async fn all_faults_come_at_once_and_passwords_never_come_back() {
    let scene = Scene::new().await;
    let browser = scene.browser();
    let page = browser.get("/register").await;
    let secrets = [("password", "hush-1"), ("password_confirmation", "hush-2")];
    let fields =
        [&[("email", "ana@"), ("last_name", " "), ("first_name", "\u{202e}"), ("address", "")], &secrets[..]]
            .concat();
    let answer = browser.submit(&page, "/register", &fields).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.body.matches("aria-invalid=\"true\"").count(), 6);
    assert!(answer.body.contains("value=\"ana@\"") && !answer.body.contains("hush"));

    let valid = [
        ("email", "Ana@Example.com"),
        ("password", "ana@example.com"),
        ("password_confirmation", "ana@example.com"),
    ];
    let fields = [&registration("")[..], &valid].concat();
    let answer = browser.submit(&page, "/register", &fields).await;
    assert_eq!(
        (answer.status, answer.body.matches("aria-invalid=\"true\"").count()),
        (422, 1),
        "the password is the address"
    );

    let login = browser.get("/login").await;
    let answer =
        browser.submit(&login, "/login", &[("email", "ana@example.com"), ("password", PASSWORD)]).await;
    assert!(
        answer.status == 422 && answer.body.contains("ana@example.com") && !answer.body.contains(PASSWORD)
    );
}
