//! Reading message files.

use proptest::prelude::*;

use super::*;

#[test]
fn later_resources_override_earlier_ones() {
    let base = "-shop = Vitrina\ntitle = { -shop }\ncart = Cart\n    .hint = Hint\nrest = Rest";
    let messages = load(&[
        (EN, base),
        (RO, "cart = Coș\n    .hint = Indiciu"),
        (EN, "cart = Basket"),
        (RO, "cart = Coșuleț"),
        (EN, "-shop = Ana's"),
        (EN, "money = { $currency } { $amount }"),
    ]);
    assert_eq!(messages.text(EN, "cart"), "Basket");
    assert_eq!(messages.text(EN, "cart.hint"), "⟦cart.hint⟧", "a message goes with its attributes");
    assert_eq!(messages.text(RO, "cart"), "Coșuleț");
    assert_eq!(messages.text(EN, "title"), "Ana's", "texts put together earlier follow");
    assert_eq!(messages.text(EN, "rest"), "Rest");
    assert_eq!(messages.language(EN).money(money(100, "EUR")), "EUR 1.00");
}

#[test]
fn syntax_errors_tell_where_they_are() {
    let error = Messages::new(&[
        (RO, "bun = Bun"),
        (EN, "good = Good"),
        (RO, "bun = Bun\n\n= fără nume\nrău = { $x\n"),
        (EN, "open = { $x ->\n [one] x\n }"),
    ])
    .expect_err("three faults");
    assert_eq!(
        error.to_string(),
        "en, resource 2, line 3: The select expression must have a default variant\n\
         ro, resource 2, line 3: Expected one of \"a-zA-Z\"\n\
         ro, resource 2, line 4: Expected a token starting with \"=\""
    );
    assert_eq!((error.faults[1].language, error.faults[1].resource, error.faults[1].line), (RO, 2, 3));
}

#[test]
fn files_from_windows_are_read() {
    let messages =
        load(&[(EN, "a = One\r\n    two\r\nb = { $n ->\r\n    [one] x\r\n   *[other] y\r\n}\r\n")]);
    assert_eq!(messages.text(EN, "a"), "One\ntwo");
    assert_eq!(messages.format(EN, "b", &Args::new().with("n", 2)), "y");
    assert_eq!(faults("a = x\r\n\r\n? = y"), ["en, resource 1, line 3: Expected one of \"a-zA-Z\""]);
}

#[test]
fn a_name_stands_once_in_a_file() {
    assert_eq!(faults("a = x\nb = y\na = z"), ["en, resource 1, line 3: `a` is there twice"]);
    assert_eq!(faults("-a = x\n\n-a = z"), ["en, resource 1, line 3: `-a` is there twice"]);
    assert_eq!(faults("a = x\n    .b = y\n    .b = z"), ["en, resource 1, line 1: `a.b` is there twice"]);
    assert_eq!(load(&[(EN, "a = { -a }\n-a = x")]).text(EN, "a"), "x", "a message and a term");
}

#[test]
fn refuses_what_could_fail_when_shown() {
    for (text, fault) in [
        ("a = { b }", "`a` refers to `b`, which is not there"),
        ("a = { -b }", "`a` refers to `-b`, which is not there"),
        ("a = { -b }\nb = x", "`a` refers to `-b`, which is not there"),
        ("a = { b }\nb =\n    .c = x", "`a` refers to `b`, which is not there"),
        ("a = { b.c }\nb = x", "`a` refers to `b.c`, which is not there"),
        ("a = { $n ->\n [one] { b }\n *[other] x\n }", "`a` refers to `b`, which is not there"),
        ("a = { -b.c ->\n *[other] x\n }\n-b = x", "`a` refers to `-b.c`, which is not there"),
        ("a = x\n    .b = { a.b }", "`a.b` refers to itself"),
        ("a = { -b }\n-b = { $n ->\n *[other] { -b }\n }", "`a` refers to itself"),
        ("a = { \"\" }", "`a` is empty"),
        ("a = { -b }\n-b = { $n }", "`a` does not pass `n` to a term that shows it"),
        ("a = { -b(\"x\") }\n-b = x", "`a` passes a value without a name to `-b`"),
        ("a = { DATETIME($at) }", "`a` calls DATETIME(); the only function is NUMBER()"),
        ("a = { NUMBER() }", "`a` calls NUMBER() with more or less than one value"),
        ("a = { NUMBER($n, $m) }", "`a` calls NUMBER() with more or less than one value"),
        (
            "a = { NUMBER({ $n }) }",
            "`a` has a reference or a placeable where a variable or a literal should stand",
        ),
        (
            "a = { NUMBER($n, style: \"percent\") }",
            "`a` calls NUMBER() with `style` in a way that is not supported",
        ),
        (
            "a = { NUMBER($n, minimumFractionDigits: 30) }",
            "`a` calls NUMBER() with `minimumFractionDigits` in a way that is not supported",
        ),
        ("money = { $currency }", "`money` has to show both $amount and $currency"),
        ("money = free", "`money` has to show both $amount and $currency"),
    ] {
        assert_eq!(faults(text), [format!("en, resource 1, line 1: {fault}")]);
    }
}

