//! Everything kept about an account, as a file.

use crate::scene::{PASSWORD, Scene};

#[rocket::async_test]
async fn it_has_everything_and_nothing_that_opens_the_account() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    scene.signed_in("dan@example.com").await;
    browser.add("SH03", "2").await;
    let order = browser.order().await;
    browser.add("AMTR01", "3").await;
    let answer = browser.get("/account/export").await;
    assert_eq!((answer.status, answer.header("Content-Type")), (200, Some("application/json")));
    assert_eq!(answer.header("Cache-Control"), Some("no-store"));
    let disposition = answer.header("Content-Disposition").expect("a file");
    assert!(disposition.starts_with("attachment; filename=\"account-2"), "{disposition}");
    assert!(disposition.ends_with(".json\""), "{disposition}");
    assert!(answer.body.starts_with("{\n  \""), "people can read it");

    let export: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!(export["account"]["email"], "ana@example.com");
    assert_eq!(export["account"]["address"], "Strada Lungă 1\nBrașov");
    assert_eq!((&export["cart"][0]["sku"], &export["cart"][0]["quantity"]), (&"AMTR01".into(), &3.into()));
    assert_eq!(format!("/orders/{}", export["orders"][0]["number"].as_str().expect("a number")), order);
    assert_eq!(export["orders"][0]["lines"][0]["sku"], "SH03");
    let lengths = ["sessions", "orders", "messages"].map(|part| export[part].as_array().map(Vec::len));
    assert_eq!(lengths, [Some(1), Some(1), Some(2)], "one session, one order, mails about both");

    let key = browser.get("/account/sessions").await;
    let key = key.body.split(" data-session=\"").nth(1).and_then(|rest| rest.split('"').next());
    for secret in ["argon2", PASSWORD, "dan@", key.expect("a key"), &browser.cookies()["shop_session"]] {
        assert!(!answer.body.contains(secret), "{secret}");
    }
}
