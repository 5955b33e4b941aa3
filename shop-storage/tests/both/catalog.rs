//! Pages and searches.

use shop_core::Language;
use shop_core::catalog::{Localized, Product};
use shop_core::ports::{CatalogQuery, Sort, Store};

use crate::samples::{TestStore, add_products, category, empty, lei, parsed, product, sku, text};

/// All products that shoppers see.
pub(crate) fn everything() -> CatalogQuery {
    CatalogQuery {
        category: None,
        search: None,
        sort: Sort::Catalog,
        language: Language::English,
        hidden: false,
        offset: 0,
        limit: 1_000,
    }
}

/// The slugs of a page, without `product-`.
async fn found(store: &TestStore, query: &CatalogQuery) -> Vec<String> {
    let page = store.catalog().page(query).await.expect("a page");
    page.products.iter().map(|product| product.slug.as_str().replace("product-", "")).collect()
}

async fn search(store: &TestStore, words: &str, language: Language) -> Vec<String> {
    found(store, &CatalogQuery { search: Some(parsed(words)), language, ..everything() }).await
}

fn named(number: u32, texts: Localized<shop_core::catalog::ProductText>) -> Product {
    Product { text: texts, ..product(number) }
}

#[tokio::test]
async fn search_ignores_capitals_and_marks_and_order_of_words() {
    let store = empty().await;
    let hat = Localized::only(Language::Romanian, text("Pălărie de paie", Some("Țesută în Brașov")));
    let stick = Localized::only(Language::English, text("USB stick 256 GB", Some("100% steel_case\\")));
    add_products(&*store, [named(1, hat), named(2, stick)]).await;
    for words in ["pălărie", "PALARIE", "paie brasov", "Brașov PAIE", "ţesuta"] {
        assert_eq!(search(&store, words, Language::Romanian).await, ["1"], "{words}");
    }
    for words in ["stick", "gb 256 usb", "100%", "steel_case", "e\\", "％"] {
        assert_eq!(search(&store, words, Language::English).await, ["2"], "{words}");
    }
    for words in ["hammer", "usb pălărie", "u%b", "st_ck", "1000%", "'; DROP TABLE products; --"] {
        assert_eq!(search(&store, words, Language::English).await, [""; 0], "{words}");
    }
}

#[tokio::test]
async fn search_looks_at_what_the_page_shows() {
    let store = empty().await;
    let both = Localized::only(Language::English, text("Hammer", None))
        .with(Language::Romanian, text("Ciocan", None));
    let french = Localized::only(Language::French, text("Marteau", None));
    add_products(&*store, [named(1, both), named(2, french)]).await;
    assert_eq!(search(&store, "ciocan", Language::Romanian).await, ["1"]);
    assert_eq!(search(&store, "hammer", Language::Romanian).await, [""; 0], "the page shows another word");
    assert_eq!(search(&store, "hammer", Language::Spanish).await, ["1"], "English stands in");
    for language in Language::ALL {
        assert_eq!(search(&store, "marteau", language).await, ["2"], "the only text there is");
    }
}

#[tokio::test]
async fn searches_of_any_length_find_every_word() {
    let store = empty().await;
    let words: Vec<_> = (0..50).map(|number| char::from_u32(0x4e00 + number).expect("a character")).collect();
    let name = |words: &[char]| words.iter().flat_map(|&word| [word, ' ']).collect::<String>();
    let all = Localized::only(Language::English, text(&name(&words), None));
    let most = Localized::only(Language::English, text(&name(&words[1..]), None));
    add_products(&*store, [named(1, all), named(2, most)]).await;
    for count in [1, 2, 4, 5, 6, 49, 50] {
        let search_text = name(&words[..count]);
        assert_eq!(search(&store, search_text.trim(), Language::English).await, ["1"], "{count} words");
    }
}

