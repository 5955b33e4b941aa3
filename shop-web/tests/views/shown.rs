//! What views make of the core's values, and how they show them.

use shop_core::cart::show::{LineProblem, PricedCart, PricedLine};
use shop_core::cart::{CartLine, Quantity};
use shop_core::catalog::browse::{Browse, Catalog};
use shop_core::catalog::{Category, Localized, Offer, Product, ProductText, Variant, VariantOption};
use shop_core::ids::{CategoryId, ProductId};
use shop_core::ports::Sort;
use shop_core::stock::Stock;
use shop_core::text::TextError;
use shop_core::{Currency, Language, Money, Timestamp};
use shop_web::views::{
    Addition, CartView, CatalogView, DeleteView, EditView, ErrorView, Field, ForgotView, LoginView, Notice,
    OrderPrintView, OrderView, Page, Phrase, ProductView, RegisterView, ResetView, SessionsView, View,
    Visitor, catalog_path, sort_from_name, sort_name,
};

use super::{html, views};

const ID: &str = "01936f2c-0000-7000-8000-000000000001";

fn text<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().expect("a valid text")
}

fn lei(minor: i64) -> Money {
    Money::from_minor(minor, Currency::RON)
}

fn variant(sku: &str, capacity: &str, price: Money, stock: Stock) -> Variant {
    let only = |label: &str| Localized::only(Language::English, text(label));
    Variant {
        sku: text(sku),
        options: vec![VariantOption { name: only("Capacity"), value: only(capacity) }],
        price,
        weight_grams: None,
        stock,
    }
}

fn drive() -> Product {
    let name =
        |name, description: &str| ProductText { name: text(name), description: Some(text(description)) };
    let english = name("Flash drive", "Small.\n\nFast & cheap.");
    Product {
        id: text::<ProductId>(ID),
        slug: text("flash-drive"),
        category: None,
        text: Localized::only(Language::English, english).with(Language::Romanian, name("Stick", "Mic.")),
        picture: Some(text("usb02.svg")),
        active: true,
        variants: vec![
            variant("D-32", "32 GB", lei(4_900), Stock::Counted(0)),
            variant("D-64", "64 GB", lei(7_900), Stock::Counted(5)),
            variant("D-128", "128 GB", lei(9_900), Stock::Counted(6)),
            variant("D-EUR", "1 TB", Money::from_minor(1, text("EUR")), Stock::Uncounted),
        ],
        created_at: Timestamp::from_micros(0),
        version: 0,
    }
}

fn catalog() -> Catalog {
    let category = |slug, name, position| Category {
        id: text::<CategoryId>(ID),
        slug: text(slug),
        name: Localized::only(Language::English, text(name)),
        position,
    };
    let categories = vec![category("storage", "Storage", 1), category("sound", "Sound", 2)];
    Catalog { products: vec![drive()], more: true, categories }
}

#[test]
fn a_card_offers_what_can_be_bought() {
    let view = CatalogView::new(&Browse::default(), &catalog(), Currency::RON);
    let card = &view.products[0];
    assert_eq!(card.sku.as_deref(), Some("D-64"), "the first that is not sold out");
    assert_eq!((card.price, card.from, card.sold_out), (Some(lei(4_900)), true, false));
    let left: Vec<_> = card.variants.iter().map(|variant| (variant.sku.as_str(), variant.left)).collect();
    assert_eq!(left, [("D-32", None), ("D-64", Some(5)), ("D-128", None)], "not what costs another currency");

    let abroad = CatalogView::new(&Browse::default(), &catalog(), text("USD"));
    let card = &abroad.products[0];
    assert_eq!((card.sku.as_deref(), card.price, card.from, card.sold_out), (None, None, false, true));
}

#[test]
fn a_product_speaks_the_readers_language() {
    let english = ProductView::new(&drive(), Language::English, Currency::RON);
    assert_eq!(
        (english.name.as_str(), &english.description[..]),
        ("Flash drive", &["Small.".to_owned(), "Fast & cheap.".to_owned()][..])
    );
    let romanian = ProductView::new(&drive(), Language::Romanian, Currency::RON);
    assert_eq!(romanian.name, "Stick");
    assert_eq!(romanian.variants[0].choices[0].value, "32 GB", "falls back");
}

