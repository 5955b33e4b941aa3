//! What the operator does with orders, accounts and mails, and what becomes of them by themselves.

use std::path::Path;

use serde_json::Value;

use crate::browser::Browser;
use crate::shop::{Shop, ask, create_users, folder, shop_admin, stderr_of, stdout_of};

const ANA: &str = "ana@example.com";

/// Places an order of two pieces; its number.
fn place(shop: &Shop, email: &str) -> String {
    let browser = Browser::signed_in(&shop.url, email);
    browser.add("headphones-hd08", 2);
    let order = browser.submit_and_follow(&browser.get("/checkout").form("/checkout"));
    order.one("[data-order]", "data-order")
}

fn stock(folder: &Path) -> u64 {
    let product = ask(folder, &["product", "show", "headphones-hd08"]);
    product["variants"][0]["stock"].as_u64().expect("counted")
}

/// A command that can be done in part at most; what it says on stderr.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = shop_admin(folder, arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", stderr_of(&output));
    stderr_of(&output)
}

fn mails(folder: &Path, state: &str) -> Vec<Value> {
    let list = ask(folder, &["outbox", "list", "--state", state]);
    list.as_array().expect("a list").clone()
}

#[test]
fn orders_are_confirmed_shipped_delivered_and_canceled() {
    let folder = folder();
    let mut shop = Shop::start(folder.path(), &[]);
    create_users(folder.path(), &[ANA.to_owned()]);
    let before = stock(folder.path());
    let (first, second) = (place(&shop, ANA), place(&shop, ANA));
    assert_eq!(stock(folder.path()), before - 4);
    let states = |command: &str, numbers: &[&str]| -> Vec<String> {
        let orders = ask(folder.path(), &[&["order", command], numbers].concat());
        let orders = orders.as_array().expect("a list").clone();
        orders.iter().map(|order| order["state"].as_str().expect("a state").to_owned()).collect()
    };
    assert_eq!(states("confirm", &[&first, &second]), ["confirmed", "confirmed"]);
    assert_eq!(states("ship", &[&first]), ["in_progress"]);
    assert_eq!(states("cancel", &[&second]), ["canceled"]);
    assert_eq!(stock(folder.path()), before - 2, "the second one's pieces are back");
    assert_eq!(states("deliver", &[&first]), ["completed"]);

    let told = refused(folder.path(), &["order", "ship", &first, &second, "0000-0000-0"]);
    for refusal in [
        format!("{first}: cannot ship an order that is completed"),
        format!("{second}: cannot ship an order that is canceled"),
    ] {
        assert!(told.contains(&refusal), "{told}");
    }
    let shown = ask(folder.path(), &["order", "show", &first]);
    let steps = shown["steps"].as_array().expect("steps");
    assert_eq!(
        steps.iter().map(|step| &step["state"]).collect::<Vec<_>>(),
        ["confirmed", "in_progress", "completed"]
    );

    let browser = Browser::signed_in(&shop.url, ANA);
    assert_eq!(browser.get(&format!("/orders/{first}")).one("[data-order]", "data-state"), "completed");
    shop.line(&first);
    shop.stop();
    let kinds: Vec<_> = mails(folder.path(), "sent").iter().map(|mail| mail["kind"].to_string()).collect();
    for kind in ["\"order_shipped\"", "\"order_canceled\""] {
        assert_eq!(kinds.iter().filter(|sent| *sent == kind).count(), 1, "{kinds:?}");
    }
}

#[test]
fn an_account_is_closed_opened_and_exported() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    create_users(folder.path(), &[ANA.to_owned()]);
    let order = place(&shop, ANA);
    let browser = Browser::signed_in(&shop.url, ANA);
    let export = ask(folder.path(), &["user", "export", ANA]);
    assert_eq!(export["account"]["email"], ANA);
    assert_eq!(export["orders"][0]["number"], order.as_str());
    assert!(!export.to_string().contains("argon2"), "{export}");
    assert_eq!(ask(folder.path(), &["user", "disable", ANA])["state"], "disabled");
    assert_eq!(browser.get("/account").status, 303, "signed out at once");
    let form = browser.get("/login").form("/login").with("email", ANA);
    assert_eq!(browser.submit(&form.with("password", crate::shop::PASSWORD)).status, 422);
    assert_eq!(ask(folder.path(), &["user", "disable", "--undo", ANA])["state"], "active");
    Browser::signed_in(&shop.url, ANA);
    for command in [["user", "disable", "no@example.com"], ["user", "export", "no@example.com"]] {
        assert!(refused(folder.path(), &command).contains("there is no such account"));
    }
}

#[test]
fn mails_are_shown_tried_again_and_removed() {
    let folder = folder();
    ask(folder.path(), &["migrate"]);
    let person =
        ["--last-name", "Pop", "--first-name", "Ana", "--address", "Str. Lungă 1", "--password-stdin"];
    let arguments = [&["user", "create", "--email", ANA], &person[..]].concat();
    let created = crate::shop::shop_admin_with(folder.path(), &[], &arguments, crate::shop::PASSWORD);
    assert!(created.status.success(), "{}", stderr_of(&created));
    let id = mails(folder.path(), "waiting")[0]["id"].as_str().expect("an id").to_owned();
    let shown = ask(folder.path(), &["outbox", "show", &id]);
    assert_eq!((&shown["mail"]["kind"], &shown["to"]), (&"activation".into(), &ANA.into()));
    assert_eq!(ask(folder.path(), &["outbox", "retry", &id])["mails"], 1);
    let settings = [("SHOP_MAIL_URL", "none://")];
    let delivered = crate::shop::shop_mailer(folder.path(), &settings, &["--once"]);
    assert!(delivered.status.success(), "{}", stderr_of(&delivered));
    assert!(refused(folder.path(), &["outbox", "retry", &id]).contains("sent already, or not there"));
    assert_eq!(ask(folder.path(), &["outbox", "purge", "--state", "sent", "--older-than", "1"])["mails"], 0);
    assert_eq!(mails(folder.path(), "sent").len(), 1, "it was sent today");
    assert_eq!(ask(folder.path(), &["outbox", "purge", &id])["mails"], 1);
    assert!(refused(folder.path(), &["outbox", "purge", &id]).contains("not there"));
    assert!(refused(folder.path(), &["outbox", "show", &id]).contains("there is no such mail"));
    let usage = shop_admin(folder.path(), &["outbox", "purge", "--state", "waiting"]);
    assert_eq!(usage.status.code(), Some(2), "waiting mails are removed one by one alone");
}

#[test]
fn tidying_says_what_it_has_removed() {
    let folder = folder();
    ask(folder.path(), &["migrate"]);
    let report = ask(folder.path(), &["tidy"]);
    for kind in ["tokens", "sessions", "throttles", "messages"] {
        assert_eq!(report[kind], 0, "{report}");
    }
    let text = shop_admin(folder.path(), &["tidy"]);
    assert_eq!(stdout_of(&text), "removed: 0 links, 0 sessions, 0 counts of tries, 0 mails\n");
}
