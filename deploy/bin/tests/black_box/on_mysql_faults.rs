//! The shop while its MariaDB or MySQL server fails: it says so soon, and goes on by itself when the server
//! does.

use std::thread;
use std::time::Duration;

use shop_core::Timestamp;
use shop_core::ports::Clock as _;
use shop_core::system::SystemClock;
use tempfile::TempDir;

use crate::browser::{Browser, Form, Page};
use crate::disk::Disk;
use crate::on_mysql::{DATABASE, ask, block_on, create_user};
use crate::server::Server;
use crate::shop::{Shop, folder};

/// The longest that a shopper waits for the word that something is wrong.
const SOON: Duration = Duration::from_secs(3);
/// How long it may take until the shop works again, once the server does.
const RECOVERY: Duration = Duration::from_secs(5);

/// Pages that show what is in the database, each for the first time.
const PAGES: [&str; 6] =
    ["/?q=hub", "/ro/?q=laptop", "/products/laptop-lpn4", "/fr/products/smart-home-hub", "/cart", "/orders"];

/// A shop, and a shopper whose cart is full and who has the checkout's page open.
struct Scene {
    folder: TempDir,
    url: String,
    shop: Shop,
    browser: Browser,
    add: Form,
    checkout: Form,
}

impl Scene {
    fn set(url: String) -> Self {
        let folder = folder();
        let shop = Shop::start(folder.path(), &[(DATABASE, &url)]);
        create_user(folder.path(), &url, "ana@example.com");
        ask(folder.path(), &url, &["product", "set", "SH03", "--stock", "uncounted"], "");
        let browser = Browser::signed_in(&shop.url, "ana@example.com");
        let add = browser.get("/products/smart-home-hub").form("/cart/items").with("quantity", "1");
        browser.submit_and_follow(&add);
        let checkout = browser.get("/checkout").form("/checkout");
        Self { folder, url, shop, browser, add, checkout }
    }

    fn health(&self, page: &str) -> Page {
        soon(|| self.browser.get(&format!("{}/{page}", self.shop.health)))
    }

    /// Every page that needs the database says that it cannot be shown; the process lives, and is not ready.
    fn is_cut_off(&self) {
        let (browser, checkout) = (&self.browser, &self.checkout);
        thread::scope(|scope| {
            for page in PAGES {
                scope.spawn(move || is_unavailable(page, &soon(|| browser.get(page))));
            }
            scope.spawn(|| is_unavailable("the checkout", &soon(|| browser.submit(checkout))));
        });
        assert_eq!(soon(|| Browser::new(&self.shop.url).get("/login")).status, 200, "it needs no database");
        self.lives();
        let readiness = self.health("readiness");
        assert_eq!((readiness.status, readiness.body.lines().count()), (503, 1), "{}", readiness.body);
        assert!(readiness.body.starts_with("the store is not available: "), "{}", readiness.body);
    }

    /// Every page is shown, and nothing can be changed.
    fn is_read_only(&self) {
        self.shows_everything();
        for form in [&self.add, &self.checkout] {
            is_unavailable("a form", &soon(|| self.browser.submit(form)));
        }
    }

    fn shows_everything(&self) {
        for page in PAGES {
            assert_eq!(soon(|| self.browser.get(page)).status, 200, "{page}");
        }
        self.lives();
        assert_eq!(self.health("readiness").status, 200, "what is asked for can be shown");
    }

    fn lives(&self) {
        assert_eq!(self.health("healthz").status, 200);
    }

    /// The order goes through, and is one order however often it was tried; then all is as before.
    fn recovers(&self) {
        let begin = SystemClock.now();
        while self.browser.submit(&self.checkout).status != 303 {
            assert!(since(begin) < RECOVERY, "it does not recover by itself");
        }
        self.shows_everything();
        assert!(since(begin) < RECOVERY, "it recovers too slowly");
        self.has_orders(1);
    }

    /// There are so many orders, and the books are right.
    fn has_orders(&self, expected: usize) {
        let orders = ask(self.folder.path(), &self.url, &["order", "list"], "");
        assert_eq!(orders.as_array().map(Vec::len), Some(expected));
        let findings = ask(self.folder.path(), &self.url, &["check"], "")["findings"].clone();
        assert_eq!(findings.as_array().map(Vec::len), Some(0), "{findings}");
    }

    /// Fills the cart and orders it; `None` if the shop cannot do that just now.
    fn buy(&self) -> Option<()> {
        self.submit(&self.add)?;
        let page = soon(|| self.browser.get("/checkout"));
        self.submit(&page.form("/checkout"))
    }

    fn submit(&self, form: &Form) -> Option<()> {
        let answer = soon(|| self.browser.submit(form));
        if answer.status == 303 {
            return Some(());
        }
        is_unavailable("a form", &answer);
        None
    }
}

/// Does something that must not take long.
fn soon<T>(work: impl FnOnce() -> T) -> T {
    let begin = SystemClock.now();
    let outcome = work();
    let took = since(begin);
    assert!(took < SOON, "it took {took:?}");
    outcome
}

fn since(begin: Timestamp) -> Duration {
    SystemClock.now().since(begin)
}

#[track_caller]
fn is_unavailable(name: &str, page: &Page) {
    assert_eq!(page.status, 503, "{name}: {}", page.body);
    assert!(page.retry_after.is_some(), "{name}");
    assert!(page.body.contains("<h1") && !page.body.contains("sql"), "{name}: {}", page.body);
}

/// What acknowledged orders outlive.
const DURABLE: [&str; 2] = ["--skip-networking", "--innodb-flush-log-at-trx-commit=1"];

#[test]
fn a_server_that_is_killed_is_waited_for() {
    let mut server = Server::start(&DURABLE);
    let scene = Scene::set(block_on(server.fresh_database()));
    server.kill();
    scene.is_cut_off();
    server.start_again();
    scene.recovers();
}

#[test]
fn a_server_that_freezes_for_10_s_is_waited_for() {
    let server = Server::start(&DURABLE);
    let scene = Scene::set(block_on(server.fresh_database()));
    server.signal("STOP");
    let begin = SystemClock.now();
    // It may finish an answer before it freezes.
    while scene.health("readiness").status == 200 {}
    while since(begin) < Duration::from_secs(10) {
        scene.is_cut_off();
    }
    server.signal("CONT");
    scene.recovers();
}

#[test]
fn a_read_only_server_serves_pages_and_takes_no_orders() {
    let server = Server::start(&DURABLE);
    let url = block_on(server.fresh_database());
    // The server's root may write even then.
    block_on(server.run("CREATE USER shop@localhost; GRANT ALL ON `shop\\_%`.* TO shop@localhost"));
    let scene = Scene::set(url.replace("root@", "shop@"));
    block_on(server.run("SET GLOBAL read_only = 1"));
    scene.is_read_only();
    block_on(server.run("SET GLOBAL read_only = 0"));
    scene.recovers();
}

#[test]
fn a_server_whose_disk_is_full_serves_pages_and_takes_no_orders() {
    let (disk, server) = Disk::with_server(&[]);
    let scene = Scene::set(block_on(server.fresh_database()));
    disk.fill();
    // Some space was left inside of the tables.
    let (mut orders, mut refusals) = (0, 0);
    while refusals < 3 {
        match scene.buy() {
            Some(()) => orders += 1,
            None => refusals += 1,
        }
    }
    scene.shows_everything();
    disk.clear();
    let begin = SystemClock.now();
    while scene.buy().is_none() {
        assert!(since(begin) < RECOVERY, "it does not recover by itself");
    }
    scene.has_orders(orders + 1);
}
