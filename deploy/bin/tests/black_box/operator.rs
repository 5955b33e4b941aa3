//! The operator's command line.

use std::path::Path;
use std::thread;

use tempfile::TempDir;

use crate::browser::Browser;
use crate::shop::{
    PASSWORD, Shop, ask, create_users, folder, shop_admin, shop_admin_with, stderr_of, stdout_of,
};

/// A folder with the sample in its database.
fn seeded() -> TempDir {
    let folder = folder();
    assert_eq!(ask(folder.path(), &["migrate"])["migrations"].as_u64().map(|ran| ran > 0), Some(true));
    assert_eq!(ask(folder.path(), &["migrate"])["migrations"], 0);
    let seeded = ask(folder.path(), &["seed", "sample"]);
    assert_eq!((&seeded["categories"], &seeded["products"]), (&4.into(), &8.into()));
    assert_eq!(ask(folder.path(), &["seed", "sample"])["products"], 0);
    folder
}

fn skus(folder: &Path) -> Vec<String> {
    let products = ask(folder, &["product", "list"]);
    let variants = products
        .as_array()
        .expect("a list")
        .iter()
        .flat_map(|product| product["variants"].as_array().expect("variants"));
    variants.map(|variant| variant["sku"].as_str().expect("a SKU").to_owned()).collect()
}

/// A command that must fail with this code and this text on stderr.
fn refused(folder: &Path, arguments: &[&str], code: i32, told: &str) {
    let output = shop_admin(folder, arguments);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", stderr_of(&output));
    assert!(stderr_of(&output).contains(told), "{arguments:?}: {}", stderr_of(&output));
    assert_eq!(stdout_of(&output), "", "{arguments:?}");
}

#[test]
fn products_are_listed_added_set_and_hidden() {
    let folder = seeded();
    assert_eq!(skus(folder.path()).len(), 10);
    let add = [
        "product",
        "add",
        "--sku",
        "KN04",
        "--slug",
        "knife",
        "--name",
        "ro=Cuțit",
        "--name",
        "Knife",
        "--price",
        "49.90",
    ];
    let more = ["--stock", "5", "--category", "smart-home", "--description", "Sharp=ly", "--weight", "120"];
    let added = ask(folder.path(), &[&add[..], &more].concat());
    assert_eq!(added["text"]["ro"]["name"], "Cuțit");
    assert_eq!(added["text"]["en"]["description"], "Sharp=ly");
    assert_eq!(added["variants"][0]["price"]["minor"], 4_990);
    assert_eq!(added["category"], "smart-home");
    assert!(skus(folder.path()).contains(&"KN04".to_owned()));
    refused(folder.path(), &[&add[..], &more].concat(), 1, "shop-admin: another product has this slug");

    let set = ask(folder.path(), &["product", "set", "KN04", "--stock", "uncounted", "--price", "50"]);
    assert_eq!(
        (&set["variants"][0]["stock"], &set["variants"][0]["price"]["minor"]),
        (&serde_json::Value::Null, &5_000.into())
    );
    assert_eq!(ask(folder.path(), &["product", "hide", "KN04"])["active"], false);
    assert!(skus(folder.path()).contains(&"KN04".to_owned()), "hidden products are listed");
    assert_eq!(ask(folder.path(), &["product", "show", "knife"])["active"], false);
    assert_eq!(ask(folder.path(), &["product", "hide", "KN04", "--undo"])["active"], true);

    refused(folder.path(), &["product", "set", "NONE", "--stock", "1"], 1, "no product has this SKU");
    refused(folder.path(), &["product", "show", "none"], 1, "there is no such product");
    refused(folder.path(), &["product", "set", "KN04"], 2, "--stock");
    refused(folder.path(), &["product", "set", "KN04", "--stock", "-x"], 2, "--stock");
    refused(folder.path(), &["product", "set", "KN04", "--price", "1.005"], 2, "--price 1.005: ");
    refused(folder.path(), &["product", "set", "kn;04", "--stock", "1"], 2, "not a product code");
}

