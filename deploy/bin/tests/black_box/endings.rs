//! How the shop ends: in order, and all of a sudden.

use std::collections::{BTreeSet, HashMap};
use std::io::ErrorKind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use crate::browser::{Browser, Page};
use crate::shop::{PASSWORD, PATIENCE, Shop, ask, create_users, folder};

/// What became of a request that was sent while the shop ended.
enum Sent {
    Answered(Page),
    /// The shop had closed its door before.
    Refused,
}

fn outcome(answer: Result<Page, ureq::Error>) -> Sent {
    match answer {
        Ok(page) => Sent::Answered(page),
        Err(ureq::Error::Io(error)) if error.kind() == ErrorKind::ConnectionRefused => Sent::Refused,
        Err(error) => panic!("a request was cut: {error:?}"),
    }
}

/// Sends one request after the other, tells when each is answered, and ends when the door is closed.
fn keep_asking(progress: &Sender<u16>, mut ask: impl FnMut() -> Result<Page, ureq::Error>) {
    while let Sent::Answered(page) = outcome(ask()) {
        progress.send(page.status).expect("the test listens");
    }
}

/// Tries to sign in with an address that nobody has: a password is hashed each time, so one try is under way at any moment.
fn sign_in_as_nobody(browser: &Browser) -> impl FnMut() -> Result<Page, ureq::Error> + use<> {
    let browser = browser.clone();
    let form = browser.get("/login").form("/login").with("password", PASSWORD);
    let mut tries = 0;
    move || {
        tries += 1;
        browser.try_submit(&form.clone().with("email", &format!("nobody{tries}@example.com")))
    }
}

#[test]
fn the_order_to_stop_cuts_no_request() {
    let folder = folder();
    let mut shop = Shop::start(folder.path(), &[("SHOP_DRAIN_SECONDS", "1")]);
    create_users(folder.path(), &["ana@example.com".to_owned()]);
    let health = Browser::new(&shop.health);
    assert_eq!(health.get("/readiness").status, 200);
    let reader = Browser::new(&shop.url);
    let buyer = Browser::signed_in(&shop.url, "ana@example.com");
    let add = buyer.get("/products/laptop-lpn4").form("/cart/items").with("quantity", "1");
    let (progress, answered) = channel();
    let progress = &progress;
    thread::scope(|scope| {
        for _ in 0..2 {
            let sign_in = sign_in_as_nobody(&Browser::new(&shop.url));
            scope.spawn(|| keep_asking(progress, sign_in));
            scope.spawn(|| keep_asking(progress, || reader.try_get("/?q=usb")));
        }
        scope.spawn(|| keep_asking(progress, || buyer.try_submit(&add)));

        for _ in 0..200 {
            answered.recv_timeout(PATIENCE).expect("an answer");
        }
        shop.signal("TERM");
        while health.get("/readiness").status == 200 {}
        assert_eq!(health.get("/readiness").body, "draining\n");
        assert_eq!(health.get("/healthz").status, 200);
        assert_eq!(Browser::new(&shop.url).get("/").status, 200, "while it drains it serves on");
    });
    assert_eq!(shop.wait().code(), Some(0));
    let statuses: BTreeSet<_> = answered.try_iter().collect();
    assert!(statuses.iter().all(|status| [200, 303, 422].contains(status)), "{statuses:?}");
}

#[test]
fn an_instance_is_taken_out_and_back() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    let health = Browser::new(&shop.health);
    let post = |path: &str| {
        let agent: ureq::Agent = ureq::Agent::config_builder().proxy(None).build().into();
        agent.post(format!("{}{path}", shop.health)).send_empty().expect("an answer").status().as_u16()
    };
    assert_eq!(post("/drain"), 200);
    assert_eq!(health.get("/readiness").status, 503);
    assert_eq!(Browser::new(&shop.url).get("/").status, 200);
    assert_eq!(post("/undrain"), 200);
    assert_eq!(health.get("/readiness").status, 200);
    shop.stop();
}

