//! Plural forms, numbers, money and dates.

use proptest::prelude::*;

use super::*;

#[test]
fn romanian_has_three_plural_forms() {
    let products = "products = { $count ->\n [one] { $count } produs\n [few] { $count } produse\n *[other] { $count } de produse\n }";
    let messages = load(&[(RO, products)]);
    let products =
        |count: i64| messages.format(RO, "products", &Args::new().with("count", count)).into_owned();
    for (count, expected) in [
        (0, "0 produse"),
        (1, "1 produs"),
        (2, "2 produse"),
        (19, "19 produse"),
        (20, "20 de produse"),
        (100, "100 de produse"),
        (101, "101 produse"),
        (120, "120 de produse"),
        (1_020, "1.020 de produse"),
        (i64::MAX, "9.223.372.036.854.775.807 produse"),
        (i64::MIN, "-9.223.372.036.854.775.808 produse"),
    ] {
        assert_eq!(products(count), expected);
    }
}

#[test]
fn every_language_has_plural_forms() {
    let text = "n = { $n ->\n [0] none\n [one] one\n *[other] other\n }\nth = { NUMBER($n, type: \"ordinal\") ->\n [one] first\n *[other] th\n }";
    for language in Language::ALL {
        let messages = load(&[(language, text)]);
        let n = |id, n: i32| messages.format(language, id, &Args::new().with("n", n)).into_owned();
        assert_eq!([n("n", 0), n("n", 1), n("n", 5)], ["none", "one", "other"], "{language}");
        assert_eq!(n("th", 5), "th", "{language}");
    }
    let messages = load(&[(EN, text)]);
    assert_eq!(messages.format(EN, "th", &Args::new().with("n", 21)), "first");
}

#[test]
fn numbers_in_messages_follow_the_language() {
    let text = "plain = { $n }\nungrouped = { NUMBER($n, useGrouping: \"false\") }\n\
                digits = { NUMBER($n, minimumFractionDigits: 2, minimumIntegerDigits: 3) }\n\
                literal = { 1234.50 }\nzero = { 0 }";
    let messages = load(&[(EN, text), (RO, text), (ES, text)]);
    let show = |language, id, n: i64| messages.format(language, id, &Args::new().with("n", n)).into_owned();
    assert_eq!(show(RO, "plain", -1_234_567), "-1.234.567");
    assert_eq!(show(EN, "plain", 1_234_567), "1,234,567");
    assert_eq!(show(ES, "plain", 1_234), "1234", "Spanish groups from five digits on");
    assert_eq!(show(RO, "ungrouped", 1_234_567), "1234567");
    assert_eq!(show(RO, "digits", 7), "007,00");
    assert_eq!(show(RO, "literal", 0), "1.234,50");
    assert_eq!(show(RO, "zero", 0), "0");
    // The first whole number that a 64-bit float cannot hold.
    let inexact = (1 << 53) + 1;
    assert_eq!(show(EN, "plain", inexact), "9,007,199,254,740,993");
    assert_eq!(show(EN, "digits", inexact), "9,007,199,254,740,993.00");
}