#[test]
fn links_of_the_catalog_keep_search_and_order() {
    let query = Browse {
        search: Some(text("a b&c=ș/?#%+")),
        category: Some(text("storage")),
        sort: Sort::PriceDown,
        page: text("2"),
        language: Language::English,
    };
    let view = CatalogView::new(&query, &catalog(), Currency::RON);
    let searched = "/?q=a%20b%26c%3D%C8%99%2F%3F%23%25%2B";
    assert_eq!(view.everything, format!("{searched}&sort=price_down"));
    assert_eq!(view.categories[1].href, format!("{searched}&category=sound&sort=price_down"));
    assert_eq!(view.previous.as_deref(), Some(&*format!("{searched}&category=storage&sort=price_down")));
    assert_eq!(view.next.as_deref(), Some(&*format!("{searched}&category=storage&sort=price_down&page=3")));
    assert_eq!(catalog_path(&query), format!("{searched}&category=storage&sort=price_down&page=2"));
    let current: Vec<_> = view.categories.iter().map(|category| category.current).collect();
    assert_eq!((current, view.category_name.as_deref()), (vec![true, false], Some("Storage")));

    let plain = CatalogView::new(&Browse::default(), &Catalog { more: false, ..catalog() }, Currency::RON);
    assert_eq!((plain.everything.as_str(), plain.previous, plain.next), ("/", None, None));
}

#[test]
fn orders_of_the_catalog_have_names() {
    for sort in [Sort::Catalog, Sort::Newest, Sort::PriceUp, Sort::PriceDown] {
        assert_eq!(sort_from_name(sort_name(sort)), Some(sort));
    }
    assert_eq!(sort_from_name("price"), None);
}

fn cart() -> PricedCart {
    let line =
        |sku, pieces| CartLine { sku: text(sku), quantity: Quantity::new(pieces).expect("a quantity") };
    let product = drive();
    let offer = |active, index: usize| Offer {
        variant: product.variants[index].clone(),
        slug: product.slug.clone(),
        text: product.text.clone(),
        picture: product.picture.clone(),
        active,
    };
    let row = |line, offer, total, problem| PricedLine { line, offer, total, problem };
    PricedCart {
        lines: vec![
            row(line("D-64", 2), Some(offer(true, 1)), Some(lei(15_800)), None),
            row(line("D-128", 7), Some(offer(true, 2)), Some(lei(69_300)), Some(LineProblem::Short(6))),
            row(line("D-32", 1), Some(offer(false, 0)), None, Some(LineProblem::Hidden)),
            row(line("KN04", 12), None, None, Some(LineProblem::Gone)),
        ],
        total: lei(85_100),
    }
}

#[test]
fn a_cart_carries_its_marks() {
    let [(_, page), _] = Page::samples(Language::English);
    let html = views().render(&page, &CartView::new(&cart(), Language::Romanian)).expect("rendered");
    let tags = html::read(&html).expect("well-formed");
    let marks = ["data-sku", "data-quantity", "data-line-total", "data-problem"];
    let rows = tags.iter().filter(|tag| tag.get("data-sku").is_some());
    let rows: Vec<_> = rows.map(|tag| marks.map(|mark| tag.get(mark))).collect();
    assert_eq!(
        rows,
        [
            [Some("D-64"), Some("2"), Some("15800"), None],
            [Some("D-128"), Some("7"), Some("69300"), Some("short")],
            [Some("D-32"), Some("1"), None, Some("hidden")],
            [Some("KN04"), Some("12"), None, Some("gone")],
        ]
    );
    let total = tags.iter().find(|tag| tag.get("data-total").is_some()).expect("a total");
    assert_eq!((total.get("data-total"), total.get("data-currency")), (Some("85100"), Some("RON")));
    let invalid = tags.iter().filter(|tag| tag.get("aria-invalid").is_some()).count();
    assert_eq!(invalid, 3, "the quantities of what is short, gone and hidden");
    assert!(html.contains("Stick (64 GB)") && !html.contains("/checkout"), "{html}");
    assert_eq!(html.matches("/products/flash-drive").count(), 2, "what is hidden has no page");
}

