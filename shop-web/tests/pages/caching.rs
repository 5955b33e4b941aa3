//! Signed-out pages of the catalog are the same for everybody, and kept for half a second.

use std::time::Duration;

use rocket::futures::future::join_all;
use rocket::http::{Header, Method};
use shop_core::catalog::Sku;
use shop_core::catalog::change::ChangeProduct;
use shop_core::{Currency, Money};

use crate::scene::{Browser, Scene, Seen, config};

const PUBLIC: [&str; 4] = ["/", "/?q=drive&sort=price_up", "/ro/?category=storage", "/products/smart-hub"];

#[rocket::async_test]
async fn a_signed_out_page_carries_nothing_personal() {
    let scene = Scene::new().await;
    for address in PUBLIC {
        let visitor = scene.browser();
        let page = visitor.get(address).await;
        assert_eq!(page.status, 200, "{address}");
        assert_eq!(page.header("Cache-Control"), Some("public, max-age=0, must-revalidate"));
        assert_eq!(page.header("Set-Cookie"), None);
        assert!(!page.body.contains("form_token"), "{address}");
        assert!(page.body.contains("disabled"), "the add button, on {address}");
        let somebody_else = scene.browser();
        somebody_else.set_cookie("shop_session", &"0".repeat(64));
        somebody_else.set_cookie("shop_notice", "item-added");
        assert_eq!(somebody_else.get(address).await.body, page.body);
    }
}

#[rocket::async_test]
async fn search_engines_keep_no_search_and_one_order_of_a_category() {
    let scene = Scene::new().await;
    let shopper = scene.signed_in("ana@example.com").await;
    let kept = [
        ("/?sort=price_up", "/"),
        ("/?sort=price_down&category=storage", "/?category=storage"),
        ("/products/smart-hub", "/products/smart-hub"),
    ];
    for browser in [&scene.browser(), &shopper] {
        for (address, canonical) in kept {
            let page = browser.get(address).await.body;
            let link = format!("<link rel=\"canonical\" href=\"http://localhost:8000{canonical}\">");
            assert!(page.contains(&link) && !page.contains("noindex"), "{address}: {page}");
        }
        for address in ["/?q=drive", "/?q=drive&category=storage&sort=price_up", "/?q=no%20such%20thing"] {
            let page = browser.get(address).await.body;
            assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"), "{address}: {page}");
            assert!(!page.contains("canonical") && !page.contains("x-default"), "{address}: {page}");
        }
    }
    let page = scene.browser().get("/?q=drive").await.body;
    assert!(page.contains("/login?next=%2F%3Fq%3Ddrive\""), "signing in leads back: {page}");
}

#[rocket::async_test]
async fn a_signed_in_page_is_for_nobody_else() {
    let scene = Scene::new().await;
    let shopper = scene.signed_in("ana@example.com").await;
    for address in PUBLIC.into_iter().chain(["/cart", "/account", "/orders", "/login", "/nothing"]) {
        let page = shopper.get(address).await;
        assert_eq!(
            (page.header("Cache-Control"), page.header("ETag")),
            (Some("no-store"), None),
            "{address}"
        );
        assert!(page.body.contains("Ana"), "{address}");
        assert!(!scene.browser().get(address).await.body.contains("Ana"), "{address}");
    }
}

#[rocket::async_test]
async fn one_rendering_serves_all_who_are_signed_in_and_each_sees_their_own() {
    let scene = Scene::new().await;
    let ana = scene.signed_in("ana@example.com").await;
    let dan = scene.signed_in("dan@example.com").await;
    ana.add("SH03", "3").await;
    for browser in [&ana, &dan] {
        browser.get("/cart").await; // says what has happened, once
    }
    for address in PUBLIC {
        let (first, second) = (ana.get(address).await, dan.get(address).await);
        for (page, browser) in [(&first, &ana), (&second, &dan)] {
            let token = browser.form_token().await;
            assert!(
                page.body.matches(&token).count() >= 2,
                "the forms' and the button's to sign out, on {address}"
            );
            assert_eq!(page.body.matches(&token).count(), page.body.matches("form_token").count());
        }
        assert!(
            first.body.contains("class=\"count\"") && !second.body.contains("class=\"count\""),
            "{address}"
        );
        scene.clock.advance(Duration::from_secs(1));
        let (other, one) = (dan.get(address).await, ana.get(address).await);
        assert_eq!((&one.body, &other.body), (&first.body, &second.body), "whoever comes first, {address}");
    }
}

