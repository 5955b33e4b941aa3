//! What a shopper does, from the first page to the order history.

use std::fs;

use crate::browser::{Browser, Page};
use crate::shop::{PASSWORD, Shop, ask, create_users, folder};

#[test]
fn the_first_page_shows_the_sample_with_prices_and_pictures() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    let browser = Browser::new(&shop.url);
    let catalog = browser.get("/");
    let skus = catalog.all(".card[data-sku]", "data-sku");
    assert_eq!(skus, ["AMTR01", "USB02", "SH03", "LPN4", "3DCAM01", "MB06", "HD08", "WH14"]);
    let pictures = catalog.all(".card img", "src");
    assert_eq!(pictures.len(), 8);
    for picture in pictures {
        let picture = browser.get(&picture);
        assert_eq!(picture.status, 200);
        assert!(picture.body.starts_with("<svg"), "{}", picture.body);
    }
    for price in ["189.00", "169.00", "349.00", "2,339.00", "969.00", "649.00", "199.00", "519.00"] {
        assert!(catalog.body.contains(price), "no price {price} in {}", catalog.body);
    }
    assert_eq!(browser.get("/products/usb-flash-drive").status, 200);
    assert_eq!(browser.get("/cart").location.as_deref(), Some("/login?next=%2Fcart"));
}

fn register(browser: &Browser, email: &str) -> Page {
    let form = browser.get("/register").form("/register");
    let form = form.with("email", email).with("last_name", "Ștefănescu").with("first_name", "Ana-Maria");
    let form = form.with("address", "Strada Lungă 1\r\nBrașov").with("password", PASSWORD);
    browser.submit(&form.with("password_confirmation", PASSWORD))
}

#[test]
fn a_shopper_registers_buys_and_looks_back() {
    let folder = folder();
    let mut shop = Shop::start(folder.path(), &[]);
    let browser = Browser::new(&shop.url);

    let registered = register(&browser, "ana@example.com");
    assert_eq!(
        (registered.status, registered.location.as_deref()),
        (303, Some("/login")),
        "{}",
        registered.body
    );
    let link = shop.link_to("ana@example.com");
    assert!(link.starts_with(&format!("{}/", shop.url)), "{link}");
    let mails: Vec<_> = fs::read_dir(folder.path().join("mail")).expect("a folder").collect();
    assert_eq!(mails.len(), 1, "one file a mail");
    let mail = fs::read_to_string(mails[0].as_ref().expect("a file").path()).expect("text");
    assert!(mail.contains("To: ") && mail.contains("ana@example.com"), "{mail}");
    let token = link.rsplit('/').next().expect("a token");
    assert!(
        mail.replace("=\r\n", "").contains(token),
        "the link of the mail is the one that was printed: {mail}"
    );

    let form =
        browser.get("/login").form("/login").with("email", "ana@example.com").with("password", PASSWORD);
    assert_eq!(browser.submit(&form).status, 422, "not before the address is proved");
    let path = link.strip_prefix(&shop.url).expect("our own link");
    let activated = browser.submit(&browser.get(path).form(path));
    assert_eq!(activated.status, 303, "{}", activated.body);
    let account = browser.submit_and_follow(&form);
    assert!(account.body.contains("Ana-Maria"), "{}", account.body);

    browser.add("smart-home-hub", 3);
    browser.add("usb-fingerprint-reader", 1);
    let cart = browser.add("headphones-hd08", 2);
    assert_eq!(cart.all("li[data-sku]", "data-sku"), ["SH03", "AMTR01", "HD08"]);
    assert_eq!(cart.one("[data-total]", "data-total"), (3 * 34_900 + 18_900 + 2 * 19_900).to_string());
    let fewer = cart.form("/cart/items/SH03").with("quantity", "2");
    let cart = browser.submit_and_follow(&fewer);
    assert_eq!(cart.one("li[data-sku=SH03]", "data-quantity"), "2");
    assert_eq!(cart.one("li[data-sku=SH03]", "data-line-total"), "69800");
    let total = (2 * 34_900 + 18_900 + 2 * 19_900).to_string();
    assert_eq!(cart.one("[data-total]", "data-total"), total);
    assert_eq!(cart.one("[data-total]", "data-currency"), "RON");

    let order = browser.submit_and_follow(&browser.get("/checkout").form("/checkout"));
    assert_eq!(order.one("[data-order]", "data-state"), "placed");
    assert_eq!(order.one("[data-total]", "data-total"), total);
    let number = order.one("[data-order]", "data-order");
    let history = browser.get("/orders");
    assert_eq!(history.all("[data-order]", "data-order"), std::slice::from_ref(&number));
    assert_eq!(browser.get("/cart").all("li[data-sku]", "data-sku"), [""; 0], "the cart is empty");
    assert!(shop.link_to("ana@example.com").ends_with(&format!("/orders/{number}")), "the order's mail");

    let stranger = Browser::new(&shop.url);
    assert_eq!(stranger.get(&format!("/orders/{number}")).status, 303, "to the sign-in");
    let signed_out = browser.submit(&browser.get("/account").form("/logout"));
    assert_eq!(signed_out.status, 303);
    assert_eq!(browser.get("/account").location.as_deref(), Some("/login?next=%2Faccount"));
    let stock = ask(folder.path(), &["product", "show", "SH03"])["variants"][0]["stock"].clone();
    assert_eq!(stock, 28);
    shop.stop();
}

