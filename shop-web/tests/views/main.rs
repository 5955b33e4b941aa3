//! The pages as they look: every view on every sample, in every language that has texts.
#![cfg(test)]

mod html;
mod overlay;
mod shown;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use shop_core::Language;
use shop_web::views::{Notice, Page, Sample, Views};

fn views() -> Views {
    Views::embedded().expect("the embedded files are in order")
}

fn samples(views: &Views, language: Language) -> Vec<Sample> {
    views.samples(language).expect("every sample is rendered")
}

/// The page without the versions of its static files, which change with every touch of them.
fn without_versions(views: &Views, html: &str) -> String {
    ["favicon.svg", "no-picture.svg", "shop.css"].iter().fold(html.to_owned(), |html, name| {
        let version = views.asset(name).expect("a static file").version();
        html.replace(&format!("?v={version}"), "?v=…")
    })
}

/// What stands in the element `main`.
fn main_of(html: &str) -> &str {
    let start = html.find("<main").expect("a main element");
    &html[start..html.find("</main>").expect("its end") + "</main>".len()]
}

#[test]
fn pages_look_as_they_did() {
    let views = views();
    for &language in views.languages() {
        let mut by_template = BTreeMap::<_, String>::new();
        for sample in samples(&views, language) {
            // A signed-out page differs where something is for sale or where one signs in.
            let differs = ["catalog.html", "product.html", "login.html"].contains(&sample.template);
            if sample.page == "signed in" || differs {
                let page = by_template.entry(sample.template.trim_end_matches(".html")).or_default();
                page.extend(["== ", sample.view, ", ", sample.page, "\n", main_of(&sample.html), "\n\n"]);
            }
        }
        for (template, pages) in by_template {
            insta::assert_snapshot!(format!("{template}-{language}"), without_versions(&views, &pages));
        }
    }
}

#[test]
fn the_layout_looks_as_it_did() {
    let views = views();
    for &language in views.languages() {
        for page in ["signed out", "signed in"] {
            let samples = samples(&views, language);
            let sample = samples.iter().find(|sample| sample.template == "error.html" && sample.page == page);
            let html = without_versions(&views, &sample.expect("a page that went wrong").html);
            let layout = html.replace(main_of(&html), "<main>");
            insta::assert_snapshot!(format!("layout-{language}-{}", page.replace(' ', "_")), layout);
        }
    }
}

#[test]
fn every_text_is_there_in_every_language() {
    let views = views();
    for &language in views.languages() {
        samples(&views, language);
    }
    assert_eq!(views.messages().misses(), []);
    assert_eq!(views.messages().gaps(views.languages()), []);
}

#[test]
fn a_language_without_texts_is_served_in_english() {
    let views = views();
    assert_eq!(views.languages(), [Language::English, Language::Romanian]);
    let spanish = samples(&views, Language::Spanish);
    let html = &spanish[0].html;
    assert!(html.contains("<html lang=\"en\">") && html.contains("<h1>All products</h1>"), "{html}");
    assert!(!html.contains("Español"), "the menu offers only what has texts");
    let signed_in = spanish.iter().find(|sample| sample.page == "signed in").expect("a signed-in page");
    assert!(signed_in.html.contains("href=\"/shop/es/account\""), "links stay in the language");
}

#[test]
fn every_page_is_well_formed() {
    let views = views();
    for language in Language::ALL {
        for sample in samples(&views, language) {
            let Sample { template, view, page, html } = &sample;
            let tags =
                html::read(html).unwrap_or_else(|fault| panic!("{template} ({view}, {page}): {fault}"));
            assert_eq!(html::faults(&tags), Vec::<String>::new(), "{template} ({view}, {page})");
        }
    }
}

#[test]
fn links_and_forms_stay_below_the_base() {
    let [_, (_, page)] = Page::samples(Language::Romanian);
    for sample in samples(&views(), Language::Romanian).iter().filter(|sample| sample.page == "signed in") {
        for tag in html::read(&sample.html).expect("well-formed") {
            let Some(address) = ["href", "src", "action"].iter().find_map(|name| tag.get(name)) else {
                continue;
            };
            let expected = match tag.name.as_str() {
                "a" if tag.get("hreflang").is_some() => format!("{}/", page.assets),
                "a" if address.starts_with('#') => continue,
                "a" | "form" => format!("{}/", page.base),
                "img" | "link" => format!("{}/", page.assets),
                other => panic!("an address in <{other}>"),
            };
            assert!(address.starts_with(&expected), "{}: {address} is not below {expected}", sample.template);
        }
    }
}

