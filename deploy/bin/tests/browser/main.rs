//! The walk of a shopper through the real binary in a real browser, at the width of a phone and of a desk.
//!
//! `make browser-test` installs what is missing and runs it. Screenshots of every page lie in `target/screenshots` afterwards.

mod browser;
mod shop;

use std::error::Error;

use browser::Browser;
use shop::RunningShop;

type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::test]
async fn a_shopper_walks_through_on_a_phone() -> Outcome {
    walk(360, "en", "Order ").await
}

#[tokio::test]
async fn a_shopper_walks_through_at_a_desk_in_romanian() -> Outcome {
    walk(1280, "ro", "Comanda ").await
}

/// Words are longest in French and in Spanish, so a layout that fits English may still be too narrow.
#[tokio::test]
async fn every_language_fits_a_phone() -> Outcome {
    let shop = RunningShop::start()?;
    let browser = Browser::open(360, "languages").await?;
    browser.visit(&format!("{}/", shop.url), "home").await?;
    let mut languages = Vec::new();
    for position in 1..=browser.count("footer li").await? {
        let entry = format!("footer li:nth-child({position}) a");
        languages.push(browser.attribute(&entry, "hreflang").await?);
    }
    assert_eq!(languages, ["en", "ro", "es", "pt", "fr"]);
    for language in languages {
        for page in ["", "register", "login", "forgot", "products/smart-home-hub", "no-such-page"] {
            let name = format!("{language}-{}", page.replace('/', "-"));
            browser.visit(&format!("{}/{language}/{page}", shop.url), &name).await?;
            assert_eq!(browser.attribute("html", "lang").await?, language);
        }
    }
    browser.close().await
}

/// Registers, activates by the mail's link, signs in, fills the cart, orders, looks at the history and signs out.
async fn walk(width: u32, language: &str, order_heading: &str) -> Outcome {
    let shop = RunningShop::start()?;
    let browser = Browser::open(width, &format!("{language}-{width}")).await?;
    let page = |path: &str| format!("{}/{language}{path}", shop.url);

    browser.visit(&page("/"), "home").await?;
    assert_eq!(browser.count("main img").await?, 8, "eight pictures");
    assert_eq!(browser.count("form[action$='/cart/items'] button:not([disabled])").await?, 0, "signed out");

    register(&browser, &page("/register")).await?;
    browser.visit(&shop.mailed_link("/activate/").await?, "activate").await?;
    browser.submit("main form").await?;
    sign_in(&browser, &page("/login")).await?;

    for slug in ["smart-home-hub", "usb-fingerprint-reader", "headphones-hd08"] {
        browser.visit(&page(&format!("/products/{slug}")), slug).await?;
        browser.submit("form[action$='/cart/items']").await?;
    }
    browser.look("cart").await?;
    browser.fill("[data-sku='SH03'] [name=quantity]", "3").await?;
    browser.submit("[data-sku='SH03'] form:has([name=quantity])").await?;
    assert_eq!(browser.attribute("[data-sku='SH03'][data-quantity]", "data-quantity").await?, "3");
    assert_eq!(browser.attribute("[data-total]", "data-total").await?, "143500");

    browser.visit(&page("/checkout"), "checkout").await?;
    browser.submit("form[action$='/checkout']").await?;
    assert!(browser.text("h1").await?.starts_with(order_heading), "the order's own page");
    assert_eq!(browser.attribute("[data-order]", "data-state").await?, "placed");
    browser.look("order").await?;
    browser.visit(&page("/orders"), "orders").await?;
    assert_eq!(browser.count("[data-order]").await?, 1);

    browser.visit(&page("/account"), "account").await?;
    keep(&browser, &shop, &page).await?;
    browser.visit(&page("/account"), "account-changed").await?;
    browser.submit("main form[action$='/logout']").await?;
    browser.visit(&page("/orders"), "signed-out").await?;
    assert!(browser.address().await?.contains("/login"), "the history is the owner's alone");
    browser.close().await
}

/// Cancels the order, changes the name, looks at the sessions and forgets the password.
async fn keep(browser: &Browser, shop: &RunningShop, page: &(impl Fn(&str) -> String + Sync)) -> Outcome {
    browser.visit(&page("/orders"), "orders-again").await?;
    let number = browser.attribute("[data-order]", "data-order").await?;
    browser.visit(&page(&format!("/orders/{number}/print")), "order-print").await?;
    browser.visit(&page(&format!("/orders/{number}")), "order-again").await?;
    browser.submit("form[action$='/cancel']").await?;
    assert_eq!(browser.attribute("[data-order]", "data-state").await?, "canceled");
    browser.look("order-canceled").await?;

    browser.visit(&page("/account/edit"), "edit").await?;
    browser.fill("[name=email]", "ana@example.org").await?;
    browser.submit("form[action$='/account/edit']").await?;
    assert_eq!(browser.count("[name=current_password][aria-invalid=true]").await?, 1, "the proof is missing");
    browser.look("edit-refused").await?;
    browser.fill("[name=email]", "ana.pop@example.com").await?;
    browser.fill("[name=first_name]", "Ana-Maria").await?;
    browser.submit("form[action$='/account/edit']").await?;
    assert!(browser.text("main").await?.contains("Ana-Maria"));

    browser.visit(&page("/account/sessions"), "sessions").await?;
    assert_eq!(browser.count("[data-session]").await?, 1);
    browser.visit(&page("/account/delete"), "delete").await?;
    browser.visit(&page("/forgot"), "forgot").await?;
    browser.fill("[name=email]", "ana.pop@example.com").await?;
    browser.submit("form[action$='/forgot']").await?;
    browser.look("forgot-asked").await?;
    browser.visit(&shop.mailed_link("/reset/").await?, "reset").await
}

async fn register(browser: &Browser, address: &str) -> Outcome {
    browser.visit(address, "register").await?;
    let fields = [
        ("email", "ana.pop@example.com"),
        ("last_name", "Pop"),
        ("first_name", "Ana"),
        ("address", "Str. Florilor 1, Cluj-Napoca"),
        ("password", "short"),
        ("password_confirmation", "short"),
    ];
    for (name, value) in fields {
        browser.fill(&format!("[name={name}]"), value).await?;
    }
    browser.submit_unchecked("form[action$='/register']").await?;
    browser.look("register-refused").await?;
    assert!(browser.count("[name=password][aria-invalid=true]").await? == 1, "the fault is marked");
    assert_eq!(browser.value("[name=email]").await?, "ana.pop@example.com", "what was typed is kept");
    assert_eq!(browser.value("[name=password]").await?, "", "except passwords");
    for name in ["password", "password_confirmation"] {
        browser.fill(&format!("[name={name}]"), "a-password-of-her-own").await?;
    }
    browser.submit("form[action$='/register']").await?;
    assert!(browser.address().await?.contains("/login"));
    Ok(())
}

async fn sign_in(browser: &Browser, address: &str) -> Outcome {
    browser.visit(address, "login").await?;
    browser.fill("[name=email]", "ana.pop@example.com").await?;
    browser.fill("[name=password]", "a-password-of-her-own").await?;
    browser.submit("form[action$='/login']").await?;
    assert!(browser.address().await?.ends_with("/account"), "signed in");
    Ok(())
}
