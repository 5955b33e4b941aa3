//! Checkout: one form, one order.

use rocket::futures::future::join_all;
use shop_core::catalog::change::ChangeProduct;
use shop_core::stock::{Stock, StockChange};
use shop_core::{Currency, Money};

use crate::scene::{Browser, Scene};

async fn orders(browser: &Browser) -> usize {
    browser.get("/orders").await.body.matches("data-order=").count()
}

#[rocket::async_test]
async fn ten_submissions_of_one_form_are_one_order() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    browser.add("SH03", "2").await;
    let page = browser.get("/checkout").await;
    let answers =
        join_all((0..10).map(|_| browser.submit(&page, "/checkout", &[("address", "Strada Scurtă 2")])))
            .await;
    let first = answers[0].location();
    assert!(first.starts_with("/orders/"));
    assert!(answers.iter().all(|answer| answer.status == 303 && answer.location() == first));
    assert_eq!(orders(&browser).await, 1);
    assert!(!browser.get("/cart").await.body.contains("data-quantity"), "the cart is empty");
}

#[rocket::async_test]
async fn somebody_elses_order_is_none() {
    let scene = Scene::new().await;
    let (ana, dan) = (scene.signed_in("ana@example.com").await, scene.signed_in("dan@example.com").await);
    ana.add("SH03", "1").await;
    let page = ana.get("/checkout").await;
    let placed = ana.submit(&page, "/checkout", &[("address", "Strada Scurtă 2")]).await;
    assert_eq!(ana.get(placed.location()).await.status, 200);
    let number = placed.location().rsplit('/').next().expect("a number").to_lowercase().replace('-', "");
    assert_eq!(ana.get(&format!("/orders/{number}")).await.status, 200, "as people write it");
    let (others, none) = (dan.get(placed.location()).await, dan.get("/orders/0000-0000-0").await);
    assert_eq!((others.status, none.status), (404, 404));
    assert_eq!(orders(&dan).await, 0);
}

#[rocket::async_test]
async fn a_total_that_has_changed_is_shown_before_it_is_paid() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    browser.add("SH03", "2").await;
    let page = browser.get("/checkout").await;
    let price = Some(Money::from_minor(40_000, Currency::RON));
    let change = ChangeProduct { sku: "SH03".parse().expect("a SKU"), stock: None, price, active: None };
    scene.shop.change_product(change).await.expect("changed");
    let refused = browser.submit(&page, "/checkout", &[("address", "Strada Scurtă 2")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("data-total=\"80000\"") && refused.body.contains("Strada Scurtă 2"));
    assert_eq!(refused.form("/checkout")["idempotency_key"], page.form("/checkout")["idempotency_key"]);
    for total in ["0", "-1", "80001", "x", "99999999999999999999"] {
        let fields = [("address", "Strada Scurtă 2"), ("total", total)];
        assert_eq!(browser.submit(&refused, "/checkout", &fields).await.status, 422, "{total}");
    }
    assert_eq!(orders(&browser).await, 0);
    assert_eq!(browser.submit(&refused, "/checkout", &[("address", "Strada Scurtă 2")]).await.status, 303);
}

/// Leaves so many pieces, or takes the product from sale.
async fn change(scene: &Scene, sku: &str, stock: Option<Stock>, active: Option<bool>) {
    let stock = stock.map(StockChange::Set);
    let change = ChangeProduct { sku: sku.parse().expect("a SKU"), stock, price: None, active };
    scene.shop.change_product(change).await.expect("changed");
}

