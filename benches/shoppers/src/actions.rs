//! What shoppers do: each action is one or more requests.
//!
//! An action ends with its first request that fails. That request is written down by the browser, so what
//! these functions return is only why they went no further.

use std::time::Duration;

use fastrand::Rng;

use crate::accounts::Account;
use crate::answer::Answer;
use crate::browser::Browser;
use crate::catalog::{Catalog, Offer, add_form};
use crate::failure::Failure;
use crate::form::{Form, find};
use crate::journal::Entry;

/// What people look for.
const SEARCHES: [&str; 4] = ["usb", "smart", "reader", "nothing-like-that"];

/// One of so many pages is looked at by a browser that does not have the stylesheet yet.
const STYLED: usize = 10;

/// The most pieces of one variant in a cart.
const MOST_PIECES: u32 = 3;

/// Looks at the first page, a category or what a search finds; now and then with the stylesheet.
pub(crate) async fn browse(
    browser: &mut Browser,
    catalog: &Catalog,
    random: &mut Rng,
) -> Result<(), Failure> {
    match random.u8(0..3) {
        0 => open_first_page(browser).await?,
        1 => match random.choice(&catalog.categories) {
            Some(category) => browser.follow(category, has_page).await?,
            None => open_first_page(browser).await?,
        },
        _ => {
            let text = random.choice(SEARCHES).unwrap_or_default();
            browser.open(&format!("/?q={text}"), has_page).await?;
        }
    }
    if random.usize(0..STYLED) == 0 {
        browser.follow(&catalog.stylesheet, |_| Ok(())).await?;
    }
    Ok(())
}

/// Looks at the first page.
pub(crate) async fn open_first_page(browser: &mut Browser) -> Result<(), Failure> {
    browser.open("/", has_page).await
}

/// Looks at a product.
pub(crate) async fn look(browser: &mut Browser, catalog: &Catalog, random: &mut Rng) -> Result<(), Failure> {
    match random.choice(&catalog.products) {
        Some(product) => browser.follow(product, has_page).await,
        None => Ok(()),
    }
}

/// Signs in, in a browser without a session.
pub(crate) async fn sign_in(browser: &mut Browser, account: &Account) -> Result<(), Failure> {
    let form = browser.open("/login", |answer| answer.form("/login")).await?;
    let form = form.with("email", &account.email).with("password", &account.password);
    let next = browser.submit(&form, Answer::next).await?;
    browser.follow(&next, has_page).await
}

/// Changes the cart: puts something into an empty one, changes how many there are in another.
pub(crate) async fn change_cart(
    browser: &mut Browser,
    offer: &Offer,
    random: &mut Rng,
) -> Result<(), Failure> {
    let Some(form) = browser.open("/cart", line_form).await? else { return put(browser, offer).await };
    let form = form.with("quantity", &random.u32(1..=MOST_PIECES).to_string());
    let next = browser.submit(&form, Answer::next).await?;
    browser.follow(&next, has_page).await
}

/// Orders what is in the cart, or one piece of the offer if there is nothing; the checkout's body takes so
/// long on its way.
pub(crate) async fn order(browser: &mut Browser, offer: &Offer, pause: Duration) -> Result<(), Failure> {
    if browser.open("/cart", line_form).await?.is_none() {
        put(browser, offer).await?;
    }
    let form = browser.open("/checkout", |answer| answer.form("/checkout")).await?;
    let order = match browser.submit_slowly(&form, pause, order_page).await {
        Ok(order) => order,
        Err(failure) => {
            if failure.leaves_doubt() {
                browser.journal.write(Entry::Unanswered);
            }
            return Err(failure);
        }
    };
    browser.journal.write(Entry::Acknowledged(number_in(&order).to_owned()));
    browser.follow(&order, has_page).await
}

/// Puts a piece of the offer into the cart, from the product's page.
async fn put(browser: &mut Browser, offer: &Offer) -> Result<(), Failure> {
    let form = browser.follow(&offer.page, |answer| add_form(answer, &offer.sku)).await?;
    let next = browser.submit(&form.with("quantity", "1"), Answer::next).await?;
    browser.follow(&next, has_page).await
}

/// A whole page: one that breaks off before its end, or that no shop has made, is none.
fn has_page(answer: &Answer) -> Result<(), Failure> {
    answer.is_whole_page().then_some(()).ok_or_else(|| answer.unexpected())
}

/// The form that changes the first line of a cart; `None` for an empty one.
fn line_form(answer: &Answer) -> Result<Option<Form>, Failure> {
    let page = answer.page()?;
    if let Some(line) = find(page.root_element(), "[data-problem]").first() {
        let problem = line.attr("data-problem").unwrap_or_default();
        return Err(Failure::Missing(format!("the cart cannot be ordered: {problem}")));
    }
    let lines = find(page.root_element(), "[data-sku][data-quantity]");
    let Some(sku) = lines.first().and_then(|line| line.attr("data-sku")) else { return Ok(None) };
    answer.form(&format!("/cart/items/{sku}")).map(Some)
}

/// The path of the order that a checkout has become.
fn order_page(answer: &Answer) -> Result<String, Failure> {
    let path = answer.next()?;
    if path.contains("/orders/") && !number_in(&path).is_empty() {
        return Ok(path);
    }
    Err(Failure::Missing(format!("the checkout led to {path}")))
}

fn number_in(path: &str) -> &str {
    let path = path.split('?').next().unwrap_or(path);
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use hyper::HeaderMap;
    use hyper::header::LOCATION;

    use super::*;

    fn page(body: &str) -> Answer {
        Answer { status: 200, headers: HeaderMap::new(), body: body.to_owned() }
    }

    fn redirect(to: &str) -> Answer {
        let headers = [(LOCATION, to.parse().expect("a header"))].into_iter().collect();
        Answer { status: 303, headers, body: String::new() }
    }

    #[test]
    fn the_number_of_an_order_is_the_end_of_its_path() {
        let path = order_page(&redirect("/demo/ro/orders/7K3-9QX")).expect("an order");
        assert_eq!(number_in(&path), "7K3-9QX");
        assert!(order_page(&redirect("/cart")).is_err());
        assert_eq!(order_page(&redirect("/login?next=/checkout")), Err(Failure::SignedOut));
    }

    #[test]
    fn a_cart_that_cannot_be_ordered_is_told() {
        assert_eq!(line_form(&page("<p data-total=0>")), Ok(None));
        let line = "<li data-sku=A data-quantity=2><form method=post action=/cart/items/A></form>";
        let form = line_form(&page(line)).expect("a cart").expect("a line");
        assert_eq!(form.action, "/cart/items/A");
        let short = line_form(&page("<li data-sku=A data-quantity=2 data-problem=short>")).unwrap_err();
        assert_eq!(short.to_string(), "the cart cannot be ordered: short");
    }

    #[test]
    fn half_a_page_is_no_page() {
        assert_eq!(has_page(&page("<main>Cart</main></html>\n")), Ok(()));
        assert!(has_page(&page("<main>Cart")).is_err());
        assert_eq!(has_page(&redirect("/login")), Err(Failure::SignedOut));
    }
}
