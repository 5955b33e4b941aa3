use std::collections::BTreeSet;

use super::*;

fn templates() -> Templates {
    Templates::load().expect("texts and templates load")
}

/// The ids of our own texts; how a price is written is built into the core.
fn ids(messages: &Messages, language: Language) -> BTreeSet<&str> {
    messages.ids(language).filter(|id| *id != "money").collect()
}

/// What stands in a language's file, without its comments.
fn lines(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter(|line| !line.starts_with('#'))
}

#[test]
fn each_language_has_one_file() {
    assert_eq!(TEXTS.map(|(language, _)| language), Language::ALL);
}

#[test]
fn each_language_says_what_english_says() {
    assert_eq!(templates().messages.gaps(&Language::ALL), []);
}

#[test]
fn the_files_keep_the_order_of_the_english_one() {
    let order = TEXTS.map(|(language, source)| {
        let is_message = |line: &&str| line.starts_with(|first: char| first.is_ascii_lowercase());
        let ids = lines(source).filter(is_message).filter_map(|line| line.split_once(" ="));
        (language, ids.map(|(id, _)| id).collect::<Vec<_>>())
    });
    for (language, ids) in &order {
        let differing = ids.iter().zip(&order[0].1).find(|(found, expected)| found != expected);
        assert_eq!(differing, None, "{language}");
    }
}

#[test]
fn each_text_is_shown_and_each_text_shown_is_there() {
    let sources = TEMPLATES.iter().flat_map(|(_, source)| source.split("t(id=\"").skip(1));
    let in_bodies = sources.filter_map(|rest| rest.split('"').next()).map(str::to_owned);
    let subjects = TEMPLATES.iter().filter_map(|(name, _)| name.strip_suffix("/body.txt"));
    let shown: BTreeSet<_> = subjects.map(subject_id).chain(in_bodies).collect();
    let messages = templates().messages;
    let written = ids(&messages, Language::English).into_iter().map(str::to_owned);
    assert_eq!(shown, written.collect());
}

#[test]
fn each_text_is_translated() {
    let messages = templates().messages;
    for (language, alike) in [
        (Language::Romanian, ["colon", "order-total"].as_slice()),
        (Language::Spanish, &["colon", "order-total"]),
        (Language::Portuguese, &["colon", "order-total"]),
        (Language::French, &[]),
    ] {
        let same = |id: &&str| messages.text(language, id) == messages.text(Language::English, id);
        let found: Vec<_> = ids(&messages, language).into_iter().filter(same).collect();
        assert_eq!(found, alike, "{language}");
    }
}

#[test]
fn texts_have_the_marks_of_their_language() {
    let spaces = ['\u{a0}', '\u{202f}', ' '];
    for (language, source) in TEXTS {
        for line in lines(source) {
            let text =
                line.split_once(" = ").map_or(line, |(_, text)| text).replace("{ \"\\u00A0\" }", "\u{a0}");
            assert!(!text.contains(['\'', '"']), "{language}: a typewriter's mark in {text}");
            for (at, mark) in text.match_indices([':', ';', '!', '?']) {
                let space = text[..at].chars().next_back().filter(|before| spaces.contains(before));
                let expected = match (language, mark) {
                    (Language::French, ":") => Some('\u{a0}'),
                    (Language::French, _) => Some('\u{202f}'),
                    _ => None,
                };
                assert_eq!(space, expected, "{language}: before {mark} in {text}");
            }
            let opened = ['¿', '¡'].map(|mark| text.matches(mark).count());
            let closed = ['?', '!'].map(|mark| text.matches(mark).count());
            assert!(language != Language::Spanish || opened == closed, "{text}");
            assert!(!text.contains(['ş', 'ţ', 'Ş', 'Ţ']), "a cedilla where a comma belongs: {text}");
        }
    }
}

#[test]
fn a_text_that_is_not_there_is_an_error() {
    let error = text(&templates().messages, Language::Romanian, "no-such-text", std::iter::empty());
    assert_eq!(error.map_err(|error| error.to_string()), Err("there is no text `no-such-text`".to_owned()));
}

