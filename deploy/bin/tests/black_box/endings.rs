//! How the shop ends in order; `kills` has the other way.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use crate::browser::{Browser, Page};
use crate::shop::{PASSWORD, PATIENCE, Shop, create_users, folder, shop_web, stderr_of};

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
    let check = || {
        let number = shop.health.rsplit(':').next().expect("a port");
        let settings = [("SHOP_HEALTH_PORT", number), ("SHOP_HEALTH_ADDRESS", "0.0.0.0")];
        let output = shop_web(folder.path(), &settings, &["healthcheck"]);
        (output.status.code(), stderr_of(&output))
    };
    assert_eq!(check(), (Some(0), String::new()));
    let asked = |path: &str| {
        let url = format!("{}{path}", shop.url);
        shop_web(folder.path(), &[], &["healthcheck", &url]).status.code()
    };
    assert_eq!((asked("/"), asked("/no-such-page")), (Some(0), Some(1)));
    assert_eq!(post("/drain"), 200);
    assert_eq!(check(), (Some(1), "shop-web: not ready: 503 draining\n".to_owned()));
    assert_eq!(health.get("/readiness").status, 503);
    assert_eq!(Browser::new(&shop.url).get("/").status, 200);
    assert_eq!(post("/undrain"), 200);
    assert_eq!(health.get("/readiness").status, 200);
    shop.stop();
}

#[test]
fn a_check_where_nothing_runs_says_so() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = nobody.local_addr().expect("an address").port().to_string();
    drop(nobody);
    let output = shop_web(folder().path(), &[("SHOP_HEALTH_PORT", &port)], &["healthcheck"]);
    assert_eq!(output.status.code(), Some(1));
    let line = stderr_of(&output);
    assert!(line.starts_with(&format!("shop-web: no answer from 127.0.0.1:{port}: ")), "{line}");
}