#[test]
fn an_address_that_has_an_account_gets_a_mail_that_says_so_and_the_page_does_not() {
    let folder = folder();
    let mut shop = Shop::start(folder.path(), &[]);
    create_users(folder.path(), &["ana@example.com".to_owned()]);
    let (known, unknown) = (Browser::new(&shop.url), Browser::new(&shop.url));
    let of_known = register(&known, "ana@example.com");
    let of_unknown = register(&unknown, "new@example.com");
    assert_eq!((of_known.status, of_known.location), (of_unknown.status, of_unknown.location));
    assert!(shop.link_to("ana@example.com").ends_with("/login"));
    assert!(shop.link_to("new@example.com").contains("/activate/"));
}

#[test]
fn another_persons_order_is_not_there() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    create_users(folder.path(), &["ana@example.com".to_owned(), "ion@example.com".to_owned()]);
    let ana = Browser::signed_in(&shop.url, "ana@example.com");
    ana.add("laptop-lpn4", 1);
    let placed = ana.submit(&ana.get("/checkout").form("/checkout")).location.expect("an order");
    assert_eq!(ana.get(&placed).status, 200);
    assert_eq!(Browser::signed_in(&shop.url, "ion@example.com").get(&placed).status, 404);
}

#[test]
fn the_shop_remembers_after_a_restart() {
    let folder = folder();
    let shop = Shop::start(folder.path(), &[]);
    create_users(folder.path(), &["ana@example.com".to_owned()]);
    let before = Browser::signed_in(&shop.url, "ana@example.com");
    before.add("laptop-lpn4", 2);
    shop.stop();
    let shop = Shop::start(folder.path(), &[]);
    let browser = Browser::signed_in(&shop.url, "ana@example.com");
    assert_eq!(browser.get("/cart").one("li[data-sku=LPN4]", "data-quantity"), "2");
    assert_eq!(browser.get("/").all(".card[data-sku]", "data-sku").len(), 8, "the sample came once");
}

#[test]
fn a_prefix_holds_for_pages_links_and_mails() {
    let folder = folder();
    let mut shop = Shop::start(folder.path(), &[("SHOP_BASE_PATH", "/shop")]);
    let browser = Browser::new(&shop.url);
    let catalog = browser.get("/shop");
    assert_eq!(catalog.all(".card[data-sku]", "data-sku").len(), 8);
    for link in catalog.all("a[href^='/'], img[src^='/'], form[action^='/']", "href") {
        assert!(link.starts_with("/shop"), "{link}");
    }
    assert_eq!(browser.get("/").status, 404);
    let form = browser.get("/shop/register").form("/shop/register");
    let form = form.with("email", "ana@example.com").with("last_name", "Pop").with("first_name", "Ana");
    let form =
        form.with("address", "Brașov").with("password", PASSWORD).with("password_confirmation", PASSWORD);
    assert_eq!(browser.submit(&form).location.as_deref(), Some("/shop/login"));
    let link = shop.link_to("ana@example.com");
    assert!(link.starts_with(&format!("{}/shop/", shop.url)), "{link}");
    assert_eq!(browser.get(&link).status, 200);
}
