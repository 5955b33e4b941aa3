//! The outbox and its relay, split out.

use std::fs;
use std::path::Path;

use crate::browser::Browser;
use crate::shop::{PASSWORD, Shop, ask, folder, shop_mailer, stderr_of, stdout_of};

fn register(shop: &Shop, email: &str) {
    let browser = Browser::new(&shop.url);
    let form = browser.get("/register").form("/register");
    let form = form.with("email", email).with("last_name", "Pop").with("first_name", "Ana");
    let form =
        form.with("address", "Brașov").with("password", PASSWORD).with("password_confirmation", PASSWORD);
    assert_eq!(browser.submit(&form).status, 303);
}

fn states(folder: &Path) -> Vec<String> {
    let mails = ask(folder, &["outbox", "list"]);
    let mails = mails.as_array().expect("a list");
    mails.iter().map(|mail| mail["state"].as_str().expect("a state").to_owned()).collect()
}

#[test]
fn the_mailer_delivers_what_the_shop_leaves_in_the_outbox() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[("SHOP_MAIL_RELAY", "false")]);
    register(&shop, "ana@example.com");
    assert_eq!(states(folder.path()), ["waiting"]);
    assert!(!folder.path().join("mail").exists());

    let delivered = shop_mailer(folder.path(), &[("SHOP_PUBLIC_URL", &shop.url)], &["--once"]);
    assert!(delivered.status.success(), "{}", stderr_of(&delivered));
    assert_eq!(states(folder.path()), ["sent"]);
    let mail =
        fs::read_dir(folder.path().join("mail")).expect("a folder").next().expect("a mail").expect("a file");
    assert!(mail.file_name().to_string_lossy().ends_with(".eml"));
    let printed = stdout_of(&delivered);
    let link = printed.trim().strip_prefix("Mail to ana@example.com: ").expect("the link");
    assert_eq!(Browser::new(&shop.url).get(link).status, 200);
    let again = shop_mailer(folder.path(), &[], &["--once"]);
    assert!(again.status.success());
    assert_eq!(stdout_of(&again), "", "nothing is delivered twice");
    shop.stop();
}

#[test]
fn mails_may_go_nowhere() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[("SHOP_MAIL_RELAY", "false")]);
    register(&shop, "ana@example.com");
    assert!(shop_mailer(folder.path(), &[("SHOP_MAIL_URL", "none://")], &["--once"]).status.success());
    assert_eq!(states(folder.path()), ["sent"]);
    assert!(!folder.path().join("mail").exists());
}

#[test]
fn where_no_mail_can_be_written_they_wait() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[("SHOP_MAIL_RELAY", "false")]);
    register(&shop, "ana@example.com");
    fs::write(folder.path().join("mail"), "not a folder").expect("written");
    let failed = shop_mailer(folder.path(), &[], &["--once"]);
    assert_eq!(failed.status.code(), Some(2));
    let stderr = stderr_of(&failed);
    assert!(stderr.contains("shop-mailer: cannot write mails into mail (SHOP_MAIL_URL): "), "{stderr}");
    assert_eq!(states(folder.path()), ["waiting"]);
}

#[test]
fn a_mail_that_cannot_be_delivered_is_put_back_and_told() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[("SHOP_MAIL_RELAY", "false")]);
    register(&shop, "ana@example.com");
    let id = ask(folder.path(), &["outbox", "list"])[0]["id"].as_str().expect("an id").to_owned();
    // A folder stands where the mail's file belongs.
    fs::create_dir_all(folder.path().join(format!("mail/{id}.eml"))).expect("a folder");
    let failed = shop_mailer(folder.path(), &[], &["--once"]);
    assert_eq!(failed.status.code(), Some(1));
    let stderr = stderr_of(&failed);
    assert!(stderr.ends_with("shop-mailer: mails delivered: 0, not delivered: 1\n"), "{stderr}");
    let mail = &ask(folder.path(), &["outbox", "list", "--state", "waiting"])[0];
    assert_eq!(mail["attempts"], 1);
    assert!(mail["last_error"].as_str().expect("an error").starts_with("cannot write into mail: "), "{mail}");
}
