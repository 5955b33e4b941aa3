//! Nothing changes unless the shop's own pages ask for it: every route that changes something, by every way
//! of asking for it from elsewhere.

use crate::scene::{self, Browser, Scene, Seen, encoded};
use rocket::http::{ContentType, Header, Method};

/// The addresses of all routes that change something, with something in place of their parameters; `order`
/// is the address of an order.
fn unsafe_routes(scene: &Scene, order: &str) -> Vec<(Method, String)> {
    let routes =
        scene.client.rocket().routes().filter(|route| !matches!(route.method, Method::Get | Method::Head));
    let own = routes.filter(|route| route.name.as_deref().is_some_and(|name| name.starts_with("shop::")));
    let mut routes: Vec<_> = own
        .map(|route| {
            let path = route.uri.path().replace("<token>", &"0".repeat(64)).replace("<sku>", "SH03");
            let path = path.replace("/orders/<number>", order);
            assert!(!path.contains('<'), "give the parameter in {path} a value here");
            (route.method, path)
        })
        .collect();
    // Whoever has signed out or gone cannot try the rest.
    routes.sort_by_key(|(_, path)| (["/account/delete", "/logout"].contains(&path.as_str()), path.clone()));
    routes
}

/// A request from somewhere: headers, and the fields in front of a right form's.
struct Attempt {
    what: &'static str,
    headers: &'static [(&'static str, &'static str)],
    token: Token,
    first: &'static str,
}

#[derive(Clone, Copy)]
enum Token {
    Right,
    Absent,
    Empty,
    Wrong,
    OfAnother,
}

const OWN: &[(&str, &str)] = &[("Sec-Fetch-Site", "same-origin"), ("Origin", "http://localhost:8000")];

const fn from(what: &'static str, headers: &'static [(&'static str, &'static str)]) -> Attempt {
    Attempt { what, headers, token: Token::Right, first: "" }
}

const fn with(what: &'static str, token: Token) -> Attempt {
    Attempt { what, headers: OWN, token, first: "" }
}

const fn overriding(what: &'static str, token: Token, first: &'static str) -> Attempt {
    Attempt {
        what,
        headers: if matches!(token, Token::Right) { &[("Origin", "https://evil.example")] } else { OWN },
        token,
        first,
    }
}

const ATTEMPTS: [Attempt; 22] = [
    from("another site", &[("Sec-Fetch-Site", "cross-site")]),
    from("a sibling host", &[("Sec-Fetch-Site", "same-site")]),
    from(
        "another site that borrows our origin",
        &[("Sec-Fetch-Site", "cross-site"), ("Origin", "http://localhost:8000")],
    ),
    from("an unknown relation", &[("Sec-Fetch-Site", "")]),
    from("a foreign origin", &[("Origin", "https://evil.example")]),
    from("no origin at all", &[("Origin", "null")]),
    from("an origin that starts like ours", &[("Origin", "http://localhost:8000.evil.example")]),
    from("an origin that ends like ours", &[("Origin", "http://evil.example/localhost:8000")]),
    from("our host, another port", &[("Origin", "http://localhost:8001")]),
    from("an empty origin", &[("Origin", "")]),
    with("no token", Token::Absent),
    with("an empty token", Token::Empty),
    with("a made-up token", Token::Wrong),
    with("another session's token", Token::OfAnother),
    Attempt {
        what: "no token, by a client that tells nothing",
        headers: &[],
        token: Token::Absent,
        first: "",
    },
    overriding("override to get", Token::Right, "_method=get&"),
    overriding("override to put", Token::Right, "_method=put&"),
    overriding("override to delete", Token::Right, "_method=DELETE&"),
    overriding("override behind an empty field", Token::Right, "&_method=head&"),
    overriding("override to get without a token", Token::Absent, "_method=get&"),
    overriding("override to patch with a wrong token", Token::Wrong, "_method=patch&"),
    overriding("override to post without a token", Token::Absent, "_method=post&"),
];

/// A form that has everything the shop's forms have.
fn form(token: Option<&str>) -> String {
    let mut fields = vec![
        ("sku", "SH03"),
        ("quantity", "1"),
        ("address", "Strada Scurtă 2"),
        ("idempotency_key", "0123456789abcdef"),
        ("email", "eva@example.com"),
        ("last_name", "Pop"),
        ("first_name", "Eva"),
        ("password", scene::PASSWORD),
        ("password_confirmation", scene::PASSWORD),
    ];
    fields.extend(token.map(|token| ("form_token", token)));
    encoded(&fields)
}

async fn try_it(
    browser: &Browser,
    (method, path): &(Method, String),
    attempt: &Attempt,
    tokens: [&str; 2],
) -> Seen {
    let token = match attempt.token {
        Token::Right => Some(tokens[0]),
        Token::OfAnother => Some(tokens[1]),
        Token::Absent => None,
        Token::Empty => Some(""),
        Token::Wrong => Some("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"),
    };
    let mut request = browser.request(*method, path).header(ContentType::Form);
    for (name, value) in attempt.headers {
        request.add_header(Header::new(*name, *value));
    }
    browser.send(request.body(format!("{}{}", attempt.first, form(token)))).await
}

/// What an attack could have changed.
async fn state(browser: &Browser) -> (Vec<String>, String, Vec<String>) {
    let marks = |page: Seen| {
        page.outline().lines().filter(|line| line.starts_with("data-")).map(str::to_owned).collect()
    };
    let (cart, orders) = (browser.get("/cart").await, browser.get("/orders").await);
    (marks(cart), browser.form_token().await, marks(orders))
}

