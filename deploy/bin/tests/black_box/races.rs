//! Many at once.

use std::sync::Barrier;
use std::thread;

use crate::browser::{Browser, Form, Page};
use crate::shop::{Shop, ask, create_users, folder, shop_admin};

fn emails(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("shopper{number}@example.com")).collect()
}

/// Sends all forms at the same moment, each from its browser.
fn submit_together(submissions: &[(Browser, Form)]) -> Vec<Page> {
    let barrier = Barrier::new(submissions.len());
    thread::scope(|scope| {
        let threads: Vec<_> = submissions
            .iter()
            .map(|(browser, form)| {
                scope.spawn(|| {
                    barrier.wait();
                    browser.submit(form)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("an answer")).collect()
    })
}

#[test]
fn ten_submissions_of_one_checkout_form_place_one_order() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    create_users(folder.path(), &emails(1));
    let browser = Browser::signed_in(&shop.url, &emails(1)[0]);
    browser.add("headphones-hd08", 2);
    let form = browser.get("/checkout").form("/checkout");
    let submissions: Vec<_> = (0..10).map(|_| (browser.clone(), form.clone())).collect();
    let answers = submit_together(&submissions);
    for answer in &answers {
        assert_eq!(answer.status, 303, "{}", answer.body);
        assert_eq!(answer.location, answers[0].location);
    }
    assert_eq!(browser.get("/orders").all("[data-order]", "data-order").len(), 1);
    assert_eq!(ask(folder.path(), &["order", "list"]).as_array().expect("a list").len(), 1);
    assert_eq!(ask(folder.path(), &["product", "show", "HD08"])["variants"][0]["stock"], 53);
}

#[test]
fn twenty_five_shoppers_race_for_ten_pieces() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    assert!(shop_admin(folder.path(), &["product", "set", "HD08", "--stock", "10"]).status.success());
    let emails = emails(25);
    create_users(folder.path(), &emails);
    let submissions: Vec<_> = emails
        .iter()
        .map(|email| {
            let browser = Browser::signed_in(&shop.url, email);
            browser.add("laptop-lpn4", 1);
            browser.add("headphones-hd08", 1);
            let form = browser.get("/checkout").form("/checkout");
            (browser, form)
        })
        .collect();
    let answers = submit_together(&submissions);

    let placed = answers.iter().filter(|answer| answer.status == 303).count();
    assert_eq!(placed, 10, "{:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>());
    for ((browser, _), refused) in submissions.iter().zip(&answers).filter(|(_, answer)| answer.status != 303)
    {
        assert_eq!(refused.status, 422);
        assert_eq!(refused.one("li[data-sku=HD08]", "data-problem"), "short");
        assert_eq!(refused.all("li[data-sku=LPN4]", "data-problem"), [""; 0]);
        let cart = browser.get("/cart");
        assert_eq!(cart.all("li[data-sku]", "data-sku"), ["LPN4", "HD08"], "the cart is kept");
    }
    assert_eq!(ask(folder.path(), &["product", "show", "HD08"])["variants"][0]["stock"], 0);
    assert_eq!(ask(folder.path(), &["order", "list"]).as_array().expect("a list").len(), 10);
    assert_eq!(ask(folder.path(), &["check"])["findings"].as_array().expect("a list").len(), 0);
}

#[test]
fn two_browsers_fill_one_cart() {
    const EACH: u32 = 20;
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    create_users(folder.path(), &emails(1));
    let browsers = [(); 2].map(|()| Browser::signed_in(&shop.url, &emails(1)[0]));
    let barrier = Barrier::new(browsers.len());
    thread::scope(|scope| {
        for browser in &browsers {
            scope.spawn(|| {
                let form = browser.get("/products/laptop-lpn4").form("/cart/items").with("quantity", "1");
                barrier.wait();
                for _ in 0..EACH {
                    let answer = browser.submit(&form);
                    assert_eq!(answer.status, 303, "{}", answer.body);
                }
            });
        }
    });
    for browser in &browsers {
        assert_eq!(browser.get("/cart").one("li[data-sku=LPN4]", "data-quantity"), (2 * EACH).to_string());
    }
}

#[test]
fn two_shops_may_start_at_once_on_one_new_database() {
    let folder = folder();
    let shops = thread::scope(|scope| {
        let threads = [(); 3].map(|()| scope.spawn(|| Shop::start(folder.path(), &[])));
        threads.map(|thread| thread.join().expect("a shop"))
    });
    for shop in &shops {
        let catalog = Browser::new(&shop.url).get("/");
        assert_eq!(catalog.all(".card[data-sku]", "data-sku").len(), 8);
    }
    assert_eq!(ask(folder.path(), &["product", "list"]).as_array().expect("a list").len(), 8);
    for shop in shops {
        shop.stop();
    }
}