/// The plural forms that a language has for whole numbers, as CLDR names them.
fn plural_forms(language: Language) -> BTreeSet<String> {
    let form =
        "form = { $n ->\n [zero] zero\n [one] one\n [two] two\n [few] few\n [many] many\n *[other] other\n}";
    let messages = Messages::new(&[(language, form)]).expect("a message");
    let of = |n: i64| messages.format(language, "form", &Args::new().with("n", n)).into_owned();
    (0..=200).chain([1_000_000]).map(of).collect()
}

#[test]
fn each_choice_has_the_plural_forms_of_its_language() {
    for (language, source) in TEXTS {
        let forms = plural_forms(language);
        let choices: Vec<_> = source.split("->\n").skip(1).collect();
        assert!(!choices.is_empty(), "{language}");
        for choice in choices {
            let variants = choice.lines().map(|line| line.trim_start().trim_start_matches('*'));
            let keys = variants.map_while(|line| line.strip_prefix('[')?.split(']').next());
            // A number beside the forms is for wording alone.
            let words = keys.filter(|key| !key.starts_with(|first: char| first.is_ascii_digit()));
            assert_eq!(words.map(str::to_owned).collect::<BTreeSet<_>>(), forms, "{language}: {choice}");
        }
    }
}

#[test]
fn numbers_choose_their_plural() {
    let messages = templates().messages;
    let hours = |language, hours: u64| {
        let values = [(Key::from("hours"), Value::from(hours))];
        let values = values.iter().map(|(name, value)| (name, value));
        text(&messages, language, "link-validity", values).expect("a text")
    };
    for (language, [before, behind], forms) in [
        (
            Language::English,
            ["The link is valid for ", " and can be used once."],
            ["0 hours", "one hour", "2 hours", "19 hours", "20 hours", "101 hours", "1,000,000 hours"],
        ),
        (
            Language::Romanian,
            ["Linkul este valabil ", " și poate fi folosit o singură dată."],
            ["0 ore", "o oră", "2 ore", "19 ore", "20 de ore", "101 ore", "1.000.000 de ore"],
        ),
        (
            Language::Spanish,
            ["El enlace es válido durante ", " y solo se puede usar una vez."],
            ["0 horas", "una hora", "2 horas", "19 horas", "20 horas", "101 horas", "1.000.000 de horas"],
        ),
        (
            Language::Portuguese,
            ["O link é válido por ", " e só pode ser usado uma vez."],
            ["0 hora", "1 hora", "2 horas", "19 horas", "20 horas", "101 horas", "1.000.000 de horas"],
        ),
        (
            Language::French,
            ["Le lien est valable ", " et ne peut servir qu’une fois."],
            [
                "0 heure",
                "1 heure",
                "2 heures",
                "19 heures",
                "20 heures",
                "101 heures",
                "1\u{202f}000\u{202f}000 d’heures",
            ],
        ),
    ] {
        let shown = [0, 1, 2, 19, 20, 101, 1_000_000].map(|count| hours(language, count));
        assert_eq!(shown, forms.map(|form| format!("{before}{form}{behind}")));
    }
}

#[test]
fn days_are_counted_like_hours() {
    let messages = templates().messages;
    let days = |language, days: u64| {
        let values = [(Key::from("days"), Value::from(days))];
        let values = values.iter().map(|(name, value)| (name, value));
        text(&messages, language, "link-validity-days", values).expect("a text")
    };
    for (language, forms) in [
        (Language::English, ["one day", "7 days", "30 days"]),
        (Language::Romanian, ["o zi", "7 zile", "30 de zile"]),
        (Language::Spanish, ["un día", "7 días", "30 días"]),
        (Language::Portuguese, ["1 dia", "7 dias", "30 dias"]),
        (Language::French, ["1 jour", "7 jours", "30 jours"]),
    ] {
        for (count, form) in [1, 7, 30].into_iter().zip(forms) {
            let shown = days(language, count);
            assert!(shown.contains(&format!(" {form} ")), "{form} not in {shown}");
        }
    }
}
