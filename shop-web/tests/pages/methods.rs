//! Methods that a page does not take, told from addresses that have no page.

use rocket::http::Method;

use crate::scene::{Browser, Scene, Seen, assert_own_page};

async fn ask(browser: &Browser, method: Method, path: &str) -> Seen {
    browser.send(browser.request(method, path)).await
}

#[rocket::async_test]
async fn a_wrong_method_is_told_which_are_right() {
    let scene = Scene::new().await;
    let browser = scene.browser();
    for (method, path, allowed) in [
        (Method::Put, "/cart", "GET, HEAD, OPTIONS"),
        (Method::Delete, "/cart/items/SH03", "POST, OPTIONS"),
        (Method::Patch, "/account", "GET, HEAD, OPTIONS"),
        (Method::Post, "/account", "GET, HEAD, OPTIONS"),
        (Method::Post, "/", "GET, HEAD, OPTIONS"),
        (Method::Post, "/?q=hub", "GET, HEAD, OPTIONS"),
        (Method::Post, "/ro", "GET, HEAD, OPTIONS"),
        (Method::Post, "/products/smart-hub", "GET, HEAD, OPTIONS"),
        (Method::Delete, "/login", "GET, HEAD, POST, OPTIONS"),
        (Method::Get, "/logout", "POST, OPTIONS"),
        (Method::Get, "/cart/clear", "POST, OPTIONS"),
        (Method::Get, "/orders/7QX4-M2KD-9/cancel", "POST, OPTIONS"),
        (Method::Post, "/orders/7QX4-M2KD-9/print", "GET, HEAD, OPTIONS"),
        (Method::Get, "/ro/cart/items", "POST, OPTIONS"),
        (Method::Post, "/static/shop.css", "GET, HEAD, OPTIONS"),
    ] {
        let answer = ask(&browser, method, path).await;
        assert_eq!((answer.status, answer.header("Allow")), (405, Some(allowed)), "{method} {path}");
        assert_own_page(&answer, path);
        assert!(answer.header("Content-Security-Policy").is_some(), "{method} {path}");
    }
    let romanian = ask(&browser, Method::Put, "/ro/cart").await;
    assert!(romanian.status == 405 && romanian.body.contains("<html lang=\"ro\">"), "{}", romanian.body);
}

#[rocket::async_test]
async fn an_address_without_a_page_has_no_methods() {
    let scene = Scene::new().await;
    let browser = scene.browser();
    let addresses = [
        "/nothing",
        "/ro/nothing",
        "/cart/nothing",
        "/cart/items/SH03/more",
        "/products",
        "/products/",
        "/de",
    ];
    for path in addresses {
        for method in [Method::Get, Method::Post, Method::Put, Method::Options] {
            let answer = ask(&browser, method, path).await;
            assert_eq!((answer.status, answer.header("Allow")), (404, None), "{method} {path}");
            assert_own_page(&answer, path);
        }
    }
    let none = browser.get("/products/no-such").await;
    assert_eq!((none.status, none.header("Allow")), (404, None));
}

#[rocket::async_test]
async fn head_is_taken_where_get_is() {
    let scene = Scene::new().await;
    let browser = scene.browser();
    let head = ask(&browser, Method::Head, "/").await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    let wrong = ask(&browser, Method::Head, "/logout").await;
    assert_eq!((wrong.status, wrong.header("Allow"), wrong.body.as_str()), (405, Some("POST, OPTIONS"), ""));
}

#[rocket::async_test]
async fn options_are_told_without_a_page() {
    let scene = Scene::under("/shop").await;
    let browser = scene.browser();
    for (path, allowed) in [
        ("/shop", "GET, HEAD, OPTIONS"),
        ("/shop/", "GET, HEAD, OPTIONS"),
        ("/shop/ro/checkout", "GET, HEAD, POST, OPTIONS"),
        ("/shop/logout", "POST, OPTIONS"),
    ] {
        let answer = ask(&browser, Method::Options, path).await;
        assert_eq!(
            (answer.status, answer.header("Allow"), answer.body.as_str()),
            (204, Some(allowed), ""),
            "{path}"
        );
        assert_eq!(answer.header("Access-Control-Allow-Origin"), None);
        assert!(answer.header("X-Content-Type-Options").is_some());
    }
    for path in ["/", "/checkout", "/shopping"] {
        assert_eq!(
            ask(&browser, Method::Options, path).await.header("Allow"),
            None,
            "{path} is not the shop's"
        );
    }
}