#[rocket::async_test]
async fn a_line_that_has_run_short_is_marked_and_nothing_is_lost() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    browser.add("AMTR01", "1").await;
    browser.add("SH03", "3").await;
    let page = browser.get("/checkout").await;
    change(&scene, "SH03", Some(Stock::Counted(2)), None).await;
    let refused = browser.submit(&page, "/checkout", &[("address", "Strada Scurtă 2")]).await;
    assert_eq!(refused.status, 422);
    let outline = refused.outline();
    assert!(outline.contains("data-problem=short data-quantity=3 data-sku=SH03"), "{outline}");
    assert!(outline.contains("data-quantity=1 data-sku=AMTR01"), "{outline}");
    assert_eq!(refused.body.matches("aria-invalid=\"true\"").count(), 1, "{outline}");
    assert!(outline.contains("address=\"Strada Scurtă 2\"\n"), "{outline}");
    assert!(refused.body.contains("href=\"/cart\"") && refused.body.contains("role=\"alert\""));
    assert_eq!(refused.form("/checkout")["idempotency_key"], page.form("/checkout")["idempotency_key"]);
    assert_eq!(orders(&browser).await, 0);

    let token = browser.form_token().await;
    browser.post("/cart/items/SH03", &[("form_token", &token), ("quantity", "2")]).await;
    let again = browser.submit(&refused, "/checkout", &[("address", "Strada Scurtă 2")]).await;
    assert_eq!(again.status, 422, "the total is another one");
    assert_eq!(browser.submit(&again, "/checkout", &[("address", "Strada Scurtă 2")]).await.status, 303);
}

#[rocket::async_test]
async fn all_that_is_wrong_with_a_checkout_is_said_at_once() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    browser.add("AMTR01", "2").await;
    browser.add("SH03", "1").await;
    let page = browser.get("/checkout").await;
    change(&scene, "AMTR01", None, Some(false)).await;
    let refused = browser.submit(&page, "/checkout", &[("address", " \n")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.outline().contains("data-problem=hidden data-quantity=2 data-sku=AMTR01"));
    assert_eq!(refused.body.matches("aria-invalid=\"true\"").count(), 2, "the line and the address");
}

#[rocket::async_test]
async fn a_form_that_comes_again_later_orders_nothing_and_says_so() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    browser.add("SH03", "1").await;
    let page = browser.get("/checkout").await;
    let placed = browser.submit(&page, "/checkout", &[("address", "Strada Scurtă 2")]).await;
    let thanks = browser.get(placed.location()).await;
    assert!(thanks.body.contains("Thank you!") && !thanks.body.contains("placed before"));

    browser.add("AMTR01", "1").await;
    let again = browser.submit(&page, "/checkout", &[("address", "Strada Scurtă 2")]).await;
    assert_eq!((again.status, again.location()), (303, placed.location()));
    let told = browser.get(again.location()).await;
    assert!(told.body.contains("placed before") && !told.body.contains("Thank you!"), "{}", told.body);
    assert_eq!(orders(&browser).await, 1);
    assert!(browser.get("/cart").await.body.contains("data-sku=\"AMTR01\""), "the new cart is as it was");
}

#[rocket::async_test]
async fn nothing_is_ordered_from_an_empty_cart() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    assert_eq!(browser.get("/checkout").await.location(), "/cart");
    let token = browser.form_token().await;
    let form = [
        ("form_token", token.as_str()),
        ("address", "Strada Scurtă 2"),
        ("idempotency_key", "0123456789abcdef"),
    ];
    let refused = browser.post("/checkout", &form).await;
    assert!(refused.status == 422 && refused.outline().contains("address=\"Strada Scurtă 2\""));
    assert_eq!(orders(&browser).await, 0);
}

#[rocket::async_test]
async fn without_a_total_any_is_fine_and_without_a_key_none_is() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    browser.add("SH03", "1").await;
    let token = browser.form_token().await;
    let form = [("form_token", token.as_str()), ("address", "Strada Scurtă 2")];
    for key in ["", "short", "a b c d e f g"] {
        let form = [form[0], form[1], ("idempotency_key", key)];
        let refused = browser.post("/checkout", &form).await;
        assert_eq!(refused.status, 422, "{key}");
        assert!(refused.form("/checkout")["idempotency_key"].len() >= 8, "a fresh one");
    }
    let form = [form[0], form[1], ("idempotency_key", "0123456789abcdef")];
    assert_eq!(browser.post("/checkout", &form).await.status, 303);
}