#[test]
fn categories_are_added_and_listed() {
    let folder = folder();
    ask(folder.path(), &["migrate"]);
    assert_eq!(ask(folder.path(), &["category", "list"]), serde_json::json!([]));
    let add = |arguments: &[&str]| ask(folder.path(), &[&["category", "add"], arguments].concat());
    let yarn = add(&["--slug", "yarn", "--name", "ro=Fire", "--name", "Yarn"]);
    assert_eq!(
        yarn,
        serde_json::json!({"slug": "yarn", "name": {"en": "Yarn", "ro": "Fire"}, "position": 1})
    );
    assert_eq!(add(&["--slug", "needles", "--name", "Needles"])["position"], 2, "behind all others");
    assert_eq!(add(&["--slug", "new", "--name", "New", "--position", "0"])["position"], 0);
    let listed = ask(folder.path(), &["category", "list"]);
    let slugs = listed.as_array().expect("a list").iter().map(|category| category["slug"].as_str());
    assert_eq!(slugs.collect::<Vec<_>>(), [Some("new"), Some("yarn"), Some("needles")], "by position");
    let list = stdout_of(&shop_admin(folder.path(), &["category", "list"]));
    assert!(list.lines().count() == 3 && list.contains("yarn") && list.contains("Yarn"), "{list}");

    let product = ["product", "add", "--sku", "KN04", "--slug", "needle", "--name", "Needle"];
    let more = ["--price", "4.90", "--stock", "5", "--category", "needles"];
    assert_eq!(ask(folder.path(), &[&product[..], &more].concat())["category"], "needles");

    let again = ["category", "add", "--slug", "yarn", "--name", "Yarn"];
    refused(folder.path(), &again, 1, "shop-admin: another category has this slug");
    refused(folder.path(), &["category", "add", "--slug", "wool"], 2, "--name");
    refused(folder.path(), &["category", "add", "--slug", "wool", "--name", ""], 2, "--name");
    refused(folder.path(), &["category", "add", "--slug", "Wool!", "--name", "Wool"], 2, "--slug");
}

#[test]
fn a_picture_that_nobody_serves_is_refused() {
    let folder = seeded();
    let add = ["product", "add", "--sku", "KN04", "--slug", "knife", "--name", "Knife", "--price", "49.90"];
    let with = |picture| [&add[..], &["--stock", "5", "--picture", picture]].concat();
    refused(folder.path(), &with("knife.svg"), 2, "usb02.svg");
    refused(folder.path(), &with("../knife.svg"), 2, "--picture");
    assert_eq!(ask(folder.path(), &with("usb02.svg"))["picture"], "usb02.svg");
}

#[test]
fn stock_is_changed_by_so_many_pieces() {
    let folder = seeded();
    let set = |stock: &str| {
        ask(folder.path(), &["product", "set", "HD08", "--stock", stock])["variants"][0]["stock"].clone()
    };
    assert_eq!((set("10"), set("+20"), set("-3")), (10.into(), 30.into(), 27.into()));
    let refuse = |sku, stock, code, told| {
        refused(folder.path(), &["product", "set", sku, "--stock", stock], code, told);
    };
    refuse("HD08", "-28", 1, "there are not so many pieces");
    refuse("HD08", "+2147483648", 2, "--stock");
    refuse("LPN4", "+1", 1, "its stock is not counted");
    refuse("NONE", "+1", 1, "no product has this SKU");
    assert_eq!(set("-27"), 0);
    assert_eq!(set("4294967295"), u32::MAX);
    refuse("HD08", "+1", 1, "more than can be counted");
    let add = ["product", "add", "--sku", "KN04", "--slug", "knife", "--name", "Knife", "--price", "49.90"];
    refused(folder.path(), &[&add[..], &["--stock", "+5"]].concat(), 2, "--stock");
}

#[test]
fn a_change_is_seen_in_the_running_shop() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    create_users(folder.path(), &["ana@example.com".to_owned()]);
    let browser = Browser::signed_in(&shop.url, "ana@example.com");
    browser.add("headphones-hd08", 2);
    ask(folder.path(), &["product", "set", "HD08", "--price", "10.00", "--stock", "1"]);
    let cart = browser.get("/cart");
    assert_eq!(cart.one("li[data-sku=HD08]", "data-line-total"), "2000");
    assert_eq!(cart.one("li[data-sku=HD08]", "data-problem"), "short");
    ask(folder.path(), &["product", "hide", "HD08"]);
    assert_eq!(browser.get("/cart").one("li[data-sku=HD08]", "data-problem"), "hidden");
    assert_eq!(browser.get("/products/headphones-hd08").status, 404);
    shop.stop();
}

