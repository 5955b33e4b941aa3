//! An embedder's own files in place of ours.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use shop_core::Language;
use shop_web::views::{OverlayError, Page, View, Views, ViewsError};

use super::samples;

/// An empty folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("overlays").join(name);
    let _ = fs::remove_dir_all(&folder);
    for part in ["templates", "static", "locales"] {
        fs::create_dir_all(folder.join(part)).expect("a folder");
    }
    folder
}

fn put(folder: &Path, file: &str, content: &str) {
    fs::write(folder.join(file), content).expect("a file");
}

#[test]
fn files_replace_ours_and_add_to_them() {
    let folder = folder("replace");
    put(&folder, "static/shop.css", "body { color: navy }");
    put(&folder, "static/logo.png", "PNG");
    put(&folder, "templates/visitor.html", "<p>{{ \"our-hello\" | t }} {{ \"logo.png\" | versioned }}</p>");
    put(&folder, "locales/en.ftl", "our-hello = Welcome\ncatalog-title = Our wares");
    put(&folder, "locales/es.ftl", "catalog-title = Todo");
    put(&folder, ".notes", "kept out");
    let views = Views::with_overlay(&folder).expect("a good overlay");

    let html = &samples(&views, Language::English)[0].html;
    assert!(html.contains("<h1>Our wares</h1>") && html.contains("<p>Welcome logo.png?v="), "{html}");
    let style = views.asset("shop.css").expect("a stylesheet");
    assert_eq!(
        (style.bytes(), style.content_type()),
        (&b"body { color: navy }"[..], "text/css; charset=utf-8")
    );
    assert_eq!(views.asset("logo.png").expect("a picture").content_type(), "image/png");
    assert_ne!(style.version(), super::views().asset("shop.css").expect("ours").version());
    assert!(html.contains(&format!("shop.css?v={}\"", style.version())), "{html}");
    assert!(views.asset("favicon.svg").is_some() && views.asset("../Cargo.toml").is_none());

    let html = &samples(&views, Language::Spanish)[0].html;
    assert!(html.contains("<h1>Todo</h1>") && html.contains("Nuestra selección"), "the rest is ours: {html}");
}

#[derive(Serialize)]
struct Imprint {
    company: String,
}

impl View for Imprint {
    const TEMPLATE: &'static str = "imprint.html";

    fn samples() -> Vec<(&'static str, Self)> {
        vec![("ours", Self { company: "Vitrina & Co".to_owned() })]
    }
}

#[test]
fn an_embedder_adds_a_page() {
    let folder = folder("page");
    let template = "{% extends \"layout.html\" %}{% block title %}Imprint{% endblock title %}\
                    {% block main %}<h1>{{ company }}</h1>{% endblock main %}";
    put(&folder, "templates/imprint.html", template);
    let views = Views::with_overlay(&folder).expect("a good overlay");
    let html = views.render(&Page::default(), &Imprint::samples()[0].1).expect("rendered");
    assert!(html.contains("<h1>Vitrina &amp; Co</h1>") && html.contains("class=\"top\""), "{html}");

    let error = super::views().render(&Page::default(), &Imprint::samples()[0].1).expect_err("not ours");
    assert_eq!(error.to_string(), "cannot render imprint.html: Template 'imprint.html' not found");
}

fn fault(name: &str, file: &str, content: &str) -> ViewsError {
    let folder = folder(name);
    put(&folder, file, content);
    Views::with_overlay(&folder).expect_err("a bad overlay")
}

#[test]
fn faults_show_before_the_shop_starts() {
    let syntax = fault("syntax", "templates/cart.html", "{% if %}");
    assert!(
        matches!(&syntax, ViewsError::Templates(error) if error.to_string().contains("cart.html")),
        "{syntax}"
    );
    let filter = fault("filter", "templates/cart.html", "{{ 1 | nonsense }}");
    assert!(
        matches!(&filter, ViewsError::Templates(error) if error.to_string().contains("nonsense")),
        "{filter}"
    );
    let variable = fault("variable", "templates/cart.html", "{{ rows }}{{ colour }}");
    assert!(
        matches!(&variable, ViewsError::Sample(error) if error.to_string().contains("colour")),
        "{variable}"
    );
    let asset = fault("asset", "templates/cart.html", "{{ \"gone.css\" | versioned }}");
    assert!(matches!(&asset, ViewsError::Sample(error) if error.to_string().contains("gone.css")), "{asset}");
    let number = fault("number", "templates/cart.html", "{{ 1 | t }}");
    assert!(matches!(&number, ViewsError::Sample(error) if error.to_string().contains("not 1")), "{number}");
    let messages = fault("messages", "locales/ro.ftl", "cart-title = { $");
    assert!(
        matches!(&messages, ViewsError::Messages(error) if error.faults[0].language == Language::Romanian)
    );
}

#[test]
fn files_without_effect_are_refused() {
    for (name, file) in [("text", "templates/cart.txt"), ("language", "locales/de.ftl"), ("top", "shop.css")]
    {
        let error = fault(name, file, "");
        let ViewsError::Overlay(OverlayError::Unknown(path)) = &error else { panic!("{file}: {error}") };
        assert!(path.ends_with(file), "{error}");
    }
    let error = Views::with_overlay("no/such/folder".as_ref()).expect_err("no folder");
    assert!(matches!(&error, ViewsError::Overlay(OverlayError::Unreadable { .. })), "{error}");
}
