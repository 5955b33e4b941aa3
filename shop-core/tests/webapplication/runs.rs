//! Runs after runs.

use std::sync::Arc;

use shop_core::Shop;
use shop_core::account::create_user::CreateUser;
use shop_core::account::register::Register;
use shop_core::webapplication::{Entry, ImportError, Remark, Table};
use shop_core::{Language, catalog::Sku};

use crate::old_shop::{Notes, OldShop, account, import, product, run, shop, text, user};

fn old_shop() -> OldShop {
    OldShop::users((1..=20).map(|number| user(number, &format!("user{number}@example.com"))))
        .with(Table::Produse, [product(1, "SH03"), product(2, "AMTR01")])
}

async fn state(shop: &Shop) -> Vec<Option<(shop_core::account::User, String)>> {
    let mut accounts = Vec::new();
    for number in 1..=20 {
        accounts.push(account(shop, number).await);
    }
    accounts
}

#[tokio::test]
async fn a_second_run_changes_nothing() {
    let shop = shop();
    run(&shop, &mut old_shop()).await.expect("carried");
    let before = state(&shop).await;
    let (summary, notes) = run(&shop, &mut old_shop()).await.expect("an end");
    assert_eq!((summary.users.before, summary.users.rows()), (20, 20));
    assert_eq!((summary.products.before, summary.products.rows()), (2, 2));
    assert!(summary.is_whole() && notes.rows.is_empty());
    assert_eq!(state(&shop).await, before);
}

#[tokio::test]
async fn what_was_not_carried_whole_stays_so() {
    let shop = shop();
    let mut row = user(7, "ana@example.com");
    row[6] = text("SH03");
    let mut source = OldShop::users([row]);
    let (first, _) = run(&shop, &mut source).await.expect("carried");
    let (second, notes) = run(&shop, &mut source).await.expect("an end");
    assert_eq!((first.users.in_part, second.users.before_in_part, second.users.before), (1, 1, 0));
    assert!(!first.is_whole() && !second.is_whole());
    assert_eq!(notes.of(7), Some(("before in part", vec!["cart-line"])));
}

#[tokio::test]
async fn who_was_carried_stays_so_when_another_one_wins() {
    let shop = shop();
    let mut rows = [user(7, "ana@example.com"), user(8, "ANA@example.com")];
    rows[0][7] = text("0");
    rows[1][7] = text("0");
    run(&shop, &mut OldShop::users(rows.clone())).await.expect("carried");
    rows[1][7] = text("1");
    let (summary, notes) = run(&shop, &mut OldShop::users(rows)).await.expect("an end");
    assert_eq!((summary.users.before, summary.users.left), (1, 1));
    assert_eq!(notes.of(8), Some(("left", vec!["cart-unknown", "email-in-shop"])));
}

#[tokio::test]
async fn a_dry_run_tells_the_same_and_changes_nothing() {
    let shop = shop();
    let mut source = old_shop();
    let command = shop_core::webapplication::Import { dry_run: true, ..import(&mut source) };
    let told = shop.import_webapplication(command, &mut Notes::default()).await.expect("an end");
    assert!(state(&shop).await.iter().all(Option::is_none));
    let sku: Sku = "SH03".parse().expect("a SKU");
    assert!(shop.store().catalog().offers(&[sku]).await.expect("a working store").is_empty());
    let (done, _) = run(&shop, &mut old_shop()).await.expect("carried");
    assert_eq!(told, done);
}

#[tokio::test]
async fn a_run_that_ended_early_goes_on() {
    let whole = shop();
    run(&whole, &mut old_shop()).await.expect("carried");
    let calls = 2 * (22_u32.div_ceil(3) + 1);
    let shop = shop();
    for calls_left in 0..calls {
        let mut source = OldShop { calls_left: Some(calls_left), ..old_shop() };
        let ended = run(&shop, &mut source).await;
        assert!(matches!(ended, Err(ImportError::Source(_))), "{calls_left}");
    }
    let carried = |accounts: Vec<Option<(shop_core::account::User, String)>>| {
        accounts.into_iter().flatten().map(|(user, cart)| (user.id, user.email, cart)).collect::<Vec<_>>()
    };
    assert_eq!(carried(state(&shop).await), carried(state(&whole).await));
}