#[test]
fn text_is_for_people() {
    let folder = seeded();
    let list = stdout_of(&shop_admin(folder.path(), &["product", "list"]));
    let lines: Vec<_> = list.lines().collect();
    assert_eq!(lines.len(), 10, "one line a variant: {list}");
    assert!(lines[0].starts_with("AMTR01 ") && lines[0].contains("189.00 RON"), "{list}");
    assert!(lines.iter().any(|line| line.contains("uncounted") && line.contains("Laptop LPN4")), "{list}");
    assert_eq!(stdout_of(&shop_admin(folder.path(), &["order", "list"])), "");
    assert_eq!(stdout_of(&shop_admin(folder.path(), &["check"])), "nothing is wrong\n");
}

#[test]
fn accounts_are_made_and_shown() {
    let folder = seeded();
    create_users(folder.path(), &["ana@example.com".to_owned()]);
    let user = ask(folder.path(), &["user", "show", "ANA@example.com"]);
    assert_eq!((&user["email"], &user["state"]), (&"ana@example.com".into(), &"active".into()));
    assert!(!user.to_string().contains("argon2"), "{user}");

    let create = |email: &str, password: &str| {
        let arguments = ["user", "create", "--email", email, "--last-name", "Pop", "--first-name", "Ion"];
        shop_admin_with(
            folder.path(),
            &[],
            &[&arguments[..], &["--address", "Cluj", "--password-stdin"]].concat(),
            password,
        )
    };
    let taken = create("ana@example.com", PASSWORD);
    assert_eq!(taken.status.code(), Some(1), "{}", stderr_of(&taken));
    assert!(create("ion@example.com", &format!("{PASSWORD}\n")).status.success());
    assert_eq!(ask(folder.path(), &["user", "show", "ion@example.com"])["state"], "pending");
    let mails = ask(folder.path(), &["outbox", "list", "--state", "waiting"]);
    assert_eq!((&mails[0]["to"], &mails[0]["kind"]), (&"ion@example.com".into(), &"activation".into()));
    for (password, told) in
        [("short", "must have at least 8"), ("password1", "tried first"), ("", "must have")]
    {
        let refused = create("new@example.com", password);
        assert_eq!(refused.status.code(), Some(2));
        assert!(stderr_of(&refused).contains(told), "{}", stderr_of(&refused));
    }
    refused(folder.path(), &["user", "show", "new@example.com"], 1, "there is no such account");
    refused(folder.path(), &["user", "create", "--email", "not-an-email"], 2, "not an address");
}

/// Orders two laptops; comes back with the order's number.
fn order(browser: &Browser) -> String {
    browser.add("laptop-lpn4", 2);
    let placed = browser.submit_and_follow(&browser.get("/checkout").form("/checkout"));
    placed.one("[data-order]", "data-order")
}

#[test]
fn orders_are_listed_page_by_page_and_shown() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    create_users(folder.path(), &["ana@example.com".to_owned()]);
    let browser = Browser::signed_in(&shop.url, "ana@example.com");
    let mut placed: Vec<_> = (0..3).map(|_| order(&browser)).collect();
    placed.reverse();
    let orders = ask(folder.path(), &["order", "list"]);
    let numbers: Vec<_> = orders
        .as_array()
        .expect("a list")
        .iter()
        .map(|order| order["number"].as_str().expect("a number"))
        .collect();
    assert_eq!(numbers, placed, "newest first");
    let order = ask(folder.path(), &["order", "show", &placed[0].to_lowercase()]);
    assert_eq!((&order["state"], &order["total"]["minor"]), (&"placed".into(), &467_800.into()));
    assert_eq!((&order["lines"][0]["sku"], &order["lines"][0]["quantity"]), (&"LPN4".into(), &2.into()));
    assert_eq!(order["recipient"], "Ana Pop");
    let buyer = serde_json::json!({"name": "Ana Pop", "email": "ana@example.com"});
    assert_eq!(order["buyer"], buyer);
    let text = stdout_of(&shop_admin(folder.path(), &["order", "show", &placed[0]]));
    assert_eq!(text.lines().nth(1), Some("Ana Pop <ana@example.com>"), "{text}");
    refused(folder.path(), &["order", "show", "0000-0000-0"], 1, "there is no such order");
    refused(folder.path(), &["order", "show", "0000-0000-1"], 2, "not an order number");
}

