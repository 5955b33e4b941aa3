//! Looking texts up, and what is missing.

use std::borrow::Cow;

use proptest::prelude::*;

use super::*;

#[test]
fn is_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Messages>();
    shared::<Texts<'_>>();
}

#[test]
fn falls_back_to_english_then_to_the_id() {
    let messages = load(&[(EN, "both = Both\nonly = English only\n    .hint = Hint"), (RO, "both = Ambele")]);
    let texts = messages.language(RO);
    assert_eq!(texts.text("both"), "Ambele");
    assert_eq!(texts.text("only"), "English only");
    assert_eq!(texts.text("only.hint"), "Hint");
    for unknown in ["neither", "both.hint", "both.", ".both", "only.hint.x", "", "⟦"] {
        assert_eq!(texts.text(unknown), format!("⟦{unknown}⟧"));
    }
    assert_eq!(messages.text(ES, "both"), "Both", "a language without any file");

    assert_eq!(messages.source(RO, "both"), Some(RO));
    assert_eq!(messages.source(RO, "only"), Some(EN));
    assert_eq!(messages.source(RO, "neither"), None);
}

#[test]
fn falls_back_with_the_numbers_of_the_text() {
    let messages = load(&[(EN, "n = { $n } and { $m }")]);
    let args = Args::new().with("n", 1_234_567).with("m", money(123_450, "EUR"));
    assert_eq!(messages.format(RO, "n", &args), "1,234,567 and €1,234.50");
}

#[test]
fn plain_texts_are_borrowed() {
    let messages = load(&[(EN, "-shop = Vitrina\nplain = Add to cart\nwelcome = Welcome to { -shop }")]);
    assert!(matches!(messages.text(EN, "plain"), Cow::Borrowed("Add to cart")));
    assert!(matches!(messages.text(EN, "welcome"), Cow::Borrowed("Welcome to Vitrina")));
}

#[test]
fn misses_are_kept_once() {
    let messages = load(&[(EN, "hello = Hello, { $name }!\nfine = Fine")]);
    for _ in 0..2 {
        assert_eq!(messages.text(RO, "hello"), "Hello, {$name}!");
        assert_eq!(messages.text(EN, "typo"), "⟦typo⟧");
        assert_eq!(messages.text(RO, "fine"), "Fine");
    }
    let expected = [
        Miss { language: EN, id: "typo".to_owned(), problem: Problem::Unknown },
        Miss { language: RO, id: "hello".to_owned(), problem: Problem::Variable("name".to_owned()) },
    ];
    assert_eq!(messages.misses(), expected);

    for id in 0..1_000 {
        let _ = messages.text(EN, &id.to_string());
    }
    assert_eq!(messages.misses().len(), 100);
}

#[test]
fn the_later_argument_of_one_name_counts() {
    let messages = load(&[(EN, "n = { $n }")]);
    assert_eq!(messages.format(EN, "n", &Args::new().with("n", 1).with("n", "two")), "two");
}

#[test]
fn terms_carry_grammar() {
    let text = "-shop = { $case ->\n [genitive] Vitrinei\n *[plain] Vitrina\n }\n    .gender = feminine\n\
                of = Clienții { -shop(case: \"genitive\") }\nname = { -shop }\n\
                new = { -shop.gender ->\n [feminine] nouă\n *[other] nou\n }";
    let messages = load(&[(RO, text)]);
    assert_eq!(messages.text(RO, "of"), "Clienții Vitrinei");
    assert_eq!(messages.text(RO, "name"), "Vitrina");
    assert_eq!(messages.text(RO, "new"), "nouă");
}

#[test]
fn terms_keep_their_arguments_to_themselves() {
    let text = "-inner = { $n ->\n [one] one\n *[other] many\n }\n-outer = { -inner(n: 1) } of { $n }\n\
                a = { -outer(n: 2.50) }, { $n }";
    let messages = load(&[(RO, text)]);
    assert_eq!(messages.format(RO, "a", &Args::new().with("n", 7)), "one of 2,50, 7");
}

#[test]
fn the_first_variant_that_fits_is_taken() {
    let text = "a = { $x ->\n [0.0] nothing\n [word] a word\n [-1] below\n [one] one\n *[5] default\n }";
    let messages = load(&[(EN, text)]);
    let a = |x: Value<'static>| messages.format(EN, "a", &Args::new().with("x", x)).into_owned();
    assert_eq!([a(0.into()), a(1.into()), a((-1).into())], ["nothing", "one", "below"].map(str::to_owned));
    assert_eq!([a("word".into()), a("0".into()), a("5".into())], ["a word", "default", "default"]);
    assert_eq!(a(Timestamp::from_micros(0).into()), "default");

    assert_eq!(messages.text(EN, "a"), "default");
    let miss = Miss { language: EN, id: "a".to_owned(), problem: Problem::Variable("x".to_owned()) };
    assert_eq!(messages.misses(), [miss]);
}

#[test]
fn arguments_are_no_part_of_the_message() {
    let messages = load(&[(EN, "-t = secret\na = Hello, { $x }!")]);
    for hostile in ["{ -t }", "{$x}", "<script>alert(1)</script>", "\u{202e}", "a\nb = c", "\0", "⟦a⟧"] {
        let args = Args::new().with("x", hostile);
        assert_eq!(messages.format(EN, "a", &args), format!("Hello, {hostile}!"));
    }
    assert_eq!(messages.misses(), []);
}

#[test]
fn gaps_name_each_difference_from_english() {
    let english = "same = { $a }\nlost = Lost\n    .hint = Hint\nholed = { $b ->\n [one] { $a }\n *[other] { part }\n }\npart = { $c }";
    let messages =
        load(&[(EN, english), (RO, "same = { $a }!\nholed = { $a } { $d }\npart = { $c }\nmore = Mai mult")]);
    let gaps: Vec<_> = messages.gaps(&[RO]).iter().map(ToString::to_string).collect();
    assert_eq!(
        gaps,
        [
            "ro: `holed` has the variables [\"a\", \"d\"], English has [\"a\", \"b\", \"c\"]",
            "ro: `lost` is missing",
            "ro: `lost.hint` is missing",
            "ro: `more` is not in English",
        ]
    );
    assert_eq!(messages.gaps(&[EN]), []);
    assert_eq!(messages.gaps(&[ES]).len(), 5);
    assert_eq!(messages.ids(EN).collect::<Vec<_>>(), ["holed", "lost", "lost.hint", "money", "part", "same"]);
}

#[test]
fn built_in_texts_have_no_gaps() {
    assert_eq!(load(&[]).gaps(&Language::ALL), []);
}

proptest! {
    #[test]
    fn arguments_pass_unchanged(text in any::<String>()) {
        let messages = load(&[(EN, "a = <{ $x }>\nb = { $x ->\n [one] one\n *[other] { a }\n }")]);
        let args = Args::new().with("x", &text);
        let shown = format!("<{text}>");
        prop_assert_eq!(messages.format(EN, "a", &args), shown.as_str());
        prop_assert_eq!(messages.format(EN, "b", &args), if text == "one" { "one" } else { &shown });
    }
}
