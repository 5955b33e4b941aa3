//! The cart: what it takes, and what it says when it does not.

use shop_core::catalog::change::ChangeProduct;
use shop_core::stock::Stock;

use crate::scene::{Browser, Scene, stock};

/// The lines of the cart, as the page marks them.
async fn lines(browser: &Browser) -> Vec<String> {
    let outline = browser.get("/cart").await.outline();
    outline.lines().filter(|line| line.contains("data-quantity")).map(str::to_owned).collect()
}

async fn set(browser: &Browser, sku: &str, quantity: &str) -> crate::scene::Seen {
    let token = browser.form_token().await;
    browser.post(&format!("/cart/items/{sku}"), &[("form_token", &token), ("quantity", quantity)]).await
}

#[rocket::async_test]
async fn adds_sets_removes_and_clears() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    for (sku, quantity) in [("SH03", "2"), ("SH03", "1"), ("AMTR01", " 007 ")] {
        let answer = browser.add(sku, quantity).await;
        assert_eq!((answer.status, answer.location()), (303, "/cart"));
    }
    assert_eq!(
        lines(&browser).await,
        [
            "data-line-total=104700 data-quantity=3 data-sku=SH03",
            "data-line-total=132300 data-quantity=7 data-sku=AMTR01"
        ]
    );
    assert_eq!(set(&browser, "SH03", "1").await.location(), "/cart");
    assert_eq!(set(&browser, "AMTR01", "0").await.location(), "/cart");
    assert_eq!(lines(&browser).await, ["data-line-total=34900 data-quantity=1 data-sku=SH03"]);
    let page = browser.get("/cart").await;
    assert_eq!(browser.submit(&page, "/cart/clear", &[]).await.location(), "/cart");
    assert_eq!(lines(&browser).await, [""; 0]);
}

#[rocket::async_test]
async fn what_is_refused_is_said_beside_the_field_and_nothing_changes() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    browser.add("SH03", "4").await;
    let before = lines(&browser).await;
    for (sku, quantity, faulty) in [
        ("SH03", "2", &["quantity"][..]),
        ("SH03", "0", &["quantity"]),
        ("SH03", "1000", &["quantity"]),
        ("SH03", "-1", &["quantity"]),
        ("SH03", "two", &["quantity"]),
        ("SH03", "", &["quantity"]),
        ("USB02-64", "1", &["quantity"]),
        ("AMTR01", "1.5", &["quantity"]),
        ("KN04", "1", &["sku"]),
        ("KN04", "none", &["quantity"]),
        ("sh03", "1", &["sku"]),
        ("", "1", &["sku"]),
        ("sh03", "two", &["sku", "quantity"]),
    ] {
        let answer = browser.add(sku, quantity).await;
        assert_eq!(answer.status, 422, "{quantity} of {sku}");
        assert_eq!(answer.body.matches("aria-invalid").count(), faulty.len(), "{quantity} of {sku}");
        for field in faulty {
            let typed = if *field == "sku" { sku } else { quantity };
            let marked = format!("{field}={typed:?} invalid");
            assert!(answer.outline().contains(&marked), "{marked} in {}", answer.outline());
        }
    }
    for (sku, quantity) in [("SH03", "6"), ("SH03", "1000"), ("SH03", "x"), ("SH03", "")] {
        let answer = set(&browser, sku, quantity).await;
        assert_eq!(answer.status, 422, "{quantity} of {sku}");
        assert!(answer.outline().contains(&format!("quantity={quantity:?} invalid")), "{quantity} of {sku}");
    }
    let elsewhere = set(&browser, "KN04", "1").await;
    assert!(elsewhere.status == 422 && elsewhere.outline().contains("quantity=\"1\" invalid"));
    assert_eq!(lines(&browser).await, before);
}

#[rocket::async_test]
async fn a_line_that_cannot_be_ordered_says_so() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    browser.add("SH03", "3").await;
    browser.add("AMTR01", "1").await;
    let change = |sku: &str, stock, active| ChangeProduct {
        sku: sku.parse().expect("a SKU"),
        stock,
        price: None,
        active,
    };
    scene.shop.change_product(change("SH03", Some(Stock::Counted(1).into()), None)).await.expect("changed");
    scene.shop.change_product(change("AMTR01", None, Some(false))).await.expect("changed");
    assert_eq!(
        lines(&browser).await,
        [
            "data-line-total=104700 data-problem=short data-quantity=3 data-sku=SH03",
            "data-problem=hidden data-quantity=1 data-sku=AMTR01"
        ]
    );
    let page = browser.get("/cart").await.outline();
    for quantity in ["3", "1"] {
        assert!(page.contains(&format!("quantity={quantity:?} invalid")), "{page}");
    }
    let refused = set(&browser, "AMTR01", "2").await;
    assert!(refused.status == 422 && refused.outline().contains("quantity=\"2\" invalid"));
    let checkout = browser.get("/checkout").await;
    assert_eq!((checkout.status, checkout.location()), (303, "/cart"));
    assert_eq!(set(&browser, "AMTR01", "0").await.status, 303, "it can be taken out");
}

#[rocket::async_test]
async fn a_cart_has_100_lines() {
    let scene = Scene::new().await;
    let variants =
        (0..101).map(|number| stock::variant(&format!("N{number:03}"), 100, None, &number.to_string()));
    let variants: Vec<_> = variants.collect();
    for (number, variants) in variants.chunks(51).enumerate() {
        stock::add(&scene.shop, &format!("many-{number}"), None, "Many", variants.to_vec()).await;
    }
    let browser = scene.signed_in("ana@example.com").await;
    for number in 0..100 {
        assert_eq!(browser.add(&format!("N{number:03}"), "1").await.status, 303);
    }
    assert_eq!(browser.add("N100", "1").await.status, 422);
    assert_eq!(lines(&browser).await.len(), 100);
}
