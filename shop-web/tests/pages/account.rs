//! Accounts: registering, signing in and out, and what nobody learns from it.

use std::net::SocketAddr;
use std::time::Duration;

use rocket::http::{ContentType, Header, Method};

use crate::scene::{Browser, PASSWORD, Scene, Seen, encoded, registration};

#[rocket::async_test]
async fn an_address_that_has_an_account_looks_like_any_other() {
    let scene = Scene::new().await;
    let (first, second) = (scene.browser(), scene.browser());
    let new = first.register("ana@example.com").await;
    let known = second.register("Ana@Example.com").await;
    assert_eq!((new.status, new.location(), &new.body), (known.status, known.location(), &known.body));
    let pages = [first.get("/login").await.outline(), second.get("/login").await.outline()];
    assert_eq!(pages[0], pages[1]);

    let mut answers = Vec::new();
    for email in ["ana@example.com", "nobody@example.com"] {
        let form = first.get("/activate").await;
        let sent = first.submit(&form, "/activate", &[("email", email)]).await;
        assert_eq!((sent.status, sent.location()), (303, "/login"));
        let refused = first.sign_in(email, "wrong password").await;
        answers.push((refused.status, refused.body.replace(email, "…")));
    }
    assert_eq!(answers[0], answers[1]);
}

#[rocket::async_test]
async fn signing_in_makes_a_new_session_and_ends_the_old_one() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let old = browser.window();
    browser.sign_in("ana@example.com", PASSWORD).await;
    assert_ne!(old.cookies()["shop_session"], browser.cookies()["shop_session"]);
    assert_eq!(browser.get("/account").await.status, 200);
    assert_eq!(old.get("/account").await.status, 303, "the session of before has ended");
}

#[rocket::async_test]
async fn a_session_that_somebody_planted_is_not_taken_over() {
    let scene = Scene::new().await;
    let owner = scene.signed_in("ana@example.com").await;
    let planted = "0123456789abcdef".repeat(4);
    owner.set_cookie("shop_session", &planted);
    assert_eq!(owner.get("/account").await.status, 303);
    owner.sign_in("ana@example.com", PASSWORD).await;
    assert_ne!(owner.cookies()["shop_session"], planted);
    let attacker = scene.browser();
    attacker.set_cookie("shop_session", &planted);
    assert_eq!(attacker.get("/account").await.status, 303);
}

#[rocket::async_test]
async fn signing_out_ends_the_session_everywhere_it_was_copied_to() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let copy = browser.window();
    let page = browser.get("/account").await;
    let answer = browser.submit(&page, "/logout", &[]).await;
    assert_eq!((answer.status, answer.location()), (303, "/login"));
    assert!(!browser.cookies().contains_key("shop_session"));
    assert!(browser.get("/login").await.body.contains("You are signed out."), "the page says so");
    assert!(!browser.get("/login").await.body.contains("You are signed out."), "and says it once");
    assert_eq!(copy.get("/account").await.status, 303);
}

#[rocket::async_test]
async fn a_session_ends_by_itself() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    for _ in 0..4 {
        scene.clock.advance(Duration::from_hours(13 * 24));
        assert_eq!(browser.get("/account").await.status, 200, "in use");
    }
    scene.clock.advance(Duration::from_hours(9 * 24));
    assert_eq!(browser.get("/account").await.status, 303, "61 days old");
}

#[rocket::async_test]
async fn who_tries_too_often_waits() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    for _ in 0..10 {
        assert_eq!(browser.sign_in("ana@example.com", "wrong password").await.status, 422);
    }
    let refused = browser.sign_in("ana@example.com", PASSWORD).await;
    assert_eq!((refused.status, refused.header("Retry-After")), (429, Some("1")));
    assert!(refused.body.contains("ana@example.com") && !refused.body.contains(PASSWORD));
    scene.clock.advance(Duration::from_secs(1));
    assert_eq!(browser.sign_in("ana@example.com", PASSWORD).await.status, 303);
}

