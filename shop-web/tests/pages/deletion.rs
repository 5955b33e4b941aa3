//! Deleting an account: what goes, what stays, and what happens at the same moment.

use rocket::tokio;
use shop_core::outbox::Mail;

use crate::scene::{Browser, PASSWORD, Scene, Seen};

async fn delete(browser: &Browser, password: &str) -> Seen {
    let page = browser.get("/account/delete").await;
    browser.submit(&page, "/account/delete", &[("password", password)]).await
}

#[rocket::async_test]
async fn an_account_goes_with_all_that_is_its_own() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let elsewhere = scene.browser();
    elsewhere.sign_in("ana@example.com", PASSWORD).await;
    browser.add("SH03", "1").await;
    let order = browser.order().await;
    browser.add("AMTR01", "1").await;
    let page = browser.get("/account/delete").await;
    assert!(page.body.contains("What is deleted") && page.body.contains("What stays"));

    let deleted = browser.submit(&page, "/account/delete", &[("password", PASSWORD)]).await;
    assert_eq!((deleted.status, deleted.location()), (303, "/login"));
    let cookies = browser.cookies();
    assert!(!cookies.contains_key("shop_session") && !cookies.contains_key("shop_browser"), "{cookies:?}");
    assert!(browser.get("/login").await.body.contains("Your account has been deleted."));
    assert_eq!(elsewhere.get("/account").await.status, 303, "all sessions have ended");
    assert_eq!(browser.sign_in("ana@example.com", PASSWORD).await.status, 422);
    assert_eq!(scene.newest_mail().await, Mail::AccountDeleted);
    assert_eq!(scene.mailbox.letters().pop().expect("a letter").message.to.as_str(), "ana@example.com");

    let again = scene.signed_in("ana@example.com").await;
    assert_eq!(again.get(&order).await.status, 404, "a new account with the address has nothing of the old");
    assert!(again.get("/cart").await.body.contains("Your cart is empty."));
}

#[rocket::async_test]
async fn it_takes_the_password_and_the_button() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    for (password, text) in [("", "Please fill in this field."), ("hush hush", "The password is wrong.")] {
        let refused = delete(&browser, password).await;
        assert_eq!((refused.status, refused.body.matches("aria-invalid=\"true\"").count()), (422, 1));
        assert!(refused.body.contains(text) && !refused.body.contains("hush hush"), "{}", refused.body);
    }
    browser.get("/account/delete").await;
    assert_eq!(browser.get("/account").await.status, 200);
}

#[rocket::async_test]
async fn a_form_from_before_is_answered_with_the_way_to_sign_in() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    browser.add("SH03", "1").await;
    let other = browser.window();
    let (checkout, edit) = (other.get("/checkout").await, other.get("/account/edit").await);
    assert_eq!(delete(&browser, PASSWORD).await.status, 303);
    for (page, action) in [(&checkout, "/checkout"), (&edit, "/account/edit")] {
        let answer = other.submit(page, action, &[("address", "Strada Scurtă 2")]).await;
        assert_eq!(answer.status, 401, "{action}");
        assert!(answer.form("/login").contains_key("form_token"), "{action}");
    }
}

/// Whichever comes first: there is an order without an owner, or there is none, and nothing is "our fault".
#[rocket::async_test]
async fn an_order_at_the_same_moment() {
    for _ in 0..4 {
        let scene = Scene::new().await;
        let browser = scene.signed_in("ana@example.com").await;
        browser.add("SH03", "5").await;
        let buyer = browser.window();
        let (checkout, form) = (buyer.get("/checkout").await, browser.get("/account/delete").await);
        let address = [("address", "Strada Scurtă 2")];
        let password = [("password", PASSWORD)];
        let (ordered, deleted) = tokio::join!(
            buyer.submit(&checkout, "/checkout", &address),
            browser.submit(&form, "/account/delete", &password),
        );
        assert_eq!((deleted.status, deleted.location()), (303, "/login"));
        assert!(matches!(ordered.status, 303 | 401), "{}", ordered.status);
        assert_eq!(buyer.get("/account").await.status, 303);
        let left = scene.browser().get("/products/smart-hub").await.body.contains("Sold out");
        assert_eq!(left, ordered.status == 303, "the pieces are gone if there is an order");
    }
}

#[rocket::async_test]
async fn twice_at_once_is_as_good_as_once() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let (first, second) = (browser.window(), browser.window());
    let answers = tokio::join!(delete(&first, PASSWORD), delete(&second, PASSWORD));
    let mut statuses = [answers.0.status, answers.1.status];
    statuses.sort_unstable();
    assert!(statuses[0] == 303 && matches!(statuses[1], 303 | 401), "{statuses:?}");
    assert_eq!(browser.get("/account").await.status, 303);
}