#[test]
fn a_refused_change_is_explained_where_it_belongs() {
    let view = CartView::new(&cart(), Language::English);
    let beside = view.clone().refused("D-64", "1e9".to_owned(), Phrase::new("fault-number"));
    assert_eq!(beside.rows[0].quantity, Field::new("1e9").refused(Phrase::new("fault-number")));
    assert!(beside.addition.is_none());
    let elsewhere = view.refused("X-1", "1".to_owned(), Phrase::new("fault-not-for-sale"));
    let again = elsewhere.addition.expect("what was typed");
    assert_eq!(again.sku, Field::new("X-1"));
    assert_eq!(again.quantity, Field::new("1").refused(Phrase::new("fault-not-for-sale")));
}

/// Tries to leave a text, an attribute, a tag and a template.
const HOSTILE: &str = "\"'><script>alert(1)</script>&amp;{{ page.form_token }}{% raw %}⟦x⟧";

#[test]
fn hostile_text_stays_text() {
    let views = views();
    let [_, (_, sample)] = Page::samples(Language::English);
    let page = Page {
        shop: HOSTILE.to_owned(),
        instance: Some(HOSTILE.to_owned()),
        path: format!("/?q={HOSTILE}"),
        canonical: Some(format!("/?q={HOSTILE}")),
        form_token: Some(HOSTILE.to_owned()),
        visitor: Some(Visitor { name: HOSTILE.to_owned(), pieces: 1 }),
        ..sample
    };
    let hostile = || HOSTILE.to_owned();
    let field = || Field::new(HOSTILE).refused(Phrase::new("fault-invisible").with_text("code", HOSTILE));
    let mut catalog = CatalogView::samples().remove(0).1;
    (catalog.search, catalog.category, catalog.category_name) = (field(), Some(hostile()), Some(hostile()));
    (catalog.products[0].name, catalog.products[0].variants[0].label) = (hostile(), hostile());
    let mut product = ProductView::samples().remove(0).1;
    (product.name, product.description) = (hostile(), vec![hostile()]);
    product.variants[0].choices[0].value = hostile();
    product.variants[0].quantity = field();
    let mut cart = CartView::samples().remove(0).1;
    (cart.rows[0].name, cart.rows[0].quantity, cart.rows[0].slug) = (hostile(), field(), Some(hostile()));
    cart.addition = Some(Addition { sku: field(), quantity: field() });
    let mut order = OrderView::samples().remove(0).1;
    (order.delivery, order.rows[0].name) = (Some(hostile()), hostile());
    let login = LoginView { email: field(), next: Some(hostile()), ..LoginView::default() };
    let register = RegisterView { email: field(), address: field(), ..RegisterView::default() };
    let edit = EditView { address: field(), language: field(), ..EditView::samples().remove(0).1 };
    let forgot = ForgotView { email: field(), problem: field().fault };
    let sessions = SessionsView::samples().remove(0).1.refused(field().fault);
    let error = ErrorView::new(422).advising(Phrase::new("fault-invisible").with_text("code", HOSTILE));

    let pages = [
        views.render(&page, &catalog),
        views.render(&page, &product),
        views.render(&page, &cart),
        views.render(&page, &order),
        views.render(&page, &OrderPrintView(order)),
        views.render(&page, &login),
        views.render(&page, &register),
        views.render(&page, &edit),
        views.render(&page, &forgot),
        views.render(&page, &sessions),
        views.render(&page, &error),
    ];
    for html in pages.map(|page| page.expect("rendered")) {
        assert!(
            html.contains("&lt;script&gt;") && html.contains("{{ page.form_token }}"),
            "it is shown: {html}"
        );
        html::read(&html).expect("still well-formed");
        assert!(!html.contains("<script") && !html.contains("alert(1)</script"), "{html}");
    }
    assert_eq!(views.messages().misses(), []);
}

