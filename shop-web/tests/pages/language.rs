//! Every page in every language, by its address or by what its reader prefers.

use rocket::http::{Header, Method};
use shop_core::Language;

use crate::scene::{Browser, Scene, Seen, config};

async fn asking_for(browser: &Browser, address: &str, languages: &str) -> Seen {
    browser
        .send(
            browser
                .request(Method::Get, address)
                .header(Header::new("Accept-Language", languages.to_owned())),
        )
        .await
}

fn language(page: &Seen) -> &str {
    let start = page.body.find("<html lang=\"").map_or(0, |start| start + "<html lang=\"".len());
    page.body[start..].split('"').next().unwrap_or_default()
}

#[rocket::async_test]
async fn the_address_goes_before_the_account_before_the_browser_before_the_shop() {
    let romanian = shop_web::WebConfig { language: Language::Romanian, ..config() };
    let scene = Scene::with(romanian).await;
    let visitor = scene.browser();
    assert_eq!(language(&visitor.get("/").await), "ro", "the shop's");
    assert_eq!(language(&asking_for(&visitor, "/", "de, en;q=0.5").await), "en", "the browser's");
    assert_eq!(language(&asking_for(&visitor, "/ro", "en").await), "ro", "the address's");

    let shopper = scene.signed_in("ana@example.com").await;
    assert_eq!(language(&asking_for(&shopper, "/cart", "en").await), "ro", "the account's");
    assert_eq!(language(&asking_for(&shopper, "/en/cart", "ro").await), "en", "the address's");
    assert_eq!(language(&asking_for(&visitor, "/nothing", "en").await), "en", "errors too");
    assert_eq!(language(&visitor.get("/en/nothing").await), "en");
}

#[rocket::async_test]
async fn answers_say_what_they_vary_with() {
    let scene = Scene::new().await;
    let browser = scene.browser();
    for (address, vary) in [
        ("/", "Accept-Language, Cookie"),
        ("/ro", "Cookie"),
        ("/login", "Accept-Language, Cookie"),
        ("/ro/login", "Cookie"),
    ] {
        assert_eq!(browser.get(address).await.header("Vary"), Some(vary), "{address}");
    }
    assert_eq!(browser.get("/static/shop.css").await.header("Vary"), None);
}

/// The addresses of all links and forms of a page, but for the menu of languages and for files.
fn ways_on(page: &Seen) -> Vec<String> {
    let footer = page.body.find("<footer").unwrap_or(page.body.len());
    let body = page.body[..footer].split_once("<body>").map_or("", |(_, body)| body);
    let pieces = ["href=\"", "action=\""].map(|attribute| body.split(attribute).skip(1));
    let values = pieces.into_iter().flatten().filter_map(|piece| piece.split('"').next());
    values.filter(|value| value.starts_with('/')).map(str::to_owned).collect()
}

#[rocket::async_test]
async fn links_forms_and_redirects_stay_under_the_prefix() {
    for base in ["", "/shop"] {
        let scene = Scene::under(if base.is_empty() { "/" } else { base }).await;
        let shopper = scene.signed_in("ana@example.com").await;
        shopper.add("SH03", "1").await;
        let prefix = format!("{base}/fr");
        let pages = [
            "",
            "/",
            "/?q=drive",
            "/products/smart-hub",
            "/register",
            "/login",
            "/activate",
            "/forgot",
            "/account",
            "/account/edit",
            "/account/delete",
            "/account/sessions",
            "/cart",
            "/checkout",
            "/orders",
            "/nothing",
        ];
        for path in pages {
            let page = shopper.get(&format!("{prefix}{path}")).await;
            assert!(page.status == 200 || path == "/nothing", "{path}: {}", page.status);
            let ways = ways_on(&page);
            assert!(ways.len() >= 3, "{path}: {ways:?}");
            for way in ways {
                assert!(way.starts_with(&prefix), "{way} on {prefix}{path}");
            }
        }
        let account = shopper.get(&format!("{prefix}/account")).await;
        let signed_out = shopper.submit(&account, &format!("{prefix}/logout"), &[]).await;
        assert_eq!(signed_out.location(), format!("{prefix}/login"));
        let cart = shopper.get(&format!("{prefix}/cart")).await;
        let here = format!("{prefix}/cart").replace('/', "%2F");
        assert_eq!(cart.location(), format!("{prefix}/login?next={here}"));
    }
}

#[rocket::async_test]
async fn mails_go_out_in_the_language_of_the_page() {
    let scene = Scene::new().await;
    let browser = scene.browser();
    let form = browser.get("/pt/register").await;
    browser.submit(&form, "/pt/register", &crate::scene::registration("ana@example.com")).await;
    scene.mailed_token().await;
    assert_eq!(scene.mailbox.letters()[0].message.language, Language::Portuguese);
}
