//! What owners do with their account, in two languages, with every mail read from its link.

use serde_json::Value;

use crate::browser::{Browser, Form, Page};
use crate::shop::{PASSWORD, Shop, ask, create_users, folder, shop_admin, stdout_of};

const ANA: &str = "ana@example.com";
const NEW: &str = "ana.pop@example.org";
const NEW_PASSWORD: &str = "alt-cal-alta-baterie";

/// Runs a walk without a prefix, in English, and with Romanian's.
fn in_two_languages(walk: impl Fn(&mut Shop, &str)) {
    for prefix in ["", "/ro"] {
        let folder = folder();
        let mut shop = Shop::start(folder.path(), &[]);
        create_users(folder.path(), &[ANA.to_owned()]);
        walk(&mut shop, prefix);
        shop.stop();
    }
}

/// The form that posts to this path, on the page of this path.
fn form(browser: &Browser, path: &str) -> Form {
    browser.get(path).form(path)
}

/// Follows the link of the next mail to this address: nothing happens by looking, and the button does it.
fn follow(shop: &mut Shop, browser: &Browser, address: &str, fill: impl Fn(Form) -> Form) -> Page {
    let link = shop.link_to(address);
    let path = link.strip_prefix(&shop.url).expect("our own link").to_owned();
    for _ in 0..2 {
        // As a mail scanner does.
        assert_eq!(Browser::new(&shop.url).get(&path).status, 200, "{path}");
    }
    let form = fill(form(browser, &path));
    let answer = browser.submit(&form);
    assert_eq!(browser.submit(&form).status, 422, "{path} was used");
    answer
}

fn sign_in(shop: &Shop, email: &str, password: &str) -> u16 {
    let browser = Browser::new(&shop.url);
    browser.submit(&form(&browser, "/login").with("email", email).with("password", password)).status
}

#[test]
fn a_forgotten_password_is_reset() {
    in_two_languages(|shop, prefix| {
        let elsewhere = Browser::signed_in(&shop.url, ANA);
        let browser = Browser::new(&shop.url);
        let forgot = format!("{prefix}/forgot");
        let known = browser.submit(&form(&browser, &forgot).with("email", ANA));
        let unknown = browser.submit(&form(&browser, &forgot).with("email", "nobody@example.com"));
        let login = format!("{prefix}/login");
        assert_eq!((known.status, known.location.as_deref()), (303, Some(login.as_str())));
        assert_eq!((known.status, &known.location), (unknown.status, &unknown.location));
        let answer = follow(shop, &browser, ANA, |form| {
            form.with("password", NEW_PASSWORD).with("password_confirmation", NEW_PASSWORD)
        });
        assert_eq!(answer.status, 303, "{}", answer.body);
        assert_eq!(elsewhere.get("/account").status, 303, "signed out everywhere");
        assert!(shop.link_to(ANA).ends_with("/forgot"), "the owner is told");
        assert_eq!((sign_in(shop, ANA, PASSWORD), sign_in(shop, ANA, NEW_PASSWORD)), (422, 303));
    });
}

