//! A forgotten password: who asks, who chooses another one, and what nobody learns from it.

use std::time::Duration;

use rocket::http::Method;
use shop_core::outbox::Mail;

use crate::scene::{Browser, PASSWORD, Scene, Seen};

const NEW: &str = "another horse battery";

/// Asks for a new password.
async fn ask(browser: &Browser, email: &str) -> Seen {
    let page = browser.get("/forgot").await;
    browser.submit(&page, "/forgot", &[("email", email)]).await
}

/// Asks for a new password and returns the address in the mail.
async fn link(scene: &Scene, email: &str) -> String {
    assert_eq!(ask(&scene.browser(), email).await.status, 303);
    format!("/reset/{}", scene.mailed_token().await)
}

/// Follows the link and chooses this password.
async fn choose(browser: &Browser, link: &str, password: &str) -> Seen {
    let page = browser.get(link).await;
    let fields = [("password", password), ("password_confirmation", password)];
    browser.submit(&page, link, &fields).await
}

fn assert_offers_another(answer: &Seen) {
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("This link is no longer valid."), "{}", answer.body);
    assert!(answer.form("/forgot").contains_key("form_token"), "another link is offered");
}

#[rocket::async_test]
async fn a_forgotten_password_is_chosen_anew() {
    let scene = Scene::new().await;
    let signed_in = scene.signed_in("ana@example.com").await;
    let forgetful = scene.browser();
    let asked = ask(&forgetful, "ana@example.com").await;
    assert_eq!((asked.status, asked.location()), (303, "/login"));
    assert!(forgetful.get("/login").await.body.contains("If there is an account with this address"));

    let link = format!("/reset/{}", scene.mailed_token().await);
    let chosen = choose(&forgetful, &link, NEW).await;
    assert_eq!((chosen.status, chosen.location()), (303, "/login"));
    assert!(forgetful.get("/login").await.body.contains("Your password has been changed"));
    assert_eq!(signed_in.get("/account").await.status, 303, "all sessions have ended");
    assert_eq!(forgetful.sign_in("ana@example.com", PASSWORD).await.status, 422, "the old password");
    assert_eq!(forgetful.sign_in("ana@example.com", NEW).await.status, 303, "the new one");
    assert_eq!(scene.newest_mail().await, Mail::PasswordChanged);
}

#[rocket::async_test]
async fn a_link_holds_once() {
    let scene = Scene::new().await;
    scene.signed_in("ana@example.com").await;
    let link = link(&scene, "ana@example.com").await;
    let (first, second) = (scene.browser(), scene.browser());
    let page = second.get(&link).await;
    assert_eq!(choose(&first, &link, NEW).await.status, 303);
    assert_offers_another(&second.get(&link).await);
    let fields = [("password", PASSWORD), ("password_confirmation", PASSWORD)];
    assert_offers_another(&second.submit(&page, &link, &fields).await);
    assert_eq!(first.sign_in("ana@example.com", NEW).await.status, 303);
}

#[rocket::async_test]
async fn a_mail_scanner_that_follows_the_link_changes_nothing() {
    let scene = Scene::new().await;
    scene.signed_in("ana@example.com").await;
    let link = link(&scene, "ana@example.com").await;
    for method in [Method::Get, Method::Head, Method::Get] {
        let scanner = scene.browser();
        assert_eq!(scanner.send(scanner.request(method, &link)).await.status, 200);
    }
    assert_eq!(scene.browser().sign_in("ana@example.com", PASSWORD).await.status, 303);
    assert_eq!(choose(&scene.browser(), &link, NEW).await.status, 303);
}

#[rocket::async_test]
async fn a_link_ends_after_an_hour() {
    let scene = Scene::new().await;
    scene.signed_in("ana@example.com").await;
    let link = link(&scene, "ana@example.com").await;
    let late = scene.browser();
    scene.clock.advance(Duration::from_secs(3_599));
    let page = late.get(&link).await;
    assert_eq!(page.status, 200);
    scene.clock.advance(Duration::from_secs(1));
    assert_offers_another(&late.get(&link).await);
    let fields = [("password", NEW), ("password_confirmation", NEW)];
    assert_offers_another(&late.submit(&page, &link, &fields).await);
    assert_eq!(late.sign_in("ana@example.com", PASSWORD).await.status, 303, "the password stays");
}

#[rocket::async_test]
async fn a_new_link_leaves_the_old_one_until_one_is_used() {
    let scene = Scene::new().await;
    scene.signed_in("ana@example.com").await;
    let first = link(&scene, "ana@example.com").await;
    let second = link(&scene, "ana@example.com").await;
    assert_ne!(first, second);
    assert_eq!(choose(&scene.browser(), &first, NEW).await.status, 303);
    assert_offers_another(&scene.browser().get(&second).await);
}

