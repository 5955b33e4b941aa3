//! The pages as they look: every view on every sample. What they say in each language is checked in `texts.rs`.
#![cfg(test)]

mod html;
mod overlay;
mod shown;
mod texts;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use shop_core::Language;
use shop_web::views::{Page, Sample, Views};

fn views() -> Views {
    Views::embedded().expect("the embedded files are in order")
}

fn samples(views: &Views, language: Language) -> Vec<Sample> {
    views.samples(language).expect("every sample is rendered")
}

/// The page without the versions of its static files, which change with every touch of them.
fn without_versions(views: &Views, html: &str) -> String {
    ["favicon.svg", "no-picture.svg", "print.css", "shop.css"].iter().fold(html.to_owned(), |html, name| {
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
    for language in [Language::English, Language::Romanian] {
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
    for language in [Language::English, Language::Romanian, Language::French] {
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
fn every_page_speaks_its_language_and_offers_the_others() {
    let codes = Language::ALL.map(Language::code);
    let views = views();
    for language in Language::ALL {
        for sample in samples(&views, language) {
            let tags = html::read(&sample.html).expect("well-formed");
            assert_eq!(tags[0].get("lang"), Some(language.code()), "{}", sample.template);
            if sample.template == "order_print.html" {
                continue; // paper offers nothing
            }
            let links =
                |name| tags.iter().filter(move |tag| tag.name == name && tag.get("hreflang").is_some());
            let menu: Vec<_> = links("a").map(|tag| tag.get("hreflang").unwrap_or_default()).collect();
            assert_eq!(menu, codes, "{}", sample.template);
            let current: Vec<_> = links("a").filter(|tag| tag.get("aria-current").is_some()).collect();
            assert!(matches!(current[..], [tag] if tag.get("lang") == Some(language.code())), "{current:?}");
            let alternates: Vec<_> = links("link").filter_map(|tag| tag.get("hreflang")).collect();
            let expected: &[&str] = if sample.page == "signed out" {
                &["x-default", codes[0], codes[1], codes[2], codes[3], codes[4]]
            } else {
                &[]
            };
            assert_eq!(alternates, expected, "{}", sample.template);
        }
    }
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
    let [(_, catalog), ..] = &<shop_web::views::CatalogView as shop_web::views::View>::samples()[..] else {
        panic!("a catalog");
    };
    let without_visitor = |page: &Page| {
        let html = views.render(page, catalog).expect("rendered");
        let start = html.find("<nav class=\"visitor\"").expect("the visitor's part");
        let end = start + html[start..].find("</nav>").expect("its end");
        format!("{}{}", &html[..start], &html[end..])
    };
    for language in Language::ALL {
        let visit = |name: &str, pieces, token: &str| {
            let [_, (_, mut page)] = Page::samples(language);
            let visitor = page.visitor.as_mut().expect("signed in");
            (visitor.name, visitor.pieces) = (name.to_owned(), pieces);
            page.form_token = Some(token.to_owned());
            page.notices = Vec::new();
            page
        };
        let of_ana = without_visitor(&visit("Ana", 16, "token-of-ana"));
        let of_ion = without_visitor(&visit("Ion", 0, "token-of-ion"));
        assert!(!of_ana.contains("Ana"));
        assert_eq!(of_ana.replace("token-of-ana", "token-of-ion"), of_ion);
    }
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
    for (name, limit) in [("shop.css", 14 * 1_024), ("print.css", 2 * 1_024)] {
        let style = views.asset(name).expect("a stylesheet");
        assert!(style.bytes().len() < limit, "{name}: {} bytes", style.bytes().len());
        let text = std::str::from_utf8(style.bytes()).expect("a text");
        assert!(!text.contains("url(") && !text.contains("@import"), "{name} loads something");
    }
}
