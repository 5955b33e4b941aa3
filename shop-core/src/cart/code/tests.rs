use proptest::prelude::*;

use super::*;

fn error(code: &str) -> (usize, Reason) {
    let error = parse(code).expect_err(code);
    (error.position, error.reason)
}

#[test]
fn reads_the_old_shops_example() {
    let cart = parse("SH03=3;AMTR01=1;KN04=12").expect("a code");
    let lines: Vec<_> = cart.lines().iter().map(|line| (line.sku.to_string(), line.quantity.get())).collect();
    assert_eq!(lines, [("SH03".to_owned(), 3), ("AMTR01".to_owned(), 1), ("KN04".to_owned(), 12)]);
    assert_eq!(parse("").map(|cart| cart.is_empty()), Ok(true));
}

#[test]
fn says_where_and_why() {
    let cases = [
        (";SH03=2", 0, Reason::Sku),
        ("SH03=2;", 7, Reason::Sku),
        ("SH03=1;;USB02=2", 7, Reason::Sku),
        (" SH03=2", 0, Reason::Sku),
        ("sh03=2", 0, Reason::Sku),
        ("-A=2", 0, Reason::Sku),
        ("SH03;USB02=1", 4, Reason::Equals),
        ("SH03", 4, Reason::Equals),
        ("SH 03=1", 2, Reason::Equals),
        ("SĂ=1", 1, Reason::Equals),
        ("SH03=", 5, Reason::Quantity),
        ("SH03=0", 5, Reason::Quantity),
        ("SH03=01", 5, Reason::Quantity),
        ("SH03=-3", 5, Reason::Quantity),
        ("SH03=abc", 5, Reason::Quantity),
        ("SH03=1000", 5, Reason::Quantity),
        ("SH03=99999999999999999999", 5, Reason::Quantity),
        ("SH03=1.5", 6, Reason::Separator),
        ("SH03=1 ;A=1", 6, Reason::Separator),
        ("SH03=1;SH03=4", 7, Reason::Repeated),
        ("A=1;B=2;A=1", 8, Reason::Repeated),
    ];
    for (code, position, reason) in cases {
        assert_eq!(error(code), (position, reason), "{code:?}");
    }
}

#[test]
fn keeps_its_limits() {
    let lines = |count: usize| (0..count).map(|line| format!("A{line}=1")).collect::<Vec<_>>().join(";");
    assert_eq!(parse(&lines(100)).map(|cart| cart.lines().len()), Ok(100));
    assert_eq!(error(&lines(101)).1, Reason::Lines);
    assert!(parse(&format!("{}=1", "A".repeat(32))).is_ok());
    assert_eq!(error(&format!("{}=1", "A".repeat(33))), (32, Reason::Sku));
    assert_eq!(error(&"A=1;".repeat(2_500_000)), (MAX_BYTES, Reason::Length), "ten megabytes");
    assert_eq!(parse_lenient(&"A;".repeat(2_500_000)).1.len(), MAX_BYTES / 2 + 1);
}

#[test]
fn lenient_reading_keeps_what_it_can() {
    let lenient = |code| {
        let (cart, faults) = parse_lenient(code);
        (cart.to_string(), faults.iter().map(|fault| (fault.position, fault.reason)).collect::<Vec<_>>())
    };
    assert_eq!(lenient(";SH03=2"), ("SH03=2".into(), vec![]));
    assert_eq!(lenient(" SH03 = 2 ; usb02 = 1 "), ("SH03=2;USB02=1".into(), vec![]));
    assert_eq!(lenient("SH03=1;SH03=4"), ("SH03=5".into(), vec![]));
    assert_eq!(lenient("SH03;USB02=1"), ("USB02=1".into(), vec![(0, Reason::Equals)]));
    assert_eq!(lenient("A=1;SH03=0;USB02=2"), ("A=1;USB02=2".into(), vec![(4, Reason::Quantity)]));
    assert_eq!(lenient("A=999;A=1"), ("A=999".into(), vec![(6, Reason::Quantity)]));
    assert_eq!(lenient("é=1"), (String::new(), vec![(0, Reason::Sku)]));
    let long = format!("A=1;B=2;{}", "é".repeat(MAX_BYTES));
    assert_eq!(lenient(&long), ("A=1;B=2".into(), vec![(8, Reason::Length)]));
    assert_eq!(lenient(&"é".repeat(MAX_BYTES)), (String::new(), vec![(0, Reason::Length)]));
}

fn any_cart() -> impl Strategy<Value = Cart> {
    prop::collection::btree_map("[A-Z0-9][A-Z0-9._-]{0,31}", 1..=Quantity::MAX, 0..=Cart::MAX_LINES).prop_map(
        |lines| {
            let mut cart = Cart::default();
            for (sku, pieces) in lines {
                cart.add(sku.parse().expect("a SKU"), Quantity::new(pieces).expect("in range"))
                    .expect("room");
            }
            cart
        },
    )
}

proptest! {
    #[test]
    fn every_cart_comes_back_from_its_code(cart in any_cart()) {
        prop_assert_eq!(parse(&cart.to_string()), Ok(cart.clone()));
        prop_assert_eq!(parse_lenient(&cart.to_string()), (cart, vec![]));
    }

    #[test]
    fn a_code_is_the_only_one_of_its_cart(code in "[A-C0-2=;.]{0,24}") {
        if let Ok(cart) = parse(&code) {
            prop_assert_eq!(cart.to_string(), code);
        }
    }

    #[test]
    fn never_panics(text in "[A-Z0-9=; \\PC]{0,200}") {
        let position = parse(&text).err().map(|error| error.position);
        prop_assert!(position.is_none_or(|position| position <= text.len()));
        let _ = parse_lenient(&text);
    }
}