#[tokio::test]
async fn pages_neither_repeat_nor_lose_a_product() {
    let store = empty().await;
    // Many ties: five prices, five moments.
    let products = (1..=50).map(|number| {
        let mut product = product(number);
        product.created_at = crate::samples::moment(i64::from(number % 5));
        product.variants[0].price = lei(i64::from(number % 5));
        product
    });
    add_products(&*store, products).await;
    for sort in [Sort::Catalog, Sort::Newest, Sort::PriceUp, Sort::PriceDown] {
        let mut seen = Vec::new();
        for page in 0..8 {
            let query = CatalogQuery { sort, offset: page * 7, limit: 7, ..everything() };
            let answer = store.catalog().page(&query).await.expect("a page");
            assert_eq!(answer.more, page < 7, "{sort:?}, page {page}");
            seen.extend(answer.products.into_iter().map(|product| product.id));
        }
        assert_eq!(seen.len(), 50);
        let whole = store.catalog().page(&CatalogQuery { sort, ..everything() }).await.expect("a page");
        assert_eq!(
            seen,
            whole.products.into_iter().map(|product| product.id).collect::<Vec<_>>(),
            "{sort:?}"
        );
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 50, "{sort:?}");
    }
}

#[tokio::test]
async fn the_lowest_price_follows_every_change_of_a_price() {
    let store = empty().await;
    let mut two = product(20);
    two.variants.push(product(30).variants[0].clone());
    add_products(&*store, [product(10), two, product(25)]).await;
    let up = CatalogQuery { sort: Sort::PriceUp, ..everything() };
    assert_eq!(found(&store, &up).await, ["10", "20", "25"]);
    for (variant, price, expected) in
        [(30, 5, ["20", "10", "25"]), (30, 100, ["10", "20", "25"]), (20, 90, ["10", "25", "20"])]
    {
        let mut unit = store.begin().await.expect("a unit");
        assert!(unit.products().set_price(sku(variant), lei(price)).await.expect("an answer"));
        unit.commit().await.expect("committed");
        assert_eq!(found(&store, &up).await, expected, "SKU-{variant} at {price}");
        let down = CatalogQuery { sort: Sort::PriceDown, ..up.clone() };
        let reversed: Vec<_> = expected.into_iter().rev().collect();
        assert_eq!(found(&store, &down).await, reversed);
    }
}

#[tokio::test]
async fn hidden_products_and_other_categories_stay_out() {
    let store = empty().await;
    let tools = category(1, "tools");
    let mut unit = store.begin().await.expect("a unit");
    unit.categories().insert(&tools).await.expect("inserted");
    unit.commit().await.expect("committed");
    let hidden = Product { active: false, category: Some(tools.id), ..product(3) };
    add_products(&*store, [Product { category: Some(tools.id), ..product(1) }, product(2), hidden]).await;
    let of = |category: &str, hidden, search: Option<&str>| CatalogQuery {
        category: Some(parsed(category)),
        hidden,
        search: search.map(parsed),
        ..everything()
    };
    for words in [None, Some("hammer")] {
        assert_eq!(found(&store, &of("tools", false, words)).await, ["1"]);
        assert_eq!(found(&store, &of("tools", true, words)).await, ["1", "3"]);
        assert_eq!(found(&store, &of("toys", true, words)).await, [""; 0]);
        let all = CatalogQuery { category: None, ..of("tools", true, words) };
        assert_eq!(found(&store, &all).await, ["1", "2", "3"]);
    }
}

#[tokio::test]
async fn offers_of_any_number_come_back_once() {
    let store = empty().await;
    add_products(&*store, (1..=300).map(product)).await;
    for count in [0, 1, 2, 8, 9, 32, 33, 128, 129, 300] {
        let skus: Vec<_> = (1..=count).map(sku).collect();
        let offers = store.catalog().offers(&skus).await.expect("offers");
        let mut found: Vec<_> = offers.into_iter().map(|offer| offer.variant.sku).collect();
        found.sort_unstable();
        let mut expected = skus;
        expected.sort_unstable();
        assert_eq!(found, expected, "{count} SKUs");
    }
}