#[rocket::async_test]
async fn signed_in() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let other = scene.signed_in("dan@example.com").await;
    browser.add("AMTR01", "1").await;
    let order = browser.order().await;
    assert_eq!(browser.add("SH03", "1").await.status, 303);
    let (own, foreign) = (browser.form_token().await, other.form_token().await);
    let before = state(&browser).await;
    for route in unsafe_routes(&scene, &order) {
        for attempt in &ATTEMPTS {
            let answer = try_it(&browser, &route, attempt, [&own, &foreign]).await;
            assert_eq!(answer.status, 403, "{} {} with {}", route.0, route.1, attempt.what);
            assert_eq!(answer.header("Content-Type"), Some("text/html; charset=utf-8"));
        }
    }
    assert_eq!(state(&browser).await, before);
}

#[rocket::async_test]
async fn signed_out() {
    let scene = Scene::new().await;
    let (browser, other) = (scene.browser(), scene.browser());
    let page = browser.get("/register").await;
    let (own, foreign) = (token_of(&page), token_of(&other.get("/register").await));
    let mut open_to_visitors = 0;
    for route in unsafe_routes(&scene, "/orders/7QX4-M2KD-9") {
        for attempt in &ATTEMPTS {
            let answer = try_it(&browser, &route, attempt, [&own, &foreign]).await;
            let first_check = matches!(attempt.token, Token::Right);
            // Who is not signed in learns just that, where signing in comes first.
            let expected: &[u16] = if first_check { &[403] } else { &[401, 403] };
            assert!(
                expected.contains(&answer.status),
                "{} {} with {}: {}",
                route.0,
                route.1,
                attempt.what,
                answer.status
            );
            open_to_visitors += usize::from(!first_check && answer.status == 403);
        }
    }
    let with_wrong_tokens = ATTEMPTS.iter().filter(|attempt| !matches!(attempt.token, Token::Right)).count();
    let what = "register, log in, activate, send the link again, forgot, reset, confirm and undo an address";
    assert_eq!(open_to_visitors, 8 * with_wrong_tokens, "{what}");
}

fn token_of(page: &Seen) -> String {
    page.form("/register").remove("form_token").expect("a token")
}

/// Without this the tests above would pass in a shop that refuses everything.
#[rocket::async_test]
async fn the_shops_own_forms_are_taken() {
    let ways: [&[(&str, &str)]; 6] = [
        OWN,
        &[("Sec-Fetch-Site", "none")],
        &[("Origin", "http://localhost:8000")],
        &[("Origin", "https://localhost:8000")],
        &[("Sec-Fetch-Site", "same-origin"), ("Origin", "null")],
        &[],
    ];
    for headers in ways {
        let scene = Scene::new().await;
        let mut browser = scene.signed_in("ana@example.com").await;
        browser.add("AMTR01", "1").await;
        let order = browser.order().await;
        browser.add("SH03", "1").await;
        for route in unsafe_routes(&scene, &order) {
            if browser.get("/account").await.status != 200 {
                // The last form was the one that deletes the account.
                browser = scene.signed_in("dan@example.com").await;
            }
            let own = browser.form_token().await;
            let attempt = Attempt { what: "", headers, token: Token::Right, first: "" };
            let answer = try_it(&browser.window(), &route, &attempt, [&own, ""]).await;
            assert!(matches!(answer.status, 303 | 422), "{} {}: {}", route.0, route.1, answer.status);
        }
    }
}

#[rocket::async_test]
async fn the_public_url_counts_whatever_a_proxy_makes_of_the_host() {
    let config = shop_web::WebConfig {
        public_url: "https://shop.example.com".parse().expect("a URL"),
        ..scene::config()
    };
    let scene = Scene::with(config).await;
    let browser = scene.browser();
    let token = token_of(&browser.get("/register").await);
    for (origin, status) in
        [("https://shop.example.com", 303), ("http://shop.example.com", 403), ("http://localhost:8000", 303)]
    {
        let request = browser.request(Method::Post, "/register").header(ContentType::Form);
        let request = request.header(Header::new("Origin", origin)).body(form(Some(&token)));
        assert_eq!(browser.send(request).await.status, status, "{origin}");
    }
}

/// A token made for a browser is no token for the account that signs in there, and none of before is one
/// after signing out.
#[rocket::async_test]
async fn tokens_end_with_their_session() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let visitors = scene.browser();
    let page = visitors.get("/login").await;
    let before = page.form("/login").remove("form_token").expect("a token");
    let old = browser.form_token().await;
    browser.sign_in("ana@example.com", scene::PASSWORD).await;
    assert_ne!(browser.form_token().await, old);
    for token in [&before, &old] {
        let answer = browser.post("/cart/clear", &[("form_token", token)]).await;
        assert_eq!(answer.status, 403);
    }
}

/// The routes of an embedder keep what Rocket gives them, method override included.
#[rocket::async_test]
async fn an_embedders_own_routes_are_left_alone() {
    #[rocket::put("/guestbook")]
    fn guestbook() -> &'static str {
        "written"
    }

    let shop = Scene::new().await.shop;
    let rocket = rocket::custom(shop_web::figment())
        .mount("/", rocket::routes![guestbook])
        .attach(shop_web::stage(shop, scene::config()));
    let browser = Browser::new(scene::launch(rocket).await);
    let request = browser.request(Method::Post, "/guestbook").header(ContentType::Form);
    let request = request.header(Header::new("Sec-Fetch-Site", "cross-site")).body("_method=put");
    let answer = browser.send(request).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "written"));
    assert_eq!(answer.header("Content-Security-Policy"), None);
}
