//! Who tries too often waits, and nobody else does.

use std::time::Duration;

use shop_core::Language;
use shop_core::checkout::IdempotencyKey;
use shop_core::checkout::place_order::{PlaceOrder, PlaceOrderError};

use crate::scene::{Browser, PASSWORD, Scene, Seen};

/// Asks for the link on this page so often that the next time is too much; the answer to that.
async fn ask_too_often(browser: &Browser, path: &str, email: &str) -> Seen {
    for _ in 0..5 {
        let page = browser.get(path).await;
        assert_eq!(browser.submit(&page, path, &[("email", email)]).await.status, 303, "{path}");
    }
    let page = browser.get(path).await;
    browser.submit(&page, path, &[("email", email)]).await
}

/// Tries passwords until the next one is too much; the answer to that.
async fn guess_too_often(browser: &Browser, email: &str) -> Seen {
    for _ in 0..10 {
        assert_eq!(browser.sign_in(email, "wrong password").await.status, 422);
    }
    browser.sign_in(email, "wrong password").await
}

/// What there is to see of an answer, but for what differs from browser to browser.
fn shown(answer: &Seen, email: &str) -> (u16, Vec<(String, String)>, String) {
    let headers = answer.headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("Content-Length"));
    (answer.status, headers.cloned().collect(), answer.outline().replace(email, "…"))
}

#[rocket::async_test]
async fn accounts_that_there_are_and_others_look_alike() {
    let scene = Scene::new().await;
    scene.signed_in("ana@example.com").await;
    let emails = ["ana@example.com", "nobody@example.com"];
    for path in ["/forgot", "/activate"] {
        let mut answers = Vec::new();
        for email in emails {
            let refused = ask_too_often(&scene.browser(), path, email).await;
            assert_eq!((refused.status, refused.header("Retry-After")), (429, Some("1")), "{path}");
            assert!(refused.body.contains("Please try again in one second.") && refused.body.contains(email));
            answers.push(shown(&refused, email));
        }
        assert_eq!(answers[0], answers[1], "{path}");
    }
    let mut answers = Vec::new();
    for email in emails {
        let refused = guess_too_often(&scene.browser(), email).await;
        assert_eq!(refused.status, 429);
        answers.push(shown(&refused, email));
    }
    assert_eq!(answers[0], answers[1]);
}

#[rocket::async_test]
async fn the_wait_is_told_in_the_readers_language() {
    let scene = Scene::new().await;
    let browser = scene.browser();
    let path = "/ro/forgot";
    ask_too_often(&browser, path, "ana@example.com").await;
    let mut waits = Vec::new();
    for _ in 0..7 {
        let page = browser.get(path).await;
        let refused = browser.submit(&page, path, &[("email", "ana@example.com")]).await;
        let wait = refused.header("Retry-After").expect("a time").parse().expect("seconds");
        waits.push(wait);
        scene.clock.advance(Duration::from_secs(wait));
        let page = browser.get(path).await;
        assert_eq!(browser.submit(&page, path, &[("email", "ana@example.com")]).await.status, 303);
    }
    assert!(waits.windows(2).all(|pair| pair[1] == 2 * pair[0]), "{waits:?}");
    let page = browser.get(path).await;
    let refused = browser.submit(&page, path, &[("email", "ana@example.com")]).await;
    assert!(
        refused.body.contains("Încercați din nou peste") && refused.body.contains("minute."),
        "{}",
        refused.body
    );
}

#[rocket::async_test]
async fn strangers_do_not_keep_out_the_owner() {
    let scene = Scene::new().await;
    let owner = scene.signed_in("ana@example.com").await;
    let page = owner.get("/account").await;
    owner.submit(&page, "/logout", &[]).await;
    assert_eq!(guess_too_often(&scene.browser(), "ana@example.com").await.status, 429);
    assert_eq!(scene.browser().sign_in("ana@example.com", PASSWORD).await.status, 429, "elsewhere");
    assert_eq!(
        owner.sign_in("ana@example.com", PASSWORD).await.status,
        303,
        "where the owner has been before"
    );
}

#[rocket::async_test]
async fn a_known_browser_has_its_own_limit() {
    let scene = Scene::new().await;
    let owner = scene.signed_in("ana@example.com").await;
    assert_eq!(guess_too_often(&owner, "ana@example.com").await.status, 429);
    assert_eq!(
        scene.browser().sign_in("ana@example.com", PASSWORD).await.status,
        303,
        "others are not stopped"
    );
}

#[rocket::async_test]
async fn a_browser_is_known_to_no_account_but_its_own() {
    let scene = Scene::new().await;
    scene.signed_in("ana@example.com").await;
    let thief = scene.signed_in("dan@example.com").await;
    let mark = thief.cookies()["shop_browser"].clone();
    assert_eq!(guess_too_often(&scene.browser(), "ana@example.com").await.status, 429);
    let seal = mark.split('.').nth(1).expect("a seal");
    for forged in [mark.as_str(), &format!("{}.{seal}", "0".repeat(32)), "", "."] {
        thief.set_cookie("shop_browser", forged);
        assert_eq!(thief.sign_in("ana@example.com", "wrong password").await.status, 429, "{forged}");
    }
}