#[test]
fn a_new_address_counts_once_confirmed_and_can_be_taken_back() {
    in_two_languages(|shop, prefix| {
        let browser = Browser::signed_in(&shop.url, ANA);
        let edit = format!("{prefix}/account/edit");
        let without = browser.submit(&form(&browser, &edit).with("email", NEW));
        assert_eq!(without.status, 422);
        assert_eq!(without.all("[aria-invalid=true]", "name"), ["current_password"]);
        assert_eq!(without.one("input[name=email]", "value"), NEW, "what was typed is kept");
        let asked =
            browser.submit(&form(&browser, &edit).with("email", NEW).with("current_password", PASSWORD));
        assert_eq!(asked.status, 303, "{}", asked.body);
        assert_eq!(sign_in(shop, NEW, PASSWORD), 422, "not before it is confirmed");
        // The new address may be read on another machine.
        let phone = Browser::new(&shop.url);
        assert_eq!(follow(shop, &phone, NEW, |form| form).status, 303);
        assert_eq!((sign_in(shop, ANA, PASSWORD), sign_in(shop, NEW, PASSWORD)), (422, 303));
        assert_eq!(follow(shop, &phone, ANA, |form| form).status, 303);
        assert_eq!(browser.get("/account").status, 303, "whoever changed it is out");
        assert_eq!(
            (sign_in(shop, NEW, PASSWORD), sign_in(shop, ANA, PASSWORD)),
            (422, 422),
            "a thief knows it"
        );
        let answer = follow(shop, &phone, ANA, |form| {
            form.with("password", NEW_PASSWORD).with("password_confirmation", NEW_PASSWORD)
        });
        assert_eq!(
            (answer.status, sign_in(shop, ANA, NEW_PASSWORD)),
            (303, 303),
            "the owner chooses another"
        );
    });
}

#[test]
fn a_new_password_signs_out_everywhere_else() {
    in_two_languages(|shop, prefix| {
        let (here, elsewhere) = (Browser::signed_in(&shop.url, ANA), Browser::signed_in(&shop.url, ANA));
        let edit = format!("{prefix}/account/edit");
        let form = form(&here, &edit).with("first_name", "Ana-Maria").with("current_password", PASSWORD);
        let answer =
            here.submit(&form.with("password", NEW_PASSWORD).with("password_confirmation", NEW_PASSWORD));
        assert_eq!(answer.status, 303, "{}", answer.body);
        assert!(here.get("/account").body.contains("Ana-Maria"));
        assert_eq!(elsewhere.get("/account").status, 303);
        assert_eq!((sign_in(shop, ANA, PASSWORD), sign_in(shop, ANA, NEW_PASSWORD)), (422, 303));
    });
}

#[test]
fn sessions_are_listed_and_ended() {
    in_two_languages(|shop, prefix| {
        let (here, elsewhere) = (Browser::signed_in(&shop.url, ANA), Browser::signed_in(&shop.url, ANA));
        let sessions = here.get(&format!("{prefix}/account/sessions"));
        assert_eq!(sessions.all("[data-session]", "data-session").len(), 2);
        // The form without a key comes last.
        let end = format!("{prefix}/account/sessions/end");
        let others = sessions.last_form(&end);
        assert_eq!(here.submit(&others).status, 303);
        assert_eq!((here.get("/account").status, elsewhere.get("/account").status), (200, 303));
    });
}

#[test]
fn everything_kept_can_be_taken_away_and_forgotten() {
    in_two_languages(|shop, prefix| {
        let browser = Browser::signed_in(&shop.url, ANA);
        browser.add("headphones-hd08", 1);
        let order = browser.submit_and_follow(&form(&browser, "/checkout"));
        let number = order.one("[data-order]", "data-order");
        browser.add("smart-home-hub", 2);
        let export = browser.get(&format!("{prefix}/account/export"));
        let export: Value = serde_json::from_str(&export.body).expect("JSON");
        assert_eq!(export["account"]["email"], ANA);
        assert_eq!(export["cart"][0]["sku"], "SH03");
        assert_eq!(export["orders"][0]["number"], number.as_str());

        let delete = format!("{prefix}/account/delete");
        let wrong = browser.submit(&form(&browser, &delete).with("password", "another password"));
        assert_eq!(wrong.status, 422);
        assert_eq!(browser.submit(&form(&browser, &delete).with("password", PASSWORD)).status, 303);
        assert_eq!(browser.get("/account").status, 303);
        assert_eq!(sign_in(shop, ANA, PASSWORD), 422);
    });
}

