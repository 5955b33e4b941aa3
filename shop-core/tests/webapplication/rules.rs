//! What becomes of a row.

use shop_core::account::{User, UserState};
use shop_core::catalog::Sku;
use shop_core::stock::Stock;
use shop_core::webapplication::{Outcome, Problem, Table, Unreadable, Value};
use shop_core::{Language, Money};

use crate::old_shop::{HASH, Notes, OldShop, account, import, product, run, shop, text, user};

/// The row with another value in a column of `useri`.
fn with(number: u64, column: &str, value: Value) -> Vec<Value> {
    let mut row = user(number, &format!("user{number}@example.com"));
    let index = Table::Useri.columns().iter().position(|name| *name == column).expect("a column");
    row[index] = value;
    row
}

#[tokio::test]
async fn a_good_row_is_carried_whole() {
    let shop = shop();
    let mut source = OldShop::users([user(7, "Ana@Example.com")])
        .with(Table::Produse, [product(1, "SH03"), product(2, "AMTR01")]);
    let (summary, notes) = run(&shop, &mut source).await.expect("carried");
    assert!(summary.is_whole() && notes.rows.is_empty(), "{notes:?}");
    let (user, cart) = account(&shop, 7).await.expect("an account");
    assert_eq!(user.id.to_string(), "00000000-0000-8000-8000-000000000007");
    assert_eq!((user.email.as_str(), user.full_name().as_str()), ("Ana@Example.com", "Eusebiu Rizescu"));
    assert_eq!((user.password.as_str(), user.state), (HASH, UserState::Active));
    assert_eq!((user.address.as_str(), cart.as_str()), ("Str. Opulentei, nr. 1", "SH03=3;AMTR01=1"));
    assert_eq!((user.language, user.version), (Language::Romanian, 0));
    let sku: Sku = "SH03".parse().expect("a SKU");
    let offers = shop.store().catalog().offers(&[sku]).await.expect("a working store");
    assert_eq!(offers[0].variant.price, Money::from_minor(34_900, shop.currency()));
    assert_eq!((offers[0].variant.stock, offers[0].slug.as_str()), (Stock::Uncounted, "smart-home-hub"));
    let second: Sku = "AMTR01".parse().expect("a SKU");
    let offers = shop.store().catalog().offers(&[second]).await.expect("a working store");
    assert_eq!(offers[0].slug.as_str(), "smart-home-hub-2", "two of one name");
}

#[tokio::test]
async fn nobody_gets_a_mail() {
    let shop = shop();
    run(&shop, &mut OldShop::users([user(7, "ana@example.com")])).await.expect("carried");
    assert!(shop.store().outbox().list(None, 9).await.expect("a working store").is_empty());
}

/// A column, a value in it, what becomes of the row, what is said of it, and what the account then has there.
type Case<'a> = (&'static str, Value, &'static str, &'static [&'static str], &'a str);