#[test]
fn orders_are_listed_by_state_and_as_many_as_asked_for() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    create_users(folder.path(), &["ana@example.com".to_owned()]);
    let browser = Browser::signed_in(&shop.url, "ana@example.com");
    let placed: [String; 4] = std::array::from_fn(|_| order(&browser));
    ask(folder.path(), &["order", "confirm", &placed[0], &placed[2]]);
    let list = |arguments: &[&str]| {
        let orders = ask(folder.path(), &[&["order", "list"], arguments].concat());
        let orders = orders.as_array().expect("a list").iter();
        orders.map(|order| order["number"].as_str().expect("a number").to_owned()).collect::<Vec<_>>()
    };
    let [first, second, third, fourth] = placed.each_ref().map(String::as_str);
    assert_eq!(list(&["--state", "placed"]), [fourth, second]);
    assert_eq!(list(&["--state", "confirmed"]), [third, first]);
    assert_eq!(list(&["--state", "confirmed", "--limit", "1"]), [third], "of those that fit");
    assert_eq!(list(&["--limit", "2"]), [fourth, third], "the newest");
    assert_eq!((list(&["--limit", "9"]).len(), list(&["--limit", "0"]).len()), (4, 0));
    assert!(list(&["--state", "canceled"]).is_empty());
    let told = "placed, confirmed, in_progress, completed, canceled";
    refused(folder.path(), &["order", "list", "--state", "lost"], 2, told);
    refused(folder.path(), &["order", "list", "--limit", "none"], 2, "--limit");
}

#[test]
fn check_finds_prices_in_another_currency() {
    let folder = seeded();
    let euro = [("SHOP_CURRENCY", "EUR")];
    let checked = shop_admin_with(folder.path(), &euro, &["check", "--json"], "");
    assert_eq!(checked.status.code(), Some(1));
    let findings: serde_json::Value = serde_json::from_slice(&checked.stdout).expect("JSON");
    let findings = findings["findings"].as_array().expect("a list");
    assert_eq!(findings.len(), 10);
    assert_eq!(findings[0], "AMTR01: its price is 189.00 RON, the shop sells in EUR");
    assert_eq!(stderr_of(&checked), "shop-admin: findings: 10\n");
}

#[test]
fn without_a_database_nothing_is_made() {
    let folder = folder();
    for arguments in [&["product", "list"][..], &["seed", "sample"], &["check"], &["user", "show", "a@b.ro"]]
    {
        refused(
            folder.path(),
            arguments,
            2,
            "there is no database vitrina.db; `shop-admin migrate` makes one",
        );
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn commands_that_there_are_not_are_refused_by_name() {
    let folder = folder();
    refused(folder.path(), &["no-such-command"], 2, "no-such-command");
}

#[test]
fn settings_are_the_shops() {
    let folder = folder();
    std::fs::write(
        folder.path().join("shop.toml"),
        "database_url = \"sqlite://other.db\"\ncurrency = \"EUR\"",
    )
    .expect("written");
    assert!(shop_admin(folder.path(), &["migrate", "--config", "shop.toml"]).status.success());
    assert!(folder.path().join("other.db").exists() && !folder.path().join("vitrina.db").exists());
    assert!(shop_admin(folder.path(), &["--config", "shop.toml", "seed", "sample"]).status.success());
    let product = ask(folder.path(), &["product", "show", "HD08", "--config", "shop.toml"]);
    assert_eq!(product["variants"][0]["price"]["currency"], "EUR");
    let faulty = shop_admin_with(folder.path(), &[("SHOP_PORT", "x"), ("SHOP_LOG", "x")], &["check"], "");
    assert_eq!((faulty.status.code(), stderr_of(&faulty).lines().count()), (Some(2), 2));
}

#[test]
fn processes_that_migrate_at_once_take_turns() {
    for _ in 0..5 {
        let folder = folder();
        let mut told: Vec<_> = thread::scope(|scope| {
            let migrate = || ask(folder.path(), &["migrate"])["migrations"].as_u64().expect("a count");
            let runs = [(); 4].map(|()| scope.spawn(migrate));
            runs.into_iter().map(|run| run.join().expect("migrated")).collect()
        });
        told.sort_unstable();
        assert_eq!(told, [0, 0, 0, 22], "one of them does it");
        assert!(shop_admin(folder.path(), &["check"]).status.success());
    }
}