#[rocket::async_test]
async fn a_link_to_the_address_of_before_is_void() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let link = link(&scene, "ana@example.com").await;
    assert_eq!(scene.browser().get(&link).await.status, 200);
    browser.edit(&[("email", "eva@example.com"), ("current_password", PASSWORD)]).await;
    let confirm = format!("/email/{}", scene.mailed_token().await);
    let page = browser.get(&confirm).await;
    assert_eq!(browser.submit(&page, &confirm, &[]).await.status, 303);
    assert_offers_another(&scene.browser().get(&link).await);
}

#[rocket::async_test]
async fn a_refused_password_is_never_shown_again() {
    let scene = Scene::new().await;
    scene.signed_in("ana@example.com").await;
    let link = link(&scene, "ana@example.com").await;
    let browser = scene.browser();
    let page = browser.get(&link).await;
    for (password, confirmation, faults) in [
        ("hush-1", "hush-2", 2),
        ("hush hush hush", "hush hush hush!", 1),
        ("password123", "password123", 1),
        ("Ana@Example.com", "Ana@Example.com", 1),
        ("", "", 1),
    ] {
        let fields = [("password", password), ("password_confirmation", confirmation)];
        let answer = browser.submit(&page, &link, &fields).await;
        assert_eq!((answer.status, answer.body.matches("aria-invalid=\"true\"").count()), (422, faults));
        assert!(password.is_empty() || !answer.body.contains(password), "{password}");
        assert!(answer.form(&link).contains_key("form_token"), "the form again: {password}");
    }
    assert_eq!(choose(&browser, &link, NEW).await.status, 303, "the link still holds");
}

#[rocket::async_test]
async fn a_browser_loses_its_session_only_if_that_was_the_accounts() {
    let scene = Scene::new().await;
    let ana = scene.signed_in("ana@example.com").await;
    let dan = scene.signed_in("dan@example.com").await;
    let first = link(&scene, "ana@example.com").await;
    assert_eq!(choose(&dan, &first, NEW).await.status, 303, "signed-in visitors choose as others do");
    assert!(dan.cookies().contains_key("shop_session"));
    assert_eq!(dan.get("/account").await.status, 200);

    ana.sign_in("ana@example.com", NEW).await;
    let second = link(&scene, "ana@example.com").await;
    assert_eq!(choose(&ana, &second, PASSWORD).await.status, 303);
    assert!(!ana.cookies().contains_key("shop_session"));
}

#[rocket::async_test]
async fn an_account_that_was_never_activated_is_active_then() {
    let scene = Scene::new().await;
    let browser = scene.browser();
    browser.register("ana@example.com").await;
    scene.mailed_token().await;
    let link = link(&scene, "ana@example.com").await;
    assert_eq!(choose(&browser, &link, NEW).await.status, 303);
    assert_eq!(browser.sign_in("ana@example.com", NEW).await.status, 303);
}

#[rocket::async_test]
async fn an_address_without_an_account_looks_like_any_other() {
    let scene = Scene::new().await;
    scene.signed_in("ana@example.com").await;
    let (known, unknown) = (scene.browser(), scene.browser());
    let answers = [ask(&known, "ana@example.com").await, ask(&unknown, "nobody@example.com").await]
        .map(|answer| (answer.status, answer.headers, answer.body));
    assert_eq!(answers[0], answers[1]);
    let pages = [known.get("/login").await.outline(), unknown.get("/login").await.outline()];
    assert_eq!(pages[0], pages[1]);
    let before = scene.mailbox.letters().len();
    scene.mailed_token().await;
    let to: Vec<_> =
        scene.mailbox.letters().split_off(before).into_iter().map(|letter| letter.message.to).collect();
    assert_eq!(to, ["ana@example.com".parse().expect("an address")], "nobody else is written to");
}

#[rocket::async_test]
async fn an_address_that_cannot_be_is_marked() {
    let scene = Scene::new().await;
    let refused = ask(&scene.browser(), "ana@").await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("value=\"ana@\"") && refused.body.contains("aria-invalid=\"true\""));
}

#[rocket::async_test]
async fn a_token_is_good_for_nothing_else() {
    let scene = Scene::new().await;
    scene.signed_in("ana@example.com").await;
    let token = link(&scene, "ana@example.com").await.replace("/reset/", "");
    let browser = scene.browser();
    for path in ["/activate/", "/email/", "/email/undo/"].map(|path| format!("{path}{token}")) {
        assert_eq!(browser.press(&path).await.status, 422, "{path}");
    }
    assert_eq!(choose(&browser, &format!("/reset/{token}"), NEW).await.status, 303);
}

#[rocket::async_test]
async fn the_page_to_sign_in_on_leads_there() {
    let scene = Scene::under("/shop").await;
    let login = scene.browser().get("/shop/fr/login").await;
    assert!(login.body.contains("href=\"/shop/fr/forgot\""), "{}", login.body);
}