#[tokio::test]
async fn every_value_has_its_rule() {
    let bytes = || Value::Bytes(vec![b'a', 0xff]);
    let long = "x".repeat(101);
    let cases: [Case<'_>; 40] = [
        ("IDUser", Value::Null, "left", &["number"], ""),
        ("IDUser", text("seven"), "left", &["number"], ""),
        ("IDUser", text("-1"), "left", &["number"], ""),
        ("IDUser", text("4611686018427387904"), "left", &["number"], ""),
        ("email", Value::Null, "left", &["email"], ""),
        ("email", text("not-an-email"), "left", &["email"], ""),
        ("email", bytes(), "left", &["encoding"], ""),
        ("email", text("  spaced@example.com "), "whole", &["email-tidied"], "spaced@example.com"),
        ("email", text("ｗｉｄｅ@example.com\u{200b}"), "whole", &["email-tidied"], "wide@example.com"),
        ("email", text("a\u{200b}b@example.com"), "left", &["email"], ""),
        ("parola", Value::Null, "in part", &["no-password"], ""),
        ("parola", text(" "), "in part", &["no-password"], ""),
        ("parola", text("plaintext-password"), "in part", &["password"], ""),
        ("parola", bytes(), "in part", &["encoding"], ""),
        ("activated", text("1"), "whole", &[], "active"),
        ("activated", text("0"), "whole", &[], "pending"),
        ("activated", Value::Null, "whole", &[], "pending"),
        ("activated", text("2"), "in part", &["activated"], "pending"),
        ("numeUser", text("D'Angelo"), "whole", &[], "D'Angelo"),
        ("numeUser", text(""), "whole", &["empty"], "-"),
        ("numeUser", text(&long), "in part", &["text"], &long[1..]),
        ("prenumeUser", text("A\u{202e}na\n"), "in part", &["text"], "Ana"),
        ("prenumeUser", text("\u{0}"), "in part", &["text"], "-"),
        ("prenumeUser", bytes(), "in part", &["encoding"], "a\u{fffd}"),
        ("adresa", Value::Null, "whole", &["empty"], "-"),
        ("adresa", text("Str. 1\r\nIași"), "whole", &[], "Str. 1\nIași"),
        ("shopping", Value::Null, "whole", &[], ""),
        ("shopping", text(" "), "whole", &[], ""),
        ("shopping", text(";SH03=2"), "whole", &[], "SH03=2"),
        ("shopping", text("SH03=1;;USB02=2"), "whole", &[], "SH03=1;USB02=2"),
        ("shopping", text(" SH03 = 2 ; usb02 = 1 "), "whole", &[], "SH03=2;USB02=1"),
        ("shopping", text("SH03=1;SH03=4"), "whole", &["cart-merged"], "SH03=5"),
        ("shopping", text("SH03;USB02=1"), "in part", &["cart-line"], "USB02=1"),
        ("shopping", text("SH03=0;USB02=1"), "in part", &["cart-line"], "USB02=1"),
        ("shopping", text("SH03=-3"), "in part", &["cart-line"], ""),
        ("shopping", text("SH03=99999999999999999999"), "in part", &["cart-line"], ""),
        ("shopping", text("SH03=abc;USB02=2"), "in part", &["cart-line"], "USB02=2"),
        ("shopping", text("KN04=12"), "whole", &["cart-unknown"], "KN04=12"),
        ("shopping", text(&format!("SH03=1;{}", "x".repeat(5_000))), "in part", &["cart-line"], "SH03=1"),
        ("shopping", bytes(), "in part", &["encoding"], ""),
    ];
    for (column, value, outcome, said, kept) in cases {
        let shop = shop();
        let case = format!("{column}: {value:?}, {said:?}");
        let goods = [product(1, "SH03"), product(2, "USB02"), product(3, "AMTR01")];
        let mut source = OldShop::users([with(7, column, value)]).with(Table::Produse, goods);
        let (summary, notes) = run(&shop, &mut source).await.expect("an end");
        let row = notes.rows.first();
        let found: Vec<_> = row.iter().flat_map(|row| &row.findings).map(|one| one.problem.name()).collect();
        assert_eq!((row.map_or("whole", |row| row.outcome.name()), &*found), (outcome, said), "{case}");
        assert_eq!(summary.users.rows(), 1, "{case}");
        assert_eq!(summary.resets, u64::from(column == "parola"), "{case}");
        match account(&shop, 7).await {
            Some((user, cart)) => assert_eq!(shown(column, &user, &cart), kept, "{case}"),
            None => assert_eq!(outcome, "left", "{case}"),
        }
    }
}