/// Asks for the activation link from here, as the server in front tells.
async fn ask_for_activation(browser: &Browser, client: &str, email: &str) -> Seen {
    let token = browser.get("/activate").await.form("/activate").remove("form_token").expect("a token");
    let form = encoded(&[("form_token", &token), ("email", email)]);
    let from = SocketAddr::new(client.parse().expect("an address"), 4_000);
    let request = browser.request(Method::Post, "/activate").header(ContentType::Form).remote(from);
    browser.send(request.header(Header::new("X-Real-IP", "198.51.100.9")).body(form)).await
}

#[rocket::async_test]
async fn who_asks_too_often_from_one_place_waits_there_alone() {
    let scene = Scene::new().await;
    let browser = scene.browser();
    for number in 0..30 {
        let email = format!("shopper{number}@example.com");
        assert_eq!(ask_for_activation(&browser, "192.0.2.1", &email).await.status, 303, "{email}");
    }
    let refused = ask_for_activation(&browser, "192.0.2.1", "ana@example.com").await;
    assert!(refused.status == 429 && refused.header("Retry-After").is_some());
    assert!(refused.body.contains("role=\"alert\"") && refused.body.contains("ana@example.com"));
    let mapped = ask_for_activation(&browser, "::ffff:192.0.2.1", "ana@example.com").await;
    assert_eq!(mapped.status, 429, "the same client");
    assert_eq!(ask_for_activation(&browser, "192.0.2.2", "ana@example.com").await.status, 303);
}

#[rocket::async_test]
async fn who_registers_too_often_is_told_so() {
    let scene = Scene::new().await;
    let browser = scene.browser();
    for _ in 0..5 {
        assert_eq!(browser.register("ana@example.com").await.status, 303);
    }
    let refused = browser.register("ana@example.com").await;
    assert!(refused.status == 429 && refused.header("Retry-After").is_some());
    assert!(refused.body.contains("role=\"alert\"") && refused.body.contains("ana@example.com"));
    assert!(!refused.body.contains(PASSWORD));
}

#[rocket::async_test]
async fn a_link_activates_once() {
    let scene = Scene::new().await;
    let browser = scene.browser();
    browser.register("ana@example.com").await;
    let link = format!("/activate/{}", scene.mailed_token().await);
    let page = browser.get(&link).await;
    assert_eq!(
        browser.sign_in("ana@example.com", PASSWORD).await.status,
        422,
        "following the link changes nothing"
    );
    assert_eq!(browser.submit(&page, &link, &[]).await.location(), "/login");
    assert_eq!(browser.submit(&page, &link, &[]).await.status, 422);

    let late = scene.browser();
    late.register("dan@example.com").await;
    let link = format!("/activate/{}", scene.mailed_token().await);
    scene.clock.advance(Duration::from_hours(48));
    let answer = late.press(&link).await;
    assert_eq!(answer.status, 422);
    assert!(answer.form("/activate").contains_key("form_token"), "another link is offered");
}

#[rocket::async_test]
async fn a_right_password_on_an_account_that_is_not_active_is_offered_the_link_again() {
    let scene = Scene::new().await;
    let browser = scene.browser();
    browser.register("ana@example.com").await;
    let first = scene.mailed_token().await;
    let wrong = browser.sign_in("ana@example.com", "wrong password").await;
    assert!(wrong.status == 422 && !wrong.body.contains("action=\"/activate\""), "{}", wrong.body);
    let right = browser.sign_in("ana@example.com", PASSWORD).await;
    assert_eq!((right.status, right.form("/activate")["email"].as_str()), (422, "ana@example.com"));
    assert!(!right.body.contains(PASSWORD) && !browser.cookies().contains_key("shop_session"));
    let sent = browser.submit(&right, "/activate", &[]).await;
    assert_eq!((sent.status, sent.location()), (303, "/login"));
    let second = scene.mailed_token().await;
    assert_ne!(second, first);
    let link = format!("/activate/{second}");
    let page = browser.get(&link).await;
    assert_eq!(browser.submit(&page, &link, &[]).await.status, 303);
    assert_eq!(browser.sign_in("ana@example.com", PASSWORD).await.status, 303);
}