#[rocket::async_test]
async fn templates_that_greet_in_another_place_are_served_rightly_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let templates = folder.path().join("templates");
    std::fs::create_dir(&templates).expect("created");
    let product = "{% extends \"layout.html\" %}{% block title %}{{ name }}{% endblock title %}{% block main %}\
                   <p id=\"pieces\">{% if page.visitor %}{{ page.visitor.pieces }}{% endif %}</p>{% endblock main %}";
    std::fs::write(templates.join("product.html"), product).expect("written");
    let scene = Scene::with(shop_web::WebConfig { overlay: Some(folder.path().into()), ..config() }).await;
    let (ana, dan) = (scene.signed_in("ana@example.com").await, scene.signed_in("dan@example.com").await);
    ana.add("SH03", "3").await;
    ana.get("/cart").await;
    dan.get("/cart").await;
    for (browser, pieces) in [(&ana, 3), (&dan, 0), (&ana, 3)] {
        let page = browser.get("/products/smart-hub").await;
        assert!(page.body.contains(&format!("<p id=\"pieces\">{pieces}</p>")), "{}", page.body);
    }
}

#[rocket::async_test]
async fn what_a_browser_has_already_is_not_sent_again() {
    let scene = Scene::new().await;
    let browser = scene.browser();
    for address in PUBLIC.into_iter().chain(["/static/shop.css", "/pictures/sh03.svg"]) {
        let etag = browser.get(address).await.header("ETag").expect("a tag").to_owned();
        let condition = |tags: &str| {
            browser.request(Method::Get, address).header(Header::new("If-None-Match", tags.to_owned()))
        };
        for tags in [etag.clone(), format!("W/{etag}"), format!("\"other\", {etag}"), "*".to_owned()] {
            let answer = browser.send(condition(&tags)).await;
            assert_eq!((answer.status, answer.body.as_str()), (304, ""), "{address} {tags}");
            assert_eq!(answer.header("ETag"), Some(etag.as_str()));
        }
        for tags in ["\"other\"", "", "nonsense"] {
            assert_eq!(browser.send(condition(tags)).await.status, 200, "{address} {tags}");
        }
    }
}

async fn set_price(scene: &Scene, minor: i64) {
    let sku: Sku = "SH03".parse().expect("a SKU");
    let price = Some(Money::from_minor(minor, Currency::RON));
    scene
        .shop
        .change_product(ChangeProduct { sku, stock: None, price, active: None })
        .await
        .expect("changed");
}

async fn tag(browser: &Browser, address: &str) -> String {
    browser.get(address).await.header("ETag").expect("a tag").to_owned()
}

#[rocket::async_test]
async fn a_change_of_price_shows_within_a_second() {
    let scene = Scene::new().await;
    let shopper = scene.signed_in("ana@example.com").await;
    shopper.get("/cart").await;
    for browser in [scene.browser(), shopper] {
        for address in ["/", "/products/smart-hub"] {
            let before = browser.get(address).await.body;
            set_price(&scene, 12_300).await;
            scene.clock.advance(Duration::from_millis(499));
            assert_eq!(browser.get(address).await.body, before, "kept");
            scene.clock.advance(Duration::from_millis(1));
            let after = browser.get(address).await.body;
            assert!(after.contains("123.00") && !before.contains("123.00"), "{address}");
            set_price(&scene, 34_900).await;
            scene.clock.advance(Duration::from_secs(1));
        }
    }
}

#[rocket::async_test]
async fn a_clock_that_was_set_back_keeps_no_page() {
    let scene = Scene::new().await;
    let browser = scene.browser();
    let before = tag(&browser, "/products/smart-hub").await;
    set_price(&scene, 12_300).await;
    scene.clock.set(shop_core::Timestamp::from_micros(0));
    assert_ne!(tag(&browser, "/products/smart-hub").await, before);
}

#[rocket::async_test]
async fn many_ways_of_asking_lead_to_one_page_and_other_pages_to_others() {
    let scene = Scene::new().await;
    let browser = scene.browser();
    let same = ["/", "/?", "/?q=&page=1", "/?sort=catalog&x=1", "/?sort=nonsense"];
    let pages: Vec<Seen> = join_all(same.map(|address| browser.get(address))).await;
    assert!(pages.iter().all(|page| page.body == pages[0].body));
    let others = ["/en", "/ro", "/?q=drive", "/?sort=newest", "/?category=storage", "/products/smart-hub"];
    for page in join_all(others.map(|address| browser.get(address))).await {
        assert_ne!(page.body, pages[0].body);
    }
}

#[rocket::async_test]
async fn static_files_with_their_version_are_kept_for_ever() {
    let scene = Scene::new().await;
    let browser = scene.browser();
    let page = browser.get("/").await.body;
    let start = page.find("/static/shop.css?v=").expect("a stylesheet");
    let address = page[start..].split('"').next().expect("its address");
    let style = browser.get(address).await;
    assert_eq!((style.status, style.header("Content-Type")), (200, Some("text/css; charset=utf-8")));
    assert_eq!(style.header("Cache-Control"), Some("public, max-age=31536000, immutable"));
    for other in ["/static/shop.css", "/static/shop.css?v=old"] {
        assert_eq!(browser.get(other).await.header("Cache-Control"), Some("public, no-cache"), "{other}");
    }
    let picture = browser.get("/pictures/sh03.svg").await;
    assert_eq!(picture.header("Content-Type"), Some("image/svg+xml"));
    assert!(picture.header("Content-Security-Policy").expect("a policy").contains("sandbox"));
}