/// What an account has where a row had this column.
fn shown<'a>(column: &str, user: &'a User, cart: &'a str) -> &'a str {
    match column {
        "email" => user.email.as_str(),
        "parola" => user.password.as_str(),
        "activated" => user.state.name(),
        "numeUser" => user.last_name.as_str(),
        "prenumeUser" => user.first_name.as_str(),
        "adresa" => user.address.as_str(),
        "shopping" => cart,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn no_report_has_a_password() {
    let shop = shop();
    let rows = [with(1, "parola", text("hush-hush")), with(2, "parola", Value::Bytes(b"hush\xff".to_vec()))];
    let (_, notes) = run(&shop, &mut OldShop::users(rows)).await.expect("carried");
    let told: Vec<_> =
        notes.rows.iter().flat_map(|row| &row.findings).filter(|one| one.column == "parola").collect();
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|finding| finding.value.is_none()));
    assert!(!format!("{notes:?}").contains("hush"));
}

#[tokio::test]
async fn of_two_rows_with_one_address_the_stronger_wins() {
    let pending = with(7, "activated", text("0"));
    let mut active = user(8, "USER7@example.com ");
    let no_password = |mut row: Vec<Value>| {
        row[4] = Value::Null;
        row
    };
    for (rows, winner, loser) in [
        ([pending.clone(), active.clone()], 8, 7),
        ([active.clone(), pending], 8, 7),
        ([user(7, "user7@example.com"), active.clone()], 7, 8),
        ([no_password(user(7, "user7@example.com")), active.clone()], 8, 7),
        ([user(7, "user7@example.com"), no_password(active.clone())], 7, 8),
    ] {
        let shop = shop();
        let (summary, notes) = run(&shop, &mut OldShop::users(rows)).await.expect("an end");
        assert_eq!((summary.users.rows(), summary.users.left), (2, 1));
        assert!(account(&shop, winner).await.is_some() && account(&shop, loser).await.is_none());
        let report = notes.rows.iter().find(|row| row.outcome == Outcome::Left).expect("a report");
        let winner = i64::try_from(winner).expect("small");
        assert_eq!(report.findings.last().map(|one| &one.problem), Some(&Problem::EmailOfRow(winner)));
    }
    // By hand, the other one gets an address of its own.
    active[3] = text("user7@example.com");
    let shop = shop();
    let mut source = OldShop::users([user(7, "user7@example.com"), active]);
    let mut command = import(&mut source);
    command.addresses.insert(8, "other@example.com".parse().expect("an address"));
    let summary = shop.import_webapplication(command, &mut Notes::default()).await.expect("carried");
    assert_eq!(summary.users.left, 0);
    assert_eq!(account(&shop, 8).await.expect("an account").0.email.as_str(), "other@example.com");
}

#[tokio::test]
async fn an_address_that_is_given_by_hand_takes_nobodys_own() {
    let shop = shop();
    let mut source = OldShop::users([user(7, "other@example.com"), pending_of(8, "user8@example.com")]);
    let mut command = import(&mut source);
    command.addresses.insert(7, "user8@example.com".parse().expect("an address"));
    let summary = shop.import_webapplication(command, &mut Notes::default()).await.expect("an end");
    assert_eq!((summary.users.whole, summary.users.left), (1, 1));
    assert!(account(&shop, 8).await.is_some());
}

fn pending_of(number: u64, email: &str) -> Vec<Value> {
    let mut row = user(number, email);
    row[7] = text("0");
    row
}

#[tokio::test]
async fn hashes_in_the_wrong_column_are_withheld() {
    let shop = shop();
    let scrypt = "scrypt:32768:8:1$Vzyu3Vc2AfQXhOkG$ef6f27e507242f7157c5420d1bb6a88a442e7d2f8ab6146d3892";
    let rows = [
        with(1, "email", text(HASH)),
        with(2, "numeUser", text(&format!("{HASH}{HASH}"))),
        with(3, "shopping", text(scrypt)),
        with(4, "activated", text("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA")),
        with(5, "adresa", text(&format!("{} sha1$salt$0123456789abcdef0123", "x".repeat(600)))),
    ];
    let (_, notes) = run(&shop, &mut OldShop::users(rows)).await.expect("an end");
    assert_eq!(notes.rows.len(), 5);
    let told = format!("{notes:?}");
    assert!(!told.contains("c78987a9") && !told.contains("ef6f27e5") && !told.contains("aGFzaA"), "{told}");
    assert!(!told.contains("0123456789abcdef"), "{told}");
}

