//! Orders after they were placed: how far they have come, calling them off, and a copy for the printer.

use std::time::Duration;

use shop_core::order::advance::AdvanceOrder;
use shop_core::order::{OrderAction, OrderNumber};
use shop_core::outbox::Mail;
use shop_core::stock::Stock;

use crate::scene::{Browser, Scene, Seen};

/// Orders 2 pieces of `SH03`, of which there are 5, and returns the address of the order's page.
async fn order(browser: &Browser) -> String {
    browser.add("SH03", "2").await;
    browser.order().await
}

/// What the shop does with the order, an hour later.
async fn advance(scene: &Scene, address: &str, action: OrderAction) {
    scene.clock.advance(Duration::from_hours(1));
    scene.shop.advance_order(AdvanceOrder { number: number(address), action }).await.expect("advanced");
}

fn number(address: &str) -> OrderNumber {
    address.rsplit('/').next().and_then(|number| number.parse().ok()).expect("a number")
}

async fn stock(scene: &Scene) -> Stock {
    let offers = scene.shop.store().catalog().offers(&["SH03".parse().expect("a SKU")]).await;
    offers.expect("offers")[0].variant.stock
}

fn offers_to_cancel(page: &Seen) -> bool {
    page.body.contains("/cancel\"")
}

/// All mails about orders so far.
async fn news(scene: &Scene) -> Vec<Mail> {
    scene.shop.relay_outbox(&scene.mailbox).await.expect("relayed");
    let mails = scene.mailbox.letters().into_iter().map(|letter| letter.message.mail);
    mails.filter(|mail| mail.kind().starts_with("order_")).collect()
}

/// The steps of the timeline: what each says, and how it is marked.
fn timeline(page: &Seen) -> Vec<String> {
    let (_, list) = page.body.split_once("<ol class=\"timeline\"").expect("a timeline");
    let list = list.split_once("</ol>").expect("its end").0;
    let step = |step: &str| {
        let (attributes, content) = step.split_once('>').expect("a tag");
        let texts = content.split('<').map(|piece| piece.rsplit_once('>').map_or(piece, |(_, text)| text));
        let text: Vec<_> = texts.map(str::trim).filter(|text| !text.is_empty()).collect();
        let current = if attributes.contains("aria-current=\"step\"") { " <-" } else { "" };
        format!("{}{current}", text.join(": ").replace('\u{a0}', " "))
    };
    list.split("<li").skip(1).map(step).collect()
}

#[rocket::async_test]
async fn calling_an_order_off_puts_everything_back_and_says_so() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let address = order(&browser).await;
    assert_eq!(stock(&scene).await, Stock::Counted(3));
    let page = browser.get(&address).await;
    assert!(page.body.contains("<button class=\"secondary\" aria-describedby=\"cancel-hint\">Cancel order<"));

    let canceled = browser.submit(&page, &format!("{address}/cancel"), &[]).await;
    assert_eq!((canceled.status, canceled.location()), (303, address.as_str()));
    let page = browser.get(&address).await;
    let mark = format!("data-order=\"{}\" data-state=\"canceled\"", number(&address));
    assert!(page.body.contains(&mark) && page.body.contains("data-total=\"69800\""), "{}", page.body);
    assert!(page.body.contains("Your order has been canceled; a confirmation"), "{}", page.body);
    assert!(!offers_to_cancel(&page));
    assert!(browser.get("/orders").await.body.contains(&mark));
    assert_eq!(stock(&scene).await, Stock::Counted(5));
    let news = news(&scene).await;
    let of_this = |mail: &&Mail| matches!(mail, Mail::OrderCanceled { number: of, by_shop: false, .. } if *of == number(&address));
    assert_eq!((news.iter().filter(of_this).count(), news.len()), (1, 2), "{news:?}");
}

#[rocket::async_test]
async fn an_order_is_called_off_once() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let address = order(&browser).await;
    let (page, cancel) = (browser.get(&address).await, format!("{address}/cancel"));
    assert_eq!(browser.submit(&page, &cancel, &[]).await.status, 303);
    browser.get(&address).await;
    let again = browser.submit(&page, &cancel, &[]).await;
    assert_eq!(again.status, 422);
    assert!(again.body.contains("role=\"alert\"") && again.body.contains("has already been canceled."));
    assert!(again.body.contains("data-state=\"canceled\"") && !offers_to_cancel(&again), "{}", again.body);
    assert_eq!(stock(&scene).await, Stock::Counted(5), "put back once");
    assert_eq!(news(&scene).await.len(), 2, "received and canceled");
}

#[rocket::async_test]
async fn what_the_shop_has_taken_on_can_be_called_off_until_it_leaves() {
    use OrderAction::{Confirm, Deliver, Ship};
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    for (actions, reason) in [
        (&[Confirm][..], None),
        (&[Confirm, Ship], Some("The parcel has already left")),
        (&[Confirm, Ship, Deliver], Some("The parcel has already arrived")),
    ] {
        let address = order(&browser).await;
        let before = stock(&scene).await;
        let (page, cancel) = (browser.get(&address).await, format!("{address}/cancel"));
        for &action in actions {
            advance(&scene, &address, action).await;
        }
        assert_eq!(offers_to_cancel(&browser.get(&address).await), reason.is_none(), "{actions:?}");
        let answer = browser.submit(&page, &cancel, &[]).await;
        let Some(reason) = reason else {
            assert_eq!((answer.status, answer.location()), (303, address.as_str()));
            continue;
        };
        assert_eq!(answer.status, 422, "{actions:?}");
        assert!(answer.body.contains(reason) && answer.body.contains(&address), "{}", answer.body);
        assert!(!answer.body.contains("data-state=\"canceled\"") && !offers_to_cancel(&answer));
        assert_eq!(stock(&scene).await, before, "{actions:?}");
    }
}