#[test]
fn whole_numbers_of_every_kind_are_arguments() {
    let messages = load(&[(EN, "n = { $n }")]);
    let values: [Value<'_>; 6] =
        [1_u8.into(), 1_u16.into(), 1_u32.into(), 1_i32.into(), 1_i64.into(), 1_usize.into()];
    for value in values {
        assert_eq!(messages.format(EN, "n", &[("n", value)].into_iter().collect()), "1");
    }
    assert_eq!(Value::from(usize::MAX), Value::Number(i64::MAX));
}

#[test]
fn money_is_written_as_shoppers_read_it() {
    let messages = load(&[]);
    let table = [
        (EN, ["RON_1,234.50", "€1,234.50", "¥123,450", "KWD_123.450"]),
        (RO, ["1.234,50_lei", "1.234,50_€", "123.450_JPY", "123,450_KWD"]),
        (ES, ["1234,50_RON", "1234,50_€", "123.450_JPY", "123,450_KWD"]),
        (Language::Portuguese, ["RON_1.234,50", "€_1.234,50", "JPY_123.450", "KWD_123,450"]),
        (Language::French, ["1\u{202f}234,50_RON", "1\u{202f}234,50_€", "123\u{202f}450_JPY", "123,450_KWD"]),
    ];
    for (language, expected) in table {
        let shown =
            ["RON", "EUR", "JPY", "KWD"].map(|code| messages.language(language).money(money(123_450, code)));
        assert_eq!(shown, expected.map(|price| price.replace('_', "\u{a0}")), "{language}");
    }
}

#[test]
fn money_below_zero_has_its_sign_in_front() {
    let messages = load(&[]);
    assert_eq!(messages.language(EN).money(money(-5, "EUR")), "-€0.05");
    assert_eq!(messages.language(RO).money(money(-123_450, "RON")), "-1.234,50\u{a0}lei");
    assert_eq!(messages.language(RO).money(money(0, "RON")), "0,00\u{a0}lei");
    assert_eq!(messages.language(EN).money(money(i64::MIN, "USD")), "-$92,233,720,368,547,758.08");
    assert_eq!(messages.language(RO).money(money(i64::MAX, "JPY")), "9.223.372.036.854.775.807\u{a0}JPY");
}

#[test]
fn dates_are_written_out() {
    let messages = load(&[]);
    let date = |language, micros| messages.language(language).date(Timestamp::from_micros(micros));
    let leap_day = 951_782_400_000_000;
    assert_eq!(date(EN, leap_day), "February 29, 2000");
    assert_eq!(date(RO, leap_day), "29 februarie 2000");
    assert_eq!(date(ES, leap_day), "29 de febrero de 2000");
    assert_eq!(date(Language::Portuguese, leap_day), "29 de fevereiro de 2000");
    assert_eq!(date(Language::French, leap_day), "29 février 2000");
    assert_eq!(date(RO, leap_day - 1), "28 februarie 2000");

    assert_eq!(date(RO, 0), "1 ianuarie 1970");
    assert_eq!(date(RO, -1), "31 decembrie 1969");
    assert_eq!(date(EN, i64::MAX), "January 10, 294247");
    assert_eq!(date(EN, i64::MIN), "December 21, 290309 BC");
}

#[test]
fn moments_are_written_out_in_utc() {
    let messages = load(&[]);
    let evening = Timestamp::from_micros(1_795_291_559_999_999);
    let shown = Language::ALL.map(|language| messages.language(language).date_time(evening));
    let expected = [
        "November 21, 2026 at 20:05_UTC",
        "21 noiembrie 2026 la 20:05_UTC",
        "21 de noviembre de 2026 a las 20:05_UTC",
        "21 de novembro de 2026 às 20:05_UTC",
        "21 novembre 2026 à 20:05_UTC",
    ];
    assert_eq!(shown, expected.map(|text| text.replace('_', "\u{a0}")));
    let midnight = messages.language(EN).date_time(Timestamp::from_micros(0));
    assert_eq!(midnight, "January 1, 1970 at 00:00\u{a0}UTC");
}

#[test]
fn arguments_take_the_form_of_the_language() {
    let messages = load(&[(RO, "placed = Comanda din { $at }: { $total }")]);
    let args = Args::new().with("at", Timestamp::from_micros(0)).with("total", money(-100, "RON"));
    assert_eq!(messages.format(RO, "placed", &args), "Comanda din 1 ianuarie 1970: -1,00\u{a0}lei");
}

proptest! {
    #[test]
    fn money_keeps_every_digit(minor in any::<i64>(), code in prop::sample::select(vec!["RON", "EUR", "JPY", "KWD", "BRL"])) {
        let messages = load(&[]);
        let price = money(minor, code);
        let expected: String = price.decimal().chars().filter(char::is_ascii_digit).collect();
        for language in Language::ALL {
            let shown = messages.language(language).money(price);
            let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
            prop_assert_eq!(&digits, &expected, "{}", language);
            prop_assert_eq!(shown.starts_with('-'), minor < 0);
        }
    }

    #[test]
    fn any_moment_has_a_date(micros in any::<i64>()) {
        let messages = load(&[]);
        for language in Language::ALL {
            let texts = messages.language(language);
            let at = Timestamp::from_micros(micros);
            prop_assert!(texts.date_time(at).starts_with(&texts.date(at)));
        }
    }
}
