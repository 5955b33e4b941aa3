//! The schema of one release under the programs of the other.

use crate::browser::Browser;
use crate::place::Place;
use crate::release::Release;
use crate::shopper::{activate, add_hubs, hubs_in_cart, order, orders, register, shows};

const ANA: &str = "ana@example.com";
const NO_MIGRATION: (&str, &str) = ("SHOP_MIGRATE", "false");
const NO_RELAY: (&str, &str) = ("SHOP_MAIL_RELAY", "false");

/// How many migrations this release adds.
fn added(scratch: &Place) -> u64 {
    assert!(scratch.migrate(&Release::before()) > 0);
    let added = scratch.migrate(&Release::this());
    assert_eq!(scratch.migrate(&Release::before()), 0, "what it does not know is none of its business");
    added
}

/// Everything that a shopper does, with programs of the release before alone, after this one has migrated.
fn the_release_before_serves(place: &Place) {
    let (before, this) = (Release::before(), Release::this());
    assert!(place.migrate(&this) > 0);
    let mut shop = place.start(&before, &[NO_MIGRATION]);
    register(&shop.url, ANA);
    let link = shop.line(&format!("Mail to {ANA}: "));
    activate(&shop.url, &link, ANA);
    let ana = Browser::signed_in(&shop.url, ANA);
    assert_eq!(add_hubs(&ana, 2), 2);
    let number = order(&ana);
    assert!(shop.link_to(ANA).ends_with(&format!("/orders/{number}")), "the order's mail");
    shows(&ana, &number, 2);
    place.is_sound([&before, &this]);
    shop.stop();
}

#[test]
fn the_release_before_serves_on_this_schema_in_a_file() {
    the_release_before_serves(&Place::on_sqlite());
}

#[test]
fn the_release_before_serves_on_this_schema_on_mariadb() {
    the_release_before_serves(&Place::on_mariadb());
}

/// A database of the release before is refused until it is migrated; then all is still there.
fn this_release_takes_over(place: &Place, scratch: &Place) {
    let (before, this) = (Release::before(), Release::this());
    let shop = place.start(&before, &[NO_RELAY]);
    register(&shop.url, ANA);
    activate(&shop.url, &place.deliver(&before), ANA);
    let ana = Browser::signed_in(&shop.url, ANA);
    add_hubs(&ana, 2);
    let number = order(&ana);
    add_hubs(&ana, 3);
    shop.stop();

    let added = added(scratch);
    if added > 0 {
        let (code, told) = place.start_in_vain(&this);
        let expected = format!("the schema lacks {added} of the migrations up to ");
        assert_eq!((code, told.lines().count()), (Some(2), 1), "{told}");
        assert!(told.contains(&expected) && told.ends_with("; migrate first\n"), "{told}");
        // What was refused has changed nothing.
        place.start(&before, &[NO_MIGRATION, NO_RELAY]).stop();
    }
    assert_eq!(place.migrate(&this), added);

    let shop = place.start(&this, &[NO_MIGRATION, NO_RELAY]);
    let ana = ana.at(&shop.url);
    assert_eq!(orders(&ana), [number.as_str()], "the session holds, the order is there");
    shows(&ana, &number, 2);
    assert_eq!(hubs_in_cart(&ana), 3);
    order(&ana);
    assert_eq!(place.deliver(&this).matches("/orders/").count(), 2, "the mails of both orders");
    place.is_sound([&before, &this]);
    shop.stop();
}

#[test]
fn this_release_takes_over_a_file() {
    this_release_takes_over(&Place::on_sqlite(), &Place::on_sqlite());
}

#[test]
fn this_release_takes_over_a_mariadb_database() {
    this_release_takes_over(&Place::on_mariadb(), &Place::on_mariadb());
}

/// There and back, and there again: each finds what the other has left.
fn releases_take_turns(place: &Place) {
    let (before, this) = (Release::before(), Release::this());
    place.migrate(&this);
    let mut numbers = Vec::new();
    let mut ana: Option<Browser> = None;
    for (turn, release) in (1..).zip([&before, &this, &before, &this]) {
        let mut shop = place.start(release, &[]);
        let browser = ana.get_or_insert_with(|| {
            register(&shop.url, ANA);
            let link = shop.line(&format!("Mail to {ANA}: "));
            activate(&shop.url, &link, ANA);
            Browser::signed_in(&shop.url, ANA)
        });
        *browser = browser.at(&shop.url);
        assert_eq!(add_hubs(browser, turn), turn + u32::from(turn > 1), "one was left in the cart");
        numbers.insert(0, order(browser));
        assert_eq!(orders(browser), numbers, "of both releases");
        assert_eq!(add_hubs(browser, 1), 1);
        shop.stop();
    }
    place.is_sound([&before, &this]);
}

#[test]
fn releases_take_turns_on_a_file() {
    releases_take_turns(&Place::on_sqlite());
}

#[test]
fn releases_take_turns_on_mariadb() {
    releases_take_turns(&Place::on_mariadb());
}

#[test]
fn a_migration_that_fails_leaves_the_release_before_at_work() {
    let (before, this) = (Release::before(), Release::this());
    let place = Place::on_mariadb();
    place.migrate(&before);
    let added = added(&Place::on_mariadb());
    if added == 0 {
        return;
    }
    let shop = place.start(&before, &[NO_MIGRATION]);
    place.sql("CREATE USER clerk@localhost; GRANT SELECT, INSERT, UPDATE, DELETE ON `shop\\_%`.* TO clerk@localhost");
    let (code, told) = place.of_user("clerk").migrate_in_vain(&this);
    assert_eq!((code, told.lines().count()), (Some(2), 1), "{told}");
    assert!(told.contains("cannot migrate") && told.contains("denied"), "{told}");

    assert_eq!(Browser::new(&shop.health).get("/readiness").status, 200);
    place.start(&before, &[]).stop();
    assert_eq!(place.migrate(&this), added, "once the cause is gone");
    assert_eq!(Browser::new(&shop.health).get("/readiness").status, 200);
    shop.stop();
    place.is_sound([&before, &this]);
}
