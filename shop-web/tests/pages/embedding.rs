//! The shop as a guest in somebody else's Rocket.

use rocket::error::ErrorKind;
use rocket::http::Status;
use rocket::{Build, Request, Rocket, catch, catchers, get, routes};
use shop_web::{Instance, WebConfig};

use crate::scene::{self, Browser, Scene, config};

#[get("/about")]
fn about() -> &'static str {
    "about us"
}

#[get("/ro/about")]
fn about_in_romanian() -> &'static str {
    "despre noi"
}

#[get("/broken")]
fn broken() -> Status {
    Status::ImATeapot
}

/// An embedder's Rocket with the shop under this base path.
async fn rocket(base_path: &str) -> Rocket<Build> {
    let config = WebConfig { base_path: base_path.parse().expect("a path"), ..config() };
    rocket::custom(shop_web::figment())
        .mount("/", routes![about, about_in_romanian, broken])
        .attach(shop_web::stage(Scene::new().await.shop, config))
}

#[rocket::async_test]
async fn the_embedders_own_pages_stay_as_they_are() {
    for base_path in ["/", "/shop"] {
        let browser = Browser::new(scene::launch(rocket(base_path).await).await);
        for (path, body) in [("/about", "about us"), ("/ro/about", "despre noi")] {
            let answer = browser.get(path).await;
            assert_eq!((answer.status, answer.body.as_str()), (200, body), "{path} beside {base_path}");
            for header in
                ["Content-Security-Policy", "Cache-Control", "Vary", "Set-Cookie", "Referrer-Policy"]
            {
                assert_eq!(answer.header(header), None, "{path} beside {base_path}");
            }
        }
        let broken = browser.get("/broken").await;
        assert_eq!(broken.status, 418);
        assert!(broken.body.contains("teapot") && broken.header("Content-Security-Policy").is_none());
    }
}

#[rocket::async_test]
async fn beside_a_base_path_nothing_is_the_shops() {
    let browser = Browser::new(scene::launch(rocket("/shop").await).await);
    for path in ["/", "/cart", "/ro", "/ro/cart", "/ro/shop", "/shopping", "/static/shop.css", "/nothing"] {
        let answer = browser.get(path).await;
        assert_eq!((answer.status, answer.header("Content-Security-Policy")), (404, None), "{path}");
    }
    for path in ["/shop", "/shop/", "/shop/ro", "/shop/ro/products/smart-hub", "/shop/static/shop.css"] {
        assert_eq!(browser.get(path).await.status, 200, "{path}");
    }
    let posted = browser.post("/about", &[]).await;
    assert_eq!(
        (posted.status, posted.header("Allow")),
        (404, None),
        "the methods of others are theirs to tell"
    );
    let missing = browser.get("/shop/nothing").await;
    assert!(missing.status == 404 && missing.header("Content-Security-Policy").is_some());
}

#[catch(default)]
fn theirs(status: Status, _: &Request<'_>) -> String {
    format!("theirs: {status}")
}

#[rocket::async_test]
async fn the_embedders_catcher_goes_before_the_shops() {
    let browser = Browser::new(scene::launch(rocket("/").await.register("/", catchers![theirs])).await);
    assert_eq!(browser.get("/nothing").await.body, "theirs: 404 Not Found");
    let own = browser.get("/products/no-such").await;
    assert!(own.status == 404 && own.body.contains("<title>"), "errors of the shop's routes are the shop's");
}

async fn assert_refused(rocket: Rocket<Build>) {
    let error = rocket.ignite().await.expect_err("a Rocket that stays on the ground");
    assert!(matches!(error.kind(), ErrorKind::FailedFairings(_)), "{error:?}");
}

#[rocket::async_test]
async fn one_rocket_takes_one_shop() {
    let shop = Scene::new().await.shop;
    let twice = rocket("/shop").await.attach(shop_web::stage(shop, config()));
    assert_refused(twice).await;
}

#[rocket::async_test]
async fn a_version_that_no_header_can_carry_stops_the_start() {
    let instance = Instance { version: "1.0\r\nX: y".into(), track: "stable".into(), host: "web-2".into() };
    let config = WebConfig { show_instance: Some(instance), ..config() };
    let shop = Scene::new().await.shop;
    assert_refused(rocket::custom(shop_web::figment()).attach(shop_web::stage(shop, config))).await;
}

#[rocket::async_test]
async fn a_public_url_with_another_path_stops_the_start() {
    for (public_url, base_path, starts) in [
        ("https://example.com/shop", "/shop", true),
        ("https://example.com", "/shop", true),
        ("https://example.com/store", "/shop", false),
        ("https://example.com/shop", "/", false),
    ] {
        let config = WebConfig {
            public_url: public_url.parse().expect("a URL"),
            base_path: base_path.parse().expect("a path"),
            ..config()
        };
        let rocket =
            rocket::custom(shop_web::figment()).attach(shop_web::stage(Scene::new().await.shop, config));
        if starts {
            scene::launch(rocket).await;
        } else {
            assert_refused(rocket).await;
        }
    }
}

#[rocket::async_test]
async fn an_overlay_that_cannot_be_read_stops_the_start() {
    let shop = Scene::new().await.shop;
    let config = WebConfig { overlay: Some("no/such/folder".into()), ..config() };
    assert_refused(rocket::custom(shop_web::figment()).attach(shop_web::stage(shop, config))).await;
}