#[tokio::test]
async fn one_number_has_one_row() {
    let shop = shop();
    let mut source = OldShop::users([
        with(7, "email", text("none")),
        user(7, "a@example.com"),
        user(7, "b@example.com"),
        user(9, "b@example.com"),
    ]);
    let (summary, notes) = run(&shop, &mut source).await.expect("an end");
    assert_eq!((summary.users.rows(), summary.users.left), (4, 2));
    assert_eq!(account(&shop, 7).await.expect("an account").0.email.as_str(), "a@example.com");
    assert!(account(&shop, 9).await.is_some(), "the row that is left claims nothing");
    let repeated =
        notes.rows.iter().filter(|row| row.findings.iter().any(|one| one.problem == Problem::NumberRepeated));
    assert_eq!(repeated.count(), 1);
}

#[tokio::test]
async fn products_without_code_or_price_are_left() {
    let with = |number, index: usize, value: Value| {
        let mut row = product(number, &format!("P{number}"));
        row[index] = value;
        row
    };
    let mut source = OldShop::default().with(
        Table::Produse,
        [
            with(1, 2, text("a b")),
            with(2, 4, Value::Null),
            with(3, 4, text("-5")),
            with(4, 2, text(" p4 ")),
            with(5, 1, text("")),
            with(6, 3, text("static/images/P6.jpg")),
            product(7, "P6"),
            with(8, 4, text("10000000001")),
            with(9, 1, text("*")),
        ],
    );
    let shop = shop();
    let (summary, notes) = run(&shop, &mut source).await.expect("an end");
    let said = |number| notes.of(number).expect("a report");
    assert_eq!(said(1), ("left", vec!["sku"]));
    assert_eq!(said(2), ("left", vec!["no-price"]));
    assert_eq!(said(3), ("left", vec!["price"]));
    assert_eq!(said(4), ("whole", vec!["sku-tidied"]));
    assert_eq!(said(5), ("in part", vec!["unnamed"]));
    assert_eq!(said(6), ("in part", vec!["picture"]));
    assert_eq!(said(7), ("left", vec!["sku-of-row"]));
    assert_eq!(said(8), ("left", vec!["price"]));
    assert_eq!(notes.of(9), None);
    assert_eq!((summary.products.rows(), summary.products.left), (9, 5));
    let slugs =
        shop.store().catalog().offers(&["P9".parse().expect("a SKU")]).await.expect("a working store");
    assert_eq!(slugs[0].slug.as_str(), "p9");
}

#[tokio::test]
async fn pictures_come_with_codes_that_match() {
    let shop = shop();
    let mut row = product(1, "SH03");
    row[3] = text("static/images/SH03.jpg");
    let mut source = OldShop::default().with(Table::Produse, [row]);
    let mut command = import(&mut source);
    let sku: Sku = "SH03".parse().expect("a SKU");
    command.pictures.insert(sku, "sh03.webp".parse().expect("a name"));
    let summary = shop.import_webapplication(command, &mut Notes::default()).await.expect("carried");
    assert_eq!(summary.products.whole, 1);
    let offers = shop.store().catalog().offers(&[sku]).await.expect("a working store");
    assert_eq!(offers[0].picture.as_ref().map(ToString::to_string).as_deref(), Some("sh03.webp"));
}

#[tokio::test]
async fn what_cannot_be_taken_apart_counts_as_a_row() {
    let shop = shop();
    let mut source = OldShop::users([user(7, "a@example.com")]);
    let cut = Unreadable { table: Table::Useri, line: Some(12), reason: "cut off".into() };
    source.entries.push(shop_core::webapplication::Entry::Unreadable(cut));
    let (summary, notes) = run(&shop, &mut source).await.expect("an end");
    assert_eq!((summary.users.whole, summary.users.left, summary.is_whole()), (1, 1, false));
    assert_eq!(notes.rows.last().map(|row| row.line), Some(Some(12)));
}