#[rocket::async_test]
async fn orders_of_others_can_neither_be_called_off_nor_printed() {
    let scene = Scene::new().await;
    let (ana, dan) = (scene.signed_in("ana@example.com").await, scene.signed_in("dan@example.com").await);
    let address = order(&ana).await;
    let token = dan.form_token().await;
    for address in [address.as_str(), "/orders/7QX4-M2KD-9", "/orders/nonsense"] {
        let canceled = dan.post(&format!("{address}/cancel"), &[("form_token", &token)]).await;
        assert_eq!(canceled.status, 404, "{address}");
        assert_eq!(dan.get(&format!("{address}/print")).await.status, 404, "{address}");
    }
    assert!(offers_to_cancel(&ana.get(&address).await), "nothing has happened to it");
    assert_eq!(stock(&scene).await, Stock::Counted(3));
}

#[rocket::async_test]
async fn who_is_signed_out_is_led_to_the_login() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let address = order(&browser).await;
    let page = browser.get(&address).await;
    let visitor = scene.browser();
    for path in [address.clone(), format!("{address}/print")] {
        let asked = visitor.get(&path).await;
        let login = format!("/login?next={}", path.replace('/', "%2F"));
        assert_eq!((asked.status, asked.location()), (303, login.as_str()));
    }
    let refused = visitor.submit(&page, &format!("{address}/cancel"), &[]).await;
    assert_eq!(refused.status, 401);
    assert!(refused.form("/login").contains_key("form_token"), "{}", refused.body);
    assert!(offers_to_cancel(&browser.get(&address).await), "nothing has happened to it");
}

#[rocket::async_test]
async fn the_timeline_tells_what_has_happened_and_what_is_to_come() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let address = order(&browser).await;
    let to_come = |state: &str| format!("{state}: (still to come)");
    let first = "Received: January 1, 2026 at 00:00 UTC";
    assert_eq!(
        timeline(&browser.get(&address).await),
        [format!("{first} <-"), to_come("Confirmed"), to_come("On its way"), to_come("Delivered")]
    );
    advance(&scene, &address, OrderAction::Confirm).await;
    advance(&scene, &address, OrderAction::Ship).await;
    assert_eq!(
        timeline(&browser.get(&address).await),
        [
            first.to_owned(),
            "Confirmed: January 1, 2026 at 01:00 UTC".to_owned(),
            "On its way: January 1, 2026 at 02:00 UTC <-".to_owned(),
            to_come("Delivered"),
        ]
    );
    assert_eq!(
        timeline(&browser.get(&format!("/ro{address}")).await),
        [
            "Primită: 1 ianuarie 2026 la 00:00 UTC",
            "Confirmată: 1 ianuarie 2026 la 01:00 UTC",
            "Pe drum: 1 ianuarie 2026 la 02:00 UTC <-",
            "Livrată: (urmează)",
        ]
    );
    advance(&scene, &address, OrderAction::Cancel).await;
    let canceled = timeline(&browser.get(&address).await);
    assert_eq!(
        canceled[2..],
        ["On its way: January 1, 2026 at 02:00 UTC", "Canceled: January 1, 2026 at 03:00 UTC <-"]
    );
}

#[rocket::async_test]
async fn the_printed_order_has_all_of_it_and_nothing_else() {
    let scene = Scene::new().await;
    let browser = scene.signed_in("ana@example.com").await;
    let address = order(&browser).await;
    let print = format!("{address}/print");
    let thanks = "Thank you!";
    let page = browser.get(&print).await;
    assert_eq!((page.status, page.header("Cache-Control")), (200, Some("no-store")));
    for part in ["<nav", "<form", "<a ", "<button", "<header", "<footer", "form_token", thanks] {
        assert!(!page.body.contains(part), "{part} in {}", page.body);
    }
    let number = number(&address).to_string();
    for part in
        ["<p class=\"shop\">Vitrina</p>", &number, "January 1, 2026", "Ana Pop\nStrada Scurtă 2\nBrașov"]
    {
        assert!(page.body.contains(part), "{part} in {}", page.body);
    }
    for mark in ["data-state=\"placed\"", "data-line-total=\"69800\"", "data-total=\"69800\""] {
        assert!(page.body.contains(mark), "{mark} in {}", page.body);
    }
    let order = browser.get(&address).await;
    assert!(order.body.contains(&format!("href=\"{print}\"")), "{}", order.body);
    assert!(order.body.contains(thanks), "the notice has waited for the page that shows it");
    assert!(browser.get(&format!("/ro{print}")).await.body.contains("Preț unitar"));
}