#[test]
fn every_form_that_changes_something_has_the_token_if_there_is_one() {
    for sample in samples(&views(), Language::English) {
        let posts = sample.html.matches("method=\"post\"").count();
        let tokens = sample.html.matches("name=\"form_token\" value=\"2f7c51d0\"").count();
        let expected = if sample.page == "signed in" { posts } else { 0 };
        assert_eq!(tokens, expected, "{} ({})", sample.template, sample.view);
    }
}

#[test]
fn nothing_else_on_a_page_is_personal() {
    let views = views();
    let visit = |name: &str, pieces, token: &str| {
        let [_, (_, mut page)] = Page::samples(Language::English);
        let visitor = page.visitor.as_mut().expect("signed in");
        (visitor.name, visitor.pieces) = (name.to_owned(), pieces);
        page.form_token = Some(token.to_owned());
        page.notices = Vec::new();
        page
    };
    let (ana, ion) = (visit("Ana", 16, "token-of-ana"), visit("Ion", 0, "token-of-ion"));
    let [(_, catalog), ..] = &<shop_web::views::CatalogView as shop_web::views::View>::samples()[..] else {
        panic!("a catalog");
    };
    let without_visitor = |page: &Page| {
        let html = views.render(page, catalog).expect("rendered");
        let start = html.find("<nav class=\"visitor\"").expect("the visitor's part");
        let end = start + html[start..].find("</nav>").expect("its end");
        format!("{}{}", &html[..start], &html[end..])
    };
    let token = |page: &Page| format!("value=\"{}\"", page.form_token.as_deref().unwrap_or_default());
    let (of_ana, of_ion) = (without_visitor(&ana), without_visitor(&ion));
    assert!(!of_ana.contains("Ana"));
    assert_eq!(of_ana.replace(&token(&ana), &token(&ion)), of_ion);
}

#[test]
fn every_message_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = String::new();
    read_all(&root.join("src"), &mut sources);
    read_all(&root.join("templates"), &mut sources);
    let views = views();
    let by_name: BTreeSet<_> =
        Notice::ALL.into_iter().map(|notice| format!("notice-{}", notice.name())).collect();
    let is_used = |id: &str| {
        let stem = id.rsplit_once('-').map_or("", |(stem, _)| stem);
        // A message whose id is put together: `"order-state-"`, `"field-" ~ name`, `kind ~ "-state-" ~ name`.
        let joined =
            [format!("\"{stem}-\""), format!("\"-{}-\"", stem.rsplit('-').next().unwrap_or_default())];
        by_name.contains(id)
            || sources.contains(&format!("\"{id}\""))
            || joined.iter().any(|text| sources.contains(text))
    };
    // The texts that every program needs are the core's.
    let unused: Vec<_> =
        views.messages().ids(Language::English).filter(|id| *id != "money" && !is_used(id)).collect();
    assert_eq!(unused, Vec::<&str>::new());
}

#[test]
fn every_phrase_has_a_message() {
    let mut sources = String::new();
    read_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut sources);
    let views = views();
    let known: BTreeSet<_> = views.messages().ids(Language::English).collect();
    let named = sources.split("Phrase::new(\"").skip(1).filter_map(|rest| rest.split('"').next());
    let named: BTreeSet<_> = named.collect();
    assert!(named.contains("cart-gone"), "the search found {named:?}");
    assert_eq!(named.difference(&known).collect::<Vec<_>>(), Vec::<&&str>::new());
}

fn read_all(folder: &Path, texts: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read_all(&path, texts);
        } else {
            texts.push_str(&fs::read_to_string(&path).expect("a text"));
        }
    }
}

#[test]
fn templates_never_switch_escaping_off() {
    let mut templates = String::new();
    read_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), &mut templates);
    for way in ["| safe", "|safe", "autoescape"] {
        assert!(!templates.contains(way), "{way:?}");
    }
}

#[test]
fn the_stylesheet_is_small_and_asks_nobody_else() {
    let views = views();
    let style = views.asset("shop.css").expect("a stylesheet");
    assert!(style.bytes().len() < 12 * 1_024, "{} bytes", style.bytes().len());
    let text = std::str::from_utf8(style.bytes()).expect("a text");
    assert!(!text.contains("url(") && !text.contains("@import"), "it loads something");
}

#[test]
fn romanian_has_the_right_letters() {
    let views = views();
    for id in views.messages().ids(Language::Romanian) {
        let text = views.messages().text(Language::Romanian, id).into_owned();
        assert!(!text.contains(['ş', 'ţ', 'Ş', 'Ţ']), "{id} has a cedilla where a comma belongs");
    }
}