#[test]
fn an_address_to_come_back_to_is_encoded() {
    let [(_, page), _] = Page::samples(Language::English);
    let page = Page { base: "/ro".to_owned(), path: "/?q=a%26b&page=2".to_owned(), ..page };
    let html = views().render(&page, &CatalogView::samples().remove(0).1).expect("rendered");
    assert!(html.contains("/ro/login?next=%2Fro%2F%3Fq%3Da%2526b%26page%3D2\""), "{html}");
}

/// How many fields for passwords each sample of a view has; none of them may hold anything.
fn password_fields<V: View>() -> Vec<usize> {
    let [_, (_, page)] = Page::samples(Language::English);
    let samples = V::samples().into_iter().map(|(_, view)| {
        let html = views().render(&page, &view).expect("rendered");
        let tags = html::read(&html).expect("well-formed");
        let passwords: Vec<_> = tags.iter().filter(|tag| tag.get("type") == Some("password")).collect();
        assert!(passwords.iter().all(|tag| tag.get("value").is_none() && tag.get("maxlength").is_none()));
        passwords.len()
    });
    samples.collect()
}

#[test]
fn passwords_are_never_shown_again() {
    for (of_a_view, expected) in [
        (password_fields::<RegisterView>(), 2),
        (password_fields::<ResetView>(), 2),
        (password_fields::<EditView>(), 3),
        (password_fields::<DeleteView>(), 1),
    ] {
        assert!(!of_a_view.is_empty() && of_a_view.iter().all(|&count| count == expected), "{of_a_view:?}");
    }
}

#[test]
fn a_fault_is_told_to_everybody() {
    let [_, (_, page)] = Page::samples(Language::English);
    let view =
        RegisterView { first_name: Field::new("").refused(TextError::Empty), ..RegisterView::default() };
    let html = views().render(&page, &view).expect("rendered");
    let tags = html::read(&html).expect("well-formed");
    let invalid: Vec<_> = tags.iter().filter(|tag| tag.get("aria-invalid") == Some("true")).collect();
    let [field] = invalid[..] else { panic!("one faulty field: {invalid:?}") };
    assert_eq!(
        (field.get("name"), field.get("aria-describedby")),
        (Some("first_name"), Some("first_name-fault"))
    );
    assert!(
        html.contains("<p class=\"fault\" id=\"first_name-fault\">Please fill in this field.</p>"),
        "{html}"
    );
    assert!(html.contains("<a href=\"#first_name\">First name</a>: Please fill in this field."), "{html}");
}

#[test]
fn notices_have_names_and_texts() {
    let views = views();
    for notice in Notice::ALL {
        assert_eq!(Notice::from_name(notice.name()), Some(notice));
        let id = format!("notice-{}", notice.name());
        assert_eq!(views.messages().source(Language::Romanian, &id), Some(Language::Romanian), "{id}");
    }
    assert_eq!(Notice::from_name("<script>"), None);
}

#[test]
fn every_status_has_a_page() {
    let views = views();
    let [(_, page), _] = Page::samples(Language::Romanian);
    for status in 400..600 {
        let html = views.render(&page, &ErrorView::new(status)).expect("rendered");
        assert!(html.contains(&format!("data-status=\"{status}\"")), "{html}");
    }
    assert_eq!(views.messages().misses(), []);
}

#[test]
fn waiting_times_round_up() {
    let [(_, page), _] = Page::samples(Language::English);
    let advice = |seconds| {
        let view = ErrorView::too_many_tries(std::time::Duration::from_secs(seconds));
        let html = views().render(&page, &view).expect("rendered");
        let start = html.find("Please try again in ").expect("the advice") + "Please try again in ".len();
        html[start..].split('.').next().unwrap_or_default().to_owned()
    };
    let shown = [0, 1, 59, 60, 61, 3_600].map(advice);
    assert_eq!(shown, ["one second", "one second", "59 seconds", "one minute", "2 minutes", "60 minutes"]);
}
