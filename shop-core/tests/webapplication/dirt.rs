//! Random dirt.

use proptest::prelude::*;
use shop_core::webapplication::{Entry, Outcome, Table, Unreadable, Value};

use crate::old_shop::{HASH, OldShop, account, run, shop};

/// A value as old data has it: often one of a few, so that rows collide.
fn value() -> impl Strategy<Value = Value> {
    const USUAL: &[&str] = &[
        "",
        " ",
        "0",
        "1",
        "2",
        "7",
        "-1",
        "8",
        "9",
        "a@b.ro",
        "A@b.ro ",
        "c@d.ro",
        "ａ@b.ro",
        "x",
        HASH,
        "SH03=1",
        "SH03=1;SH03=2;=;K=0",
        "SH03",
        "usb02",
        "12.50",
        "plaintext",
        "scrypt:1:1:1$$",
        "\u{202e}",
        "O'Brien\n",
    ];
    prop_oneof![
        1 => Just(Value::Null),
        6 => prop::sample::select(USUAL).prop_map(|text| Value::Text(text.to_owned())),
        2 => ".{0,120}".prop_map(Value::Text),
        1 => prop::collection::vec(any::<u8>(), 0..20).prop_map(Value::Bytes),
    ]
}

fn entry() -> impl Strategy<Value = Entry> {
    let row = |table: Table| {
        let numbers = (1_u8..12).prop_map(|number| Value::Text(number.to_string()));
        let number = prop_oneof![5 => numbers, 1 => value()];
        (number, prop::collection::vec(value(), 0..9))
            .prop_map(move |(number, rest)| table.row(None, std::iter::once(number).chain(rest)))
    };
    let cut = Unreadable { table: Table::Useri, line: None, reason: "cut off".into() };
    prop_oneof![6 => row(Table::Useri), 3 => row(Table::Produse), 1 => Just(Entry::Unreadable(cut))]
}

proptest! {
    #[test]
    fn every_row_is_carried_or_reported(entries in prop::collection::vec(entry(), 0..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let shop = shop();
            let rows = entries.len() as u64;
            let users = entries.iter().filter(|entry| !matches!(entry, Entry::Product(_))).count() as u64;
            let mut source = OldShop { entries, ..OldShop::default() };
            let (summary, notes) = run(&shop, &mut source).await.expect("an end");
            prop_assert_eq!(summary.users.rows(), users);
            prop_assert_eq!(summary.users.rows() + summary.products.rows(), rows);
            let reported = |outcome| notes.rows.iter().filter(|row| row.outcome == outcome).count() as u64;
            prop_assert_eq!(summary.users.left + summary.products.left, reported(Outcome::Left));
            prop_assert_eq!(summary.users.in_part + summary.products.in_part, reported(Outcome::InPart));
            let mut accounts = 0;
            for number in 0..12 {
                accounts += u64::from(account(&shop, number).await.is_some());
            }
            prop_assert_eq!(summary.users.whole + summary.users.in_part, accounts);

            let (again, _) = run(&shop, &mut source).await.expect("an end");
            prop_assert_eq!(again.users.before + again.users.before_in_part, accounts);
            prop_assert_eq!(again.users.whole + again.users.in_part + again.products.whole + again.products.in_part, 0);
            prop_assert_eq!((again.users.left, again.products.left), (summary.users.left, summary.products.left));
            Ok(())
        })?;
    }
}