#[tokio::test]
async fn accounts_that_the_shop_has_are_left_alone() {
    let shop = shop();
    let registration = Register {
        email: "user3@example.com".parse().expect("an address"),
        last_name: "Pop".parse().expect("a name"),
        first_name: "Ana".parse().expect("a name"),
        address: "Strada Lungă 1".parse().expect("an address"),
        password: "a long enough one".parse().expect("a password"),
        language: Language::English,
        client: None,
    };
    let there = shop.create_user(CreateUser { registration, activated: true }).await.expect("made");
    let (summary, notes) = run(&shop, &mut old_shop()).await.expect("an end");
    assert_eq!((summary.users.whole, summary.users.left), (19, 1));
    assert_eq!(notes.of(3), Some(("left", vec!["email-in-shop"])));
    let now = shop.store().accounts().find_by_email(&there.email.key()).await.expect("a working store");
    assert_eq!(now, Some(there));
}

#[tokio::test]
async fn what_has_changed_since_is_named_if_the_old_shop_did_it_and_kept_if_its_owner_did() {
    let shop = shop();
    run(&shop, &mut old_shop()).await.expect("carried");
    let (mut moved, _) = account(&shop, 4).await.expect("an account");
    moved.address = "Strada Nouă 2".parse().expect("an address");
    let mut unit = shop.store().begin().await.expect("a unit");
    unit.users().update(&moved).await.expect("written");
    unit.commit().await.expect("committed");
    let mut source = old_shop();
    for entry in &mut source.entries {
        if let Entry::User(row) = entry
            && row.number == text("5")
        {
            row.first_name = text("Maria");
        }
        if let Entry::User(row) = entry
            && row.number == text("6")
        {
            row.cart = text("SH03=4");
        }
        if let Entry::Product(row) = entry
            && row.number == text("2")
        {
            row.price = text("350");
        }
    }
    let (summary, notes) = run(&shop, &mut source).await.expect("an end");
    assert_eq!((summary.users.before, summary.users.left), (18, 2));
    assert_eq!((summary.products.before, summary.products.left), (1, 1));
    for number in [2, 5, 6] {
        assert_eq!(notes.of(number), Some(("left", vec!["number-taken"])), "{number}");
    }
    assert_eq!(account(&shop, 4).await.expect("an account").0.address, moved.address);
    assert_eq!(account(&shop, 5).await.expect("an account").0.first_name.as_str(), "Eusebiu");
}

#[tokio::test]
async fn an_address_for_nobody_is_refused_before_anything_happens() {
    let shop = shop();
    let mut source = old_shop();
    let mut command = import(&mut source);
    command.addresses.insert(99, "other@example.com".parse().expect("an address"));
    let ended = shop.import_webapplication(command, &mut Notes::default()).await;
    assert!(matches!(ended, Err(ImportError::NoSuchUser(99))), "{ended:?}");
    assert!(state(&shop).await.iter().all(Option::is_none));
}

#[tokio::test]
async fn remarks_are_passed_on_and_count() {
    let shop = shop();
    let mut source = old_shop();
    source.entries.push(Entry::Remark(Remark { line: Some(3), text: "something".into() }));
    let (summary, notes) = run(&shop, &mut source).await.expect("an end");
    assert_eq!((summary.remarks, notes.remarks.len(), summary.is_whole()), (1, 1, false));
}

#[tokio::test]
async fn two_imports_at_once_carry_each_row_once() {
    let shop = Arc::new(shop());
    let importing = |_| {
        let shop = Arc::clone(&shop);
        tokio::spawn(async move { run(&shop, &mut old_shop()).await.expect("an end").0 })
    };
    let [one, other] = [0, 1].map(importing);
    let (one, other) = (one.await.expect("no panic"), other.await.expect("no panic"));
    assert_eq!(one.users.whole + other.users.whole, 20);
    assert_eq!(one.users.before + other.users.before, 20);
    assert_eq!(one.users.left + other.users.left, 0);
}
