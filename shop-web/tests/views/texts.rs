//! The messages: complete, used, translated and well set in every language.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use shop_core::Language;
use shop_core::l10n::{Args, Messages};
use shop_core::order::{LineState, OrderState};
use shop_core::ports::Sort;
use shop_web::views::{Notice, sort_name};

use super::{read_all, samples, views};

/// A language's message file as it is written, without its comments.
fn source(language: Language) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("locales/{language}.ftl"));
    let text = fs::read_to_string(file).expect("every language has a file");
    text.lines().filter(|line| !line.starts_with('#')).flat_map(|line| [line, "\n"]).collect()
}

/// The texts of one folder of this crate, the Rust sources or the templates.
fn sources(folder: &str) -> String {
    let mut texts = String::new();
    read_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut texts);
    texts
}

/// What stands between `start` and the quote behind it, wherever that is.
fn quoted<'t>(text: &'t str, start: &str) -> BTreeSet<&'t str> {
    text.split(start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The ids that are put together from a stem and a name.
fn joined(templates: &str) -> BTreeSet<String> {
    let notices = Notice::ALL.map(|notice| format!("notice-{}", notice.name()));
    let orders = OrderState::ALL.map(|state| format!("order-state-{}", state.name()));
    let lines = LineState::ALL.map(|state| format!("line-state-{}", state.name()));
    let sorts = [Sort::Catalog, Sort::Newest, Sort::PriceUp, Sort::PriceDown];
    let sorts = sorts.map(|sort| format!("catalog-sort-{}", sort_name(sort)));
    let fields = ["<field name=\"", "<secret name=\""].map(|start| quoted(templates, start));
    let fields = fields.iter().flatten().map(|name| format!("field-{name}"));
    notices.into_iter().chain(orders).chain(lines).chain(sorts).chain(fields).collect()
}

/// The ids that templates name, as in `"cart-title" | t`.
fn named(templates: &str) -> BTreeSet<String> {
    let places = templates.match_indices("\" | t").filter(|(at, filter)| {
        let behind = &templates[at + filter.len()..];
        !behind.starts_with(|next: char| next.is_alphanumeric())
    });
    places.filter_map(|(at, _)| templates[..at].rsplit('"').next()).map(str::to_owned).collect()
}

/// Our own ids; how a price is written is the core's.
fn ids(messages: &Messages, language: Language) -> BTreeSet<&str> {
    messages.ids(language).filter(|id| *id != "money").collect()
}

#[test]
fn every_text_is_there_in_every_language() {
    let views = views();
    for language in Language::ALL {
        samples(&views, language);
    }
    assert_eq!(views.messages().misses(), []);
    assert_eq!(views.messages().gaps(&Language::ALL), []);
}

#[test]
fn the_files_keep_the_order_of_the_english_one() {
    let order = |language| {
        let is_message = |line: &&str| line.starts_with(|first: char| first.is_ascii_lowercase());
        let source = source(language);
        let messages = source.lines().filter(is_message).filter_map(|line| line.split_once(" ="));
        messages.map(|(id, _)| id.to_owned()).collect::<Vec<_>>()
    };
    let english = order(Language::English);
    for language in Language::ALL {
        let found = order(language);
        let differing = found.iter().zip(&english).find(|(found, expected)| found != expected);
        assert_eq!(differing, None, "{language}");
    }
}

#[test]
fn every_message_is_used() {
    let (templates, code) = (sources("templates"), sources("src"));
    let joined = joined(&templates);
    let is_used = |id: &str| {
        let literal = format!("\"{id}\"");
        joined.contains(id) || templates.contains(&literal) || code.contains(&literal)
    };
    let views = views();
    let unused: Vec<_> =
        ids(views.messages(), Language::English).into_iter().filter(|id| !is_used(id)).collect();
    assert_eq!(unused, Vec::<&str>::new());
}

#[test]
fn every_id_in_use_has_a_message() {
    let (templates, code) = (sources("templates"), sources("src"));
    let phrases = quoted(&code, "Phrase::new(\"");
    assert!(phrases.contains("cart-gone"), "the search found {phrases:?}");
    let named = named(&templates);
    assert!(named.contains("cart-title") && named.contains("layout-search.button"), "{named:?}");
    let views = views();
    let known = ids(views.messages(), Language::English);
    let in_use = joined(&templates).into_iter().chain(named).chain(phrases.into_iter().map(str::to_owned));
    let unknown: Vec<_> = in_use.filter(|id| !known.contains(id.as_str())).collect();
    assert_eq!(unknown, Vec::<String>::new());
}

#[test]
fn every_text_is_translated() {
    let views = views();
    let messages = views.messages();
    for (language, alike) in [
        (Language::Romanian, ["colon", "line", "order-pieces", "total"].as_slice()),
        (Language::Spanish, &["colon", "line", "order-pieces", "total"]),
        (Language::Portuguese, &["colon", "line", "order-pieces", "total"]),
        (Language::French, &["catalog-page", "catalog-pages", "line", "order-pieces", "total"]),
    ] {
        let same = |id: &&str| messages.text(language, id) == messages.text(Language::English, id);
        let found: Vec<_> = ids(messages, language).into_iter().filter(same).collect();
        assert_eq!(found, alike, "{language}");
    }
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
fn every_choice_has_the_plural_forms_of_its_language() {
    for language in Language::ALL {
        let (source, forms) = (source(language), plural_forms(language));
        let choices: Vec<_> = source.split("->\n").skip(1).collect();
        assert!(choices.len() >= 8, "{choices:?}");
        for choice in choices {
            let variants = choice.lines().map(|line| line.trim_start().trim_start_matches('*'));
            let keys = variants.map_while(|line| line.strip_prefix('[')?.split(']').next());
            // A number beside the forms is for wording alone: `[0] sold out`.
            let words = keys.filter(|key| !key.starts_with(|first: char| first.is_ascii_digit()));
            let words: BTreeSet<_> = words.map(str::to_owned).collect();
            assert_eq!(words, forms, "{language}: {}", choice.lines().next().unwrap_or_default());
        }
    }
}

#[test]
fn counts_take_their_plural_form() {
    let views = views();
    let counts = [0, 1, 2, 5, 19, 20, 21, 100, 1_000_000];
    let shown = |language| {
        let text = |count| views.messages().format(language, "items", &Args::new().with("count", count));
        counts.map(|count: i32| text(count).into_owned()).join(", ")
    };
    assert_eq!(
        Language::ALL.map(shown),
        [
            "0 items, one item, 2 items, 5 items, 19 items, 20 items, 21 items, 100 items, 1,000,000 items",
            "0 produse, un produs, 2 produse, 5 produse, 19 produse, 20 de produse, 21 de produse, \
             100 de produse, 1.000.000 de produse",
            "0 artículos, un artículo, 2 artículos, 5 artículos, 19 artículos, 20 artículos, 21 artículos, \
             100 artículos, 1.000.000 de artículos",
            "0 item, 1 item, 2 itens, 5 itens, 19 itens, 20 itens, 21 itens, 100 itens, 1.000.000 de itens",
            "0 article, 1 article, 2 articles, 5 articles, 19 articles, 20 articles, 21 articles, \
             100 articles, 1\u{202f}000\u{202f}000 d’articles",
        ]
    );
}

#[test]
fn texts_are_well_set() {
    for language in Language::ALL {
        for line in source(language).lines() {
            let text = line.split_once(" = ").map_or(line, |(_, text)| text).trim_start_matches(' ');
            let text = text.replace("{ \"\\u00A0\" }", "\u{a0}");
            assert!(!text.contains(['\'', '"']), "{language}: a typewriter's mark in {text}");
            let well = match language {
                Language::English | Language::Portuguese => is_tight(&text),
                Language::Romanian => is_tight(&text) && !text.contains(['ş', 'ţ', 'Ş', 'Ţ']),
                Language::Spanish => {
                    is_tight(&text) && is_opened(&text, '¿', '?') && is_opened(&text, '¡', '!')
                }
                Language::French => is_spaced(&text),
            };
            assert!(well, "{language}: {text}");
        }
    }
}

/// Whether no mark has a space before it.
fn is_tight(text: &str) -> bool {
    let spaced = |(at, _): (usize, _)| text[..at].ends_with([' ', '\u{a0}', '\u{202f}']);
    !text.match_indices([';', ':', '!', '?', ',', '.', '»', '”']).any(spaced)
}

/// Whether a mark is opened as often as it is closed.
fn is_opened(text: &str, opening: char, closing: char) -> bool {
    text.matches(opening).count() == text.matches(closing).count()
}

/// Whether each mark that wants a space in French has the one that does not break.
fn is_spaced(text: &str) -> bool {
    let before =
        |mark: char, space: char| text.match_indices(mark).all(|(at, _)| text[..at].ends_with(space));
    let thin = [';', '!', '?'].into_iter().all(|mark| before(mark, '\u{202f}'));
    let behind = text.match_indices('«').all(|(at, mark)| text[at + mark.len()..].starts_with('\u{a0}'));
    thin && behind && before(':', '\u{a0}') && before('»', '\u{a0}') && !text.contains(" ,")
}
