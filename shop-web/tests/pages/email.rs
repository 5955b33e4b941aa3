//! Another address: asked for, confirmed by its owner, and taken back by the owner of the old one.

use std::time::Duration;

use rocket::http::Method;
use shop_core::outbox::Mail;

use crate::scene::{Browser, PASSWORD, Scene, Seen};

const NEW: &str = "eva@example.com";

/// Asks for another address and returns the link in the mail to it.
async fn asked(scene: &Scene, browser: &Browser, email: &str) -> String {
    let answer = browser.edit(&[("email", email), ("current_password", PASSWORD)]).await;
    assert_eq!((answer.status, answer.location()), (303, "/account"));
    format!("/email/{}", scene.mailed_token().await)
}

/// Changes the address and returns the link in the mail to the old one.
async fn changed(scene: &Scene, browser: &Browser) -> String {
    let link = asked(scene, browser, NEW).await;
    assert_eq!(scene.browser().press(&link).await.status, 303);
    format!("/email/undo/{}", scene.mailed_token().await)
}

fn assert_void(answer: &Seen) {
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("This link is no longer valid."), "{}", answer.body);
}

#[rocket::async_test]
async fn an_address_counts_once_its_owner_has_confirmed_it() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let link = asked(&scene, &browser, NEW).await;
    let account = browser.get("/account").await;
    assert!(account.body.contains("An e-mail is on its way to the new address"), "{}", account.body);
    assert!(account.body.contains("ana@example.com") && !account.body.contains(NEW));

    let elsewhere = scene.browser();
    for method in [Method::Get, Method::Head, Method::Get] {
        assert_eq!(elsewhere.send(elsewhere.request(method, &link)).await.status, 200);
    }
    assert_eq!(elsewhere.sign_in(NEW, PASSWORD).await.status, 422, "following the link changes nothing");
    let confirmed = elsewhere.press(&link).await;
    assert_eq!((confirmed.status, confirmed.location()), (303, "/login"));
    assert!(elsewhere.get("/login").await.body.contains("uses the new e-mail address"));
    assert!(browser.get("/account").await.body.contains(NEW), "sessions go on");
    assert_eq!(elsewhere.sign_in("ana@example.com", PASSWORD).await.status, 422);
    assert_eq!(elsewhere.sign_in(NEW, PASSWORD).await.status, 303);

    let Mail::EmailChanged { email } = scene.newest_mail().await else { panic!("a mail to the old address") };
    assert_eq!(email.as_str(), NEW);
    let newest = scene.mailbox.letters().pop().expect("a letter").message;
    assert_eq!(newest.to.as_str(), "ana@example.com");
}

#[rocket::async_test]
async fn who_is_signed_in_comes_back_to_the_account() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let link = asked(&scene, &browser, NEW).await;
    let confirmed = browser.press(&link).await;
    assert_eq!((confirmed.status, confirmed.location()), (303, "/account"));
}

#[rocket::async_test]
async fn a_link_confirms_once_and_not_for_ever() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let link = asked(&scene, &browser, NEW).await;
    assert_eq!(browser.press(&link).await.status, 303);
    assert_void(&browser.press(&link).await);
    let late = asked(&scene, &browser, "ada@example.com").await;
    scene.clock.advance(Duration::from_hours(48));
    assert_void(&browser.press(&late).await);
    assert!(browser.get("/account").await.body.contains(NEW));
}

#[rocket::async_test]
async fn a_new_password_makes_the_link_void() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let link = asked(&scene, &browser, NEW).await;
    let fields = [
        ("current_password", PASSWORD),
        ("password", "another horse battery"),
        ("password_confirmation", "another horse battery"),
    ];
    assert_eq!(browser.edit(&fields).await.status, 303);
    assert_void(&browser.press(&link).await);
}