#[rocket::async_test]
async fn pages_for_strangers_work_for_those_who_are_signed_in() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    for path in ["/register", "/login", "/activate", "/forgot"] {
        assert_eq!(browser.get(path).await.status, 200, "{path}");
    }
    assert_eq!(browser.register("dan@example.com").await.status, 303);
    let page = browser.get("/forgot").await;
    let asked = browser.submit(&page, "/forgot", &[("email", "ana@example.com")]).await;
    assert_eq!((asked.status, asked.location()), (303, "/login"));
    assert_eq!(browser.get("/account").await.status, 200, "the session goes on");
}

#[rocket::async_test]
async fn signing_in_leads_on_to_own_pages_alone() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    for (next, location) in [
        ("/cart", "/cart"),
        ("/ro/orders?before=1", "/ro/orders?before=1"),
        ("", "/account"),
        ("//evil.example", "/account"),
        ("/\\evil.example", "/account"),
        ("\\\\evil.example", "/account"),
        ("https://evil.example", "/account"),
        ("https:evil.example", "/account"),
        ("javascript:alert(1)", "/account"),
        ("/cart\r\nSet-Cookie: a=b", "/account"),
        ("/\t/evil.example", "/account"),
        ("%2f%2fevil.example", "/account"),
        ("cart", "/account"),
    ] {
        let encoded = rocket::http::RawStr::new(next).percent_encode().to_string();
        let page = browser.get(&format!("/login?next={encoded}")).await;
        let fields = [("email", "ana@example.com"), ("password", PASSWORD)];
        assert_eq!(
            browser.submit(&page, "/login", &fields).await.location(),
            location,
            "in the address: {next:?}"
        );
        let page = browser.get("/login").await;
        let fields = [fields[0], fields[1], ("next", next)];
        assert_eq!(
            browser.submit(&page, "/login", &fields).await.location(),
            location,
            "in the form: {next:?}"
        );
    }
}

#[rocket::async_test]
async fn below_a_base_path_signing_in_leads_nowhere_else() {
    let scene = Scene::under("/shop").await;
    let browser = scene.signed_in("ana@example.com").await;
    for (next, location) in
        [("/shop/cart", "/shop/cart"), ("/admin", "/shop/account"), ("/shopping", "/shop/account")]
    {
        let page = browser.get("/shop/login").await;
        let fields = [("email", "ana@example.com"), ("password", PASSWORD), ("next", next)];
        assert_eq!(browser.submit(&page, "/shop/login", &fields).await.location(), location, "{next}");
    }
}

#[rocket::async_test]
async fn who_is_not_signed_in_is_led_there_and_back() {
    let scene = Scene::new().await;
    scene.signed_in("ana@example.com").await;
    let browser = scene.browser();
    for path in [
        "/account",
        "/account/edit",
        "/account/delete",
        "/account/sessions",
        "/account/export",
        "/cart",
        "/checkout",
        "/orders",
        "/orders/7QX4-M2KD-9",
    ] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, 303, "{path}");
        let login = browser.get(answer.location()).await;
        assert_eq!(login.form("/login")["next"], path);
    }
    let answer = browser.send(browser.request(Method::Post, "/cart/items")).await;
    assert_eq!(answer.status, 401);
    assert!(answer.header("WWW-Authenticate").is_some());
    let fields = [("email", "ana@example.com"), ("password", PASSWORD)];
    assert_eq!(
        browser.submit(&answer, "/login", &fields).await.status,
        303,
        "the answer is the page to sign in on"
    );
}

#[rocket::async_test]
async fn what_has_happened_is_said_once() {
    let scene = Scene::new().await;
    let browser = scene.browser();
    let form = browser.get("/register").await;
    browser.submit(&form, "/register", &registration("ana@example.com")).await;
    assert!(browser.get("/login").await.body.contains("role=\"status\""));
    assert!(!browser.get("/login").await.body.contains("role=\"status\""));
    browser.set_cookie("shop_notice", "<script>");
    assert!(!browser.get("/login").await.body.contains("role=\"status\""));
}
