//! From the first page to an order, as a shopper goes.

use crate::scene::{PASSWORD, Scene, Seen, registration};

/// Walks through the shop under this prefix and returns what each page says.
async fn walk(prefix: &str) -> String {
    let scene = Scene::new().await;
    let browser = scene.browser();
    let at = |path: &str| format!("{prefix}{path}");
    let mut outlines = Vec::new();
    let mut note = |step: &str, page: &Seen| outlines.push(format!("# {step}\n{}", page.outline()));

    note("catalog, signed out", &browser.get(&at("/")).await);
    note("cart, signed out", &browser.get(&at("/cart")).await);
    let form = browser.get(&at("/register")).await;
    note("register", &form);
    let refused =
        browser.submit(&form, &at("/register"), &[("email", "not-an-address"), ("password", "short")]).await;
    note("register, refused", &refused);
    let registered = browser.submit(&refused, &at("/register"), &registration("ana@example.com")).await;
    assert_eq!((registered.status, registered.location()), (303, at("/login").as_str()));
    note("registered", &browser.get(registered.location()).await);

    let login = browser.get(&at("/login")).await;
    let credentials = [("email", "ana@example.com"), ("password", PASSWORD)];
    note("sign in before activation", &browser.submit(&login, &at("/login"), &credentials).await);
    let link = at(&format!("/activate/{}", scene.mailed_token().await));
    let page = browser.get(&link).await;
    let activated = browser.submit(&page, &link, &[]).await;
    assert_eq!((activated.status, activated.location()), (303, at("/login").as_str()));
    note("activated", &browser.get(activated.location()).await);
    note("activate again", &browser.submit(&page, &link, &[]).await);

    let login = browser.get(&at("/login?next=/products/smart-hub")).await;
    let signed_in = browser.submit(&login, &at("/login"), &credentials).await;
    assert_eq!((signed_in.status, signed_in.location()), (303, "/products/smart-hub"));
    let product = browser.get(&at("/products/smart-hub")).await;
    note("product", &product);
    note("too many", &browser.submit(&product, &at("/cart/items"), &[("quantity", "6")]).await);
    let added = browser.submit(&product, &at("/cart/items"), &[("quantity", "2")]).await;
    assert_eq!((added.status, added.location()), (303, at("/cart").as_str()));
    note("cart", &browser.get(added.location()).await);

    let checkout = browser.get(&at("/checkout")).await;
    note("checkout", &checkout);
    note(
        "checkout without an address",
        &browser.submit(&checkout, &at("/checkout"), &[("address", " ")]).await,
    );
    let placed = browser.submit(&checkout, &at("/checkout"), &[("address", "Strada Scurtă 2")]).await;
    assert!(placed.status == 303 && placed.location().starts_with(&at("/orders/")), "{placed:?}");
    note("order", &browser.get(placed.location()).await);
    note("orders", &browser.get(&at("/orders")).await);
    note("account", &browser.get(&at("/account")).await);
    let account = browser.get(&at("/account")).await;
    let signed_out = browser.submit(&account, &at("/logout"), &[]).await;
    assert_eq!((signed_out.status, signed_out.location()), (303, at("/login").as_str()));
    let number = placed.location().rsplit('/').next().expect("a number");
    outlines.join("\n").replace(number, "[number]")
}

#[rocket::async_test]
async fn english() {
    insta::assert_snapshot!(walk("/en").await);
}

#[rocket::async_test]
async fn romanian() {
    insta::assert_snapshot!(walk("/ro").await);
}