/// Buys one laptop and two hubs again and again, until the shop is gone; tells each order that was acknowledged.
fn keep_buying(url: &str, email: &str, gone: &AtomicBool, bought: &Sender<(String, String)>) {
    let browser = Browser::signed_in(url, email);
    let attempt = || -> Result<(), ureq::Error> {
        for (slug, quantity) in [("laptop-lpn4", "1"), ("smart-home-hub", "2")] {
            let form =
                browser.try_get(&format!("/products/{slug}"))?.form("/cart/items").with("quantity", quantity);
            browser.try_submit(&form)?;
        }
        let checkout = browser.try_get("/checkout")?;
        if checkout.status == 200
            && let answer = browser.try_submit(&checkout.form("/checkout"))?
            && answer.status == 303
        {
            let order = answer.location.expect("an order");
            bought.send((email.to_owned(), order)).expect("the test listens");
        }
        Ok(())
    };
    loop {
        if let Err(error) = attempt() {
            assert!(gone.load(Ordering::SeqCst), "{error:?}");
            return;
        }
    }
}

#[test]
fn every_acknowledged_order_outlives_a_kill() {
    const ROUNDS: usize = 3;
    let folder = folder();
    let emails: Vec<_> = (0..4).map(|number| format!("shopper{number}@example.com")).collect();
    let mut acknowledged: HashMap<String, Vec<String>> = HashMap::new();
    for round in 0..ROUNDS {
        let mut shop = Shop::start(folder.path(), &[]);
        if round == 0 {
            create_users(folder.path(), &emails);
            ask(folder.path(), &["product", "set", "SH03", "--stock", "1000000"]);
        }
        let (url, gone) = (shop.url.clone(), AtomicBool::new(false));
        let (bought, orders) = channel();
        thread::scope(|scope| {
            for email in &emails {
                let (url, gone, bought) = (&url, &gone, bought.clone());
                scope.spawn(move || keep_buying(url, email, gone, &bought));
            }
            drop(bought);
            let first: Vec<_> = (0..20).map(|_| orders.recv_timeout(PATIENCE).expect("an order")).collect();
            gone.store(true, Ordering::SeqCst);
            shop.signal("KILL");
            shop.wait();
            for (email, order) in first.into_iter().chain(orders.iter()) {
                acknowledged.entry(email).or_default().push(order);
            }
        });
    }

    let shop = Shop::start(folder.path(), &[]);
    for (email, orders) in &acknowledged {
        let browser = Browser::signed_in(&shop.url, email);
        for order in orders {
            let page = browser.get(order);
            assert_eq!(page.status, 200, "{order} is lost");
            assert!(page.all("li[data-sku]", "data-sku").len() == 2, "{order} is half there: {}", page.body);
        }
    }
    assert_eq!(ask(folder.path(), &["check"])["findings"].as_array().expect("a list").len(), 0);
    let orders = ask(folder.path(), &["order", "list"]);
    let orders = orders.as_array().expect("a list");
    assert!(orders.len() >= acknowledged.values().map(Vec::len).sum::<usize>());
    let hubs: u64 = orders
        .iter()
        .map(|order| {
            let order = ask(folder.path(), &["order", "show", order["number"].as_str().expect("a number")]);
            let lines = order["lines"].as_array().expect("lines");
            let hub = lines.iter().find(|line| line["sku"] == "SH03").expect("every order has the hub");
            hub["quantity"].as_u64().expect("a number")
        })
        .sum();
    let left = &ask(folder.path(), &["product", "show", "SH03"])["variants"][0]["stock"];
    assert_eq!(left.as_u64(), Some(1_000_000 - hubs), "stock and orders agree");
    let mails = ask(folder.path(), &["outbox", "list", "--limit", "100000"]);
    let received =
        mails.as_array().expect("a list").iter().filter(|mail| mail["kind"] == "order_received").count();
    assert_eq!(received, orders.len(), "each order has its mail");
    shop.stop();
}
