//! Both releases at the same time on one MariaDB database.

use serde_json::Value;

use crate::browser::Browser;
use crate::place::Place;
use crate::release::Release;
use crate::shop::Shop;
use crate::shopper::{activate, add_hubs, hubs_in_cart, order, orders, register, shows};

const ANA: &str = "ana@example.com";
const NO_RELAY: (&str, &str) = ("SHOP_MAIL_RELAY", "false");
const NO_MIGRATION: (&str, &str) = ("SHOP_MIGRATE", "false");

/// A shop of the release before and one of this release, at work together.
struct Pair {
    place: Place,
    shops: [Shop; 2],
}

impl Pair {
    fn start() -> Self {
        let place = Place::on_mariadb();
        place.migrate(&Release::this());
        let shops = [Release::before(), Release::this()]
            .map(|release| place.start(&release, &[NO_RELAY, NO_MIGRATION]));
        Self { place, shops }
    }

    fn urls(&self) -> [&str; 2] {
        self.shops.each_ref().map(|shop| shop.url.as_str())
    }

    fn end(self) {
        self.shops.into_iter().for_each(|shop| drop(shop.stop()));
        self.place.is_sound([&Release::before(), &Release::this()]);
    }
}

/// An account made by one, activated by a mail of the second, signed in at the first.
fn is_served_by_both(one: usize) {
    let pair = Pair::start();
    let [here, there] = [pair.urls()[one], pair.urls()[1 - one]];
    register(here, ANA);
    let releases = [Release::before(), Release::this()];
    activate(there, &pair.place.deliver(&releases[1 - one]), ANA);
    let ana = [Browser::signed_in(here, ANA).at(here), Browser::new(there)];
    let ana = [ana[0].clone(), ana[0].at(there)];

    assert_eq!((add_hubs(&ana[0], 1), add_hubs(&ana[1], 2)), (1, 3), "one cart");
    assert_eq!(hubs_in_cart(&ana[0]), 3);
    let first = order(&ana[1]);
    assert_eq!(hubs_in_cart(&ana[0]), 0);
    add_hubs(&ana[1], 4);
    let second = order(&ana[0]);
    for browser in &ana {
        assert_eq!(orders(browser), [second.as_str(), first.as_str()]);
        shows(browser, &first, 3);
        shows(browser, &second, 4);
    }
    pair.end();
}

#[test]
fn a_shopper_of_the_release_before_is_served_by_both() {
    is_served_by_both(0);
}

#[test]
fn a_shopper_of_this_release_is_served_by_both() {
    is_served_by_both(1);
}

/// Kinds and states of all mails.
fn mails(place: &Place, release: &Release) -> Vec<(String, String, u64)> {
    let listed = place.ask(release, &["outbox", "list"]);
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let mails = listed.as_array().expect("a list").iter();
    mails
        .map(|mail| (text(&mail["kind"]), text(&mail["state"]), mail["attempts"].as_u64().expect("a number")))
        .collect()
}

#[test]
fn mails_of_this_release_are_delivered_by_the_one_before_or_left_alone() {
    let pair = Pair::start();
    let (place, url) = (&pair.place, pair.urls()[1]);
    let (before, this) = (Release::before(), Release::this());
    register(url, ANA);
    activate(url, &place.deliver(&this), ANA);
    register(url, ANA);
    let ana = Browser::signed_in(url, ANA);
    let forgot = ana.get("/forgot").form("/forgot").with("email", ANA);
    assert_eq!(ana.submit(&forgot).status, 303);
    for _ in 0..2 {
        add_hubs(&ana, 1);
    }
    let shipped = order(&ana);
    add_hubs(&ana, 1);
    let canceled = order(&ana);
    for command in [["confirm", &shipped], ["ship", &shipped], ["cancel", &canceled]] {
        place.ask(&this, &[&["order"], &command[..]].concat());
    }
    let waiting = mails(place, &this).iter().filter(|(_, state, _)| state == "waiting").count();
    assert_eq!(waiting, 6, "{:?}", mails(place, &this));

    place.deliver(&before);
    for (kind, state, attempts) in mails(place, &this) {
        assert!(
            state == "sent" || (state.as_str(), attempts) == ("waiting", 0),
            "{kind}: {state} {attempts}"
        );
    }
    place.deliver(&this);
    assert!(mails(place, &before).iter().all(|(_, state, _)| state == "sent"), "{:?}", mails(place, &before));
    pair.end();
}