#[test]
fn refuses_messages_that_grow_without_bound() {
    let doubling: Vec<_> = (1..64).map(|n| format!("a{n} = {{ a{0} }}{{ a{0} }}", n - 1)).collect();
    let faults = faults(&format!("a0 = x\n{}", doubling.join("\n")));
    assert!(faults.contains(&"en, resource 1, line 64: `a63` has more than 1000 placeables".to_owned()));
    assert!(!faults.iter().any(|fault| fault.contains("`a8`")), "{faults:?}");
}

#[test]
fn refuses_messages_that_nest_without_bound() {
    let fault = "more than 50 braces or parentheses are open";
    for opening in ["{", "{ NUMBER(", "{ $n ->\n *[other] ", "{\n-a({\n", "{ -a(-a("] {
        let faults = faults(&format!("a = x\nb = {}", opening.repeat(100_000)));
        assert!(faults[0].ends_with(fault), "{opening:?}: {}", faults[0]);
    }
    let many = "a = :( {\n".repeat(1_000);
    assert!(!faults(&many).iter().any(|other| other.contains(fault)), "each message counts alone");

    let nested = format!("a = {}x{}", "{ $n ->\n *[other] ".repeat(50), "\n }".repeat(50));
    assert_eq!(load(&[(EN, &nested)]).format(EN, "a", &Args::new().with("n", 1)), "x");
}

#[test]
fn refuses_references_without_end() {
    let chain: Vec<_> =
        (1..300).map(|n| format!("a{n} = {{ $n ->\n *[other] {{ a{} }}\n }}", n - 1)).collect();
    let faults = faults(&format!("a0 = x\n{}", chain.join("\n")));
    let fault = "has more than 100 references and variants within each other";
    assert_eq!(faults.iter().filter(|other| other.contains(fault)).count(), 250);
}

proptest! {
    #[test]
    fn no_file_brings_the_program_down(parts in prop::collection::vec(prop::sample::select(PARTS), 0..40), n in any::<i64>()) {
        if let Ok(messages) = Messages::new(&[(RO, &parts.concat())]) {
            for id in messages.ids(RO) {
                let _ = messages.text(RO, id);
                let _ = messages.format(RO, id, &Args::new().with("x", n).with("y", "y"));
            }
        }
    }
}

/// Pieces of Fluent that make valid files often enough.
const PARTS: &[&str] = &[
    "\na = ",
    "\nb = ",
    "\n-t = ",
    "\n    .h = ",
    "x",
    "ș",
    " ",
    "\r\n",
    "{ $x }",
    "{ $y }",
    "{ a }",
    "{ b.h }",
    "{ -t }",
    "{ -t(x: 3) }",
    "{ $x ->",
    "{ $y ->",
    "{ -t.h ->",
    "{ NUMBER($x) ->",
    "\n [one] x",
    "\n [few] { $x }",
    "\n [3] y",
    "\n *[other] z",
    "\n }",
    "{ NUMBER($x, minimumFractionDigits: 9) }",
    "{ NUMBER($y, type: \"ordinal\") }",
    "{ \"\\u00A0\" }",
    "{ 9.99 }",
    "{",
    "}",
    "\"",
];