#[rocket::async_test]
async fn a_browser_is_known_once_somebody_has_signed_in_there() {
    let scene = Scene::new().await;
    scene.signed_in("ana@example.com").await;
    let browser = scene.browser();
    for path in ["/", "/products/smart-hub", "/ro/?q=hub"] {
        let page = browser.get(path).await;
        assert_eq!(page.header("Set-Cookie"), None, "{path}");
    }
    browser.sign_in("ana@example.com", "wrong password").await;
    assert!(!browser.cookies().contains_key("shop_browser"));
    browser.sign_in("ana@example.com", PASSWORD).await;
    let page = browser.get("/account").await;
    browser.submit(&page, "/logout", &[]).await;
    assert!(browser.cookies().contains_key("shop_browser"), "and stays so after signing out");
    let page = browser.get("/").await;
    assert_eq!(
        (page.header("Set-Cookie"), page.header("ETag").is_some()),
        (None, true),
        "still the same for all"
    );
}

#[rocket::async_test]
async fn a_new_password_by_mail_lets_the_owner_in_at_once() {
    let scene = Scene::new().await;
    scene.signed_in("ana@example.com").await;
    assert_eq!(guess_too_often(&scene.browser(), "ana@example.com").await.status, 429);
    let browser = scene.browser();
    let page = browser.get("/forgot").await;
    assert_eq!(browser.submit(&page, "/forgot", &[("email", "ana@example.com")]).await.status, 303);
    let link = format!("/reset/{}", scene.mailed_token().await);
    let page = browser.get(&link).await;
    let fields = [("password", "another horse battery"), ("password_confirmation", "another horse battery")];
    assert_eq!(browser.submit(&page, &link, &fields).await.status, 303);
    assert_eq!(guess_too_often(&scene.browser(), "ana@example.com").await.status, 429, "strangers again");
    assert_eq!(browser.sign_in("ana@example.com", "another horse battery").await.status, 303);
}

#[rocket::async_test]
async fn whoever_has_found_an_open_session_guesses_no_password() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let edit = [("email", "eva@example.com"), ("current_password", "wrong password")];
    for _ in 0..10 {
        assert_eq!(browser.edit(&edit).await.status, 422);
    }
    let refused = browser.edit(&edit).await;
    assert_eq!((refused.status, refused.header("Retry-After")), (429, Some("1")));
    assert!(
        refused.body.contains("Please try again in one second.") && refused.body.contains("eva@example.com")
    );
    let page = browser.get("/account/delete").await;
    let refused = browser.submit(&page, "/account/delete", &[("password", PASSWORD)]).await;
    assert_eq!((refused.status, refused.header("Retry-After")), (429, Some("1")), "the same count");
    assert!(
        refused.body.contains("role=\"alert\"") && refused.form("/account/delete").contains_key("form_token")
    );
    assert_eq!(browser.edit(&[("first_name", "Ioana")]).await.status, 303, "what needs no password goes on");
    assert_eq!(scene.browser().sign_in("ana@example.com", PASSWORD).await.status, 303);
}

#[rocket::async_test]
async fn strangers_do_not_keep_a_signed_in_owner_from_changing_the_password() {
    let scene = Scene::new().await;
    let owner = scene.signed_in("ana@example.com").await;
    assert_eq!(guess_too_often(&scene.browser(), "ana@example.com").await.status, 429);
    let change = [
        ("current_password", PASSWORD),
        ("password", "another horse battery"),
        ("password_confirmation", "another horse battery"),
    ];
    assert_eq!(owner.edit(&change).await.status, 303);
}

#[rocket::async_test]
async fn who_orders_without_end_waits_with_what_was_typed() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let email: shop_core::account::EmailAddress = "ana@example.com".parse().expect("an address");
    let owner = scene.shop.store().accounts().find_by_email(&email.key()).await;
    let owner = owner.expect("a store").expect("an account");
    for _ in 0..1_000 {
        let try_it = PlaceOrder {
            owner: owner.id,
            address: owner.address.clone(),
            key: IdempotencyKey::fresh(scene.shop.random()),
            seen_total: None,
            language: Language::English,
            client: None,
        };
        let nothing = scene.shop.place_order(try_it).await;
        assert!(matches!(nothing, Err(PlaceOrderError::EmptyCart)), "{nothing:?}");
    }
    browser.add("SH03", "1").await;
    let page = browser.get("/checkout").await;
    let refused = browser.submit(&page, "/checkout", &[("address", "Strada Scurtă 2")]).await;
    assert_eq!((refused.status, refused.header("Retry-After")), (429, Some("1")));
    assert!(
        refused.body.contains("role=\"alert\"") && refused.body.contains("Strada Scurtă 2"),
        "{}",
        refused.body
    );
    assert_eq!(refused.form("/checkout")["idempotency_key"], page.form("/checkout")["idempotency_key"]);
    scene.clock.advance(Duration::from_secs(1));
    assert_eq!(browser.submit(&refused, "/checkout", &[("address", "Strada Scurtă 2")]).await.status, 303);
}