#[rocket::async_test]
async fn an_address_that_has_an_account_looks_like_any_other() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    scene.signed_in("dan@example.com").await;
    let mut answers = Vec::new();
    for email in ["dan@example.com", "free@example.com"] {
        let answer = browser.edit(&[("email", email), ("current_password", PASSWORD)]).await;
        let account = browser.get("/account").await.outline();
        answers.push((answer.status, answer.headers, answer.body, account));
    }
    assert_eq!(answers[0], answers[1]);
    scene.newest_mail().await;
    let mails = scene.mailbox.letters().into_iter().rev().take(2);
    let mut mails: Vec<_> =
        mails.map(|letter| (letter.message.to.to_string(), letter.message.mail)).collect();
    mails.sort_by(|one, other| one.0.cmp(&other.0));
    let expected = [("dan@example.com", Mail::AlreadyRegistered), ("free@example.com", Mail::EmailChange)];
    assert_eq!(mails, expected.map(|(to, mail)| (to.to_owned(), mail)));
}

#[rocket::async_test]
async fn an_address_that_somebody_was_quicker_to_get_is_told_as_such() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let link = asked(&scene, &browser, NEW).await;
    scene.signed_in(NEW).await;
    let refused = browser.press(&link).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("another account has this e-mail address"), "{}", refused.body);
    assert!(browser.get("/account").await.body.contains("ana@example.com"));
}

#[rocket::async_test]
async fn the_owner_of_the_old_address_takes_it_back() {
    let scene = Scene::new().await;
    let thief = scene.signed_in("ana@example.com").await;
    let link = changed(&scene, &thief).await;
    let owner = scene.browser();
    for method in [Method::Get, Method::Head] {
        assert_eq!(owner.send(owner.request(method, &link)).await.status, 200);
    }
    assert_eq!(thief.get("/account").await.status, 200, "following the link changes nothing");
    let undone = owner.press(&link).await;
    assert_eq!((undone.status, undone.location()), (303, "/login"));
    assert!(owner.get("/login").await.body.contains("with a link to choose a new password is on its way"));
    assert_eq!(thief.get("/account").await.status, 303, "all sessions have ended");
    assert_eq!(scene.browser().sign_in(NEW, PASSWORD).await.status, 422);

    let reset = format!("/reset/{}", scene.mailed_token().await);
    let page = owner.get(&reset).await;
    let fields = [("password", "another horse battery"), ("password_confirmation", "another horse battery")];
    assert_eq!(owner.submit(&page, &reset, &fields).await.status, 303);
    assert_eq!(owner.sign_in("ana@example.com", "another horse battery").await.status, 303);
    assert_void(&owner.press(&link).await);
}

#[rocket::async_test]
async fn undoing_ends_the_session_of_the_same_browser_too() {
    let scene = Scene::new().await;
    let ana = scene.signed_in("ana@example.com").await;
    let link = changed(&scene, &ana).await;
    assert_eq!(ana.press(&link).await.status, 303);
    assert!(!ana.cookies().contains_key("shop_session"));
    assert_eq!(ana.sign_in("ana@example.com", PASSWORD).await.status, 422, "the thief knows the password");

    let scene = Scene::new().await;
    let (ana, dan) = (scene.signed_in("ana@example.com").await, scene.signed_in("dan@example.com").await);
    let link = changed(&scene, &ana).await;
    assert_eq!(dan.press(&link).await.status, 303);
    assert_eq!(dan.get("/account").await.status, 200, "another account's session goes on");
}

#[rocket::async_test]
async fn an_undo_link_holds_for_a_week() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let link = changed(&scene, &browser).await;
    scene.clock.advance(Duration::from_hours(7 * 24));
    assert_void(&scene.browser().press(&link).await);
    assert!(browser.get("/account").await.body.contains(NEW));
}

#[rocket::async_test]
async fn a_link_that_was_cut_short_says_what_to_do() {
    let scene = Scene::new().await;
    for (path, way) in
        [("/email/abc", "/account/edit"), ("/email/undo/abc", "/forgot"), ("/email/undo", "/account/edit")]
    {
        let page = scene.browser().get(path).await;
        assert_void(&page);
        assert!(page.body.contains(&format!("href=\"{way}\"")), "{path}: {}", page.body);
    }
}
