//! A shopper who meets both releases.

use crate::browser::{Browser, Page};
use crate::shop::PASSWORD;

/// The smart home hub.
const HUB: &str = "smart-home-hub";

/// Asks for an account.
pub(crate) fn register(url: &str, email: &str) {
    let browser = Browser::new(url);
    let form = browser.get("/register").form("/register");
    let form = form.with("email", email).with("last_name", "Pop").with("first_name", "Ana");
    let form =
        form.with("address", "Brașov").with("password", PASSWORD).with("password_confirmation", PASSWORD);
    assert_eq!(browser.submit(&form).status, 303);
}

/// Follows the last link of a mail to this address in what a mailer has printed.
pub(crate) fn activate(url: &str, printed: &str, email: &str) {
    let start = format!("Mail to {email}: ");
    let link = printed.lines().rev().find_map(|line| line.strip_prefix(&start)).expect("a link");
    let path = format!("/{}", link.splitn(4, '/').nth(3).expect("a path"));
    let browser = Browser::new(url);
    let answer = browser.submit(&browser.get(&path).form(&path));
    assert_eq!(answer.status, 303, "{}", answer.body);
}

/// Puts so many hubs into the cart; tells how many are in it then.
pub(crate) fn add_hubs(browser: &Browser, pieces: u32) -> u32 {
    browser.add(HUB, pieces);
    hubs_in_cart(browser)
}

/// How many hubs are in the cart.
pub(crate) fn hubs_in_cart(browser: &Browser) -> u32 {
    let quantities = browser.get("/cart").all("li[data-sku=SH03]", "data-quantity");
    quantities.iter().map(|quantity| quantity.parse::<u32>().expect("a number")).sum()
}

/// Orders what is in the cart; tells the order's number.
pub(crate) fn order(browser: &Browser) -> String {
    let page = browser.submit_and_follow(&browser.get("/checkout").form("/checkout"));
    page.one("[data-order]", "data-order")
}

/// The numbers of the account's orders, the newest first.
pub(crate) fn orders(browser: &Browser) -> Vec<String> {
    let page = browser.get("/orders");
    assert_eq!(page.status, 200, "the session is lost");
    page.all("[data-order]", "data-order")
}

/// Whether the order is shown as it was placed.
pub(crate) fn shows(browser: &Browser, number: &str, hubs: u32) {
    let page: Page = browser.get(&format!("/orders/{number}"));
    assert_eq!(page.one("li[data-sku=SH03]", "data-quantity"), hubs.to_string());
    assert_eq!(page.one("[data-order]", "data-state"), "placed");
}
