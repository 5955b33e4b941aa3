//! Changing an account: what is asked for, what is kept, and two tabs at once.

use shop_core::Language;
use shop_core::outbox::Mail;

use crate::scene::{PASSWORD, Scene, Seen, registration};

const NEW: &str = "another horse battery";

/// What the account's page says under the details.
fn details(account: &Seen) -> &str {
    let start = account.body.find("<dl>").expect("details");
    &account.body[start..start + account.body[start..].find("</dl>").expect("their end")]
}

/// What stands in the field of this name.
fn value<'p>(page: &'p Seen, name: &str) -> &'p str {
    let start =
        page.body.find(&format!(" name=\"{name}\"")).unwrap_or_else(|| panic!("no {name} in {}", page.body));
    let field = &page.body[start..];
    field.split_once("value=\"").and_then(|(_, value)| value.split('"').next()).unwrap_or_default()
}

#[rocket::async_test]
async fn the_form_holds_what_the_account_says() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let page = browser.get("/account/edit").await;
    assert_eq!(page.status, 200);
    assert_eq!(
        ["email", "last_name", "first_name"].map(|name| value(&page, name)),
        ["ana@example.com", "Pop", "Ana"]
    );
    assert!(page.body.contains("Strada Lungă 1\nBrașov</textarea>"));
    assert!(page.body.contains("<option value=\"en\" lang=\"en\" selected>"));
    assert!(!page.form("/account/edit")["version"].is_empty());
}

/// What tests from outside send: the contract's fields, and the form's token.
#[rocket::async_test]
async fn the_fields_of_the_contract_are_enough() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    for (first_name, password) in [("Ioana", ""), ("Mara", NEW)] {
        let token = browser.form_token().await;
        let fields = [
            ("form_token", token.as_str()),
            ("email", "ana@example.com"),
            ("last_name", "Popescu"),
            ("first_name", first_name),
            ("address", "Strada Scurtă 2"),
            ("current_password", if password.is_empty() { "" } else { PASSWORD }),
            ("password", password),
            ("password_confirmation", password),
        ];
        let answer = browser.post("/account/edit", &fields).await;
        assert_eq!((answer.status, answer.location()), (303, "/account"));
        let account = browser.get("/account").await;
        assert!(details(&account).contains(&format!("{first_name} Popescu")), "{}", account.body);
        assert!(details(&account).contains("Strada Scurtă 2") && account.body.contains("role=\"status\""));
    }
    assert_eq!(scene.browser().sign_in("ana@example.com", NEW).await.status, 303);
    let page = browser.get("/account/edit").await;
    assert!(page.body.contains("<option value=\"en\" lang=\"en\" selected>"), "the language stays");
}

#[rocket::async_test]
async fn names_and_address_need_no_password() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let answer = browser.edit(&[("first_name", "Ioana"), ("email", "Ana@Example.com")]).await;
    assert_eq!(answer.status, 303, "the same address in another way");
    let account = browser.get("/account").await;
    assert!(account.body.contains("Your changes have been saved.") && account.body.contains("Hello, Ioana!"));
    assert!(details(&account).contains("ana@example.com"), "as it was first written");
    let before = scene.mailbox.letters().len();
    scene.newest_mail().await;
    assert_eq!(scene.mailbox.letters().len(), before, "no mail");
    assert_eq!(scene.browser().sign_in("ana@example.com", PASSWORD).await.status, 303, "the password stays");
}

#[rocket::async_test]
async fn address_and_password_need_the_current_one() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let address = [("email", "eva@example.com")];
    let password = [("password", NEW), ("password_confirmation", NEW)];
    for change in [&address[..], &password] {
        for (current, text) in
            [("", "Please enter your current password"), ("hush hush", "The password is wrong.")]
        {
            let answer = browser.edit(&[change, &[("current_password", current)]].concat()).await;
            assert_eq!((answer.status, answer.body.matches("aria-invalid=\"true\"").count()), (422, 1));
            assert!(answer.body.contains(text), "{}", answer.body);
            assert!(answer.body.contains("id=\"current_password-fault\""));
            assert!(
                !answer.body.contains(NEW) && !answer.body.contains("hush hush"),
                "passwords never come back"
            );
        }
    }
    let before = scene.mailbox.letters().len();
    scene.newest_mail().await;
    assert_eq!(scene.mailbox.letters().len(), before, "no mail");
    assert_eq!(scene.browser().sign_in("ana@example.com", PASSWORD).await.status, 303);
}

#[rocket::async_test]
async fn a_new_password_ends_all_other_sessions() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let thief = browser.window();
    let elsewhere = scene.browser();
    elsewhere.sign_in("ana@example.com", PASSWORD).await;
    let change = [("current_password", PASSWORD), ("password", NEW), ("password_confirmation", NEW)];
    assert_eq!(browser.edit(&change).await.location(), "/account");
    let account = browser.get("/account").await;
    assert!(account.body.contains("Your account is signed out everywhere else."), "{}", account.body);
    assert_eq!(elsewhere.get("/account").await.status, 303);
    assert_eq!(thief.get("/account").await.status, 303, "whoever knows the old cookie is out");
    assert_eq!(scene.newest_mail().await, Mail::PasswordChanged);
    assert_eq!(elsewhere.sign_in("ana@example.com", PASSWORD).await.status, 422);
    assert_eq!(elsewhere.sign_in("ana@example.com", NEW).await.status, 303);
}