#[test]
fn an_order_is_canceled_and_printed() {
    in_two_languages(|shop, prefix| {
        let browser = Browser::signed_in(&shop.url, ANA);
        browser.add("headphones-hd08", 1);
        let order = browser.submit_and_follow(&form(&browser, "/checkout"));
        let number = order.one("[data-order]", "data-order");
        let path = format!("{prefix}/orders/{number}");
        let print = browser.get(&format!("{path}/print"));
        assert!(print.status == 200 && print.body.contains(&number), "{}", print.body);
        let cancel = browser.get(&path).form(&format!("{path}/cancel"));
        let canceled = browser.submit_and_follow(&cancel);
        assert_eq!(canceled.one("[data-order]", "data-state"), "canceled");
        assert_eq!(browser.submit(&cancel).status, 422, "once");
    });
}

#[test]
fn a_deleted_accounts_order_stays_without_the_person() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    create_users(folder.path(), &[ANA.to_owned()]);
    let browser = Browser::signed_in(&shop.url, ANA);
    browser.add("headphones-hd08", 1);
    let order = browser.submit_and_follow(&form(&browser, "/checkout"));
    let number = order.one("[data-order]", "data-order");
    browser.submit(&form(&browser, "/account/delete").with("password", PASSWORD));
    let shown = ask(folder.path(), &["order", "show", &number]);
    assert_eq!((&shown["owner"], &shown["recipient"]), (&Value::Null, &"Ana Pop".into()));
    assert_eq!(shown.get("buyer"), Some(&Value::Null));
    let text = stdout_of(&shop_admin(folder.path(), &["order", "show", &number]));
    assert!(text.contains("(no account any more)") && !text.contains(ANA), "{text}");
    for step in ["confirm", "ship", "deliver"] {
        ask(folder.path(), &["order", step, &number]);
    }
    let shown = ask(folder.path(), &["order", "show", &number]);
    assert_eq!((&shown["recipient"], &shown["address"]), (&Value::Null, &Value::Null));
    assert_eq!(shop_admin(folder.path(), &["user", "show", ANA]).status.code(), Some(1));
    assert!(shop_admin(folder.path(), &["check"]).status.success());
}

#[test]
fn who_asks_too_often_has_to_wait_whether_there_is_an_account_or_not() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    create_users(folder.path(), &[ANA.to_owned()]);
    let browser = Browser::new(&shop.url);
    let mut waits = Vec::new();
    for email in [ANA, "nobody@example.com"] {
        let form = form(&browser, "/forgot").with("email", email);
        let answers: Vec<_> = (0..7).map(|_| browser.submit(&form)).collect();
        let refused = answers.last().expect("seven answers");
        assert_eq!((answers[0].status, refused.status), (303, 429), "{email}");
        let first = answers.iter().position(|answer| answer.status == 429);
        waits.push((first, refused.retry_after));
        assert!(refused.retry_after.is_some_and(|seconds| seconds >= 1), "{refused:?}");
    }
    assert_eq!(waits[0].0, waits[1].0);
    // What one replica has counted holds for another one on the same store, and after a restart.
    shop.stop();
    let shop = Shop::start(folder.path(), &[]);
    let browser = Browser::new(&shop.url);
    for _ in 0..3 {
        browser.submit(&form(&browser, "/forgot").with("email", ANA));
    }
    assert_eq!(browser.submit(&form(&browser, "/forgot").with("email", ANA)).status, 429);
}

#[test]
fn clients_behind_a_trusted_proxy_are_told_apart() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[("SHOP_TRUSTED_PROXIES", "127.0.0.1")]);
    let ask_for = |client: &str, number: u32| {
        let browser = Browser::behind_proxy(&shop.url, client);
        browser
            .submit(&form(&browser, "/forgot").with("email", &format!("nobody{number}@example.com")))
            .status
    };
    let statuses: Vec<_> = (0..35).map(|number| ask_for("192.0.2.7", number)).collect();
    assert_eq!((statuses[0], statuses[34]), (303, 429), "{statuses:?}");
    assert_eq!(ask_for("192.0.2.8", 99), 303, "another client");
}