#[rocket::async_test]
async fn address_and_password_at_once_are_both_told() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let fields = [
        ("email", "eva@example.com"),
        ("current_password", PASSWORD),
        ("password", NEW),
        ("password_confirmation", NEW),
    ];
    assert_eq!(browser.edit(&fields).await.status, 303);
    let account = browser.get("/account").await;
    assert!(account.body.contains("Your password has been changed"));
    assert!(account.body.contains("An e-mail is on its way to the new address"));
}

#[rocket::async_test]
async fn the_second_of_two_tabs_is_told_and_may_insist() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let (first, second) = (browser.get("/account/edit").await, browser.get("/account/edit").await);
    let fields = |last_name, address| {
        let mut fields = registration("ana@example.com")[..4].to_vec();
        fields.extend([("last_name", last_name), ("address", address)]);
        fields
    };
    let saved = browser.submit(&first, "/account/edit", &fields("Popescu", "Strada Scurtă 2")).await;
    assert_eq!(saved.status, 303);
    let told = browser.submit(&second, "/account/edit", &fields("Ionescu", "Calea Nouă 3")).await;
    assert_eq!(told.status, 422);
    assert!(told.body.contains("Your account was changed in the meantime"), "{}", told.body);
    assert_eq!(value(&told, "last_name"), "Ionescu", "what was typed");
    assert!(details(&browser.get("/account").await).contains("Strada Scurtă 2"), "nothing has changed");

    let faulty = browser.submit(&told, "/account/edit", &fields("", "Calea Nouă 3")).await;
    assert_eq!(faulty.status, 422);
    let saved = browser.submit(&faulty, "/account/edit", &fields("Ionescu", "Calea Nouă 3")).await;
    assert_eq!(saved.status, 303, "the second press does it");
    let account = browser.get("/account").await;
    assert!(details(&account).contains("Ana Ionescu") && details(&account).contains("Calea Nouă 3"));
}

#[rocket::async_test]
async fn a_fault_does_not_hide_that_the_form_is_outdated() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let outdated = browser.get("/account/edit").await;
    browser.edit(&[("first_name", "Ioana")]).await;
    let fields = registration("ana@example.com");
    let faulty =
        browser.submit(&outdated, "/account/edit", &[&fields[..4], &[("last_name", "")]].concat()).await;
    assert_eq!(faulty.status, 422);
    let told = browser.submit(&faulty, "/account/edit", &fields[..4]).await;
    assert!(told.status == 422 && told.body.contains("changed in the meantime"), "{}", told.body);
}

#[rocket::async_test]
async fn a_version_that_no_page_has_held_is_outdated() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    for version in ["99", "-1", "one", "18446744073709551615", "99999999999999999999"] {
        let answer = browser.edit(&[("version", version)]).await;
        assert!(answer.status == 422 && answer.body.contains("changed in the meantime"), "{version}");
    }
}

#[rocket::async_test]
async fn the_language_is_that_of_pages_and_mails() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    assert_eq!(browser.edit(&[("language", "fr")]).await.status, 303);
    assert!(browser.get("/account").await.body.contains("<html lang=\"fr\">"));
    browser.edit(&[("email", "eva@example.com"), ("current_password", PASSWORD)]).await;
    scene.mailed_token().await;
    assert_eq!(scene.mailbox.letters().pop().expect("a letter").message.language, Language::French);
    assert!(browser.get("/ro/account").await.body.contains("<html lang=\"ro\">"), "the address goes first");
}

#[rocket::async_test]
async fn a_refused_form_without_a_language_keeps_the_accounts() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    browser.edit(&[("language", "pt")]).await;
    let refused = browser.edit(&[("last_name", "")]).await;
    assert!(refused.body.contains("<option value=\"pt\" lang=\"pt\" selected>"), "{}", refused.body);
    let refused = browser.edit(&[("language", "xx")]).await;
    assert_eq!((refused.status, refused.body.matches("aria-invalid=\"true\"").count()), (422, 1));
}

#[rocket::async_test]
async fn all_faults_come_at_once_and_passwords_never_come_back() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let fields = [
        ("email", "ana@"),
        ("last_name", ""),
        ("first_name", "\u{202e}"),
        ("address", " "),
        ("language", "xx"),
        ("current_password", "hush-0"),
        ("password", "hush-1"),
        ("password_confirmation", "hush-2"),
    ];
    let answer = browser.edit(&fields).await;
    assert_eq!((answer.status, answer.body.matches("aria-invalid=\"true\"").count()), (422, 7));
    assert!(value(&answer, "email") == "ana@" && !answer.body.contains("hush"), "{}", answer.body);

    let same = [
        ("current_password", PASSWORD),
        ("password", "ana@example.com"),
        ("password_confirmation", "ana@example.com"),
    ];
    let answer = browser.edit(&same).await;
    assert_eq!((answer.status, answer.body.matches("aria-invalid=\"true\"").count()), (422, 1));
    assert!(answer.body.contains("id=\"password-fault\""), "the password is the address");
}
